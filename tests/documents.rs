//! Drafts in the formats that newsrooms use: one invented story has the same findings in all of them, places are those of the
//! text that is printed, and what cannot be read ends with a clear error.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso::config::Config;
use sayso::project::{Focus, Project};
use sayso::source::{
    BlockKind, FORMATS, Format, TAPE_ENDINGS, TrackedChanges, docx_text, draft, list_of_formats,
};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| Format::of_path(path).is_some());
    files.sort();
    files
}

/// The rules that find something in a file, in order.
type Ids = Vec<String>;
/// The words of each quotation, with their speaker.
type Said = Vec<(String, Option<String>)>;

/// What is found in a file, and who is quoted in it.
fn findings(path: &Path) -> (Ids, Said) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut project = Project::open(Config::isolated(".")).unwrap();
    project.set_draft(name, std::fs::read(path).unwrap());
    let found = project.check(&Focus::everything()).unwrap();
    let rules = found.iter().map(|judged| judged.rule.id.to_owned()).collect();
    let quotations = project.quotations(name).unwrap().iter();
    let quotations = quotations.map(|quotation| {
        let speaker = quotation.attribution.as_ref().and_then(|found| found.speaker.as_ref());
        (quotation.words.clone(), speaker.map(|speaker| speaker.name.clone()))
    });
    (rules, quotations.collect())
}

#[test]
fn one_story_has_the_same_findings_in_every_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let (rules, quotations) = findings(&folder.join("story.md"));
    assert_eq!(rules, ["unclosed-quotation", "weekday-mismatch"]);
    assert!(quotations.len() >= 6, "{quotations:?}");
    let files = fixtures();
    assert!(files.len() > 7, "{files:?}");
    for file in files {
        let (here, said) = findings(&file);
        assert_eq!(here, rules, "{}", file.display());
        assert_eq!(said, quotations, "{}", file.display());
    }
}

#[test]
fn the_text_that_is_printed_is_the_text_that_places_count_in() {
    for name in ["pandoc.docx", "pandoc.odt", "pandoc.epub", "story.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
        let run = |arguments: &[&str]| {
            let out = Command::new(env!("CARGO_BIN_EXE_sayso")).args(arguments).arg(&path).output().unwrap();
            String::from_utf8(out.stdout).unwrap()
        };
        let text = run(&["text", "--isolated"]);
        let lines: Vec<&str> = text.lines().collect();
        let quotes = run(&["quotes", "--isolated", "--format", "jsonl"]);
        let mut count = 0;
        for line in quotes.lines() {
            let quotation: serde_json::Value = serde_json::from_str(line).unwrap();
            let number = |key: &str| usize::try_from(quotation[key].as_u64().unwrap()).unwrap();
            let from: String = lines[number("line") - 1].chars().skip(number("column") - 1).collect();
            let words = text.get(number("start")..number("end")).unwrap();
            assert!(from.starts_with(words.lines().next().unwrap()), "{name}: {from:?} {words:?}");
            count += 1;
        }
        assert!(count >= 6, "{name}");
    }
}

/// A zip archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    archive(&[(
        "word/document.xml",
        format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").as_bytes(),
    )])
}

fn reason(name: &str, bytes: Vec<u8>) -> String {
    let format = Format::of_path(Path::new(name)).unwrap();
    let read = draft(name, format, bytes, TrackedChanges::Accepted);
    let input_error = read.map(|document| document.text.as_str().len()).unwrap_err();
    assert!(input_error.help.is_some(), "{input_error}");
    input_error.message
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let encrypted = include_bytes!("documents/encrypted.zip").to_vec();
    for (name, bytes, part) in [
        ("a.docx", b"no archive".to_vec(), "not what its name says"),
        ("a.docx", docx("<w:p>")[..60].to_vec(), "not what its name says"),
        ("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "password"),
        ("a.docx", encrypted, "password"),
        ("a.docx", archive(&[("other.xml", b"<a/>")]), "no part with text"),
        ("a.docx", docx("<w:p><w:r><w:t>a</w:p>"), "damaged"),
        ("a.docx", docx("<w:p/>"), "no words"),
        ("a.odt", archive(&[("content.xml", b"<a>")]), "damaged"),
        (
            "a.odt",
            archive(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"\x01")]),
            "password",
        ),
        ("a.epub", archive(&[("mimetype", b"application/epub+zip")]), "no part with text"),
        ("a.md", b"\x89PNG\0\0".to_vec(), "binary"),
    ] {
        let message = reason(name, bytes);
        assert!(message.contains(part), "{name}: {message}");
    }
}

