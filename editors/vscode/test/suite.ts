// The extension in VS Code, with the real server, on the project that scripts/desk.mjs writes. VS Code calls `run`.
//
// Each test that is done is a line in the file that SAYSO_RESULTS names, since not every kind of VS Code hands on what a test
// prints. Where SAYSO_PICTURES names a folder, the tests wait for somebody to take each picture that they ask for.

import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import type { Sayso } from "../src/extension";
import { isClosed } from "../src/page";

/** How long something may take on a busy machine, in milliseconds. */
const PATIENCE = 60_000;

const tests: [string, () => Promise<void>][] = [];
const test = (name: string, work: () => Promise<void>): void => void tests.push([name, work]);
const results = process.env["SAYSO_RESULTS"];
const told = (line: string): void => {
  console.log(line);
  if (results !== undefined) appendFileSync(results, `${line}\n`);
};

export async function run(): Promise<void> {
  let failed = 0;
  told(`VS Code ${vscode.version}, ${vscode.env.appName}`);
  for (const [name, work] of tests) {
    try {
      await work();
      told(`ok: ${name}`);
    } catch (error) {
      failed += 1;
      told(`FAILED: ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  told(`${tests.length - failed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} failed`);
}

async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`in vain waited for: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function picture(name: string): Promise<void> {
  const folder = process.env["SAYSO_PICTURES"];
  if (folder === undefined) return;
  const file = path.join(folder, `${name}.png`);
  told(`picture: ${name}`);
  await until(`the picture ${name}`, () => existsSync(file));
}

const folder = (): vscode.Uri => {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, "no folder is open");
  return first.uri;
};
const draft = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), "drafts", name);
const show = (uri: vscode.Uri, column = vscode.ViewColumn.One): Thenable<vscode.TextEditor> =>
  vscode.window.showTextDocument(uri, { viewColumn: column, preview: false });
const findings = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter((one) => one.source === "sayso");
const altered = (uri: vscode.Uri): vscode.Diagnostic | undefined =>
  findings(uri).find((one) => one.code === "altered-quotation");
const ask = <T>(command: string, ...args: unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(command, ...args);

async function sayso(): Promise<Sayso> {
  const extension = vscode.extensions.getExtension<Sayso>("sayso.sayso");
  assert.ok(extension, "the extension is not installed");
  return extension.activate();
}

/** The range of words in a draft that is open. */
function range(editor: vscode.TextEditor, words: string): vscode.Range {
  const at = editor.document.getText().indexOf(words);
  assert.notEqual(at, -1, words);
  return new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + words.length));
}

test("the server starts with the first draft", async () => {
  await show(draft("monday.md"));
  const { client, program } = await sayso();
  assert.ok("file" in program(), JSON.stringify(program()));
  await until("the server", () => client()?.initializeResult?.serverInfo?.name === "sayso");
});

test("a finding stands at its words in both drafts, and leads to the other", async () => {
  const monday = await show(draft("monday.md"));
  const friday = await show(draft("friday.md"), vscode.ViewColumn.Two);
  const here = await until("the finding in friday.md", () => altered(draft("friday.md")));
  assert.deepEqual(friday.document.getText(here.range), "south");
  const there = await until("the finding in monday.md", () => altered(draft("monday.md")));
  assert.deepEqual(monday.document.getText(there.range), "north");
  const other = here.relatedInformation?.map((one) => path.posix.basename(one.location.uri.path));
  assert.deepEqual(other, ["monday.md"]);
  await ask("workbench.actions.view.problems");
  await picture("findings");
  await ask("workbench.action.closePanel");
});

test("a quotation tells who said it, and its other version", async () => {
  const editor = await show(draft("friday.md"), vscode.ViewColumn.Two);
  const at = range(editor, "before the winter").start;
  const hovers = await ask<vscode.Hover[]>("vscode.executeHoverProvider", editor.document.uri, at);
  const words = hovers.flatMap((hover) => hover.contents).map((one) => (typeof one === "string" ? one : one.value));
  assert.ok(words.some((one) => one.includes("Ana Reyes") && one.includes("monday.md")), words.join("\n"));
  editor.selection = new vscode.Selection(at, at);
  await ask("editor.action.showHover");
  await picture("hover");
});

