// usage: platform.mjs PLATFORM-ARCH PROGRAM FOLDER
// Makes the package of one platform in FOLDER: `platform.mjs linux-x64 target/dist/sayso out` gives out/sayso-linux-x64.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [platform, program, folder] = process.argv.slice(2);
const known = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];
if (!known.includes(platform) || !program || !folder) {
  console.error(`usage: platform.mjs PLATFORM-ARCH PROGRAM FOLDER, the first one of ${known.join(", ")}`);
  process.exit(1);
}
const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const root = path.resolve(here, "../..");
const [os, cpu] = platform.split("-");
const version = /^version = "([^"]+)"/m.exec(readFileSync(path.join(root, "Cargo.toml"), "utf8"))[1];
const target = path.join(folder, `sayso-${platform}`);
const name = os === "win32" ? "sayso.exe" : "sayso";
mkdirSync(path.join(target, "bin"), { recursive: true });
copyFileSync(program, path.join(target, "bin", name));
chmodSync(path.join(target, "bin", name), 0o755);
for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(path.join(root, file), path.join(target, file));
writeFileSync(path.join(target, "README.md"), `# sayso-${platform}\n\nThe program of the package \`sayso\` for ${platform}. Install \`sayso\`.\n`);
const content = {
  name: `sayso-${platform}`,
  version,
  description: `The program of sayso for ${platform}`,
  license: "MIT OR Apache-2.0",
  os: [os],
  cpu: [cpu],
  files: ["bin", "LICENSE-MIT", "LICENSE-APACHE"],
};
writeFileSync(path.join(target, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
console.log(target);
