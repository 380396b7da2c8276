// usage: node --experimental-websocket test.mjs FOLDER   Tests the built page in FOLDER, first without a browser, then in
// headless Chromium: what it shows at first, after a key, and what it asks the network for.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const site = path.resolve(process.argv[2]);

// The module alone.
const { Sayso } = await import(pathToFileURL(path.resolve("sayso.js")));
const sayso = await Sayso.load(readFileSync(path.join(site, "sayso.wasm")));
const pier = (which) => `“We will close the ${which} pier before the winter,” Ana Reyes said.`;
const drafts = [{ name: "a.md", text: `🙂 ${pier("north")}` }, { name: "b.md", text: pier("south") }];
const begun = performance.now();
const answer = sayso.check({ drafts });
console.log(`module: one check in ${(performance.now() - begun).toFixed(1)} ms`);
assert.equal(answer.findings[0].rule, "altered-quotation");
for (const { draft, start, end } of answer.findings[0].places) {
  const { text } = drafts.find(({ name }) => name === draft);
  assert.ok(["north", "south"].includes(text.slice(start, end)), text.slice(start, end));
}
const off = sayso.check({ drafts, config: '[rules]\naltered-quotation = "off"\n' });
assert.ok(off.findings.every(({ rule }) => rule !== "altered-quotation"));
assert.match(sayso.check({ drafts, config: "[rules" }).errors[0], /sayso\.toml/);
const long = { name: "long.md", text: `${pier("north")}\n\n`.repeat(2000) };
assert.equal(sayso.check({ drafts: [long] }).quotations.length, 2000);

// The page.
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  const name = request.url === "/" ? "index.html" : request.url.slice(1);
  response.setHeader("Content-Type", types[path.extname(name)] ?? "text/plain");
  response.end(readFileSync(path.join(site, path.basename(name))));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const profile = mkdtempSync(path.join(tmpdir(), "sayso-"));
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
const browser = spawn("chromium", [...flags, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
try {
  const port = await new Promise((done, failed) => {
    let said = "";
    browser.on("exit", () => failed(new Error(`chromium ended: ${said}`)));
    browser.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found) done(found[1]);
    });
  });
  const pages = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(pages.find(({ type }) => type === "page").webSocketDebuggerUrl);
  await new Promise((done) => socket.addEventListener("open", done));
  const waiting = new Map();
  const complaints = [];
  let count = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) waiting.get(message.id)(message.result ?? message.error);
    if (["Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"].includes(message.method)) {
      complaints.push(JSON.stringify(message.params));
    }
  });
  const send = (method, params = {}) =>
    new Promise((done) => {
      waiting.set(++count, done);
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  const value = async (expression) => {
    const answer = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    assert.ok(!answer.exceptionDetails, JSON.stringify(answer));
    return answer.result.value;
  };
  const until = async (expression) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await value(expression)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.fail(`never true: ${expression}; the page says: ${await value("document.body.innerText")}`);
  };
  const picture = async (name, width) => {
    await send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 });
    const wide = await value("document.documentElement.scrollWidth");
    assert.ok(wide <= width, `${name}: ${wide} columns of pixels`);
    const { data } = await send("Page.captureScreenshot", { captureBeyondViewport: true });
    writeFileSync(path.join(site, name), Buffer.from(data, "base64"));
  };
  for (const domain of ["Runtime", "Log", "Page"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url: `http://127.0.0.1:${server.address().port}/` });
  await until("document.querySelectorAll('#findings li').length > 0");
  assert.match(await value("document.getElementById('findings').innerText"), /north[^]*altered-quotation/);
  assert.match(await value("document.getElementById('ledger').innerText"), /Ana Reyes/);
  await picture("page-1280.png", 1280);
  await picture("page-390.png", 390);
  // A click on a place selects the words that differ.
  await value("[...document.querySelectorAll('#findings .place')].find((b) => b.closest('li').innerText.includes('altered-quotation')).click()");
  const chosen = "((a) => a.value.slice(a.selectionStart, a.selectionEnd))(document.activeElement)";
  assert.ok(["north", "south"].includes(await value(chosen)), await value(chosen));
  // Typed over, the drafts agree.
  const other = (await value(chosen)) === "north" ? "south" : "north";
  await send("Input.insertText", { text: other });
  await until("!document.getElementById('findings').innerText.includes('altered-quotation')");
  // Markup in a draft stays text; in plain text it is not even taken out.
  await value("(document.querySelector('.draft input').value = 'monday.txt', document.querySelector('.draft textarea').focus(), 0)");
  await send("Input.insertText", { text: "“<img src=x onerror=alert(1)> is no speech,” Ana Reyes said.\n\n" });
  await until("document.getElementById('ledger').innerText.includes('<img')");
  assert.equal(await value("document.querySelectorAll('main img').length"), 0);
  assert.deepEqual(complaints, []);
  const own = ["/", "/playground.css", "/playground.js", "/sayso.js", "/sayso.wasm"];
  assert.deepEqual([...new Set(asked)].sort(), own);
  console.log("page: all passed in headless Chromium");
} finally {
  browser.kill();
  await new Promise((done) => browser.once("exit", done));
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
