// The view “Who says what”: all quotations by person or by draft, with the way to each.

import * as vscode from "vscode";
import { type Group, type Order, type Saying, details, grouped, label, place } from "./ledger";

type Node = Group | Saying;

/** Time after an edit until the list is read again, in milliseconds. */
const PAUSE = 400;

export class WhoSaysWhat implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #groups: Group[] = [];
  #order: Order = "person";
  #read: () => Promise<Saying[]>;
  #timer: NodeJS.Timeout | undefined;
  readonly #view: vscode.TreeView<Node>;
  /** True where something has changed while the view was hidden. */
  #stale = true;

  /** `read` asks the server; without a server it gives nothing. */
  constructor(read: () => Promise<Saying[]>) {
    this.#read = read;
    this.#view = vscode.window.createTreeView("sayso.whoSaysWhat", { treeDataProvider: this, showCollapseAll: true });
    this.#view.onDidChangeVisibility(() => {
      if (this.#view.visible && this.#stale) this.later(0);
    });
    void vscode.commands.executeCommand("setContext", "sayso.order", this.#order);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** What the view shows now. */
  get groups(): readonly Group[] {
    return this.#groups;
  }

  async list(order: Order): Promise<void> {
    this.#order = order;
    await vscode.commands.executeCommand("setContext", "sayso.order", order);
    await this.refresh();
  }

  /** Reads the list again after a pause, once for many edits; while the view is hidden, when it is shown again. */
  later(pause = PAUSE): void {
    this.#stale = true;
    if (!this.#view.visible) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), pause);
  }

  async refresh(): Promise<void> {
    this.#stale = false;
    this.#groups = grouped(await this.#read(), this.#order);
    const undecided = this.#groups.flatMap((group) => group.sayings).filter((saying) => saying.speaker === null).length;
    this.#view.description = undecided === 0 ? "" : `${undecided} undecided`;
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return this.#groups;
    return "sayings" in node ? node.sayings : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ("sayings" in node) {
      const item = new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = node.id;
      item.description = String(node.sayings.length);
      const icon = this.#order === "draft" ? "file-text" : node.decided ? "person" : "question";
      item.iconPath = new vscode.ThemeIcon(icon);
      return item;
    }
    const item = new vscode.TreeItem(label(node, this.#order));
    item.description = place(node, this.#order);
    item.tooltip = details(node);
    if (node.location !== null) {
      const { start, end } = node.location.range;
      const selection = new vscode.Range(start.line, start.character, end.line, end.character);
      const uri = vscode.Uri.parse(node.location.uri, true);
      item.command = { command: "vscode.open", title: "Open", arguments: [uri, { selection, preview: true }] };
    }
    return item;
  }
}
