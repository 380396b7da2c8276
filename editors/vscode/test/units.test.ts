// What needs no editor: which program is taken, the groups of the view, the guard of the report, completion in sayso.toml.
// usage: SAYSO=program node --test dist/test/units.test.js   (without SAYSO, the program on the PATH)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { type Saying, details, grouped, label, place } from "../src/ledger";
import { isClosed, sentence } from "../src/page";
import { type Places, findProgram } from "../src/program";
import { type Schema, help, offers } from "../src/toml";

const sayso = process.env["SAYSO"] ?? "sayso";
const root = path.resolve(__dirname, "../..");

function places(there: string[], more: Partial<Places> = {}): Places {
  return {
    setting: "",
    extension: "/ext",
    searchPath: ["relative", "/usr/bin"].join(path.delimiter),
    home: "/home/nell",
    folder: "/desk",
    windows: false,
    runs: (file) => there.includes(file),
    ...more,
  };
}

test("the program of the setting, of the extension, of the path, in this order", () => {
  const own = "/ext/bin/sayso";
  assert.deepEqual(findProgram(places([own, "/usr/bin/sayso"])), { file: own, from: "extension" });
  assert.deepEqual(findProgram(places(["/usr/bin/sayso"])), { file: "/usr/bin/sayso", from: "PATH" });
  const set = { setting: "~/bin/sayso" };
  assert.deepEqual(findProgram(places(["/home/nell/bin/sayso", own], set)), { file: "/home/nell/bin/sayso", from: "setting" });
  assert.deepEqual(findProgram(places(["/desk/tools/sayso"], { setting: "tools/sayso" })), {
    file: "/desk/tools/sayso",
    from: "setting",
  });
});

test("a program that is not there is told of, and no other takes its place", () => {
  const set = findProgram(places(["/ext/bin/sayso"], { setting: "/nowhere/sayso" }));
  assert.ok("missing" in set && set.missing.includes("/nowhere/sayso"), JSON.stringify(set));
  assert.ok("missing" in findProgram(places([])));
  // The opened folder must not bring the program in by a relative entry of the path.
  assert.ok("missing" in findProgram(places(["relative/sayso"])));
});

function saying(more: Partial<Saying>): Saying {
  const at = { line: 2, character: 0 };
  return {
    path: "a.md",
    location: { uri: "file:///a.md", range: { start: at, end: at } },
    words: "We will close the pier.",
    kind: "sentence",
    speech: true,
    speaker: "Ana Reyes",
    confidence: 0.97,
    evidence: "cue-after",
    ...more,
  };
}

test("people come in the order of their names, the undecided last, and titles of works not at all", () => {
  const all = [
    saying({ speaker: null }),
    saying({ speaker: "Tobias Orrick" }),
    saying({}),
    saying({ path: "b.md" }),
    saying({ speech: false, words: "The Long Tide" }),
  ];
  const people = grouped(all, "person").map((group) => [group.name, group.sayings.length]);
  assert.deepEqual(people, [["Ana Reyes", 2], ["Tobias Orrick", 1], ["Speaker undecided", 1]]);
  const drafts = grouped(all, "draft").map((group) => [group.name, group.sayings.length]);
  assert.deepEqual(drafts, [["a.md", 3], ["b.md", 1]]);
});

test("a person who is called as the group of the undecided is another group", () => {
  const groups = grouped([saying({ speaker: "Speaker undecided" }), saying({ speaker: null })], "person");
  assert.equal(new Set(groups.map((group) => group.id)).size, 2);
});

test("a line of the view", () => {
  assert.equal(label(saying({}), "person"), "“We will close the pier.”");
  assert.equal(label(saying({}), "draft"), "Ana Reyes: “We will close the pier.”");
  assert.equal(place(saying({}), "person"), "a.md:3");
  assert.equal(details(saying({})), "“We will close the pier.”\nAna Reyes, 97 % sure, found by cue-after\na.md:3");
  const long = label(saying({ words: "🙂".repeat(300) }), "person");
  assert.equal([...long].length, 103);
  const turned = label(saying({ words: "one\u202Etwo\n\u0007three" }), "person");
  assert.equal(turned, "“one two three”");
});

