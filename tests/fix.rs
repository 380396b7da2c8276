//! Fixes: `--fix` and `--diff` change marks, spacing and names outside quotations, never what somebody said.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use sayso::config::Config;
use sayso::project::{Focus, Options, Project};
use sayso::rules::{DeskPage, Level, Parameter, Parameters, RULES};

const SPACED: &str = "“ We will stay,” Ana Reyes said.\n\nIt was “ soon” over.\n";
const CLOSED: &str = "“We will stay,” Ana Reyes said.\n\nIt was “soon” over.\n";

fn sayso(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let out = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn spaces_inside_marks_are_closed_up_and_the_rest_is_reported() {
    let folder = folder(&[("a.md", SPACED.as_bytes()), ("b.md", b"It was \xe2\x80\x9csoon over.\n")]);
    let (code, stdout, stderr) = sayso(folder.path(), &["check", "--isolated", "--fix", "--notes", "."]);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), CLOSED, "{stderr}");
    assert!(!stdout.contains("spaced-marks") && stdout.contains("unclosed-quotation"), "{stdout}");
    assert_eq!(code, Some(1));
    // Nothing is left to fix.
    let (code, stdout, _) = sayso(folder.path(), &["check", "--isolated", "--diff", "."]);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
}

#[test]
fn a_diff_shows_what_would_change_and_changes_nothing() {
    let folder = folder(&[("a.md", SPACED.as_bytes())]);
    let (code, stdout, _) = sayso(folder.path(), &["check", "--isolated", "--diff", "a.md"]);
    assert_eq!(code, Some(1));
    assert!(stdout.starts_with("--- a.md\n+++ a.md\n@@ "), "{stdout}");
    assert!(stdout.contains("-“ We will stay,”") && stdout.contains("+“We will stay,”"), "{stdout}");
    assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), SPACED);
}

#[test]
fn marks_at_the_head_ends_of_lines_and_mode_stay() {
    let old = format!("\u{feff}{}", SPACED.replace('\n', "\r\n"));
    let folder = folder(&[("a.md", old.as_bytes())]);
    let path = folder.path().join("a.md");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    }
    sayso(folder.path(), &["check", "--isolated", "--fix", "a.md"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("\u{feff}{}", CLOSED.replace('\n', "\r\n")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}

#[test]
fn a_file_in_another_encoding_or_read_only_is_named_and_the_others_are_fixed() {
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(SPACED.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = folder(&[("wide.md", &wide), ("a.md", SPACED.as_bytes()), ("locked.md", SPACED.as_bytes())]);
    let locked = folder.path().join("locked.md");
    let mut mode = std::fs::metadata(&locked).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&locked, mode).unwrap();
    let (code, _, stderr) = sayso(folder.path(), &["check", "--isolated", "--fix", "."]);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("wide.md") && stderr.contains("another encoding"), "{stderr}");
    assert!(stderr.contains("locked.md") && stderr.contains("read-only"), "{stderr}");
    assert_eq!(std::fs::read(folder.path().join("wide.md")).unwrap(), wide);
    assert_eq!(std::fs::read_to_string(&locked).unwrap(), SPACED);
    assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), CLOSED);
}

#[test]
fn standard_input_is_printed_with_its_fixes() {
    for (given, wanted) in [(SPACED, CLOSED), (CLOSED, CLOSED)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["check", "--isolated", "--fix", "--stdin-filename", "a.md", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap(), wanted);
    }
}

