//! The packages agree with each other and with the program, and the action runs as it says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&text(path)).unwrap()
}

/// All that the expression's first group matches.
fn found(expression: &str, text: &str) -> BTreeSet<String> {
    Regex::new(expression).unwrap().captures_iter(text).map(|groups| groups[1].to_owned()).collect()
}

#[test]
fn the_action_declares_what_it_uses_and_passes_it_through_the_environment() {
    let action = yaml("action.yml");
    let declared: BTreeSet<String> = action["inputs"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(found(r"inputs\.([a-z-]+)", &text("action.yml")), declared);
    for (name, input) in action["inputs"].as_object().unwrap() {
        assert!(input["description"].is_string() && input["default"].is_string(), "{name}");
    }
    let mut passed = BTreeSet::new();
    for step in action["runs"]["steps"].as_array().unwrap() {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "an input in a script's text is code: {script}");
        assert!(script.is_empty() || step["shell"] == "bash");
        passed.extend(step["env"].as_object().into_iter().flat_map(|env| env.keys().cloned()));
    }
    let read = found(r"\$\{?(SAYSO_[A-Z_]+)", &(text("packaging/github/check.sh") + &text("action.yml")));
    assert_eq!(read, passed);
}

#[test]
fn the_template_for_gitlab_reads_the_variables_that_it_sets() {
    let template = yaml("packaging/gitlab/sayso.gitlab-ci.yml");
    let set: BTreeSet<String> = template["sayso"]["variables"].as_object().unwrap().keys().cloned().collect();
    let read = found(r"\$\{?(SAYSO_[A-Z_]+)", &text("packaging/gitlab/sayso.gitlab-ci.yml"));
    assert_eq!(read, set.iter().filter(|name| name.starts_with("SAYSO")).cloned().collect());
    let script = template["sayso"]["script"].to_string();
    let report = template["sayso"]["artifacts"]["reports"]["codequality"].as_str().unwrap();
    assert!(script.contains(&format!("--output gitlab={report}")), "{script}");
}

#[test]
fn versions_and_platforms_are_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let npm: Value = serde_json::from_str(&text("packaging/npm/package.json")).unwrap();
    assert_eq!((&npm["name"], &npm["version"]), (&Value::from("sayso"), &Value::from(version)));
    let optional = npm["optionalDependencies"].as_object().unwrap();
    assert!(optional.values().all(|wanted| wanted == version));
    let platforms: BTreeSet<String> =
        optional.keys().map(|name| name.strip_prefix("sayso-").unwrap().to_owned()).collect();
    let release = text(".github/workflows/release.yml");
    assert_eq!(found(r"npm: ([a-z0-9-]+)", &release), platforms);
    let made = text("packaging/npm/scripts/platform.mjs");
    let known = Regex::new(r"known = \[([^\]]+)\]").unwrap().captures(&made).unwrap()[1].to_owned();
    assert_eq!(found(r#""([a-z0-9-]+)""#, &known), platforms);
    assert!(text("packaging/homebrew/sayso.rb").contains(&format!("/v{version}.tar.gz")));
}

/// `cargo binstall` looks for the archive that `packages.sh` makes.
#[test]
fn binstall_finds_the_archive() {
    let manifest: toml::Value = toml::from_str(&text("Cargo.toml")).unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let archive = text("packaging/packages.sh");
    assert!(archive.contains("name=\"sayso-$version-$target\"") && archive.contains("\"$out/$name.tar.gz\""));
    let url = binstall["pkg-url"].as_str().unwrap();
    assert!(url.ends_with("/v{ version }/{ name }-{ version }-{ target }.tar.gz"), "{url}");
    assert_eq!(binstall["pkg-fmt"].as_str(), Some("tgz"));
    assert_eq!(binstall["bin-dir"].as_str(), Some("{ name }-{ version }-{ target }/{ bin }{ binary-ext }"));
}

/// A repository with two drafts, the second changed by the last commit.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet"]);
        repository.write("sayso.toml", "");
        repository.write("monday.md", "“We will close the north pier before the winter,” Ana Reyes said.\n");
        repository.write("old.md", "“Nobody closed this, Ana Reyes said.\n");
        repository.commit();
        repository
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let output =
            Command::new("git").current_dir(self.0.path()).args(who).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Commits everything and gives the commit's name.
    fn commit(&self) -> String {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", "a"]);
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Runs the action's script with these settings.
    fn action(&self, settings: &[(&str, &str)]) -> (String, Output) {
        let program = Path::new(env!("CARGO_BIN_EXE_sayso")).parent().unwrap();
        let path = std::env::join_paths(
            std::iter::once(program.to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let output = Command::new("bash")
            .arg(root().join("packaging/github/check.sh"))
            .current_dir(self.0.path())
            .env("PATH", path.unwrap())
            .env("RUNNER_TEMP", self.0.path().join(".git"))
            .env("GITHUB_OUTPUT", self.0.path().join(".git/output"))
            .envs(settings.iter().copied())
            .output()
            .unwrap();
        (String::from_utf8_lossy(&output.stdout).into_owned(), output)
    }
}

#[test]
fn the_action_checks_changed_drafts_against_the_whole_project() {
    let repository = Repository::new();
    let base = repository.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let only_changed = [("SAYSO_CHANGED_ONLY", "true"), ("SAYSO_BASE", base.as_str())];
    let (said, output) = repository.action(&only_changed);
    assert_eq!((said.as_str(), output.status.code()), ("No file was changed.\n", Some(0)));
    repository.write("fri day.md", "“We will close the south pier before the winter,” Ana Reyes said.\n");
    repository.write("quay.png", "no picture");
    repository.commit();
    let (said, output) = repository.action(&only_changed);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("::warning file=fri day.md") && said.contains("altered-quotation"), "{said}");
    assert!(!said.contains("unclosed-quotation"), "the old draft was not changed: {said}");
    let (said, output) = repository.action(&[("SAYSO_ANNOTATE", "false"), ("SAYSO_PATHS", "old.md\n")]);
    assert!(said.contains("unclosed-quotation") && !said.contains("::"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    let (said, output) = repository.action(&[("SAYSO_FAIL_ON", "never"), ("SAYSO_CHANGED_ONLY", "true")]);
    assert!(said.contains("::warning title=sayso::") && said.contains("unclosed-quotation"), "{said}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_action_uploads_what_stands_and_nothing_that_a_draft_allows() {
    let repository = Repository::new();
    repository.write(
        "poem.md",
        "<!-- sayso: allow(marks) so it is printed -->\n\n“Nobody closed this, Ana Reyes said.\n",
    );
    let (_, output) = repository.action(&[("SAYSO_SARIF", "true")]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let told = std::fs::read_to_string(repository.0.path().join(".git/output")).unwrap();
    let file = told.trim().strip_prefix("sarif-file=").unwrap();
    let log: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let open: Vec<&Value> =
        results.iter().filter(|result| result["ruleId"] == "unclosed-quotation").collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "old.md");
}
