#!/usr/bin/env python3
"""Holds the invented interviews against sayso, gtrex and quotecheck, side by side.

usage: SAYSO_INTERVIEWS_WRITE=DIR cargo test --test interviews; python3 compare.py DIR/ten SAYSO; the same with DIR/others
       python3 compare.py tests/interviews/by_hand SAYSO

gtrex and quotecheck come from the Python package index. They look for words in a text and know no speakers, so each gets the
plain words of the right tape: a fault is caught where the words are not accepted. `interviewer` faults (a question given
as an answer) are within reach of sayso alone.
"""
import json, subprocess, sys, time
from collections import Counter
from pathlib import Path

def plain(folder, tape, sayso):
    """The words of a tape, one turn a line, as sayso reads them: the others read no layouts."""
    out = subprocess.run([sayso, "tape", "--format", "jsonl", tape], cwd=folder, capture_output=True, text=True).stdout
    return "\n".join(json.loads(l)["words"] for l in out.splitlines())

def by_hand(folder, sayso):
    """What each says of the interviews by hand. A quotation of the article counts where sayso holds it against the tape."""
    from gtrex import Policy, Verifier
    import gtrex
    from quotecheck.find import check
    names = ["sayso", "gtrex default", "gtrex permissive", "quotecheck"]
    caught, wrong, seconds = Counter(), Counter(), Counter()
    sound = faults = 0
    for room in sorted(path for path in folder.iterdir() if (path / "sayso.toml").exists()):
        tape = next((room / "tapes").iterdir()).relative_to(room)
        text = plain(room, str(tape), sayso)
        start = time.time()
        out = subprocess.run([sayso, "check", "--format", "jsonl", "--quiet"], cwd=room, capture_output=True, text=True).stdout
        seconds["sayso"] += time.time() - start
        found = [f for f in map(json.loads, out.splitlines()) if f["group"] == "wording" and f["level"] != "note"]
        found = {(f["path"], f["span"]["start"]["line"]) for f in found}
        out = subprocess.run([sayso, "quotes", "--check", "--format", "jsonl"], cwd=room, capture_output=True, text=True).stdout
        quotations = [q for q in map(json.loads, out.splitlines()) if q.get("check")]
        policies = {"gtrex default": getattr(gtrex, "DEFAULT", None) or Policy(), "gtrex permissive": gtrex.PERMISSIVE}
        verifiers = {name: Verifier(text, policy) for name, policy in policies.items()}
        refuses = {name: lambda words, it=it: not it.verify(words).grounded for name, it in verifiers.items()}
        refuses["quotecheck"] = lambda words: not check(words, text).ok
        in_article = [q for q in quotations if q["path"].endswith("sound.md") and q["check"]["found"] != "unchecked"]
        planted = [q for q in quotations if q["path"].endswith("altered.md")]
        lines = {q["line"] for q in planted}
        sound, faults = sound + len(in_article), faults + len(lines)
        wrong["sayso"] += len([place for place in found if place[0].endswith("sound.md")])
        caught["sayso"] += len({line for path, line in found if path.endswith("altered.md")} & lines)
        for name, refused in refuses.items():
            start = time.time()
            bare = lambda q: q["text"].strip("“”‘’\"").rstrip(",")
            wrong[name] += sum(refused(bare(q)) for q in in_article)
            caught[name] += len({q["line"] for q in planted if refused(bare(q))})
            seconds[name] += time.time() - start
    print(f"{sound} quotations of articles, {faults} faults")
    print(f"{'':18}{'faults caught':>14}{'sound flagged':>15}{'seconds':>9}")
    for name in names:
        print(f"{name:18}{caught[name]:14}{wrong[name]:15}{seconds[name]:9.2f}")

def main():
    folder, sayso = Path(sys.argv[1]), sys.argv[2]
    if not (folder / "truth.jsonl").exists():
        return by_hand(folder, str(Path(sayso).resolve()))
    truth = [json.loads(l) for l in (folder / "truth.jsonl").read_text().splitlines()]
    texts = {t["draft"]: t["tape"] for t in truth}
    texts = {n: plain(folder, tape, sayso) for n, tape in texts.items()}
    flagged, seconds = {}, {}

    start = time.time()
    out = subprocess.run([sayso, "check", "--format", "jsonl", "--quiet"], cwd=folder, capture_output=True, text=True).stdout
    seconds["sayso"] = time.time() - start
    found = {(json.loads(l)["path"], json.loads(l)["span"]["start"]["line"]) for l in out.splitlines()
             if json.loads(l)["group"] == "wording" and json.loads(l)["level"] != "note"}
    flagged["sayso"] = [(f"drafts/{t['draft']}.md", t["line"]) in found for t in truth]

    from gtrex import Policy, Verifier
    import gtrex
    policies = {"gtrex default": getattr(gtrex, "DEFAULT", None) or Policy()}
    if hasattr(gtrex, "PERMISSIVE"): policies["gtrex permissive"] = gtrex.PERMISSIVE
    for name, policy in policies.items():
        start = time.time()
        verifiers = {n: Verifier(text, policy) for n, text in texts.items()}
        flagged[name] = [not verifiers[t["draft"]].verify(t["words"]).grounded for t in truth]
        seconds[name] = time.time() - start

    from quotecheck.find import check
    start = time.time()
    flagged["quotecheck"] = [not check(t["words"], texts[t["draft"]]).ok for t in truth]
    seconds["quotecheck"] = time.time() - start

    sound = sum(t["sound"] for t in truth)
    print(f"{sound} sound quotations, {len(truth) - sound} faults, {len(texts)} tapes")
    print(f"{'':18}{'faults caught':>14}{'sound flagged':>15}{'seconds':>9}")
    for name, flags in flagged.items():
        caught = sum(f for f, t in zip(flags, truth) if not t["sound"])
        wrong = Counter(t["how"] for f, t in zip(flags, truth) if f and t["sound"])
        print(f"{name:18}{caught:14}{sum(wrong.values()):15}{seconds[name]:9.2f}  {dict(wrong)}")

main()