#[test]
fn further_formats_are_written_beside_the_fixed_text_and_not_beside_a_diff() {
    let folder = folder(&[("a.md", SPACED.as_bytes())]);
    let arguments = ["check", "--isolated", "--diff", "--output", "sarif=out.sarif", "a.md"];
    let (code, _, stderr) = sayso(folder.path(), &arguments);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("a diff is no finding"), "{stderr}");
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder.path())
        .args(["check", "--isolated", "--fix", "-o", "sarif=out.sarif", "--stdin-filename", "b.md", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(SPACED.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap(), CLOSED);
    assert!(std::fs::read_to_string(folder.path().join("out.sarif")).unwrap().contains("\"runs\""));
    assert!(!folder.path().join("sarif=out.sarif").exists());
}

#[test]
fn unsafe_fixes_are_made_only_when_asked_for() {
    let folder = folder(&[("a.md", b"They met mayor Tomas Vell at noon.\n")]);
    let diff = |more: &[&str]| {
        let arguments = ["check", "--isolated", "--only", "title-capitalization", "--diff"];
        sayso(folder.path(), &[&arguments[..], more, &["."]].concat())
    };
    assert_eq!((diff(&[]).0, diff(&[]).1.as_str()), (Some(0), ""));
    let (code, stdout, _) = diff(&["--unsafe-fixes"]);
    assert_eq!(code, Some(1));
    assert!(stdout.contains("+They met Mayor Tomas Vell at noon."), "{stdout}");
    // Alone it says what it belongs to.
    let (code, _, stderr) = sayso(folder.path(), &["check", "--isolated", "--unsafe-fixes", "."]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--fix"), "{stderr}");
}

/// A project with one draft, every rule on, and these house marks.
fn strict(text: &str, outer: &str) -> Project {
    let mut options = Options::default();
    options.levels = RULES.iter().map(|rule| (rule.id.to_owned(), Level::Warning)).collect();
    let outer = Parameters::from([("outer".to_owned(), Parameter::Text(outer.to_owned()))]);
    options.parameters.push(("house-marks".to_owned(), outer));
    let mut project = Project::open_with(Config::isolated("."), options).unwrap();
    project.set_draft("a.md", text);
    project
}

fn mended(project: &mut Project) -> String {
    project.mend(&Focus::everything(), true, |_| true).unwrap();
    project.documents()[0].text.as_str().to_owned()
}

#[test]
fn house_marks_change_both_ways_and_by_level() {
    let curly = "“We ‘stay’ here,” Ana Reyes said.\n\n“One day.\n\n“Another day,” she said.\n";
    let straight = "\"We ‘stay’ here,\" Ana Reyes said.\n\n\"One day.\n\n\"Another day,\" she said.\n";
    let guillemets = "«We ‘stay’ here,» Ana Reyes said.\n\n«One day.\n\n«Another day,» she said.\n";
    for (from, outer, to) in [
        (straight, "curly-double", curly),
        (curly, "straight-double", straight),
        (curly, "guillemets", guillemets),
        (guillemets, "curly-double", curly),
        (curly, "double", curly),
        (straight, "double", straight),
        ("‘We stay here,’ Ana Reyes said.\n", "double", "“We stay here,” Ana Reyes said.\n"),
        ("'We stay here,' Ana Reyes said.\n", "double", "\"We stay here,\" Ana Reyes said.\n"),
        // Both kinds in one draft.
        (
            "“We stay,” Ana Reyes said.\n\n\"We go,\" Bo Tarn said.\n",
            "curly-double",
            "“We stay,” Ana Reyes said.\n\n“We go,” Bo Tarn said.\n",
        ),
    ] {
        assert_eq!(mended(&mut strict(from, outer)), to, "{from} to {outer}");
    }
}

/// Drafts in other languages get the marks that the house gives for the language, and only those.
#[test]
fn house_marks_change_by_language() {
    let marks = ["de „…“ ‚…‘", "fr « … » “…”", "fi ”…”"].map(str::to_owned).to_vec();
    for (from, to) in [
        (
            "de »Der “Hafen” gehört uns«, sagte Ines Duarte.\n",
            "de „Der ‚Hafen‘ gehört uns“, sagte Ines Duarte.\n",
        ),
        ("de »Wir bleiben«, sagte sie.\n", "de „Wir bleiben“, sagte sie.\n"),
        // The spaces of French belong to its marks.
        ("de « Wir bleiben », sagte sie.\n", "de „Wir bleiben“, sagte sie.\n"),
        (
            "fr \"Le port est à nous\", a dit Ines Duarte.\n",
            "fr « Le port est à nous », a dit Ines Duarte.\n",
        ),
        (
            "fr «\u{202f}Le port est à nous\u{202f}», a dit Ines.\n",
            "fr «\u{202f}Le port est à nous\u{202f}», a dit Ines.\n",
        ),
        ("fi \"Satama on meidän\", sanoi Ines Duarte.\n", "fi ”Satama on meidän”, sanoi Ines Duarte.\n"),
        ("sv \"Hamnen är vår\", sa Ines Duarte.\n", "sv \"Hamnen är vår\", sa Ines Duarte.\n"),
        ("en \"The port is ours,\" Ines Duarte said.\n", "en “The port is ours,” Ines Duarte said.\n"),
    ] {
        let text = |draft: &str| {
            let (code, words) = draft.split_once(' ').unwrap();
            format!("---\nlang: {code}\n---\n\n{words}")
        };
        let mut options = Options::default();
        options.levels.push(("house-marks".to_owned(), Level::Warning));
        let outer = Parameters::from([
            ("outer".to_owned(), Parameter::Text("curly-double".to_owned())),
            ("by-language".to_owned(), Parameter::List(marks.clone())),
        ]);
        options.parameters.push(("house-marks".to_owned(), outer));
        let mut project = Project::open_with(Config::isolated("."), options).unwrap();
        project.set_draft("a.md", text(from));
        assert_eq!(mended(&mut project), text(to));
    }
}

/// A paragraph in another language has the marks of that language, and the rest of the draft those of English.
#[test]
fn house_marks_change_by_the_language_of_a_paragraph() {
    let page = |english: [&str; 2], german: [&str; 2]| {
        format!(
            "<html lang=\"en\"><body><main><p>{}The port is ours,{} Ana Reyes said on the quay.</p>\
             <p lang=\"de\">{}Der Hafen gehört uns{}, sagte Ines Duarte.</p></main></body></html>\n",
            english[0], english[1], german[0], german[1]
        )
    };
    let config = "[rules]\nhouse-marks = { level = \"warning\", outer = \"curly-double\", by-language = [\"de „…“\"] }\n";
    let straight = page(["\"", "\""], ["\"", "\""]);
    let folder = folder(&[("a.html", straight.as_bytes()), ("sayso.toml", config.as_bytes())]);
    sayso(folder.path(), &["check", "--fix", "--quiet", "a.html"]);
    let after = std::fs::read_to_string(folder.path().join("a.html")).unwrap();
    assert_eq!(after, page(["“", "”"], ["„", "“"]));
}

/// A comma or a full stop goes over the closing marks, as the house has it; what lies between them in the file stays.
#[test]
fn punctuation_goes_to_the_other_side_of_the_marks() {
    let mended = |name: &str, text: &str, usage: &str| {
        let config =
            format!("[rules]\nmisplaced-punctuation = {{ level = \"warning\", usage = \"{usage}\" }}\n");
        let folder = folder(&[(name, text.as_bytes()), ("sayso.toml", config.as_bytes())]);
        let unsafe_too = if usage == "british" { &["--unsafe-fixes"][..] } else { &[] };
        sayso(folder.path(), &[&["check", "--fix", "--quiet"], unsafe_too, &[name]].concat());
        std::fs::read_to_string(folder.path().join(name)).unwrap()
    };
    for (american, british) in [
        (
            "The pier is “sound but ugly,” Ana Reyes said.\n",
            "The pier is “sound but ugly”, Ana Reyes said.\n",
        ),
        ("Ana Reyes called it \"sound but ugly.\"\n", "Ana Reyes called it \"sound but ugly\".\n"),
    ] {
        assert_eq!(mended("a.md", british, "american"), american);
        assert_eq!(mended("a.md", american, "british"), british);
    }
    let nested = mended("a.md", "It is “sound, or ‘ugly’”, Ana Reyes said.\n", "american");
    assert_eq!(nested, "It is “sound, or ‘ugly,’” Ana Reyes said.\n");
    // Only papers that set every comma inside may move one that belongs to a whole sentence.
    let sentence = "“We will close the pier,” Ana Reyes said.\n";
    assert_eq!(mended("a.md", sentence, "british"), sentence);
    for text in
        ["<p>It is <b>“sound but ugly”</b>, Ana Reyes said.</p>\n", "<p>Type “sayso”, she said.</p>\n"]
    {
        let after = mended("a.html", text, "american");
        assert!(after.contains("</b>,") || after.contains("“sayso,”"), "{after}");
    }
}

#[test]
fn fixes_that_overlap_settle_in_rounds() {
    // The space and the mark beside it are two findings, and the mark belongs to both.
    let mut project = strict("\" We will stay,\" Ana Reyes said.\n", "curly-double");
    assert_eq!(mended(&mut project), "“We will stay,” Ana Reyes said.\n");
    // Two pages want the same word: the first one's is made, and the second finds nothing more.
    let page = |id: &str, from: &str, to: &str| DeskPage {
        path: format!("{id}.toml"),
        id: id.to_owned(),
        group: "desk".to_owned(),
        text: format!(
            "summary = \"s\"\nlevel = \"warning\"\nhelp = \"h\"\nwhy = \"w\"\nsource = \"s\"\n[match]\n\
             where = {{ cue = {{ is = \"{from}\" }} }}\nmessage = \"m\"\nfix = {{ replace = \"cue\", with = \"{to}\" }}\n"
        ),
    };
    let with = |pages: Vec<DeskPage>| {
        let mut project = Project::open(Config::isolated(".").with_rule_pages(pages)).unwrap();
        project.set_draft("a.md", "“We will stay,” Ana Reyes shouted.\n");
        project
    };
    let mut project =
        with(vec![page("a", "shouted", "added"), page("b", "shouted", "argued"), page("c", "added", "said")]);
    assert_eq!(mended(&mut project), "“We will stay,” Ana Reyes said.\n");
    // Two pages that undo each other come to an end too.
    let mut project = with(vec![page("a", "shouted", "said"), page("b", "said", "shouted")]);
    assert!(mended(&mut project).starts_with("“We will stay,” Ana Reyes s"));
}

#[test]
fn a_weekday_is_mended_only_when_asked_for_and_never_in_a_quotation() {
    let draft = "The pier opened on Friday, June 10, 2026. “It was Friday, June 10, 2026,” Ana Reyes said.\n";
    let folder = folder(&[("a.md", draft.as_bytes())]);
    let diff = |more: &[&str]| {
        sayso(folder.path(), &[&["check", "--isolated", "--diff"], more, &["a.md"]].concat()).1
    };
    assert_eq!(diff(&[]), "");
    let shown = diff(&["--unsafe-fixes"]);
    assert!(
        shown.contains("+The pier opened on Wednesday, June 10, 2026. “It was Friday, June 10, 2026,”"),
        "{shown}"
    );
}

/// The house says which half is changed, and the day is the nearest one that fits.
#[test]
fn a_date_is_mended_where_the_house_asks_for_it() {
    for (draft, mended) in [
        ("Friday, June 10, 2026,", "Friday, June 12, 2026,"),
        ("Monday, June 10, 2026,", "Monday, June 8, 2026,"),
        ("Friday, 10 June 2026", "Friday, 12 June 2026"),
        ("Friday 10th June 2026", "Friday 12th June 2026"),
        ("Monday, June 24th, 2026,", "Monday, June 22nd, 2026,"),
        // The nearest Sunday is in May.
        ("Sunday, June 1, 2026,", "Sunday, June 1, 2026,"),
    ] {
        let folder = folder(&[
            ("a.md", format!("The pier opened on {draft} Ana Reyes said.\n").as_bytes()),
            ("sayso.toml", b"[rules]\nweekday-mismatch = { mend = \"date\" }\n"),
        ]);
        sayso(folder.path(), &["check", "--fix", "--unsafe-fixes", "--quiet", "a.md"]);
        let after = std::fs::read_to_string(folder.path().join("a.md")).unwrap();
        assert_eq!(after, format!("The pier opened on {mended} Ana Reyes said.\n"));
    }
}

/// SIGKILL at any moment leaves every draft as it was or as it should be, whole.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_loses_nothing() {
    let before = SPACED.repeat(60);
    let after = CLOSED.repeat(60);
    let names: Vec<String> = (0..12).map(|number| format!("{number:02}.md")).collect();
    let folder = tempfile::tempdir().unwrap();
    let reset = || names.iter().for_each(|name| std::fs::write(folder.path().join(name), &before).unwrap());
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["check", "--isolated", "--fix", "--quiet", "."])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    reset();
    let clock = std::time::Instant::now();
    start().wait().unwrap();
    let whole = clock.elapsed();
    assert_eq!(std::fs::read_to_string(folder.path().join("00.md")).unwrap(), after);
    const KILLS: u32 = 30;
    let mut cut_short = 0;
    for round in 0..KILLS {
        reset();
        let mut child = start();
        std::thread::sleep(whole * round / KILLS);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut fixed = 0;
        for name in &names {
            let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(text == before || text == after, "{name} is neither, after {round} of {KILLS}");
            fixed += usize::from(text == after);
        }
        cut_short += u32::from(fixed < names.len());
    }
    assert!(cut_short > KILLS / 3, "only {cut_short} runs were cut short");
    // What a killed run left behind is no draft, and the next run does the work.
    assert_eq!(start().wait().unwrap().code(), Some(0));
    for name in &names {
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), after);
    }
}
