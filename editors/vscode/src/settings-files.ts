// Completion and help in `sayso.toml` and `people.toml`.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { type Offer, type Schema, help, offers } from "./toml";

const run = promisify(execFile);
const KINDS: Record<Offer["kind"], vscode.CompletionItemKind> = {
  key: vscode.CompletionItemKind.Property,
  table: vscode.CompletionItemKind.Module,
  value: vscode.CompletionItemKind.EnumMember,
};
/** The files, in whatever language the editor takes them for. */
const FILES: readonly [string, string][] = [
  ["**/sayso.toml", "config"],
  ["**/people.toml", "people"],
];

/** `program` gives the server's program. Its schema is asked for once, so it fits that program's version. */
export function register(context: vscode.ExtensionContext, program: () => string | undefined): void {
  const known = new Map<string, Promise<Schema | undefined>>();
  const schema = (name: string): Promise<Schema | undefined> => {
    const file = program();
    if (file === undefined) return Promise.resolve(undefined);
    const key = `${name} ${file}`;
    let found = known.get(key);
    if (found === undefined) {
      found = run(file, ["schema", name], { maxBuffer: 1 << 24 }).then(
        ({ stdout }) => JSON.parse(stdout) as Schema,
        () => undefined,
      );
      known.set(key, found);
    }
    return found;
  };
  for (const [pattern, name] of FILES) {
    const completion: vscode.CompletionItemProvider = {
      async provideCompletionItems(document, position) {
        const found = await schema(name);
        if (found === undefined) return [];
        const word = document.getWordRangeAtPosition(position, /\[{0,2}[\w-]+|\[{1,2}/);
        return offers(found, document.getText(), document.offsetAt(position)).map((offer) => {
          const item = new vscode.CompletionItem(offer.label, KINDS[offer.kind]);
          item.insertText = new vscode.SnippetString(offer.insert);
          item.documentation = offer.detail;
          if (word !== undefined) item.range = word;
          // A closing bracket that the editor has added by itself is replaced with the header.
          if (offer.kind === "table") {
            const rest = document.lineAt(position.line).text.slice(position.character);
            const closing = /^\]{0,2}/.exec(rest)?.[0].length ?? 0;
            item.range = new vscode.Range(word?.start ?? position, position.translate(0, closing));
          }
          return item;
        });
      },
    };
    const hover: vscode.HoverProvider = {
      async provideHover(document, position) {
        const found = await schema(name);
        const words = found && help(found, document.getText(), document.offsetAt(position));
        return words === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString().appendText(words));
      },
    };
    const files = { scheme: "file", pattern };
    context.subscriptions.push(
      vscode.languages.registerCompletionItemProvider(files, completion, "[", '"', "="),
      vscode.languages.registerHoverProvider(files, hover),
    );
  }
}
