// The page: drafts on the left, results on the right. Text of a draft is only ever put in as text, never as markup.

import { Sayso } from "./sayso.js";

const EXAMPLE = [
  {
    name: "monday.md",
    text: "SKARROW, June 9, 2026 — The north pier will be closed.\n\n“We will close the north pier before the winter,” said Ana Reyes, the harbour master.\n",
  },
  {
    name: "friday.md",
    text: "“We will close the south pier before the winter,” Ana Reyes told the council on Tuesday, June 10, 2026.\n\n“Nobody asked us, said Tobias Orrick.\n",
  },
];
const WAIT = 150; // milliseconds after the last key

const element = (name, text = "", kind = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
};
const get = (id) => document.getElementById(id);

let sayso;
let timer;
const drafts = [];

function addDraft({ name, text }) {
  const box = element("div", "", "draft");
  const head = element("div");
  const title = element("input");
  title.value = name;
  title.setAttribute("aria-label", "Name of the draft; its ending says what it is written in");
  const remove = element("button", "Remove");
  remove.type = "button";
  const area = element("textarea");
  area.value = text;
  area.setAttribute("aria-label", "Text of the draft");
  const draft = { title, area };
  drafts.push(draft);
  remove.addEventListener("click", () => {
    drafts.splice(drafts.indexOf(draft), 1);
    box.remove();
    check();
  });
  for (const field of [title, area]) field.addEventListener("input", later);
  head.append(title, remove);
  box.append(head, area);
  get("list").append(box);
  return area;
}

function reset() {
  drafts.length = 0;
  get("list").replaceChildren();
  get("config").value = "";
  EXAMPLE.forEach(addDraft);
  check();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(check, WAIT);
}

function show(place) {
  const draft = drafts.find(({ title }) => title.value === place.draft);
  if (!draft) return;
  draft.area.focus();
  draft.area.setSelectionRange(place.start, place.end);
}

function placeButton(place) {
  const button = element("button", `${place.draft}:${place.line}${place.label ? ` — ${place.label}` : ""}`, "place");
  button.type = "button";
  button.addEventListener("click", () => show(place));
  return button;
}

function check() {
  if (!sayso) return;
  const names = drafts.map(({ title }) => title.value);
  const twice = names.find((name, at) => names.indexOf(name) !== at || name.trim() === "");
  const state = get("state");
  if (twice !== undefined) {
    state.className = "error";
    state.textContent = `Give each draft a name of its own: “${twice}” is ${twice.trim() ? "there twice" : "no name"}.`;
    return;
  }
  const begun = performance.now();
  const answer = sayso.check({
    drafts: drafts.map(({ title, area }) => ({ name: title.value, text: area.value })),
    config: get("config").value,
  });
  const took = Math.max(1, Math.round(performance.now() - begun));
  state.className = answer.errors.length ? "error" : "";
  state.textContent = answer.errors.length
    ? answer.errors.join("; ")
    : `${answer.quotations.length} quotations, ${answer.findings.length} findings (${took} ms, sayso ${answer.version})`;
  get("findings").replaceChildren(
    ...answer.findings.map((finding) => {
      const item = element("li", "", finding.level);
      const line = element("p");
      line.append(element("b", finding.level), ` ${finding.message} `, element("code", finding.rule));
      item.append(line, element("p", finding.help, "help"), ...finding.places.map(placeButton));
      return item;
    }),
  );
  get("ledger").tBodies[0].replaceChildren(
    ...answer.quotations.map((quotation) => {
      const row = element("tr");
      const speaker = element("td", quotation.speaker ?? quotation.source ?? "undecided");
      const how = [quotation.cue, quotation.medium, quotation.day].filter(Boolean).join(", ");
      if (how) speaker.append(element("small", how));
      const where = element("td");
      where.append(placeButton(quotation));
      row.append(speaker, element("td", quotation.text), where);
      return row;
    }),
  );
}

get("add").addEventListener("click", () => addDraft({ name: `draft-${drafts.length + 1}.md`, text: "" }).focus());
get("reset").addEventListener("click", reset);
get("config").addEventListener("input", later);
try {
  const response = await fetch("sayso.wasm");
  if (!response.ok) throw new Error(`sayso.wasm: ${response.status}`);
  sayso = await Sayso.load(await response.arrayBuffer());
  reset();
} catch (error) {
  get("state").className = "error";
  get("state").textContent = `sayso could not be loaded: ${error.message}`;
}
