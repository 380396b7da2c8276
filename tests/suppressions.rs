//! What a writer allows: each form of directive covers what it says and nothing else, and one that is misspelled is
//! reported.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use sayso::config::Config;
use sayso::project::{Focus, Project};
use sayso::rules::Judged;

const BROKEN: &str = "“We will rebuild the, Mayor Ines Duarte said.";

/// What is found in a draft with `directives` written into it, as `line rule label`.
fn found(path: &str, text: &str) -> Vec<String> {
    judged(path, text).0
}

fn judged(path: &str, text: &str) -> (Vec<String>, Vec<Judged>) {
    let mut project = Project::open(Config::isolated(".")).unwrap();
    project.set_draft(path, text);
    let judged = project.check(&Focus::everything()).unwrap();
    let document = &project.documents()[0];
    let line = |judged: &Judged| document.text.position(judged.finding.place.span.start).line;
    let shown = judged.iter().filter(|judged| judged.level > sayso::rules::Level::Note);
    let lines =
        shown.map(|judged| format!("{} {} {}", line(judged), judged.rule.id, judged.finding.label)).collect();
    (lines, judged)
}

/// Replaces `@` by a paragraph whose quotation is never closed.
fn draft(text: &str) -> String {
    text.replace('@', BROKEN)
}

const OPEN: &str = "unclosed-quotation opens here";

fn opens(lines: &[u32]) -> Vec<String> {
    lines.iter().map(|line| format!("{line} {OPEN}")).collect()
}

#[test]
fn each_scope_covers_what_it_says() {
    for (path, text, expected) in [
        ("a.txt", "@\n\n@\n", &[1, 3][..]),
        ("a.txt", "sayso: allow(unclosed-quotation) tape\n\n@\n\n@\n", &[5]),
        ("a.txt", "sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.txt", "sayso: allow(dates, marks) tape\n\n@\n", &[]),
        ("a.txt", "sayso: allow-line(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.md", "@ <!-- sayso: allow-line(marks) tape -->\n\n@\n", &[3]),
        ("a.adoc", "// sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.tex", "% sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.tex", "@ % sayso: allow-line(marks) tape\n\n@\n", &[3]),
        ("a.org", "# sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.rst", ".. sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.typ", "// sayso: allow(marks) tape\n\n@\n\n@\n", &[5]),
        ("a.typ", "/* sayso: allow(marks) tape */\n\n@\n\n@\n", &[5]),
        ("a.wiki", "<!-- sayso: allow(marks) tape -->\n\n@\n\n@\n", &[5]),
        ("a.mdx", "{/* sayso: allow(marks) tape */}\n\n@\n\n@\n", &[5]),
        ("a.mdx", "```\n{/* sayso: allow-file(marks) tape */}\n```\n\n@\n", &[5]),
        ("a.fountain", "INT. PIER\n\n[[ sayso: allow(marks) tape ]]\n\n@\n\n@\n", &[7]),
        ("a.md", "<!-- sayso: allow-line(marks) tape -->\n@\n\n@\n", &[4]),
        ("a.md", "- @\n- @ <!-- sayso: allow-line(marks) tape -->\n- @\n", &[1, 3]),
        (
            "a.txt",
            "@\n\nsayso: allow-start(marks) tape\n\n@\n\n@\n\nsayso: allow-end(marks)\n\n@\n",
            &[1, 11],
        ),
        (
            "a.md",
            "@\n\n<!-- sayso: allow-start(marks) tape -->\n\n@\n\n<!-- sayso: allow-end -->\n\n@\n",
            &[1, 9],
        ),
        ("a.txt", "@\n\n@\n\nsayso: allow-file(marks) all of it\n", &[]),
        ("a.txt", "Sayso: allow(marks) tape\n\n@\n", &[]),
    ] {
        let left: Vec<String> =
            found(path, &draft(text)).into_iter().filter(|line| line.ends_with(OPEN)).collect();
        assert_eq!(left, opens(expected), "{path}: {text}");
    }
}

#[test]
fn blocks_may_overlap_and_end_by_name() {
    let text = "sayso: allow-start(unclosed-quotation, stand-in-marks) tape\n\n@\n\n\
                sayso: allow-end(unclosed-quotation)\n\n''So it goes,'' Ana Reyes said.\n\n@\n\n\
                sayso: allow-end(stand-in-marks)\n\n''So it goes,'' Ana Reyes said.\n";
    assert_eq!(
        found("a.txt", &draft(text)),
        ["9 unclosed-quotation opens here", "13 stand-in-marks not a quotation mark"]
    );
}