#[test]
fn a_bomb_ends_before_it_goes_off() {
    // 130 MB and 40 MB of nothing much in a file of less than 200 KB.
    let xml = format!("<w:p>{}</w:p>", " ".repeat(130 << 20));
    let words = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "word ".repeat(8 << 20));
    for (body, name) in [(xml, "bomb.docx"), (words, "long.docx")] {
        let bytes = docx(&body);
        assert!(bytes.len() < 400_000, "{}", bytes.len());
        assert!(reason(name, bytes).contains("unpacks to more than"));
    }
}

#[test]
fn deep_nesting_and_many_parts_are_read_or_refused() {
    let deep = format!(
        "{}<w:p><w:r><w:t>Deep.</w:t></w:r></w:p>{}",
        "<w:sdt>".repeat(100_000),
        "</w:sdt>".repeat(100_000)
    );
    let read = draft("a.docx", Format::Docx, docx(&deep), TrackedChanges::Accepted).unwrap();
    assert_eq!(read.text.as_str(), "Deep.\n");
}

#[test]
fn notes_follow_the_text_and_properties_say_who_wrote_it() {
    let body = "<w:document><w:body><w:p><w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t>She</w:t></w:r>\
                <w:r><w:t xml:space=\"preserve\"> said so</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:body></w:document>";
    let notes = "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>\
                 <w:footnote w:id=\"1\"><w:p><w:r><w:t>By phone.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let core = "<c><dc:title>Pier</dc:title><dc:creator>Ana Ruiz</dc:creator><cp:lastModifiedBy>Ana Ruiz</cp:lastModifiedBy>\
                <dcterms:modified>2026-06-12T10:00:00Z</dcterms:modified></c>";
    let comments =
        "<w:comments><w:comment><w:p><w:r><w:t>Check this</w:t></w:r></w:p></w:comment></w:comments>";
    let bytes = archive(&[
        ("word/document.xml", body.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    let document = draft("a.docx", Format::Docx, bytes, TrackedChanges::Accepted).unwrap();
    assert_eq!(document.text.as_str(), "She said so\nBy phone.\n");
    assert_eq!(document.part_at(3), Some("word/document.xml"));
    assert_eq!(document.part_at(12), Some("word/footnotes.xml"));
    let about = document.front_matter.unwrap();
    assert_eq!(about.author.as_deref(), Some("Ana Ruiz"));
    assert_eq!(about.title.map(|(title, _)| title).as_deref(), Some("Pier"));
    assert_eq!(about.changed.as_deref(), Some("2026-06-12T10:00:00Z"));
    assert_eq!(about.noted_language.as_deref(), Some("en-GB"));
}

#[test]
fn a_finding_in_a_container_names_the_part_that_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let body =
        "<w:p><w:r><w:t>“We will close the north pier before the winter,” Ana Reyes said.</w:t></w:r></w:p>";
    std::fs::write(folder.path().join("a.docx"), docx(body)).unwrap();
    let text = "“We will close the south pier before the winter,” Ana Reyes said.\n";
    std::fs::write(folder.path().join("b.md"), text).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder.path())
        .args(["check", "--isolated", "--quiet", "--only", "altered-quotation", "--format", "json", "."])
        .output()
        .unwrap();
    let whole: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let finding = &whole["findings"][0];
    assert_eq!(
        (finding["path"].as_str(), finding["part"].as_str()),
        (Some("a.docx"), Some("word/document.xml"))
    );
    assert!(finding["related"][0]["part"].is_null() && finding["related"][0]["path"] == "b.md");
}

#[test]
fn tracked_changes_are_read_as_the_configuration_says() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">“We will </w:t></w:r><w:del><w:r><w:delText xml:space=\"preserve\">not </w:delText></w:r></w:del>\
                <w:ins><w:r><w:t xml:space=\"preserve\">never </w:t></w:r></w:ins><w:r><w:t>pay,” she said.</w:t></w:r></w:p>";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), docx(body)).unwrap();
    for (set, expected) in [
        ("", "“We will never pay,” she said.\n"),
        ("tracked-changes = \"rejected\"", "“We will not pay,” she said.\n"),
    ] {
        std::fs::write(folder.path().join("sayso.toml"), set).unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .current_dir(folder.path())
            .args(["text", "a.docx"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&out.stdout), expected);
    }
}

