// Who says what: the quotations that the server lists, in groups for the view beside the drafts.

/** One place, as the protocol has it. */
export interface Location {
  uri: string;
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
}

/** One quotation of the server's answer to `sayso/whoSaysWhat`. */
export interface Saying {
  path: string;
  location: Location | null;
  words: string;
  kind: string;
  /** False for titles of works and words held at arm's length. */
  speech: boolean;
  speaker: string | null;
  confidence: number | null;
  evidence: unknown;
}

export type Order = "person" | "draft";

export interface Group {
  /** Stays the same when the list is read again, so that an open group stays open. */
  id: string;
  name: string;
  /** False where nobody could be made out as the speaker. */
  decided: boolean;
  sayings: Saying[];
}

/** What only names a work or is held at arm's length is nobody's speech and is left out. */
export function grouped(all: readonly Saying[], order: Order): Group[] {
  const groups = new Map<string, Group>();
  for (const saying of all) {
    if (!saying.speech || saying.location === null) continue;
    const name = order === "person" ? saying.speaker : saying.path;
    // A person may be called as a draft is, or “undecided”.
    const id = name === null ? "?" : `${order}:${name}`;
    let group = groups.get(id);
    if (group === undefined) {
      group = { id, name: name === null ? "Speaker undecided" : plain(name), decided: name !== null, sayings: [] };
      groups.set(id, group);
    }
    group.sayings.push(saying);
  }
  const inOrder = (a: Group, b: Group): number =>
    Number(b.decided) - Number(a.decided) || a.name.localeCompare(b.name, "en");
  return [...groups.values()].sort(inOrder);
}

/** The longest words of a quotation on one line, in characters. */
const LONGEST = 100;

/** The first line of a saying: its words, and in a draft's list the speaker before them. */
export function label(saying: Saying, order: Order): string {
  const all = [...plain(saying.words.trim())];
  const words = all.length > LONGEST ? `${all.slice(0, LONGEST).join("").trimEnd()}…` : all.join("");
  return order === "person" ? `“${words}”` : `${plain(saying.speaker ?? "?")}: “${words}”`;
}

/** Where the saying stands; lines are counted from 1. */
export function place(saying: Saying, order: Order): string {
  const line = (saying.location?.range.start.line ?? 0) + 1;
  return order === "person" ? `${plain(saying.path)}:${line}` : `line ${line}`;
}

/** All that is known of a saying, as plain text: the words of a draft must not become markup. */
export function details(saying: Saying): string {
  const who = saying.speaker === null ? "Speaker undecided" : plain(saying.speaker);
  const sure = saying.confidence === null ? [] : [`${Math.round(saying.confidence * 100)} % sure`];
  const why = typeof saying.evidence === "string" ? [`found by ${saying.evidence}`] : [];
  return [`“${plain(saying.words)}”`, [who, ...sure, ...why].join(", "), place(saying, "person")].join("\n");
}

/** Without control characters and marks that turn the direction of writing, which would mislead in a list. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, " ");
}
