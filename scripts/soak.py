#!/usr/bin/env python3
"""Edits, renames, deletes and breaks drafts at random under `sayso check --watch` or `sayso lsp`, and looks at three things:
does it crash, does it miss a change, and does its memory grow?

    scripts/soak.py watch target/release/sayso --seconds 1800
    scripts/soak.py lsp   target/release/sayso --seconds 1800

Ends with 1 where a change is missed, the process ends, or its memory has doubled since the first tenth of the run.
"""

import argparse, json, os, pathlib, queue, random, shutil, subprocess, sys, tempfile, threading, time

SOUND = "“We will rebuild the pier,” Mayor Ines Duarte said on day {}.\n\n"
OPEN = "“We will rebuild the pier {}, Mayor Ines Duarte said.\n\n"
PATIENCE = 30  # seconds until a change counts as missed


def memory(pid):
    """Resident memory in KiB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def lines_of(stream):
    """The stream's lines, read by a thread of its own."""
    lines = queue.Queue()

    def read():
        for line in stream:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


class Watch:
    """`check --watch`: a broken draft has to be named in what it prints."""

    def __init__(self, sayso, desk):
        self.process = subprocess.Popen(
            [sayso, "check", "--watch", "--format", "concise", "--color", "never", "."],
            cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        self.lines = lines_of(self.process.stdout)

    def told(self, path, word, until):
        while (left := until - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                return False
            if line is None:
                return False
            if path.name in line and "error" in line:
                return True
        return False

    def saved(self, path):
        pass


class Lsp:
    """`lsp`: a draft that is opened with a fault has to get diagnostics."""

    def __init__(self, sayso, desk):
        self.process = subprocess.Popen([sayso, "lsp"], cwd=desk, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.messages, self.number, self.version = queue.Queue(), 0, 0
        threading.Thread(target=self.read, daemon=True).start()
        self.send("initialize", {"processId": None, "rootUri": desk.as_uri(), "capabilities": {}}, True)
        self.send("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                self.messages.put(None)
                return
            self.messages.put(json.loads(stream.read(length)))

    def send(self, method, params, asks=False):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if asks:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def saved(self, path):
        kind = 2 if path.exists() else 3
        self.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})

    def told(self, path, word, until):
        self.version += 1
        item = {"uri": path.as_uri(), "languageId": "plaintext", "version": self.version, "text": path.read_text()}
        self.send("textDocument/didOpen", {"textDocument": item})
        found = False
        while not found and (left := until - time.monotonic()) > 0:
            try:
                message = self.messages.get(timeout=left)
            except queue.Empty:
                break
            if message is None:
                break
            params = message.get("params") or {}
            found = params.get("uri") == path.as_uri() and bool(params.get("diagnostics"))
        self.send("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        return found


def disturb(desk, chance):
    """One change of the desk at random; returns the files that it touched."""
    drafts = sorted(desk.rglob("*.txt"))
    path = chance.choice(drafts) if drafts else desk / "a.txt"
    kind = chance.randrange(9)
    if kind == 0:
        path.write_text("".join(SOUND.format(chance.randrange(99)) for _ in range(chance.randrange(1, 40))))
    elif kind == 1:
        other = desk / f"moved-{chance.randrange(30)}.txt"
        path.rename(other)
        return [path, other]
    elif kind == 2 and len(drafts) > 5:
        path.unlink()
    elif kind == 3:
        path.write_bytes(chance.randbytes(chance.randrange(3000)))
    elif kind == 4:
        path = desk / "sayso.toml"
        path.write_text(chance.choice(["", "include = [\n", "style = \"ap\"\n", "exclude = [\"old/**\"]\n"]))
    elif kind == 5:
        path = desk / f"folder-{chance.randrange(4)}" / f"{chance.randrange(9)}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(SOUND.format(1))
    elif kind == 6:
        folders = [entry for entry in desk.iterdir() if entry.is_dir()]
        if folders:
            path = chance.choice(folders)
            shutil.rmtree(path)
    elif kind == 7:
        text = path.read_bytes()
        path.write_bytes(text[: chance.randrange(len(text) + 1)])
    else:
        with path.open("a") as draft:
            draft.write(SOUND.format(chance.randrange(99)))
    return [path]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["watch", "lsp"])
    parser.add_argument("sayso")
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        desk = pathlib.Path(folder).resolve()
        (desk / "sayso.toml").write_text("")
        for number in range(20):
            (desk / f"{number}.txt").write_text(SOUND.format(number) * 20)
        server = (Watch if options.mode == "watch" else Lsp)(str(pathlib.Path(options.sayso).resolve()), desk)
        begun, changes, looked, missed, sizes = time.monotonic(), 0, 0, 0, []
        while time.monotonic() - begun < options.seconds and server.process.poll() is None:
            for _ in range(chance.randrange(1, 12)):
                for path in disturb(desk, chance):
                    server.saved(path)
                changes += 1
                time.sleep(chance.random() * 0.2)
            # A configuration that cannot be read hides all findings, so it is mended before a look.
            (desk / "sayso.toml").write_text("")
            server.saved(desk / "sayso.toml")
            probe = desk / f"probe-{looked}.txt"
            probe.write_text(OPEN.format(looked))
            server.saved(probe)
            looked += 1
            if not server.told(probe, str(looked), time.monotonic() + PATIENCE):
                missed += 1
                print(f"missed: {probe.name}", file=sys.stderr)
            probe.unlink()
            server.saved(probe)
            if server.process.poll() is None:
                sizes.append(memory(server.process.pid))
        ended = server.process.poll()
        server.process.kill()
        server.process.wait()
        first = sizes[: max(1, len(sizes) // 10)]
        early, late = max(first, default=0), max(sizes[-len(first):], default=0)
        print(f"{options.mode}: {time.monotonic() - begun:.0f} s, {changes} changes, {looked} looks, {missed} missed, "
              f"ended by itself: {'no' if ended is None else ended}, memory {early} KiB early, {late} KiB late, "
              f"{max(sizes, default=0)} KiB at most")
        sys.exit(1 if missed or ended is not None or late > 2 * early else 0)


if __name__ == "__main__":
    main()
