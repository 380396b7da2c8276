// Before `npm pack` and `npm publish`: brings the README and the licences, the version of Cargo.toml, and, where SAYSO_BIN
// names a program, that program, so that the package works alone on machines of this kind. `--clean` takes them out again.

import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.resolve(here, "../..");
const papers = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];
const programs = ["bin/sayso", "bin/sayso.exe"];

if (process.argv.includes("--clean")) {
  for (const file of [...papers, ...programs]) rmSync(path.join(here, file), { force: true });
  process.exit(0);
}

for (const file of papers) {
  if (existsSync(path.join(root, file))) copyFileSync(path.join(root, file), path.join(here, file));
}

const manifest = path.join(root, "Cargo.toml");
if (existsSync(manifest)) {
  const version = /^version = "([^"]+)"/m.exec(readFileSync(manifest, "utf8"))[1];
  const file = path.join(here, "package.json");
  const content = JSON.parse(readFileSync(file, "utf8"));
  if (content.version !== version) {
    content.version = version;
    for (const name of Object.keys(content.optionalDependencies)) content.optionalDependencies[name] = version;
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
}

const program = process.env.SAYSO_BIN;
if (program) {
  if (!existsSync(program) || !statSync(program).isFile()) {
    console.error(`SAYSO_BIN: there is no file ${program}`);
    process.exit(1);
  }
  const target = path.join(here, "bin", program.endsWith(".exe") ? "sayso.exe" : "sayso");
  copyFileSync(program, target);
  chmodSync(target, 0o755);
}
