// usage: SAYSO=program CODE_SERVER=node_modules/code-server node scripts/in-code-server.mjs [FOLDER]
// Runs test/suite.ts in code-server, which is VS Code with its window in a browser: for machines that cannot have VS Code itself.
// Needs the npm package code-server, chromium, and Node 22 or `node --experimental-websocket`. Pictures go into FOLDER.
// `npm test` must have bundled the tests.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeDesk } from "./desk.mjs";

/** The whole run may take this long, in milliseconds. */
const PATIENCE = 420_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const sayso = path.resolve(process.env.SAYSO ?? path.join(root, "../../target/debug/sayso"));
const codeServer = path.resolve(process.env.CODE_SERVER ?? path.join(root, "node_modules/code-server"));
for (const file of [sayso, path.join(codeServer, "out/node/entry.js"), path.join(root, "dist/test/suite.js")]) {
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
}
const pictures = process.argv[2] && path.resolve(process.argv[2]);
if (pictures) mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(path.join(tmpdir(), "sayso-"));
const desk = path.join(folder, "desk");
const results = path.join(folder, "results");
writeDesk(desk, sayso);
writeFileSync(results, "");
// This window has no way to turn workspace trust off but the user's settings.
mkdirSync(path.join(folder, "data/User"), { recursive: true });
writeFileSync(
  path.join(folder, "data/User/settings.json"),
  JSON.stringify({ "security.workspace.trust.enabled": false, "workbench.tips.enabled": false, "chat.commandCenter.enabled": false }),
);

const port = await new Promise((done) => {
  const free = createServer().listen(0, "127.0.0.1", () => {
    const { port } = free.address();
    free.close(() => done(port));
  });
});
const flags = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
const own = ["--config", path.join(folder, "none.yaml"), "--user-data-dir", path.join(folder, "data"), "--extensions-dir", path.join(folder, "extensions")];
writeFileSync(path.join(folder, "none.yaml"), "cert: false\n");
const environment = { ...process.env, SAYSO_RESULTS: results, HOME: folder };
if (pictures) environment.SAYSO_PICTURES = pictures;
else delete environment.SAYSO_PICTURES;
const server = spawn(process.execPath, [path.join(codeServer, "out/node/entry.js"), ...flags, ...own], {
  env: environment,
  stdio: ["ignore", "pipe", "pipe"],
});
let log = "";
for (const stream of [server.stdout, server.stderr]) stream.on("data", (bytes) => (log += bytes));
const browser = spawn(
  "chromium",
  ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1400,900", `--user-data-dir=${path.join(folder, "browser")}`, "about:blank"],
  { stdio: ["ignore", "ignore", "pipe"] },
);
const wait = (time) => new Promise((done) => setTimeout(done, time));
const lines = () => readFileSync(results, "utf8").split("\n").filter(Boolean);
try {
  const debugging = await new Promise((done, failed) => {
    let said = "";
    browser.on("exit", () => failed(new Error(`chromium ended: ${said}`)));
    browser.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found) done(found[1]);
    });
  });
  const end = Date.now() + PATIENCE;
  while (!(await fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => ok, () => false))) {
    if (Date.now() > end || server.exitCode !== null) throw new Error(`code-server does not answer\n${log}`);
    await wait(200);
  }
  const pages = await (await fetch(`http://127.0.0.1:${debugging}/json`)).json();
  const socket = new WebSocket(pages.find(({ type }) => type === "page").webSocketDebuggerUrl);
  await new Promise((done) => socket.addEventListener("open", done));
  const waiting = new Map();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result, method, params } = JSON.parse(data);
    waiting.get(id)?.(result);
    if (method === "Runtime.exceptionThrown") log += `${params.exceptionDetails.exception?.description}\n`;
  });
  const tell = (method, params = {}) =>
    new Promise((done) => {
      waiting.set((last += 1), done);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await tell("Runtime.enable");
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ["extensionDevelopmentPath", remote(root)],
    ["extensionTestsPath", remote(path.join(root, "dist/test/suite.js"))],
  ];
  const query = new URLSearchParams({ folder: desk, payload: JSON.stringify(payload) });
  await tell("Page.navigate", { url: `http://127.0.0.1:${port}/?${query}` });
  let shown = 0;
  for (let done = false; !done; ) {
    for (const line of lines().slice(shown)) {
      shown += 1;
      console.log(line);
      const name = /^picture: ([\w-]+)$/.exec(line)?.[1];
      if (name) {
        await wait(2500);
        const { data } = await tell("Page.captureScreenshot", { format: "png" });
        writeFileSync(path.join(pictures, `${name}.png`), Buffer.from(data, "base64"));
      }
      done = / passed, \d+ failed$/.test(line);
      if (done && !line.endsWith(" 0 failed")) process.exitCode = 1;
    }
    if (Date.now() > end) {
      const { data } = await tell("Page.captureScreenshot", { format: "png" });
      if (pictures) writeFileSync(path.join(pictures, "stuck.png"), Buffer.from(data, "base64"));
      throw new Error(`not done in time\n${log.slice(-4000)}`);
    }
    await wait(100);
  }
} finally {
  browser.kill();
  server.kill();
  await wait(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