#[test]
fn kinds_of_paragraphs_by_style_names() {
    let styles = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
                  <w:style w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style>\
                  <w:style w:styleId=\"Own\"><w:name w:val=\"House intro\"/><w:basedOn w:val=\"Zitat\"/></w:style></w:styles>";
    let paragraph = |style: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>Words of it.</w:t></w:r></w:p>")
    };
    let body = ["berschrift1", "Zitat", "Own", "Normal"].map(paragraph).concat();
    let bytes = archive(&[
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    let document = draft("a.docx", Format::Docx, bytes, TrackedChanges::Accepted).unwrap();
    let kinds: Vec<BlockKind> = document.prose().blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{BlockQuote, Heading, Paragraph};
    assert_eq!(kinds, [Heading, BlockQuote, BlockQuote, Paragraph]);
}

#[test]
fn a_file_of_no_known_kind_is_an_error_and_in_a_folder_it_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "It rained.\n").unwrap();
    std::fs::write(folder.path().join("b.pdf"), "%PDF-").unwrap();
    std::fs::write(folder.path().join("c.key"), "x").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        let out =
            command.current_dir(folder.path()).args(["--color", "never"]).args(arguments).output().unwrap();
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let (code, said) = run(&["b.pdf"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("does not read files of this kind") && said.contains("(.docx"), "{said}");
    let (code, said) = run(&["."]);
    assert_eq!(code, Some(0));
    assert!(said.contains("skipped: 2 files of a kind that is not read"), "{said}");
}

#[test]
fn a_report_of_sayso_is_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"sayso 1\"></head><p>“We will, she said.</p>";
    std::fs::write(folder.path().join("report.html"), page).unwrap();
    let run = |path: &str| {
        let out =
            Command::new(env!("CARGO_BIN_EXE_sayso")).current_dir(folder.path()).arg(path).output().unwrap();
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    assert_eq!(run(".").0, Some(0));
    let (_, said) = run("report.html");
    assert!(said.contains("1 not read"), "{said}");
}