test("a quotation leads to its other version, and its words are listed", async () => {
  const editor = await show(draft("friday.md"), vscode.ViewColumn.Two);
  const at = range(editor, "before the winter").start;
  const places = await ask<(vscode.Location | vscode.LocationLink)[]>("vscode.executeDefinitionProvider", editor.document.uri, at);
  const uris = places.map((one) => ("uri" in one ? one.uri : one.targetUri).path);
  assert.ok(uris.some((uri) => uri.endsWith("monday.md")), String(uris));
  const symbols = await ask<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", editor.document.uri);
  assert.ok(symbols.some((one) => one.name.startsWith("Ana Reyes: “")), symbols.map((one) => one.name).join("\n"));
});

test("the view lists quotations by person and by draft", async () => {
  const { view } = await sayso();
  await ask("sayso.whoSaysWhat.focus");
  await ask("sayso.byPerson");
  const names = view.groups.map((group) => group.name);
  assert.ok(names.includes("Ana Reyes") && names.includes("Tobias Orrick"), String(names));
  assert.equal(view.groups.find((group) => group.name === "Ana Reyes")?.sayings.length, 2);
  const person = view.getTreeItem(view.groups[0]!);
  assert.equal(person.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
  await ask("list.focusFirst");
  await ask("list.expand");
  await picture("by-person");
  await ask("sayso.byDraft");
  assert.deepEqual(view.groups.map((group) => group.name), ["drafts/friday.md", "drafts/monday.md"]);
  const item = view.getTreeItem(view.groups[1]!.sayings[0]!);
  assert.equal(item.command?.command, "vscode.open");
  await ask("vscode.open", ...item.command.arguments!);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor !== undefined && editor.document.uri.path.endsWith("monday.md"));
  assert.ok(editor.document.getText(editor.selection).startsWith("“We will close the north pier"));
});

test("the report is a closed page", async () => {
  const { report } = await sayso();
  await show(draft("friday.md"), vscode.ViewColumn.Two);
  await ask("sayso.showReport");
  const html = report.html ?? "";
  assert.ok(html.includes("south pier") && isClosed(html), html.slice(0, 300));
  assert.ok(!html.includes("<script>document.title"), "the words of a draft are text");
  await picture("report");
  await ask("workbench.action.closeActiveEditor");
});

test("an edit in one draft changes what the other shows, before anything is saved", async () => {
  const monday = await show(draft("monday.md"));
  const friday = await show(draft("friday.md"), vscode.ViewColumn.Two);
  await friday.edit((edit) => edit.replace(range(friday, "south"), "north"));
  await until("no finding in friday.md", () => altered(draft("friday.md")) === undefined);
  await until("no finding in monday.md", () => altered(draft("monday.md")) === undefined);
  await friday.edit((edit) => edit.replace(range(friday, "north"), "south"));
  await until("the finding again", () => altered(draft("monday.md")));
  assert.ok(!monday.document.isDirty);
});

test("a finding is allowed here, with a reason", async () => {
  const uri = draft("friday.md");
  const here = await until("the finding", () => altered(uri));
  const actions = await ask<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, here.range);
  const allow = actions.find((one) => one.title.startsWith("Allow altered-quotation here"));
  assert.ok(allow?.edit, actions.map((one) => one.title).join("\n"));
});

