//! `sayso report`: one page that loads nothing, in which the words of drafts stay words.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;
use std::process::{Command, Output};

use sayso::report::page::{SCRIPT_HASH, STYLE_HASH};
use sha2::{Digest, Sha256};

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(folder).args(["--color", "never"]).args(arguments).output().unwrap()
}

fn newsroom() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/newsroom");
    String::from_utf8(sayso(&folder, &["report", "."]).stdout).unwrap()
}

/// A hash as a page's policy writes it.
fn hash(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::from("sha256-");
    for chunk in Sha256::digest(text.as_bytes()).chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[test]
fn the_policy_names_the_style_and_the_script_of_the_page() {
    let page = newsroom();
    let between =
        |open: &str, close: &str| page.split_once(open).unwrap().1.split_once(close).unwrap().0.to_owned();
    assert_eq!(hash(&between("<style>", "</style>")), STYLE_HASH);
    assert_eq!(hash(&between("<script>", "</script>")), SCRIPT_HASH);
    assert!(
        page.contains(&format!("style-src '{STYLE_HASH}'")) || page.contains("style-src '&#"),
        "{STYLE_HASH}"
    );
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
}

#[test]
fn the_page_loads_nothing() {
    let page = newsroom();
    for outside in
        ["http://", "https://", "url(", "@import", " src=", "<link", "<img", "<iframe", "fetch(", "XMLHttp"]
    {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(page.contains("<meta name=\"generator\" content=\"sayso"));
}

#[test]
fn the_page_shows_what_there_is() {
    let page = newsroom();
    for part in [
        "Ferry loses her funnel to new bridge on opening day",
        "<b>Tobias Orrick</b><span class=\"title\">harbour master</span>",
        "<mark>not</mark>",
        "<mark>is too</mark>",
        "exact, tapes/orrick.vtt 00:00:29",
        "<code>altered-quotation</code>",
        "<h2 id=\"people-head\">People</h2>",
        "<th scope=\"row\">tapes/orrick.vtt</th>",
        "undecided",
        "47 quotations not held against a tape.",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // Every link within the page leads somewhere.
    for link in page.split("href=\"#").skip(1) {
        let id = link.split_once('"').unwrap().0;
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(page, newsroom(), "the same drafts make the same page");
}

#[test]
fn words_of_drafts_stay_words() {
    let folder = tempfile::tempdir().unwrap();
    let attack = "# <script>alert(1)</script>\n\n“</blockquote><script>alert(2)</script><img onerror=x>,” said <b>Ana</b> Reyes <img>.\n\n\
                  “'\" onclick=\"alert(3)\u{1b}[31m\u{202e}”, said Mayor Bo \"onload=alert(4)\" Lee.\n\n“We will, said Ana Reyes.\n";
    std::fs::write(folder.path().join("a\"><script>x.txt"), attack).unwrap();
    let out = sayso(folder.path(), &["report", "."]);
    let page = String::from_utf8(out.stdout).unwrap();
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("\u{1b}") && !page.contains('\u{202e}'));
    assert!(page.contains("alert(2)"));
    for tag in page.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag) {
        let inside_script = tag.contains(" of ") || tag.contains("=>");
        assert!(inside_script || !tag.contains("onclick=\""), "{tag}");
    }
}

#[test]
fn a_report_never_takes_the_place_of_what_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let draft = "<p>“We will,” said Ana Reyes.</p>";
    std::fs::write(folder.path().join("a.html"), draft).unwrap();
    for target in ["a.html", "./a.html"] {
        let out = sayso(folder.path(), &["report", ".", "-o", target]);
        assert_eq!(out.status.code(), Some(2));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("must not replace it"), "{said}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("a.html")).unwrap(), draft);
    let out = sayso(folder.path(), &["report", ".", "-o", "report.html", "--quiet"]);
    assert_eq!((out.status.code(), out.stdout.len(), out.stderr.len()), (Some(0), 0, 0));
    // The report lies in the folder and is not read again.
    let again = sayso(folder.path(), &["report", ".", "-o", "report.html"]);
    assert!(String::from_utf8_lossy(&again.stderr).starts_with("1 quotation in 1 file"));
}

#[test]
fn a_page_about_nothing_says_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "It rained.\n").unwrap();
    std::fs::write(folder.path().join("b.docx"), "no archive").unwrap();
    let page = String::from_utf8(sayso(folder.path(), &["report", "."]).stdout).unwrap();
    assert!(page.contains("Nobody is quoted here") && page.contains("could not be read"), "{page}");
}
