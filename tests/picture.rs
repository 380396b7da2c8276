//! The picture of the README is drawn from what sayso prints. `SAYSO_WRITE_DOCS=1 cargo test --test picture` draws it anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

const COMMAND: &str = "sayso drafts/bridge-news.txt wire/skarrow-bridge.md";
/// Lines of the output that are shown.
const LINES: usize = 28;
/// Width of a character and height of a line, in the units of the picture.
const WIDTH: f32 = 8.4;
const HEIGHT: usize = 20;
const COLUMNS: usize = 100;

/// How words look: colour, and whether they are bold, dim or struck.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    color: &'static str,
    bold: bool,
    dim: bool,
    struck: bool,
}

const PLAIN: Look = Look { color: "#e8e3d8", bold: false, dim: false, struck: false };

impl Look {
    /// The look after an escape sequence with these numbers.
    fn after(mut self, numbers: &str) -> Self {
        for number in numbers.split(';') {
            match number {
                "0" | "" => self = PLAIN,
                "1" => self.bold = true,
                "2" => self.dim = true,
                "9" => self.struck = true,
                "31" => self.color = "#ff8a80",
                "32" => self.color = "#8fcf9a",
                "33" => self.color = "#f2c260",
                "35" => self.color = "#d7a6ff",
                "36" => self.color = "#7fc8e8",
                _ => {}
            }
        }
        self
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One line of coloured output as the `<tspan>`s of a picture.
fn spans(line: &str, look: &mut Look) -> String {
    let mut out = String::new();
    let mut column = 0;
    for (rank, part) in line.split('\u{1b}').enumerate() {
        let words = match part.strip_prefix('[').filter(|_| rank > 0).and_then(|part| part.split_once('m')) {
            Some((numbers, words)) => {
                *look = look.after(numbers);
                words
            }
            None => part,
        };
        if !words.trim().is_empty() {
            let at = 20.0 + column as f32 * WIDTH;
            let bold = if look.bold { " font-weight=\"700\"" } else { "" };
            let dim = if look.dim { " opacity=\".6\"" } else { "" };
            let struck = if look.struck { " text-decoration=\"line-through\"" } else { "" };
            let lead = words.chars().take_while(|sign| *sign == ' ').count();
            let (at, shown) = (at + lead as f32 * WIDTH, words.trim());
            let length = shown.chars().count() as f32 * WIDTH;
            write!(
                out,
                "<tspan x=\"{at:.1}\" textLength=\"{length:.1}\" fill=\"{}\"{bold}{dim}{struck}>{}</tspan>",
                look.color,
                escaped(shown)
            )
            .unwrap();
        }
        column += words.chars().count();
    }
    out
}

fn picture(output: &str) -> String {
    let width = 40.0 + COLUMNS as f32 * WIDTH;
    let height = 84 + LINES * HEIGHT;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height}\" role=\"img\" aria-label=\"sayso in a terminal\">\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1a18\"/>\
         <g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"14\" xml:space=\"preserve\">\n"
    );
    writeln!(out, "<text y=\"34\"><tspan x=\"20\" fill=\"#8fcf9a\">$</tspan><tspan x=\"36.8\" fill=\"#e8e3d8\" font-weight=\"700\">{COMMAND}</tspan></text>").unwrap();
    let mut look = PLAIN;
    for (rank, line) in output.lines().take(LINES).enumerate() {
        let spans = spans(line, &mut look);
        if !spans.is_empty() {
            writeln!(out, "<text y=\"{}\">{spans}</text>", 68 + rank * HEIGHT).unwrap();
        }
    }
    out.push_str("</g></svg>\n");
    out
}

#[test]
fn the_picture_of_the_readme_is_what_sayso_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut arguments = vec!["--color", "always"];
    arguments.extend(COMMAND.split(' ').skip(1));
    let output = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(root.join("examples/newsroom"))
        .args(arguments)
        .output()
        .unwrap();
    let drawn = picture(&String::from_utf8(output.stdout).unwrap());
    let file = root.join("docs/images/newsroom.svg");
    if std::env::var_os("SAYSO_WRITE_DOCS").is_some() {
        std::fs::write(&file, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    assert!(kept == drawn, "the picture is old: SAYSO_WRITE_DOCS=1 cargo test --test picture");
    assert!(std::fs::read_to_string(root.join("README.md")).unwrap().contains("docs/images/newsroom.svg"));
}

/// The README shows the report too, in a picture that only a browser can draw. What it shows is kept as a hash.
#[test]
fn the_picture_of_the_report_shows_what_the_report_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(root.join("examples/newsroom"))
        .args(["report", "--quiet", "drafts/bridge-news.txt", "wire/skarrow-bridge.md"])
        .output()
        .unwrap();
    let page = String::from_utf8(out.stdout).unwrap();
    let part = |open: &str, close: &str| &page[page.find(open).unwrap()..page.find(close).unwrap()];
    let shown = format!("{}{}", part("<style>", "</style>"), part("<article", "</article>"));
    let digest: String = Sha256::digest(shown.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = std::fs::read_to_string(root.join("docs/images/report.sha256")).unwrap();
    assert_eq!(
        kept.trim(),
        digest,
        "run scripts/report_picture.py, look at docs/images/report.png, and commit it"
    );
    assert!(std::fs::read_to_string(root.join("README.md")).unwrap().contains("docs/images/report.png"));
}
