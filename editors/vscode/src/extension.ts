// sayso in VS Code: starts `sayso lsp`, and adds what the protocol has no place for: the view, the report and the commands.

import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import {
  DidChangeWatchedFilesNotification,
  type DocumentSelector,
  FileChangeType,
  LanguageClient,
  type LanguageClientOptions,
  type Location,
  type Position,
  State,
} from "vscode-languageclient/node";
import type { Order, Saying } from "./ledger";
import { type Program, findProgram } from "./program";
import { Report } from "./report";
import { register } from "./settings-files";
import { WhoSaysWhat } from "./view";

const run = promisify(execFile);

/** Endings of the drafts that an editor shows as text. Tapes and registries are read by the server itself. */
export const ENDINGS = [
  "txt", "text",
  "md", "markdown", "mdown", "mdx", "qmd", "rmd",
  "html", "htm", "xhtml",
  "tex", "latex", "ltx",
  "adoc", "asciidoc",
  "rst", "rest",
  "org",
  "typ",
  "wiki", "mediawiki", "wikitext",
  "fountain",
];

/** Configurations, registries and tapes: the server reads them from disk. */
const BESIDE_DRAFTS = /\.(toml|ya?ml|json|csv|vtt|srt)$/i;

const DRAFTS: DocumentSelector = [
  { scheme: "file", pattern: `**/*.{${ENDINGS.join(",")}}` },
  { scheme: "untitled", language: "markdown" },
  { scheme: "untitled", language: "plaintext" },
];

/** What other extensions and the tests may use. */
export interface Sayso {
  readonly client: () => LanguageClient | undefined;
  readonly program: () => Program;
  readonly view: WhoSaysWhat;
  readonly report: Report;
}

