// The report as a page beside the draft, and as a file.

import * as vscode from "vscode";
import { isClosed, sentence } from "./page";

export class Report implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;

  /** `read` asks the server for the report of the folder of a draft. */
  constructor(private readonly read: (uri: vscode.Uri | undefined) => Promise<string>) {}

  dispose(): void {
    this.#panel?.dispose();
  }

  /** The page that is shown now. */
  get html(): string | undefined {
    return this.#panel?.webview.html;
  }

  async show(): Promise<void> {
    // Asked before the panel opens, because then the draft is the active editor no more.
    const html = await this.read(vscode.window.activeTextEditor?.document.uri);
    this.#panel ??= this.#open();
    // A page without a policy that shuts out all scripts but its own is not shown: it holds words of drafts.
    this.#panel.webview.html = isClosed(html)
      ? html
      : sentence("The report is not shown: it does not forbid scripts. The program and the extension may be of different versions.");
    this.#panel.reveal(undefined, true);
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      "sayso.report",
      "Who Said What",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      // The report's own script filters and searches. It can neither read files nor give commands.
      { enableScripts: true, enableCommandUris: false, localResourceRoots: [], enableFindWidget: true },
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  async save(): Promise<void> {
    const html = await this.read(vscode.window.activeTextEditor?.document.uri);
    const target = await vscode.window.showSaveDialog({
      filters: { Page: ["html"] },
      title: "Save the report",
    });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, Buffer.from(html, "utf8"));
  }
}
