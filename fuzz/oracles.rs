//! What holds for any input, one function a target. `cargo fuzz` calls these with its inputs, and `tests/fuzz.rs` with the
//! stored ones and their mutations, so that both look for the same.

use sayso::config::Config;
use sayso::facts::FileFacts;
use sayso::project::{Focus, Options, Project};
use sayso::report::{self, Sheet, Summary};
use sayso::rules::{Judged, Scope};
use sayso::source::Document;
use sayso_counting::{Counting, Memory, counted};
use serde_json::Value;

/// What a target does with an input.
pub type Target = fn(&[u8]);

/// A target: its name, what it does with an input, and the bytes that it makes of any input. It panics where something does not
/// hold.
pub const TARGETS: [(&str, Target, usize); 8] = [
    ("draft", draft, 0),
    ("settings", settings, 0),
    ("registry", registry, 0),
    ("tape", tape, 0),
    ("container", container, 0),
    ("fixes", fixes, 0),
    ("edits", edits, 0),
    ("growth", growth, SIZES[0] + SIZES[1]),
];

/// Every byte that is asked for is counted.
#[global_allocator]
static COUNTING: Counting = Counting;

/// Memory that a target may have in use at one time: so much whatever its input is, and so much for each byte of it. The stored
/// inputs take 2,000 a byte at most: each is read several times, and shown in ten formats.
const MOST_IN_USE: (usize, usize) = (4 << 20, 4_000);

/// Memory that a target may ask for in all, which is a measure of its work. The stored inputs take 18,000 a byte at most.
const MOST_ASKED: (usize, usize) = (32 << 20, 40_000);

/// Sizes in bytes of the two drafts of `growth`.
const SIZES: [usize; 2] = [6_000, 24_000];

/// What a draft of four times the size may take: linear, or linear × log, and a little for noise.
const MOST_GROWTH: usize = 5;

/// The same for processor time, in which a busy machine shows.
#[cfg(fuzzing)]
const MOST_GROWTH_OF_TIME: u32 = 8;

/// Memory and time that a check takes whatever it reads, and below which growth is no matter.
const GROWTH_FLOOR: usize = 2 << 20;
#[cfg(fuzzing)]
const TIME_FLOOR: std::time::Duration = std::time::Duration::from_millis(40);

/// Runs a target, and looks at the memory that it took.
pub fn run(name: &str, bytes: &[u8]) {
    // The first input of a process reads the lists of words and the pages of the rules.
    static READ: std::sync::Once = std::sync::Once::new();
    READ.call_once(|| {
        draft(b"\0\xE2\x80\x9CWe pay,\xE2\x80\x9D Mayor Ana Reyes said on Monday, 5 May 2025.")
    });
    let (_, target, made) =
        *TARGETS.iter().find(|(known, ..)| *known == name).expect("a target of that name");
    let ((), memory) = counted(|| target(bytes));
    let length = bytes.len() + made;
    for (what, taken, (floor, each)) in
        [("in use", memory.most, MOST_IN_USE), ("asked for", memory.asked, MOST_ASKED)]
    {
        assert!(taken <= floor + each * length, "{taken} bytes {what} for {length} bytes");
    }
}

/// Endings of text files, one for each reader.
const TEXTS: [&str; 11] =
    ["txt", "md", "html", "tex", "adoc", "rst", "org", "typ", "wiki", "fountain", "qmd"];
const CONTAINERS: [&str; 6] = ["docx", "odt", "fodt", "epub", "ipynb", "html"];
const TAPES: [&str; 6] = ["txt", "vtt", "srt", "json", "html", "docx"];
const REGISTRIES: [&str; 4] = ["toml", "json", "yaml", "csv"];

/// The first byte chooses; the rest is the content.
fn chosen<'a>(bytes: &'a [u8], endings: &[&'static str]) -> (&'static str, &'a [u8]) {
    match bytes.split_first() {
        Some((first, rest)) => (endings[usize::from(*first) % endings.len()], rest),
        None => (endings[0], bytes),
    }
}

fn project() -> Project {
    Project::open(Config::isolated("/desk")).expect("no configuration cannot be wrong")
}