test("“also in 1 draft” is shown where it is turned on, and leads there", async () => {
  const settings = vscode.workspace.getConfiguration("sayso");
  const lenses = (): Thenable<vscode.CodeLens[]> => ask("vscode.executeCodeLensProvider", draft("friday.md"), 50);
  assert.deepEqual((await lenses()).filter((one) => one.command?.command === "sayso.showVersions"), []);
  await settings.update("codeLens", true, vscode.ConfigurationTarget.Workspace);
  const lens = await until("a lens", async () =>
    (await lenses()).find((one) => one.command?.command === "sayso.showVersions"),
  );
  assert.match(lens.command?.title ?? "", /also in 1 draft, in other words/);
  await ask(lens.command!.command, ...lens.command!.arguments!);
  await picture("versions");
  await ask("closeReferenceSearch");
  await settings.update("codeLens", undefined, vscode.ConfigurationTarget.Workspace);
});

test("sayso.toml is completed, and explains its keys", async () => {
  const uri = vscode.Uri.joinPath(folder(), "sayso.toml");
  const editor = await show(uri);
  const text = editor.document.getText();
  await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), "\n[rules]\nalt"));
  const end = editor.document.positionAt(editor.document.getText().length);
  const list = await ask<vscode.CompletionList>("vscode.executeCompletionItemProvider", uri, end);
  const found = list.items.find((one) => one.label === "altered-quotation");
  assert.ok(found, list.items.slice(0, 20).map((one) => String(one.label)).join(", "));
  assert.ok(found.insertText instanceof vscode.SnippetString && found.insertText.value.includes("warning"));
  editor.selection = new vscode.Selection(end, end);
  await ask("editor.action.triggerSuggest");
  await picture("completion");
  await ask("hideSuggestWidget");
  const hovers = await ask<vscode.Hover[]>("vscode.executeHoverProvider", uri, new vscode.Position(0, 2));
  assert.ok(hovers.length > 0, "no help on the first key");
  const all = new vscode.Range(new vscode.Position(0, 0), editor.document.positionAt(editor.document.getText().length));
  await editor.edit((edit) => edit.replace(all, text));
});

test("a change of sayso.toml counts without a restart, and a mistake in it is shown there", async () => {
  const uri = vscode.Uri.joinPath(folder(), "sayso.toml");
  const before = readFileSync(uri.fsPath, "utf8");
  writeFileSync(uri.fsPath, `${before}\n[rules]\naltered-quotation = "off"\n`);
  await until("no finding", () => altered(draft("friday.md")) === undefined);
  writeFileSync(uri.fsPath, `${before}\n[rules]\naltered-quotatio = "off"\n`);
  const mistake = await until("the mistake", () => findings(uri)[0]);
  assert.match(mistake.message, /altered-quotatio/);
  writeFileSync(uri.fsPath, before);
  await until("the finding again", () => altered(draft("friday.md")));
  await until("no mistake", () => findings(uri).length === 0);
});

test("a rule is explained", async () => {
  const editor = await show(draft("friday.md"), vscode.ViewColumn.Two);
  const at = range(editor, "south").start;
  editor.selection = new vscode.Selection(at, at);
  await ask("sayso.explain");
  const text = vscode.window.activeTextEditor?.document.getText() ?? "";
  assert.match(text, /^altered-quotation/);
  await ask("workbench.action.closeActiveEditor");
});

test("a draft without a file is checked too", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: "“The quay is shut, Ana Reyes said.\n" });
  await vscode.window.showTextDocument(document);
  const found = await until("the finding", () => findings(document.uri)[0]);
  assert.equal(found.code, "unclosed-quotation");
  await ask("workbench.action.revertAndCloseActiveEditor");
});

test("the server is started anew, and one that is not there is told of", async () => {
  const { client } = await sayso();
  const before = client();
  await ask("sayso.restart");
  await until("another server", () => client() !== before && client()?.initializeResult !== undefined);
  await until("the finding", () => altered(draft("friday.md")));
  const settings = vscode.workspace.getConfiguration("sayso");
  const path = settings.get<string>("path");
  await settings.update("path", "/nowhere/sayso", vscode.ConfigurationTarget.Workspace);
  await until("no server", () => client() === undefined);
  await settings.update("path", path, vscode.ConfigurationTarget.Workspace);
  await ask("sayso.restart");
  await until("the finding again", () => altered(draft("friday.md")));
});