/** The report of a draft that tries to bring a script and a policy of its own. */
function report(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "sayso-"));
  try {
    const draft = `“We will close the pier <script>alert(1)</script>,” Ana Reyes said.\n`;
    writeFileSync(path.join(folder, "a.txt"), draft);
    const to = path.join(folder, "report.html");
    execFileSync(sayso, ["report", "--isolated", "--quiet", "a.txt", "-o", to], { cwd: folder });
    return readFileSync(to, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the report of the program is closed, and a page that is less so is not shown", () => {
  const page = report();
  assert.ok(isClosed(page), page.slice(0, 600));
  assert.ok(!page.includes("<script>alert"), "the words of a draft are text");
  const weaker: [string, string][] = [
    ["script-src ", "script-src 'unsafe-inline' "],
    ["script-src ", "script-src https: "],
    ["default-src 'none'", "default-src *"],
    ["; base-uri 'none'", ""],
    ["form-action 'none'", "form-action 'none'; img-src *"],
    ["<head>", "<head><script>1</script>"],
    ["Content-Security-Policy", "X-Other"],
  ];
  for (const [from, to] of weaker) {
    assert.ok(page.includes(from), from);
    assert.ok(!isClosed(page.replace(from, to)), `${from} → ${to}`);
  }
  assert.ok(!isClosed(""));
});

test("a sentence is shown without markup", () => {
  assert.ok(sentence("<script>").includes("&#60;script&#62;"));
});

const schema = (name: string): Schema =>
  JSON.parse(execFileSync(sayso, ["schema", name], { encoding: "utf8", maxBuffer: 1 << 24 })) as Schema;
const config = schema("config");

/** The labels that are offered at the bar in the text. */
function at(text: string, of: Schema = config): string[] {
  const offset = text.indexOf("|");
  return offers(of, text.slice(0, offset) + text.slice(offset + 1), offset).map((offer) => offer.label);
}

test("keys of the configuration that are not there yet", () => {
  const found = at('include = ["drafts/**"]\n|\n[rules]\n');
  assert.ok(found.includes("style") && found.includes("transcripts") && found.includes("[rules]"), String(found));
  assert.ok(!found.includes("include"), String(found));
  const inRules = at("[rules]\nlate-attribution = \"off\"\nal|");
  assert.ok(inRules.includes("altered-quotation") && !inRules.includes("style"), String(inRules));
  assert.ok(!inRules.includes("late-attribution"), String(inRules));
  const inTable = at('[[overrides]]\nfiles = ["a"]\n|\n\n[rules]\n');
  assert.ok(inTable.includes("published") && !inTable.includes("files"), String(inTable));
});

test("headers, levels and profiles", () => {
  assert.ok(at("[|").includes("[groups]"));
  assert.deepEqual(at("[[|"), ["[[overrides]]", "[[transcript]]"]);
  for (const text of ["[rules]\naltered-quotation = |", '[rules]\naltered-quotation = "|"', "[groups]\ndates = { level = |"]) {
    assert.deepEqual(at(text), ["off", "note", "warning", "error"], text);
  }
  assert.ok(at('style = "|').includes("guardian"));
  assert.deepEqual(at("[groups]\ndates = { |"), ["level"]);
});

test("nothing in comments, in names of files and behind a value", () => {
  for (const text of ["# sty|", 'include = ["|', 'style = "ap" |', "[rules] # |"]) assert.deepEqual(at(text), [], text);
});

test("a registry", () => {
  const found = at('[[person]]\nname = "Ana Reyes"\n|', schema("people"));
  assert.ok(found.includes("aliases") && !found.includes("name"), String(found));
});

test("help on a key and on a table", () => {
  const text = 'style = "ap"\n[rules]\naltered-quotation = "off"\n';
  assert.equal(help(config, text, 2), "A profile of house-style rules");
  assert.equal(help(config, text, text.indexOf("rules") + 1), "Levels and settings by rule");
  assert.equal(help(config, text, text.indexOf("altered") + 3), "one utterance, quoted in different words");
  assert.equal(help(config, text, text.indexOf('"off"')), undefined);
});

test("taplo, which Even Better TOML runs, judges by the schema of the program", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sayso-"));
  const taplo = path.join(root, "node_modules/@taplo/cli/dist/cli.js");
  try {
    writeFileSync(path.join(folder, "sayso.schema.json"), execFileSync(sayso, ["schema", "config"]));
    const judged = (text: string): boolean => {
      const file = path.join(folder, "sayso.toml");
      writeFileSync(file, `#:schema ./sayso.schema.json\n${text}`);
      try {
        execFileSync(process.execPath, [taplo, "lint", file], { cwd: folder, stdio: "pipe" });
        return true;
      } catch {
        return false;
      }
    };
    assert.ok(judged('style = "ap"\n[rules]\naltered-quotation = { level = "error" }\n'));
    assert.ok(!judged('stile = "ap"\n'));
    assert.ok(!judged('[rules]\naltered-quotation = "loud"\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
