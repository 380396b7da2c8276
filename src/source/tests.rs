//! Files found, read and written on a real disk.
#![expect(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::path::{Path, PathBuf};

use super::{
    Expansion, Found, Gravity, InputError, LARGEST_DRAFT, TrackedChanges, WalkOptions, find, read,
    write_atomically,
};

/// A folder with files, gone after the test.
fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    for (name, bytes) in files {
        let file = path.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    (folder, path)
}

fn found_and_errors(paths: &[PathBuf], options: &WalkOptions) -> (Vec<Found>, Vec<InputError>) {
    let finds = find(paths, options);
    (finds.found, finds.input_errors)
}

fn shown(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.path.as_str()).collect()
}

fn paths(paths: &[&str]) -> Vec<PathBuf> {
    paths.iter().map(PathBuf::from).collect()
}

#[test]
fn folders_are_walked_as_ripgrep_walks_them() {
    let (_keep, cwd) = folder(&[
        (".git/HEAD", b""),
        (".gitignore", b"build/\n*.tmp.md\n"),
        ("a.md", b""),
        ("b.TXT", b""),
        ("build/x.md", b""),
        ("c.tmp.md", b""),
        (".hidden/d.md", b""),
        ("deep/er/e.markdown", b""),
        ("deep/er/.ignore", b"f.txt"),
        ("deep/er/f.txt", b""),
        ("page.css", b""),
    ]);
    let options = WalkOptions { cwd: cwd.clone(), ..WalkOptions::default() };
    let (found, input_errors) = found_and_errors(&paths(&["."]), &options);
    assert_eq!(shown(&found), ["a.md", "b.TXT", "deep/er/e.markdown"]);
    assert_eq!(input_errors, []);
    let (found, _) = found_and_errors(
        &paths(&["page.css", "build/x.md", "./deep", "a.md", "deep/er/../er/f.txt"]),
        &options,
    );
    assert_eq!(shown(&found), ["a.md", "build/x.md", "deep/er/e.markdown", "deep/er/f.txt", "page.css"]);
    assert_eq!(found.iter().map(|found| found.explicit).collect::<Vec<_>>(), [true, true, false, true, true]);
    let inner = WalkOptions { cwd: cwd.join("deep"), ..WalkOptions::default() };
    let (found, _) = found_and_errors(&paths(&["..", "er"]), &inner);
    assert_eq!(shown(&found), ["../a.md", "../b.TXT", "er/e.markdown"]);
}

#[test]
fn a_path_that_is_not_there_does_not_stop_the_others() {
    let (_keep, cwd) = folder(&[("a.md", b"")]);
    let (found, input_errors) =
        found_and_errors(&paths(&["nothing.md", "a.md"]), &WalkOptions { cwd, ..WalkOptions::default() });
    assert_eq!(shown(&found), ["a.md"]);
    assert_eq!(input_errors.len(), 1);
    assert_eq!(input_errors[0].to_string(), "nothing.md: there is no such file or folder");
}

#[test]
fn what_cannot_be_read_is_told() {
    let (_keep, cwd) =
        folder(&[("a.md", b"\x89PNG\0"), ("b.md", b"---\ndate: [\n---\nText."), ("c.txt", b"")]);
    let options = WalkOptions { cwd: cwd.clone(), ..WalkOptions::default() };
    let (met, _) = found_and_errors(&paths(&["."]), &options);
    assert_eq!(
        read(&met[0], TrackedChanges::Accepted, LARGEST_DRAFT).err().map(|input_error| input_error.gravity),
        Some(Gravity::Skipped)
    );
    let (named, _) = found_and_errors(&paths(&["a.md"]), &options);
    assert_eq!(
        read(&named[0], TrackedChanges::Accepted, LARGEST_DRAFT).err().map(|input_error| input_error.gravity),
        Some(Gravity::Fatal)
    );
    let broken = read(&met[1], TrackedChanges::Accepted, LARGEST_DRAFT).unwrap();
    assert_eq!(broken.input_errors.len(), 1);
    let prose = broken.prose();
    assert_eq!(prose.blocks[0].span.of(&prose.text), "Text.");
    assert_eq!(read(&met[2], TrackedChanges::Accepted, LARGEST_DRAFT).unwrap().prose().blocks, []);
    std::fs::remove_file(cwd.join("c.txt")).unwrap();
    let gone = read(&met[2], TrackedChanges::Accepted, LARGEST_DRAFT).unwrap_err();
    assert_eq!(gone.to_string(), "c.txt: cannot be read: there is no such file or folder");
}

#[test]
fn patterns_are_expanded_from_their_folder() {
    let (_keep, cwd) = folder(&[
        ("people.toml", b""),
        ("popolo/a.json", b""),
        ("popolo/deep/b.json", b""),
        ("other/people.toml", b""),
        ("odd [1].toml", b""),
    ]);
    let names = |pattern: &str| -> Vec<String> {
        let inside = |path: PathBuf| path.strip_prefix(&cwd).unwrap().to_string_lossy().into_owned();
        Expansion::default().expand(&cwd, pattern).into_iter().map(inside).collect()
    };
    assert_eq!(names("people.toml"), ["people.toml"]);
    assert_eq!(names("popolo/*.json"), ["popolo/a.json"]);
    assert_eq!(names("**/*.json"), ["popolo/a.json", "popolo/deep/b.json"]);
    assert_eq!(names("popolo"), ["popolo/a.json", "popolo/deep/b.json"]);
    assert_eq!(names("*.toml"), ["odd [1].toml", "people.toml"]);
    assert_eq!(names("odd [1].toml"), ["odd [1].toml"]);
    assert_eq!(names("missing/*.json"), Vec::<String>::new());
    assert_eq!(
        Expansion::default().expand(&cwd.join("other"), "../popolo/*.json"),
        [cwd.join("popolo/a.json")]
    );
}

#[test]
fn results_are_written_whole() {
    let (_keep, cwd) = folder(&[("old.json", b"before")]);
    let path = cwd.join("old.json");
    write_atomically(&path, b"after").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"after");
    write_atomically(&cwd.join("new.json"), b"new").unwrap();
    assert_eq!(std::fs::read(cwd.join("new.json")).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(&cwd).unwrap().count(), 2, "nothing is left behind");
    let input_error = write_atomically(Path::new("/nowhere/at/all.json"), b"").unwrap_err();
    assert!(input_error.message.starts_with("cannot be written: "), "{input_error}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_as_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let (_keep, cwd) = folder(&[("real.txt", b"before")]);
    std::fs::set_permissions(cwd.join("real.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.txt", cwd.join("link.txt")).unwrap();
    write_atomically(&cwd.join("link.txt"), b"after").unwrap();
    assert!(cwd.join("link.txt").is_symlink());
    assert_eq!(std::fs::read(cwd.join("real.txt")).unwrap(), b"after");
    assert_eq!(std::fs::metadata(cwd.join("real.txt")).unwrap().permissions().mode() & 0o777, 0o640);
}