/// Bytes become a document, facts, findings and every format.
pub fn draft(bytes: &[u8]) {
    let (ending, content) = chosen(bytes, &TEXTS);
    let mut one = project();
    one.set_draft(&format!("draft.{ending}"), content);
    let findings = whole(&mut one);
    let mut again = project();
    again.set_draft(&format!("draft.{ending}"), content);
    let others = again.check(&Focus::everything()).expect("the pages of the rules can be read");
    assert_eq!(shown(&one, &findings), shown(&again, &others), "the same input, twice");
}

/// Containers are unpacked and read.
pub fn container(bytes: &[u8]) {
    let (ending, content) = chosen(bytes, &CONTAINERS);
    let mut one = project();
    one.set_draft(&format!("draft.{ending}"), content);
    whole(&mut one);
}

/// A configuration is read or refused, with errors whose places lie in it.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let config = match Config::from_text("sayso.toml", &text, "/desk") {
        Ok(config) => config,
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in &errors {
                assert!(error.labels.iter().all(|(span, _)| text.get(span.range()).is_some()), "{error:?}");
            }
            return;
        }
    };
    let Ok(mut one) = Project::open_with(config, Options::default()) else { return };
    one.set_draft("drafts/a.txt", "“We pay”, Ana Reyes said on Monday, 5 May 2025. “No, Bo Okafor said.");
    one.set_draft("tapes/b.txt", "ANA REYES: We will pay.\nBO OKAFOR: No.");
    whole(&mut one);
}

/// A registry of people is read or refused.
pub fn registry(bytes: &[u8]) {
    let (ending, content) = chosen(bytes, &REGISTRIES);
    let text = String::from_utf8_lossy(content);
    let mut one = project();
    match one.set_registry(&format!("people.{ending}"), text.as_bytes()) {
        Ok(()) => {
            one.set_draft("a.txt", "“We pay,” Mayor Ana Reyes said. Bo Okafor, the harbour master, left.");
            whole(&mut one);
        }
        Err(error) => {
            let own = error.text.as_deref().unwrap_or(&text);
            assert!(error.labels.iter().all(|(span, _)| own.get(span.range()).is_some()), "{error:?}");
        }
    }
}

/// A transcript is read, and a draft is held against it.
pub fn tape(bytes: &[u8]) {
    let (ending, content) = chosen(bytes, &TAPES);
    let mut one = project();
    one.set_tape(&format!("tapes/tape.{ending}"), content);
    one.set_draft("a.txt", "“We will pay for the pier,” Ana Reyes said. “It is shut,” said Bo Okafor.");
    whole(&mut one);
}

/// Fixes reach an end, and leave the words inside quotations alone.
pub fn fixes(bytes: &[u8]) {
    let (ending, content) = chosen(bytes, &TEXTS);
    let path = format!("draft.{ending}");
    let mut one = project();
    one.set_draft(&path, content);
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let quotations = one.quotations(&path).unwrap_or_default();
    let closed = quotations.iter().filter(|quotation| quotation.level == 0 && quotation.closed);
    let quoted: Vec<String> = closed.map(|quotation| letters(&quotation.text)).collect();
    let mended = one.mend(&Focus::everything(), true, |_| true).expect("the pages of the rules can be read");
    if mended.before.is_empty() {
        return;
    }
    let after = letters(one.documents()[0].text.as_str());
    // A directive in a comment inside a quotation may be taken out; its words are not said.
    for words in quoted.iter().filter(|words| !words.contains("allow")) {
        assert!(after.contains(words.as_str()), "a fix changes the words of a quotation: {words}");
    }
    let text = one.documents()[0].text.as_str().to_owned();
    let mut fresh = project();
    fresh.set_draft(&path, text.as_str());
    let again = fresh.mend(&Focus::everything(), true, |_| true).expect("the pages of the rules can be read");
    assert!(again.before.is_empty(), "fixes that were made need no fix: {text:?}");
    whole(&mut fresh);
}

