// usage: build.mjs [--minify] [--tests]   Bundles the extension into dist/extension.js, and its tests into dist/test.

import { build } from "esbuild";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  // The oldest VS Code that package.json names runs Node 18.
  target: "node18",
  external: ["vscode"],
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  minify: process.argv.includes("--minify"),
});
if (process.argv.includes("--tests")) {
  await build({
    ...common,
    entryPoints: ["test/units.test.ts", "test/suite.ts"],
    outdir: "dist/test",
    sourcemap: "inline",
  });
}