#[test]
fn the_manual_lists_every_ending() {
    let page = include_str!("../docs/documents.md");
    for ending in FORMATS.iter().flat_map(|entry| entry.endings).chain(TAPE_ENDINGS) {
        assert!(page.contains(&format!("`.{ending}`")), "docs/documents.md does not name .{ending}");
    }
    assert!(list_of_formats().contains("Word (.docx, .docm, .dotx)"));
    assert!(docx_text(&docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>")).unwrap().starts_with("a\n"));
}

/// An English draft with a paragraph in French, one in Finnish, an English one that a program marked as German, and an
/// English one with a few French words: in every format that marks languages.
#[test]
fn blocks_in_another_language_are_not_attributed() {
    const PARAGRAPHS: [(&str, &str); 6] = [
        ("", "“We will close the north pier before the storms,” Ana Reyes said."),
        ("fr-FR", "« Le port est à nous », a dit le maire Ines Duarte mercredi."),
        ("fi", "”Satama on meidän”, sanoi Ines Duarte maanantaina."),
        ("", "“That is not the end of it,” Bo Tarn said on Monday."),
        ("de-DE", "“It is not over,” Tam Brede said, and that was all that he said."),
        ("", "“The harbour is ours,” Ines Duarte said."),
    ];
    let html = |before: &str, after: &str| {
        let paragraph = |(code, words): &(&str, &str)| match *code {
            "" => format!("<p>{words} <i lang=\"fr\">Tant pis</i>.</p>"),
            code => format!("<div lang=\"{code}\"><p>{words}</p></div>"),
        };
        format!("{before}{}{after}", PARAGRAPHS.iter().map(paragraph).collect::<String>())
    };
    let run = |(code, words): &(&str, &str)| match *code {
        "" => format!(
            "<w:p><w:r><w:t>{words} </w:t></w:r><w:r><w:rPr><w:lang w:val=\"fr-FR\"/></w:rPr><w:t>Tant pis</w:t></w:r></w:p>"
        ),
        code => format!("<w:p><w:r><w:rPr><w:lang w:val=\"{code}\"/></w:rPr><w:t>{words}</w:t></w:r></w:p>"),
    };
    let styles = "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>";
    let word = archive(&[
        (
            "word/document.xml",
            format!(
                "<w:document><w:body>{}</w:body></w:document>",
                PARAGRAPHS.iter().map(run).collect::<String>()
            )
            .as_bytes(),
        ),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    let span = |(code, words): &(&str, &str)| match *code {
        "" => format!("<text:p>{words} <text:span text:style-name=\"fr-FR\">Tant pis</text:span></text:p>"),
        // One paragraph has the language by its own style, the others by a span.
        "fi" => format!("<text:p text:style-name=\"P-fi\">{words}</text:p>"),
        code => format!("<text:p><text:span text:style-name=\"{code}\">{words}</text:span></text:p>"),
    };
    let style = |name: &str, code: &str| {
        format!(
            "<style:style style:name=\"{name}\"><style:text-properties fo:language=\"{code}\"/></style:style>"
        )
    };
    let open = format!(
        "<?xml version=\"1.0\"?><office:document><office:styles><style:default-style><style:text-properties \
         fo:language=\"en\"/></style:default-style>{}{}{}<style:style style:name=\"P-fi\" \
         style:parent-style-name=\"fi\"/></office:styles><office:body><office:text>{}</office:text></office:body></office:document>",
        style("fr-FR", "fr"),
        style("fi", "fi"),
        style("de-DE", "de"),
        PARAGRAPHS.iter().map(span).collect::<String>()
    );
    let chapter = html("<html xml:lang=\"en\"><body>", "</body></html>").replace(" lang=", " xml:lang=");
    let book = archive(&[
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>"),
        (
            "p.opf",
            b"<package><metadata><dc:language>en</dc:language></metadata><manifest><item id=\"a\" href=\"a.xhtml\" \
              media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>",
        ),
        ("a.xhtml", chapter.as_bytes()),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let page = html("<html lang=\"en\"><body><main>", "</main></body></html>");
    for (name, bytes) in
        [("a.html", page.into_bytes()), ("a.docx", word), ("a.fodt", open.into_bytes()), ("a.epub", book)]
    {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
            let out = command.current_dir(folder.path()).args(arguments).arg(name).output().unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (text(out.stdout), text(out.stderr))
        };
        let (quotes, _) = run(&["quotes", "--isolated", "--format", "csv"]);
        for said in ["Ana Reyes", "Bo Tarn", "Tam Brede", "Ines Duarte"] {
            assert!(quotes.contains(said), "{name}: nobody is {said}\n{quotes}");
        }
        let (jsonl, _) = run(&["quotes", "--isolated", "--format", "jsonl"]);
        let lines: Vec<serde_json::Value> =
            jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let attributed: Vec<bool> = lines.iter().map(|line| line["attributed"].as_bool().unwrap()).collect();
        assert_eq!(attributed, [true, false, false, true, true, true], "{name}: {jsonl}");
        let (found, summary) = run(&["check", "--isolated", "--notes", "--published", "2026-06-11"]);
        assert!(
            summary.contains("not attributed: 2 quotations in 1 file in another language (French, Finnish)"),
            "{name}: {summary}"
        );
        assert_eq!(found, "", "{name}");
        // Nobody and no day is read there.
        let (facts, _) = run(&["facts", "--isolated"]);
        let facts: serde_json::Value = serde_json::from_str(facts.lines().next().unwrap()).unwrap();
        assert_eq!(facts["dates"].as_array().unwrap().len(), 1, "{name}: {}", facts["dates"]);
        assert_eq!(facts["other_blocks"].as_array().unwrap().len(), 2, "{name}: {facts}");
    }
}

/// Markdown as Google Docs exports it: signs that are escaped without need are one sign, notes are text, a picture's data is
/// none, and a heading is one although it is bold.
#[test]
fn markdown_of_google_docs_is_read_as_it_is_meant() {
    let picture = "iVBORw0KGgoAAAANSUhEUg".repeat(20_000);
    let text = format!(
        "# **Pier shut for the summer** {{#pier-shut}}\n\n**By Nell Ashdown**\n\nPORT SORREL, June 12, 2026 — The north pier \
         closed on Friday.[^1]\n\n![][image1]\n\n“We had no choice \\- and we said so\\!” said Maren Holloway, the harbour \
         commissioner.\n\n*“The tram \\= the town,”* said **Tomas Birk**, who leads the works.  \n“It is a \\~90\\-year\\-old \
         pier,” he said.\n\n2026\\. That was the year of “\\[her\\] \\#pier,” Holloway said.\n\n[^1]:  “At noon, to be exact,” \
         Holloway said.\n\n[image1]: <data:image/png;base64,{picture}>\n"
    );
    let mut project = Project::open(Config::isolated(".")).unwrap();
    let begun = std::time::Instant::now();
    project.set_draft("a.md", text);
    let found = project.check(&Focus::everything()).unwrap();
    assert!(begun.elapsed().as_secs() < 5, "the picture's data took long");
    assert!(found.is_empty(), "{found:?}");
    let speaker = |quotation: &sayso::facts::Quotation| {
        quotation.attribution.as_ref().and_then(|said| said.speaker.clone()).map(|speaker| speaker.name)
    };
    let said: Vec<(String, Option<String>)> = project
        .quotations("a.md")
        .unwrap()
        .iter()
        .map(|quotation| (quotation.words.clone(), speaker(quotation)))
        .collect();
    let expected = [
        ("We had no choice - and we said so!", "Maren Holloway"),
        ("The tram = the town,", "Tomas Birk"),
        ("It is a ~90-year-old pier,", "Tomas Birk"),
        ("[her] #pier,", "Maren Holloway"),
        ("At noon, to be exact,", "Maren Holloway"),
    ];
    assert_eq!(said, expected.map(|(words, who)| (words.to_owned(), Some(who.to_owned()))));
    let facts = project.facts("a.md").unwrap();
    assert_eq!(facts.blocks[0].kind, BlockKind::Heading);
    assert_eq!(facts.blocks[1].kind, BlockKind::Byline);
    assert!(facts.words < 80, "{} words", facts.words);
}