export async function activate(context: vscode.ExtensionContext): Promise<Sayso> {
  const output = vscode.window.createOutputChannel("sayso", { log: true });
  let client: LanguageClient | undefined;
  const running = (): LanguageClient | undefined => (client?.state === State.Running ? client : undefined);
  const program = (): Program => found(context);
  const file = (): string | undefined => {
    const at = program();
    return "file" in at ? at.file : undefined;
  };

  const view = new WhoSaysWhat(async () => (await running()?.sendRequest<Saying[]>("sayso/whoSaysWhat", {})) ?? []);
  const report = new Report(async (uri) => {
    const server = running();
    if (server === undefined) throw new Error("The server of sayso does not run.");
    const params = uri === undefined ? {} : { textDocument: { uri: server.code2ProtocolConverter.asUri(uri) } };
    return (await server.sendRequest<{ html: string }>("sayso/report", params)).html;
  });
  const pages = new RulePages(file);

  async function stop(): Promise<void> {
    const old = client;
    client = undefined;
    await vscode.commands.executeCommand("setContext", "sayso.running", false);
    // A server that does not start cannot be stopped either.
    await old?.dispose().catch(() => undefined);
  }

  async function start(): Promise<void> {
    await stop();
    const at = program();
    if ("missing" in at) {
      output.error(at.missing);
      const settings = "Open the Settings";
      void vscode.window.showErrorMessage(`sayso: ${at.missing}`, settings).then((chosen) => {
        if (chosen === settings) void vscode.commands.executeCommand("workbench.action.openSettings", "sayso.path");
      });
      return;
    }
    output.info(`starting ${at.file}, from the ${at.from}`);
    const options: LanguageClientOptions = {
      documentSelector: DRAFTS,
      outputChannel: output,
      initializationOptions: vscode.workspace.getConfiguration("sayso"),
      synchronize: { configurationSection: "sayso" },
      // Hovers hold words of drafts: no command in them may run, and no HTML is shown.
      markdown: { isTrusted: false, supportHtml: false },
    };
    const server = new LanguageClient("sayso", "sayso", { command: at.file, args: ["lsp"] }, options);
    client = server;
    server.onDidChangeState(({ newState }) => {
      if (client !== server) return;
      void vscode.commands.executeCommand("setContext", "sayso.running", newState === State.Running);
      if (newState === State.Running) view.later(0);
    });
    try {
      await server.start();
    } catch (error) {
      output.error(`${at.file} does not start: ${String(error)}`);
      void vscode.window.showErrorMessage(`sayso: ${at.file} does not start. The output “sayso” has more.`);
    }
  }

  /** Shows what went wrong in a command in place of the editor's general message. */
  const command = (name: string, work: (...args: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, async (...args: never[]) => {
      try {
        return await work(...args);
      } catch (error) {
        void vscode.window.showErrorMessage(`sayso: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    });
  const list = (order: Order) => (): Promise<void> => view.list(order);
  context.subscriptions.push(
    output,
    view,
    report,
    vscode.workspace.registerTextDocumentContentProvider(RulePages.scheme, pages),
    command("sayso.showReport", () => report.show()),
    command("sayso.saveReport", () => report.save()),
    command("sayso.byPerson", list("person")),
    command("sayso.byDraft", list("draft")),
    command("sayso.refresh", () => view.refresh()),
    command("sayso.explain", () => pages.show()),
    command("sayso.init", () => init(file())),
    command("sayso.restart", start),
    command("sayso.showOutput", () => output.show()),
    command("sayso.showVersions", (uri: string, position: Position, places: Location[]) => {
      const convert = client?.protocol2CodeConverter;
      if (convert === undefined) return;
      return vscode.commands.executeCommand(
        "editor.action.showReferences",
        convert.asUri(uri),
        convert.asPosition(position),
        places.map((place) => convert.asLocation(place)),
      );
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (vscode.languages.match(DRAFTS as vscode.DocumentSelector, document) > 0) view.later();
    }),
    vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
      view.later();
      // The editor's own file watcher may be missing, as in a server without native modules: what is saved here is told all the same.
      const server = running();
      if (server === undefined || uri.scheme !== "file" || !BESIDE_DRAFTS.test(uri.path)) return;
      const changes = [{ uri: server.code2ProtocolConverter.asUri(uri), type: FileChangeType.Changed }];
      await server.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    }),
    vscode.workspace.onDidCreateFiles(() => view.later()),
    vscode.workspace.onDidDeleteFiles(() => view.later()),
    vscode.workspace.onDidRenameFiles(() => view.later()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => start()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("sayso.path") && client !== undefined) void start();
    }),
    { dispose: () => void stop() },
  );
  register(context, file);

  const when = vscode.workspace.getConfiguration("sayso").get<string>("start");
  const folders = vscode.workspace.workspaceFolders ?? [];
  const configured = folders.some((folder) => existsSync(path.join(folder.uri.fsPath, "sayso.toml")));
  if (when === "always" || (when === "configured" && configured)) await start();
  return { client: () => client, program, view, report };
}

/** The program for this window. */
function found(context: vscode.ExtensionContext): Program {
  return findProgram({
    setting: vscode.workspace.getConfiguration("sayso").get<string>("path") ?? "",
    extension: context.extensionPath,
    searchPath: process.env["PATH"] ?? "",
    home: homedir(),
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    windows: process.platform === "win32",
    runs(file) {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    },
  });
}

/** Writes a first sayso.toml into an opened folder, and shows it. */
async function init(program: string | undefined): Promise<void> {
  if (program === undefined) throw new Error("there is no program sayso");
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder === undefined) throw new Error("open a folder first");
  try {
    await run(program, ["init", "--color", "never"], { cwd: folder.uri.fsPath });
  } catch (error) {
    // What the program says is meant for a person; the rest of the error is not.
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() || String(error));
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "sayso.toml"));
}

/** The pages of rules, as `sayso explain` prints them. */
class RulePages implements vscode.TextDocumentContentProvider {
  static readonly scheme = "sayso-rule";

  constructor(private readonly program: () => string | undefined) {}

  async #ask(args: string[]): Promise<string> {
    const file = this.program();
    if (file === undefined) throw new Error("there is no program sayso");
    return (await run(file, [...args, "--color", "never"], { maxBuffer: 1 << 24 })).stdout;
  }

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.#ask(["explain", "--", path.posix.basename(uri.path)]);
  }

  /** Explains the rule of the finding under the cursor, or else one that is chosen. */
  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const here = editor
      ? vscode.languages.getDiagnostics(editor.document.uri).find(
          (one) => one.source === "sayso" && one.code !== "input" && one.range.contains(editor.selection.active),
        )
      : undefined;
    const rule = typeof here?.code === "string" ? here.code : await this.#choose();
    if (rule === undefined) return;
    const uri = vscode.Uri.from({ scheme: RulePages.scheme, path: `/${rule}` });
    await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }

  async #choose(): Promise<string | undefined> {
    const rules = (JSON.parse(await this.#ask(["rules", "--format", "json"])) as { rule: string; summary: string }[]).map(
      ({ rule, summary }) => ({ label: rule, description: summary }),
    );
    return (await vscode.window.showQuickPick(rules, { placeHolder: "Which rule?", matchOnDescription: true }))?.label;
  }
}
