//! The order of the rooms holds: `lib.rs` names the modules in reading order and each uses only those above it;
//! a crate that does one thing lives in one room; modules inside a room form no circle; only `source` and the edge touch
//! the disk; every dependency is used.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Names that only one room may speak of.
const HOMES: &[(&str, &str)] = &[
    ("anstream", "cli"),
    ("askama", "report"),
    ("chardetng", "source"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("csv", "report"),
    ("encoding_rs", "source"),
    ("globset", "source"),
    ("html5gum", "source"),
    ("ignore", "source"),
    ("indicatif", "cli"),
    ("jiff", "calendar"),
    ("mailparse", "source"),
    ("miette", "report"),
    ("nom", "syntax"),
    ("pulldown_cmark", "source"),
    ("quick_xml", "source"),
    ("rayon", "parallel"),
    ("serde_saphyr", "source"),
    ("std::fs", "source"),
    ("tempfile", "source"),
    ("terminal_size", "cli"),
    ("toml", "source"),
    ("unicode_width", "report"),
    ("zip", "source"),
];

/// Longest file that a reader can hold in mind, with some grace.
const LONGEST: usize = 550;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file with the room it belongs to, without comments.
fn files() -> Vec<(PathBuf, String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![src()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "tests.rs") {
                // Tests in a file of their own may write drafts to read.
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(src()).unwrap();
                let room = inside.components().next().unwrap().as_os_str().to_string_lossy();
                let room = room.trim_end_matches(".rs").to_owned();
                let code: Vec<String> = read_to_string(&path)
                    .unwrap()
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .map(str::to_owned)
                    .collect();
                files.push((path, room, code.join("\n")));
            }
        }
    }
    files.sort();
    files
}

fn rooms() -> Vec<String> {
    let lib = read_to_string(src().join("lib.rs")).unwrap();
    let names = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    names.captures_iter(&lib).map(|found| found[1].to_owned()).collect()
}

/// The rooms that a file names: `crate::room` and `use crate::{room, …}`.
fn named(code: &str) -> Vec<String> {
    let single = Regex::new(r"\bcrate::(\w+)").unwrap();
    let mut names: Vec<String> = single.captures_iter(code).map(|found| found[1].to_owned()).collect();
    for (at, lead) in code.match_indices("crate::{") {
        let mut depth = 1;
        let mut name = String::new();
        for c in code[at + lead.len()..].chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth == 1 => name.push(c),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        names.extend(
            name.split(',')
                .map(|one| one.split("::").next().unwrap().trim().to_owned())
                .filter(|n| !n.is_empty()),
        );
    }
    names
}

#[test]
fn a_room_uses_only_those_above_it() {
    let rooms = rooms();
    assert!(rooms.len() > 5, "lib.rs should name the rooms: {rooms:?}");
    let rank = |room: &str| rooms.iter().position(|name| name == room);
    for (path, room, code) in files() {
        let Some(own) = rank(&room) else { continue };
        for name in named(&code) {
            if let Some(other) = rank(&name) {
                assert!(other <= own, "{}: {room} uses {name}, which stands below it", path.display());
            }
        }
    }
}

#[test]
fn the_test_above_can_see() {
    assert_eq!(named("use crate::{facts::{Quotation, Phrase}, source::Span};"), ["facts", "source"]);
    assert_eq!(named("fn f(a: crate::rules::Finding) {}"), ["rules"]);
}

#[test]
fn a_crate_lives_in_one_room() {
    for (name, home) in HOMES {
        let word = Regex::new(&format!(r"(?:^|[^\w:]){name}::|\buse {name}\b")).unwrap();
        let mut used = false;
        for (path, room, code) in files() {
            if word.is_match(&code) {
                assert_eq!(&room, home, "{} uses {name}, which lives in {home}", path.display());
                used = true;
            }
        }
        let manifest = read_to_string(src().join("../Cargo.toml")).unwrap();
        let declared = manifest.contains(name) || manifest.contains(&name.replace('_', "-"));
        assert!(used || declared || *name == "std::fs", "{name} is used nowhere: take it out of the table");
    }
}