/// A series of edits leaves the project that a fresh run would make.
pub fn edits(bytes: &[u8]) {
    const PATHS: [&str; 4] = ["a.txt", "b.md", "c.txt", "tapes/d.vtt"];
    let mut edited = project();
    let mut files: std::collections::BTreeMap<&str, Vec<u8>> = std::collections::BTreeMap::new();
    for part in bytes.split(|byte| *byte == 0).take(12) {
        let Some((choice, content)) = part.split_first() else { continue };
        let path = PATHS[usize::from(*choice) % PATHS.len()];
        if choice % 5 == 4 {
            edited.remove(path);
            files.remove(path);
        } else {
            edited.set_draft(path, content);
            files.insert(path, content.to_vec());
        }
        if choice % 3 == 0 {
            edited.check(&Focus::everything()).expect("the pages of the rules can be read");
        }
    }
    let findings = whole(&mut edited);
    // The files come in another order too.
    let mut fresh = project();
    for (path, content) in files.iter().rev() {
        fresh.set_draft(path, content.as_slice());
    }
    let others = fresh.check(&Focus::everything()).expect("the pages of the rules can be read");
    assert_eq!(shown(&edited, &findings), shown(&fresh, &others), "after edits, and opened anew");
    for (path, content) in &files {
        let mut alone = project();
        alone.set_draft(path, content.as_slice());
        let own = alone.check(&Focus::everything()).expect("the pages of the rules can be read");
        let in_file = |project: &Project, findings: &[Judged]| -> Vec<String> {
            let of_file = findings.iter().filter(|judged| judged.rule.scope == Scope::File);
            let here =
                of_file.filter(|judged| project.documents()[judged.finding.place.file.index()].path == *path);
            here.map(|judged| {
                format!("{} {:?} {}", judged.rule.id, judged.finding.place.span, judged.finding.message)
            })
            .collect()
        };
        assert_eq!(
            in_file(&edited, &findings),
            in_file(&alone, &own),
            "rules on one file look at one file: {path}"
        );
    }
}

/// A draft that repeats a piece costs four times as much where it is four times as long. `#` is another word each time.
pub fn growth(bytes: &[u8]) {
    let (ending, piece) = chosen(bytes, &TEXTS);
    let piece = String::from_utf8_lossy(&piece[..piece.len().min(SIZES[0])]);
    if piece.is_empty() {
        return;
    }
    let [one, four] = SIZES.map(|size| cost(ending, &repeated(&piece, size)));
    for (what, one, four) in [("in use", one.0.most, four.0.most), ("asked for", one.0.asked, four.0.asked)] {
        let bound = MOST_GROWTH * one.max(GROWTH_FLOOR);
        assert!(four <= bound, "memory {what} grows from {one} to {four} bytes with {piece:?}");
    }
    #[cfg(fuzzing)]
    {
        let bound = MOST_GROWTH_OF_TIME * one.1.max(TIME_FLOOR);
        assert!(four.1 <= bound, "time grows from {:?} to {:?} with {piece:?}", one.1, four.1);
    }
}

/// The piece again and again, up to about so many bytes.
fn repeated(piece: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + piece.len());
    for number in 0.. {
        text.push_str(&piece.replace('#', &word(number)));
        if text.len() >= size {
            break;
        }
    }
    text
}

/// A word of its own for each number.
fn word(mut number: usize) -> String {
    const PARTS: [&str; 8] = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi"];
    let mut word = String::from("K");
    loop {
        word.push_str(PARTS[number % PARTS.len()]);
        number /= PARTS.len();
        if number == 0 {
            return word;
        }
    }
}

/// What a check of one draft and its report take: memory, and processor time where it is looked at.
fn cost(ending: &str, text: &str) -> (Memory, std::time::Duration) {
    #[cfg(fuzzing)]
    let begun = cpu_time::ProcessTime::now();
    let ((), memory) = counted(|| {
        let mut one = project();
        one.set_draft(&format!("draft.{ending}"), text);
        let findings = one.check(&Focus::everything()).expect("the pages of the rules can be read");
        let sheet = Sheet { documents: one.documents(), corpus: one.corpus() };
        let summary = Summary::of(one.corpus(), &findings, |_| true);
        report::json(&mut std::io::sink(), &sheet, &findings, summary).expect("a sink takes all");
    });
    #[cfg(fuzzing)]
    return (memory, begun.elapsed());
    #[cfg(not(fuzzing))]
    (memory, std::time::Duration::ZERO)
}

/// Checks a project, and what holds for every project: places, nesting, and formats that can be read.
fn whole(project: &mut Project) -> Vec<Judged> {
    let findings = project.check(&Focus::everything()).expect("the pages of the rules can be read");
    for (document, (_, facts)) in project.documents().iter().zip(project.corpus().files()) {
        assert!(
            !facts.unreadable.as_ref().is_some_and(|reason| reason.contains("fault of sayso")),
            "a panic while {} was read",
            document.path
        );
        places(document, facts);
    }
    for judged in &findings {
        let finding = &judged.finding;
        let places = finding.related.iter().map(|related| related.place).chain([finding.place]);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
        for place in places.chain(edits) {
            let text = project.documents()[place.file.index()].text.as_str();
            assert!(text.get(place.span.range()).is_some(), "{}: {:?}", judged.rule.id, place.span);
        }
        assert!(!finding.message.is_empty() && !judged.help.is_empty(), "{}", judged.rule.id);
    }
    formats(project, &findings);
    findings
}

