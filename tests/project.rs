//! A project in memory: after any series of edits the findings are those of a project opened anew, and a rule that looks
//! at one file finds the same whatever stands in the others.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sayso::config::Config;
use sayso::project::{Focus, Project};
use sayso::rules::{Finding, Judged, Scope};

/// Paths that files are put in under. Some carry a day, one a format that is no plain text.
const PATHS: [&str; 7] = [
    "2026-03-02-pier.txt",
    "2026-03-03-pier.txt",
    "friday.md",
    "monday.txt",
    "notes.txt",
    "tapes/council.vtt",
    "tapes/quay.txt",
];

/// Sentences that agree, differ, contradict one another or are wrong by themselves. `{}` is the speaker.
const SENTENCES: [&str; 24] = [
    "“We will close the north pier before the winter storms,” {} said.",
    "“We will close the south pier before the winter storms,” {} said.",
    "“We will close the north pier before the storms,” {} told reporters on Monday.",
    "“We will not close the north pier before the winter storms,” {} said on Thursday.",
    "“NATO will pay for every single lighthouse on this coast,” {} said.",
    "“Nato will pay for every single lighthouse on this coast,” {} said.",
    "“The nato papers say who will pay for every single lighthouse,” {} said.",
    "“I never said that the ferry was safe,” {} wrote in a letter.",
    "“I said that the ferry was safe,” {} said.",
    "“The harbour,” {} said, “belongs to the people who work in it.”",
    "{} said that the harbour belonged to the people who work in it and to nobody else on the coast.",
    "“The ferry will sail at dawn on Tuesday, {} said.",
    "{}, the mayor of Marwick, opened the lighthouse on Tuesday, March 4, 2026.",
    "Harbour master {} did not come.",
    "Tomás Reyes and {} met on the quay.",
    "According to {}, the “emerging” storm is a matter for the council.",
    "“It is an emerge storm,” {} said of the council.",
    "Critics said the pier was “unsafe at any hour of the day and of the night”.",
    "“Who speaks here?”",
    "The council meets every week, as it has met since the war, in the hall above the old fish market.",
    "{}’s father, {} Jr., was a sailor.",
    "‘‘We are done,’’ {} said.",
    "sayso: allow(altered-quotation) checked with the tape",
    "sayso: allow(conflicting-speaker) both said it",
];

const SPEAKERS: [&str; 9] = [
    "Ana Reyes",
    "Anna Reyes",
    "Ana Maria Reyes",
    "Reyes",
    "Bo Okafor",
    "Andriy Sebiga",
    "Andrii Sebiha",
    "She",
    "the ministry",
];

const REGISTRIES: [&str; 3] = [
    "[[person]]\nname = \"Ana Reyes\"\naliases = [\"Anna Reyes\"]\n[[person.title]]\ntitle = \"Mayor of Marwick\"\nfrom = 2019\nto = 2024\n",
    "[[person]]\nname = \"Bo Okafor\"\n[[person.title]]\ntitle = \"Mayor of Marwick\"\nfrom = 2025\n",
    "[[person]]\nname = \"Andrii Sebiha\"\nprefer = true\n",
];

/// One change of a project.
#[derive(Clone, Debug)]
enum Edit {
    Put { path: usize, text: String },
    Remove { path: usize },
    Rename { from: usize, to: usize },
    Registry { name: usize, content: Option<usize> },
    Apart { path: usize, apart: bool },
}

fn text() -> impl Strategy<Value = String> {
    let line = (0..SENTENCES.len(), 0..SPEAKERS.len())
        .prop_map(|(sentence, speaker)| SENTENCES[sentence].replace("{}", SPEAKERS[speaker]));
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n\n") + "\n")
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => (0..PATHS.len(), text()).prop_map(|(path, text)| Edit::Put { path, text }),
        2 => (0..PATHS.len()).prop_map(|path| Edit::Remove { path }),
        2 => (0..PATHS.len(), 0..PATHS.len()).prop_map(|(from, to)| Edit::Rename { from, to }),
        1 => (0..2_usize, prop::option::of(0..REGISTRIES.len()))
            .prop_map(|(name, content)| Edit::Registry { name, content }),
        1 => (0..PATHS.len(), any::<bool>()).prop_map(|(path, apart)| Edit::Apart { path, apart }),
    ]
}

/// What a project should hold.
#[derive(Default)]
struct Expected {
    files: BTreeMap<&'static str, String>,
    registries: BTreeMap<String, &'static str>,
    apart: BTreeMap<&'static str, bool>,
}

fn config() -> Config {
    Config::isolated(".")
}

fn put(project: &mut Project, path: &str, text: &str) {
    if path.starts_with("tapes/") {
        project.set_tape(path, text);
    } else {
        project.set_draft(path, text);
    }
}

impl Expected {
    /// Makes one edit here and in the project.
    fn make(&mut self, edit: &Edit, project: &mut Project) {
        match edit {
            Edit::Put { path, text } => {
                put(project, PATHS[*path], text);
                self.files.insert(PATHS[*path], text.clone());
            }
            Edit::Remove { path } => {
                let known = self.files.remove(PATHS[*path]).is_some();
                self.apart.remove(PATHS[*path]);
                assert_eq!(project.remove(PATHS[*path]), known);
            }
            Edit::Rename { from, to } => {
                let Some(text) = self.files.remove(PATHS[*from]) else { return };
                self.apart.remove(PATHS[*from]);
                project.remove(PATHS[*from]);
                put(project, PATHS[*to], &text);
                self.files.insert(PATHS[*to], text);
            }
            Edit::Registry { name, content } => {
                let path = format!("people-{name}.toml");
                match content {
                    Some(content) => {
                        project.set_registry(&path, REGISTRIES[*content]).unwrap();
                        self.registries.insert(path, REGISTRIES[*content]);
                    }
                    None => {
                        assert_eq!(project.remove(&path), self.registries.remove(&path).is_some());
                    }
                }
            }
            Edit::Apart { path, apart } => {
                project.set_apart(PATHS[*path], *apart);
                if self.files.contains_key(PATHS[*path]) {
                    self.apart.insert(PATHS[*path], *apart);
                }
            }
        }
    }