#[test]
fn every_file_says_what_it_defines_and_stays_short() {
    for (path, ..) in files() {
        let text = read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with what it defines", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

#[test]
fn the_way_of_a_quotation_names_functions_that_are_there() {
    let page = read_to_string(src().join("../docs/architecture.md")).unwrap();
    let row = Regex::new(r"(?m)^\| \d+ \|.*\| `(?:\w+::)?(\w+)`[^|]*\| `([^`]+)` \|$").unwrap();
    let rows: Vec<_> = row.captures_iter(&page).collect();
    assert_eq!(
        rows.len(),
        page.lines().filter(|line| line.starts_with("| ") && line[2..3].parse::<u8>().is_ok()).count()
    );
    let mut last = 0;
    for found in rows {
        let code = read_to_string(src().join("..").join(&found[2])).unwrap();
        assert!(
            code.contains(&format!("fn {}(", &found[1])) || code.contains(&format!("fn {}<", &found[1])),
            "{} is not in {}",
            &found[1],
            &found[2]
        );
        // The rooms come in the order of lib.rs, but that a project holds the facts that rules judge.
        let room = found[2].split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        let rank = rooms().iter().position(|name| *name == room).unwrap();
        if !matches!(room.as_str(), "project" | "config") && !found[0].contains("look at one file") {
            assert!(rank >= last, "{room} is entered again");
            last = rank;
        }
    }
}

/// The rooms that may ask the operating system: `source`, which reads the disk, and the edge.
const EDGE: [&str; 5] = ["source", "config", "run", "cli", "main"];

/// Ways to the disk, the network, the environment and other programs.
const OUTSIDE: &str = r"\bstd::(fs|net|env|process)\b|\bFile::|\.(is_file|is_dir|exists|try_exists|canonicalize|read_dir|metadata|symlink_metadata|read_link)\(\)|\bio::stdin\b";

#[test]
fn only_source_and_the_edge_touch_the_disk() {
    let outside = Regex::new(OUTSIDE).unwrap();
    for (path, room, code) in files() {
        if !EDGE.contains(&room.as_str()) {
            let found = outside.find(without_tests(&code)).map(|found| found.as_str().to_owned());
            assert_eq!(found, None, "{}: {room} must not reach outside", path.display());
        }
    }
    for seen in ["std::fs::read(path)", "path.is_file()", "File::open(path)", "std::env::var(\"HOME\")"] {
        assert!(outside.is_match(seen), "{seen}");
    }
    assert!(!outside.is_match("spans.is_empty() && set.exists_in(file)"));
}

#[test]
fn every_report_cleans_what_it_writes_in_one_place() {
    let hides = Regex::new(r"is_control\(|\\u\{(?:20[0-6]|feff|e00)").unwrap();
    let json = Regex::new(r"serde_json::(?:to_|Serializer)").unwrap();
    let writes = Regex::new(r"\bwrite(?:ln)?!\(").unwrap();
    let cleans = Regex::new(r"\b(?:clean|json_text|JsonLine|escaped|draw)\b").unwrap();
    // These write numbers and words of sayso alone, or what others have cleaned.
    let own_words = ["checked.rs", "output_style.rs", "summary.rs", "uri.rs", "mod.rs"];
    for (path, room, code) in files() {
        if room != "report" {
            continue;
        }
        let (name, code) =
            (path.file_name().unwrap().to_string_lossy().into_owned(), without_tests(&code).to_owned());
        let at = path.display();
        assert!(name == "clean.rs" || !hides.is_match(&code), "{at}: what is hidden is decided in clean.rs");
        assert!(name == "json_text.rs" || !json.is_match(&code), "{at}: JSON is written by json_text.rs");
        let cleans = !writes.is_match(&code) || cleans.is_match(&code);
        assert!(cleans || own_words.contains(&&*name), "{at} writes and cleans nothing");
    }
}

fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests").next().unwrap()
}

/// Circles that are there for a reason: the modules, and why.
const CIRCLES: &[(&[&str], &str)] = &[
    (
        &[
            "corpus::wording::kept",
            "corpus::wording::paraphrase",
            "corpus::wording::passage",
            "corpus::wording::speaker_name",
        ],
        "what is kept of a file holds the parts of each lookup, and each lookup takes its part from it",
    ),
    (
        &["corpus::wording::ladder::figures::moment", "corpus::wording::ladder::figures::spoken"],
        "a time may be written in words, and a number in words may be the hour of a time",
    ),
    (&["facts::read", "facts::why"], "the reasons for a decision are asked of the reading that made it"),
    (
        &["source::disk", "source::walk"],
        "one reads what the other finds, and both say in the same words why not",
    ),
    (
        &[
            "syntax::dates::grammar",
            "syntax::dates::guard",
            "syntax::dates::numeric",
            "syntax::dates::relative",
            "syntax::dates::share",
        ],
        "the grammar of dates is recursive: a date contains dates (“Friday or Saturday”)",
    ),
];

/// Modules by path (`facts::read`) with their code, comments and tests left out.
fn modules() -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    for (path, _, code) in files() {
        let inside = path.strip_prefix(src()).unwrap().with_extension("");
        let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
        let names = names.strip_suffix(&["mod".into()]).unwrap_or(&names);
        modules.insert(names.join("::"), without_tests(&code).to_owned());
    }
    modules
}