/// Directives are looked at many at a time; each still covers its own place, and those in vain are told.
#[test]
fn hundreds_of_directives_cover_each_its_own_paragraph() {
    let text: String = (0..400)
        .map(|n| match n % 4 {
            0 => "@\n\n".to_owned(),
            1 => "sayso: allow(marks) tape\n\n“It is so,” said Ana Reyes.\n\n".to_owned(),
            _ => "sayso: allow(unclosed-quotation) tape\n\n@\n\n".to_owned(),
        })
        .collect();
    let lines = found("a.txt", &draft(&text));
    let ending = |end: &str| lines.iter().filter(|line| line.ends_with(end)).count();
    assert_eq!((ending(OPEN), ending("suppresses nothing"), lines.len()), (100, 100, 200));
    // One that covers the whole draft is found from everywhere in it.
    let whole = found("a.txt", &draft(&format!("{text}sayso: allow-file(marks) tape\n")));
    assert_eq!(whole.len(), 100, "{whole:?}");
}

#[test]
fn what_is_misspelled_is_a_warning() {
    for (text, label, said) in [
        ("sayso: allow weekday-mismatch\n", "no rules in brackets", "write for example"),
        ("sayso: allow()\n", "no rules in brackets", "write for example"),
        ("sayso: disable(weekday-mismatch)\n", "not a directive", "a directive is one of allow, allow-line"),
        ("sayso: alow(weekday-mismatch)\n", "not a directive", "did you mean `allow`?"),
        ("sayso: allow-next(weekday-mismatch)\n", "not a directive", ""),
        ("sayso allow(weekday-mismatch)\n", "no colon", "write `sayso: allow(RULE) reason`"),
        ("sayso: allow(weekday-mismach)\n", "no such rule", "perhaps `weekday-mismatch` is meant"),
        ("sayso: allow(datse)\n", "no such rule", "perhaps `dates` is meant"),
        ("sayso: allow-start(marks)\n", "never ended", "allow-end(marks)"),
        ("sayso: allow-end(marks)\n", "never started", "write `allow-start` before it"),
    ] {
        for (path, text) in [("a.txt", text.to_owned()), ("a.md", format!("<!-- {} -->\n", text.trim_end()))]
        {
            let (lines, judged) = judged(path, &format!("{text}\nAna Reyes spoke.\n"));
            let expected = format!("1 unused-suppression {label}");
            assert!(lines.contains(&expected), "{path} {text}: {lines:?}");
            assert!(judged.iter().any(|judged| judged.help.contains(said)), "{path} {text}: {judged:?}");
        }
    }
}

/// Takes the safe edits of all findings into the text, last ones first.
fn mended(path: &str, text: &str) -> String {
    let (_, judged) = judged(path, text);
    let fixes = judged.iter().filter_map(|judged| judged.finding.fix.as_ref()).filter(|fix| fix.safe);
    let mut edits: Vec<(u32, u32)> =
        fixes.flat_map(|fix| &fix.edits).map(|edit| (edit.place.span.start, edit.place.span.end)).collect();
    edits.sort_unstable();
    edits.dedup();
    let mut text = text.to_owned();
    edits.into_iter().rev().for_each(|(start, end)| text.replace_range(start as usize..end as usize, ""));
    text
}

#[test]
fn what_suppresses_nothing_can_be_taken_out() {
    let said = "“We will rebuild the pier,” Mayor Ines Duarte said.";
    for (path, before, after) in [
        ("a.txt", "One.\n\nsayso: allow(dates) tape\n\n$\n", "One.\n\n$\n"),
        ("a.txt", "sayso: allow(dates) tape\n\n$\n", "$\n"),
        ("a.md", "One.\n\n<!-- sayso: allow(dates, marks) tape -->\n$\n", "One.\n\n$\n"),
        ("a.md", "$ <!-- sayso: allow-line(dates) tape -->\n", "$\n"),
        ("a.txt", "sayso: allow(dates, marks) tape\n\n@\n", "sayso: allow(marks) tape\n\n@\n"),
        ("a.txt", "sayso: allow(marks, dates) tape\n\n@\n", "sayso: allow(marks) tape\n\n@\n"),
        (
            "a.txt",
            "One.\n\nsayso: allow-start(dates) tape\n\n$\n\nsayso: allow-end(dates)\n\nTwo.\n",
            "One.\n\n$\n\nTwo.\n",
        ),
        // One of two rules of a block is left as it is: its end would lose its start.
        (
            "a.txt",
            "sayso: allow-start(dates, marks) tape\n\n@\n\nsayso: allow-end(dates, marks)\n",
            "sayso: allow-start(dates, marks) tape\n\n@\n\nsayso: allow-end(dates, marks)\n",
        ),
    ] {
        let text = |text: &str| draft(text).replace('$', said);
        assert_eq!(mended(path, &text(before)), text(after), "{before}");
    }
}