/// Every span among the facts lies in the text, on boundaries of characters; quotations nest; every byte leads back.
fn places(document: &Document, facts: &FileFacts) {
    let text = document.text.as_str();
    if facts.unreadable.is_some() {
        return;
    }
    let value = serde_json::to_value(facts).expect("facts are JSON");
    let mut open = vec![(String::new(), &value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (path.clone(), item))),
            Value::Object(members) => {
                let number =
                    |name: &str| members.get(name).and_then(Value::as_u64).map(|number| number as usize);
                if let (Some(start), Some(end)) = (number("start"), number("end")) {
                    assert!(text.get(start..end).is_some(), "{path}: {start}..{end} of {} bytes", text.len());
                    let (from, to) =
                        (document.text.file_offset(start as u32), document.text.file_offset(end as u32));
                    assert!(from <= to, "{path}: bytes {from}..{to} of the file");
                }
                open.extend(members.iter().map(|(name, value)| (format!("{path}.{name}"), value)));
            }
            _ => {}
        }
    }
    for (number, one) in facts.quotations.iter().enumerate() {
        assert_eq!(one.segments.iter().filter(|part| !one.span.contains(**part)).count(), 0, "{one:?}");
        for other in facts.quotations.iter().skip(number + 1).take(20) {
            let apart = one.span.end <= other.span.start || other.span.end <= one.span.start;
            let nested = one.span.contains(other.span) || other.span.contains(one.span);
            assert!(apart || nested, "{:?} and {:?}", one.span, other.span);
        }
    }
}

/// Every format is what it claims to be.
fn formats(project: &Project, findings: &[Judged]) {
    let sheet = Sheet { documents: project.documents(), corpus: project.corpus() };
    let book = project.pages().expect("the pages of the rules can be read");
    let written = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| -> String {
        let mut out = Vec::new();
        write(&mut out).expect("a vector takes all");
        String::from_utf8(out).expect("reports are UTF-8")
    };
    let summary = Summary::of(project.corpus(), findings, |_| true);
    let documents = [
        written(&|out| report::json(out, &sheet, findings, summary)),
        written(&|out| report::sarif(out, &sheet, findings, project.allowed(), book)),
        written(&|out| report::gitlab(out, &sheet, findings)),
        written(&|out| report::rdjson(out, &sheet, findings)),
    ];
    let lines = [
        written(&|out| report::json_lines(out, &sheet, findings)),
        written(&|out| report::rdjson_lines(out, &sheet, findings)),
        written(&|out| report::facts_lines(out, &sheet)),
    ];
    for document in documents.iter().map(String::as_str).chain(lines.iter().flat_map(|lines| lines.lines())) {
        assert!(serde_json::from_str::<Value>(document).is_ok(), "no JSON: {document}");
    }
    let markup = [
        written(&|out| report::checkstyle(out, &sheet, findings)),
        written(&|out| report::junit(out, &sheet, findings)),
    ];
    for document in &markup {
        let mut reader = quick_xml::Reader::from_str(document);
        reader.config_mut().check_end_names = true;
        while reader.read_event().expect("XML") != quick_xml::events::Event::Eof {}
    }
    let github = written(&|out| report::github(out, &sheet, findings));
    assert_eq!(github.lines().count(), findings.len(), "one line a finding");
    for text in documents.iter().chain(&lines).chain(&markup).chain([&github]) {
        let hidden = text.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(hidden, None, "a character that drives a terminal");
        assert!(!text.contains("##vso["), "a command for a build server");
    }
}

/// What was found, by path, so that the order of files does not matter.
fn shown(project: &Project, findings: &[Judged]) -> Vec<String> {
    let mut all: Vec<String> = findings
        .iter()
        .map(|judged| {
            let path = &project.documents()[judged.finding.place.file.index()].path;
            let span = judged.finding.place.span;
            format!("{path} {span:?} {} {} {:x}", judged.rule.id, judged.finding.message, judged.fingerprint)
        })
        .collect();
    all.sort();
    all
}
