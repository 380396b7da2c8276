// Completion and help in `sayso.toml` and in registries, from the JSON schema that `sayso schema` prints. It reads line by line,
// because a file that is being written is no valid TOML.

/** The parts of a JSON schema that are used. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

export interface Offer {
  label: string;
  /** A snippet. */
  insert: string;
  detail: string;
  kind: "key" | "table" | "value";
}

/** What may be written at an offset. */
export function offers(schema: Schema, text: string, offset: number): Offer[] {
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (inComment(line)) return [];
  const header = /^\s*\[{1,2}\s*([\w.-]*)$/.exec(line);
  if (header) return tables(schema, line.includes("[["));
  const table = tableAt(before);
  const inline = /^\s*([\w-]+)\s*=\s*\{(?:[^}]*,)?\s*(?:([\w-]+)\s*=\s*("?)[^",}]*|[\w-]*)$/.exec(line);
  if (inline?.[1] !== undefined) {
    const holder = follow(schema, [...table, inline[1]]);
    if (inline[2] === undefined) return keys(schema, holder, new Set());
    return values(schema, follow(schema, [...table, inline[1], inline[2]]), inline[3] === '"');
  }
  const value = /^\s*([\w-]+)\s*=\s*("?)[^"]*$/.exec(line);
  if (value?.[1] !== undefined) {
    return values(schema, follow(schema, [...table, value[1]]), value[2] === '"');
  }
  if (!/^\s*[\w-]*$/.test(line)) return [];
  const here = follow(schema, table);
  const found = keys(schema, here, written(text, offset));
  return table.length === 0 ? [...found, ...tables(schema, false)] : found;
}

/** What a key or the name of a table at an offset is for. */
export function help(schema: Schema, text: string, offset: number): string | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? text.length : end);
  const table = /^\s*\[{1,2}\s*([\w.-]+)/.exec(line);
  if (table?.[1] !== undefined) return describe(schema, table[1].split("."));
  const key = /^(\s*)([\w-]+)\s*=/.exec(line);
  if (key?.[1] === undefined || key[2] === undefined) return undefined;
  const at = offset - start - key[1].length;
  return at >= 0 && at <= key[2].length ? describe(schema, [...tableAt(text.slice(0, start)), key[2]]) : undefined;
}

function describe(schema: Schema, path: string[]): string | undefined {
  const found = raw(schema, path);
  return found.map((one) => one.description ?? resolved(schema, one).map((part) => part.description)[0]).find(Boolean);
}

function inComment(line: string): boolean {
  return line.replace(/"(?:[^"\\]|\\.)*"?|'[^']*'?/g, "").includes("#");
}

/** The names of the table in which the text ends. */
function tableAt(text: string): string[] {
  const headers = [...text.matchAll(/^[ \t]*\[{1,2}[ \t]*([\w.-]+)[ \t]*\]{1,2}/gm)];
  const last = headers.at(-1)?.[1];
  return last === undefined ? [] : last.split(".");
}

/** The keys that the table around an offset has already. */
function written(text: string, offset: number): Set<string> {
  const from = Math.max(0, text.slice(0, offset).search(/\n[ \t]*\[[^\n]*\n[^[]*$/));
  const rest = text.slice(offset);
  const next = rest.search(/^[ \t]*\[/m);
  const around = text.slice(from, offset) + (next === -1 ? rest : rest.slice(0, next));
  return new Set([...around.matchAll(/^[ \t]*([\w-]+)[ \t]*=/gm)].map((found) => found[1] ?? ""));
}

/** A schema with all its alternatives, none of them a reference. */
function resolved(root: Schema, schema: Schema): Schema[] {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  const own = name === undefined ? schema : root.$defs?.[name];
  if (own === undefined) return [];
  const more = [...(own.anyOf ?? []), ...(own.oneOf ?? [])];
  return [own, ...more.flatMap((one) => resolved(root, one)), ...(own.items ? resolved(root, own.items) : [])];
}

/** The schemas at a path of keys, as they are written. */
function raw(root: Schema, path: string[]): Schema[] {
  let at = [root];
  for (const key of path) {
    at = at.flatMap((one) => resolved(root, one)).flatMap((one) => {
      const own = one.properties?.[key];
      if (own !== undefined) return [own];
      return typeof one.additionalProperties === "object" ? [one.additionalProperties] : [];
    });
  }
  return at;
}

function follow(root: Schema, path: string[]): Schema[] {
  return raw(root, path).flatMap((one) => resolved(root, one));
}

function isType(schemas: Schema[], type: string): boolean {
  return schemas.some((one) => (Array.isArray(one.type) ? one.type.includes(type) : one.type === type));
}

/** Is it a list of tables? */
function isTables(root: Schema, schema: Schema): boolean {
  const all = resolved(root, schema);
  return all.some((one) => one.items !== undefined && isType(resolved(root, one.items), "object"));
}

function isTable(root: Schema, schema: Schema): boolean {
  return isTables(root, schema) || isType([schema], "object");
}

function tables(root: Schema, doubled: boolean): Offer[] {
  return Object.entries(root.properties ?? {})
    .filter(([, schema]) => isTable(root, schema) && (!doubled || isTables(root, schema)))
    .map(([name, schema]) => {
      const head = isTables(root, schema) ? `[[${name}]]` : `[${name}]`;
      return { label: head, insert: `${head}\n$0`, detail: schema.description ?? "", kind: "table" };
    });
}

function keys(root: Schema, here: Schema[], taken: Set<string>): Offer[] {
  const all = new Map(here.flatMap((one) => Object.entries(one.properties ?? {})));
  return [...all]
    .filter(([name, schema]) => !taken.has(name) && !isTable(root, schema))
    .map(([name, schema]) => {
      const kinds = resolved(root, schema);
      const detail = schema.description ?? kinds[0]?.description ?? "";
      return { label: name, insert: `${name} = ${template(kinds)}`, detail, kind: "key" };
    });
}

function constants(kinds: Schema[]): string[] {
  const all = kinds.flatMap((one) => [...(one.enum ?? []), ...(one.const === undefined ? [] : [one.const])]);
  return [...new Set(all.filter((one) => typeof one === "string"))];
}

function template(kinds: Schema[]): string {
  const words = constants(kinds);
  if (words.length === 1) return `"${words[0]}"`;
  if (words.length > 1) return `"\${1|${words.join(",")}|}"`;
  if (isType(kinds, "boolean")) return "${1|true,false|}";
  if (isType(kinds, "array")) return '["$1"]';
  return isType(kinds, "number") || isType(kinds, "integer") ? "$1" : '"$1"';
}

function values(root: Schema, kinds: Schema[], quoted: boolean): Offer[] {
  const detail = (word: string): string => kinds.find((one) => one.const === word)?.description ?? "";
  const words = constants(kinds).map(
    (word): Offer => ({ label: word, insert: quoted ? word : `"${word}"`, detail: detail(word), kind: "value" }),
  );
  if (quoted || !isType(kinds, "boolean")) return words;
  return [...words, ...["true", "false"].map((word): Offer => ({ label: word, insert: word, detail: "", kind: "value" }))];
}