    /// A project opened anew with the same files.
    fn fresh(&self) -> Project {
        let mut project = Project::open(config()).unwrap();
        for (path, text) in &self.registries {
            project.set_registry(path, *text).unwrap();
        }
        self.files.iter().for_each(|(path, text)| put(&mut project, path, text));
        self.apart.iter().for_each(|(path, apart)| project.set_apart(path, *apart));
        project
    }
}

/// Everything that a check says, and what the project tells of people and of other versions.
fn told(project: &mut Project) -> Vec<String> {
    let judged = project.check(&Focus::everything()).unwrap();
    let mut told: Vec<String> = judged.iter().map(shown).collect();
    for path in PATHS {
        told.extend((0..project.quotations(path).map_or(0, <[_]>::len)).map(|index| {
            let versions = project.versions(path, index);
            let versions: Vec<_> =
                versions.iter().map(|version| (version.path, version.index, &version.differences)).collect();
            format!("{path} {index}: {versions:?}")
        }));
    }
    told.extend(project.people().map(|person| format!("{person:?}")));
    told
}

fn shown(judged: &Judged) -> String {
    let Finding { rule, place, message, .. } = &judged.finding;
    format!("{rule} {place:?} {message} {:?} {:x} {:?}", judged.level, judged.fingerprint, judged.finding)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_findings_are_those_of_a_fresh_run(edits in prop::collection::vec(edit(), 1..24)) {
        let mut project = Project::open(config()).unwrap();
        let mut expected = Expected::default();
        for (number, edit) in edits.iter().enumerate() {
            expected.make(edit, &mut project);
            // Now and then several edits are made before anybody asks.
            if number % 3 != 1 || number + 1 == edits.len() {
                prop_assert_eq!(told(&mut project), told(&mut expected.fresh()));
            }
        }
    }

    #[test]
    fn a_rule_that_looks_at_one_file_finds_the_same_in_any_company(texts in prop::collection::vec(text(), 2..5)) {
        let mut together = Project::open(config()).unwrap();
        texts.iter().zip(PATHS).for_each(|(text, path)| together.set_draft(path, text.as_str()));
        let of_file = |project: &mut Project, path: &str| -> Vec<String> {
            let judged = project.check(&Focus::only([path])).unwrap();
            let own = judged.iter().filter(|judged| judged.rule.scope == Scope::File);
            own.map(|judged| format!("{} {:?} {}", judged.rule.id, judged.finding.place.span, judged.finding.message)).collect()
        };
        for (text, path) in texts.iter().zip(PATHS) {
            let mut alone = Project::open(config()).unwrap();
            alone.set_draft(path, text.as_str());
            prop_assert_eq!(of_file(&mut together, path), of_file(&mut alone, path));
        }
    }
}

#[test]
fn the_sentences_bring_about_what_is_to_be_compared() {
    let mut rules: Vec<&str> = Vec::new();
    // Of more than two people with the same words nobody is accused, hence few speakers at a time.
    for speakers in [&SPEAKERS[..1], &SPEAKERS[4..5], &SPEAKERS[5..6], &SPEAKERS[6..7]].windows(2) {
        let mut project = Project::open(config()).unwrap();
        for (path, speaker) in PATHS.iter().zip(speakers.iter().flat_map(|own| own.iter())) {
            let text: Vec<String> = SENTENCES.iter().map(|line| line.replace("{}", speaker)).collect();
            project.set_draft(path, text.join("\n\n"));
        }
        rules.extend(project.check(&Focus::everything()).unwrap().iter().map(|judged| judged.rule.id));
    }
    for rule in ["altered-quotation", "conflicting-speaker", "name-variant", "unclosed-quotation"] {
        assert!(rules.contains(&rule), "{rule} is not among {rules:?}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_and_changes_nothing() {
    let mut project = Project::open(config()).unwrap();
    project.set_registry("people.toml", REGISTRIES[0]).unwrap();
    let error = project.set_registry("people.toml", "[[person]]\nname = 3\n").unwrap_err();
    assert_eq!(error.path, "people.toml");
    assert_eq!(project.corpus().registry().len(), 1, "the registry that was there stays");
    project.set_draft("picture.txt", vec![0, 159, 146, 150, 0, 0, 1]);
    let found = project.check(&Focus::everything()).unwrap();
    assert_eq!(found.iter().map(|judged| judged.rule.id).collect::<Vec<_>>(), ["unreadable-file"]);
    assert!(!project.remove("nothing.txt"));
}

#[test]
fn a_focus_asks_about_some_files_and_compares_with_all() {
    let mut project = Project::open(config()).unwrap();
    project.set_draft("a.txt", SENTENCES[0].replace("{}", "Ana Reyes"));
    project.set_draft("b.txt", SENTENCES[1].replace("{}", "Ana Reyes"));
    project.set_draft("c.txt", SENTENCES[18]);
    let found = project.check(&Focus::only(["b.txt"])).unwrap();
    assert_eq!(found.iter().map(|judged| judged.rule.id).collect::<Vec<_>>(), ["altered-quotation"]);
    assert_eq!(project.documents()[found[0].finding.place.file.index()].path, "b.txt");
    assert!(project.check(&Focus::only(["c.txt"])).unwrap().is_empty());
}
