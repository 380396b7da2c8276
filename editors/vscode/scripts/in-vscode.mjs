// usage: SAYSO=program node scripts/in-vscode.mjs   Runs test/suite.ts in the VS Code that @vscode/test-electron downloads, or in
// the one that VSCODE names. Without a screen: xvfb-run -a node scripts/in-vscode.mjs. `npm test` must have bundled the tests.

import { runTests } from "@vscode/test-electron";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeDesk } from "./desk.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(path.join(tmpdir(), "sayso-"));
try {
  const desk = path.join(folder, "desk");
  writeDesk(desk, path.resolve(process.env.SAYSO ?? path.join(root, "../../target/debug/sayso")));
  await runTests({
    vscodeExecutablePath: process.env.VSCODE,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, "dist/test/suite.js"),
    launchArgs: [desk, "--disable-extensions", "--disable-workspace-trust", `--user-data-dir=${path.join(folder, "user")}`],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