/// The paths of a `use` tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(lead: &str, tree: &str, paths: &mut Vec<String>) {
    let mut depth = 0;
    let parts = tree.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((head, rest)) => {
                leaves(&format!("{lead}{head}"), rest.strip_suffix('}').unwrap_or(rest), paths);
            }
            None => paths.push(format!("{lead}{}", part.split(" as ").next().unwrap())),
        }
    }
}

/// What a module names: paths it uses, and paths it only passes on with `pub use`.
fn paths(code: &str) -> (Vec<String>, Vec<String>) {
    let uses = Regex::new(r"\b(pub(?:\([^)]*\))? )?use ([^;]+);").unwrap();
    let bare = Regex::new(r"(?:^|[^\w:])([a-z_]\w*(?:::\w+)+)").unwrap();
    let (mut used, mut passed_on) = (Vec::new(), Vec::new());
    for found in uses.captures_iter(code) {
        leaves("", &found[2], if found.get(1).is_some() { &mut passed_on } else { &mut used });
    }
    let body = uses.replace_all(code, "");
    used.extend(bare.captures_iter(&body).map(|found| found[1].to_owned()));
    (used, passed_on)
}

/// A path as seen from `module`, from the crate's root on; `None` for another crate's.
fn absolute(module: &str, path: &str, modules: &BTreeMap<String, String>) -> Option<Vec<String>> {
    let mut here: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut names = path.split("::").map(str::to_owned).peekable();
    match names.peek()?.as_str() {
        "crate" => here.clear(),
        "self" | "super" => {
            while names.peek().is_some_and(|name| name == "super") {
                here.pop();
                names.next();
            }
            here.extend(names.filter(|name| name != "self"));
            return Some(here);
        }
        child if !modules.contains_key(&format!("{module}::{child}")) => return None,
        _ => {}
    }
    here.extend(names.filter(|name| name != "crate"));
    Some(here)
}

/// The modules of its own room that each module uses. What a module's ancestors define it may use: they hold what their
/// parts share.
fn graph(modules: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let paths: BTreeMap<&String, _> = modules.iter().map(|(name, code)| (name, paths(code))).collect();
    let mut passed_on: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (module, (_, names)) in &paths {
        for path in names.iter().filter_map(|path| absolute(module, path, modules)) {
            passed_on.insert(((*module).clone(), path.last().unwrap().clone()), path);
        }
    }
    // The module that defines what a path names: the longest path of a module, and from there along `pub use`.
    let resolve = |mut path: Vec<String>| {
        for _ in 0..8 {
            let (len, module) = (1..=path.len())
                .rev()
                .map(|len| (len, path[..len].join("::")))
                .find(|(_, module)| modules.contains_key(module))?;
            let next = path.get(len).and_then(|name| passed_on.get(&(module.clone(), name.clone())));
            let Some(next) = next else { return Some(module) };
            path = next.iter().chain(&path[len + 1..]).cloned().collect();
        }
        None
    };
    let room = |module: &str| module.split("::").next().unwrap().to_owned();
    paths
        .iter()
        .map(|(&module, (used, _))| {
            let targets = used.iter().filter_map(|path| resolve(absolute(module, path, modules)?));
            let targets = targets.filter(|other| {
                room(other) == room(module) && other != module && !module.starts_with(&format!("{other}::"))
            });
            (module.clone(), targets.collect())
        })
        .collect()
}

