// usage: package.mjs [FOLDER]   Makes the package (.vsix) of the extension in FOLDER, or here.
// Where SAYSO_BIN names a program, the package brings it, for the platform that VSCE_TARGET names (linux-x64, darwin-arm64,
// win32-x64, …; without it, this machine's). Without SAYSO_BIN the package runs on every platform and takes sayso from the PATH.

import { createVSIX } from "@vscode/vsce";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.resolve(process.argv[2] ?? root);
const program = process.env.SAYSO_BIN;
const target = program ? (process.env.VSCE_TARGET ?? `${process.platform}-${process.arch}`) : undefined;
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const bin = path.join(root, "bin");

rmSync(bin, { recursive: true, force: true });
if (program) {
  if (!existsSync(program)) throw new Error(`SAYSO_BIN: there is no file ${program}`);
  const own = path.join(bin, target.startsWith("win32") ? "sayso.exe" : "sayso");
  mkdirSync(bin);
  copyFileSync(program, own);
  chmodSync(own, 0o755);
}
// Both licences in one file, as the marketplace wants it.
const licence = (name) => readFileSync(path.join(root, "../..", name), "utf8");
writeFileSync(
  path.join(root, "LICENSE.txt"),
  `MIT or Apache-2.0, as you choose.\n\n${licence("LICENSE-MIT")}\n\n${licence("LICENSE-APACHE")}`,
);
mkdirSync(out, { recursive: true });
const file = path.join(out, `sayso-${target ? `${target}-` : ""}${version}.vsix`);
try {
  await createVSIX({ cwd: root, packagePath: file, target, dependencies: false });
} finally {
  rmSync(bin, { recursive: true, force: true });
}
console.log(file);