/// Sets of modules each of which reaches all others of its set.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reached = |from: &String| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for next in graph.get(module).into_iter().flatten() {
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached
    };
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|module| (module, reached(module))).collect();
    let circle = |module: &String| {
        let own = reach[module].iter().filter(|other| reach[**other].contains(module));
        own.map(|other| (*other).clone()).collect::<Vec<_>>()
    };
    graph.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
}

#[test]
fn modules_of_a_room_form_no_circle() {
    let found = circles(&graph(&modules()));
    for circle in &found {
        let known = CIRCLES.iter().any(|(names, _)| circle.iter().all(|name| names.contains(&name.as_str())));
        assert!(
            known,
            "these modules use each other in a circle; move what they share into one below: {circle:?}"
        );
    }
    for (names, reason) in CIRCLES {
        assert!(!reason.is_empty());
        let still = found.iter().any(|circle| names.iter().all(|name| circle.iter().any(|own| own == name)));
        assert!(still, "{names:?} are no circle any more: take them out of the table");
    }
}

#[test]
fn the_search_for_circles_can_see() {
    let modules: BTreeMap<String, String> = [
        ("a", "pub use one::One;\npub mod two;\nfn f() { two::g(); }"),
        ("a::one", "use super::two::{self, Two};\npub struct One;"),
        ("a::two", "use super::{One as First, Shared};"),
        ("a::three", "use crate::a::One;"),
    ]
    .into_iter()
    .map(|(name, code)| (name.to_owned(), code.to_owned()))
    .collect();
    let graph = graph(&modules);
    assert_eq!(graph["a::three"], BTreeSet::from(["a::one".to_owned()]));
    assert_eq!(circles(&graph), BTreeSet::from([vec!["a::one".to_owned(), "a::two".to_owned()]]));
}

/// Dependencies that no `use` names, with the reason.
const USED_OTHERWISE: &[(&str, &str)] = &[];

/// The names of the crates in a table of the manifest.
fn declared(manifest: &str, table: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|line| *line != format!("[{table}]")).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once('=')?.0.trim().trim_end_matches(".workspace").to_owned()))
        .collect()
}

/// All code in a folder, comments left out.
fn code_in(folder: &Path) -> String {
    let mut code = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code.push_str(&code_in(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            for line in read_to_string(&path).unwrap().lines() {
                if !line.trim_start().starts_with("//") {
                    code.push_str(line);
                    code.push('\n');
                }
            }
        }
    }
    code
}

#[test]
fn every_dependency_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = read_to_string(root.join("Cargo.toml")).unwrap();
    let own = code_in(&src());
    // tests/fuzz.rs takes in fuzz/oracles.rs.
    let tests = ["tests", "benches", "fuzz"].map(|folder| code_in(&root.join(folder)));
    let tests = [own.as_str(), &tests.concat()].concat();
    for (table, code) in [("dependencies", &own), ("dev-dependencies", &tests)] {
        let names = declared(&manifest, table);
        assert!(names.len() > 2, "[{table}] is not read: {names:?}");
        for name in names {
            let word = Regex::new(&format!(r"\b{}(::|;|\b as\b)", name.replace('-', "_"))).unwrap();
            let otherwise = USED_OTHERWISE.iter().any(|(other, _)| *other == name);
            assert!(word.is_match(code) || otherwise, "[{table}] declares {name}, which nothing uses");
        }
    }
}

#[test]
fn ci_holds_the_declared_minimum_version_of_rust() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(Regex::new(r#"(?m)^rust-version = "1\.\d+"$"#).unwrap().is_match(&manifest));
    let ci = read_to_string(root.join(".ci/run")).unwrap();
    assert!(ci.contains(r#"oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)"#));
    assert!(ci.contains(r#"cargo "+$oldest" check --locked"#));
}
