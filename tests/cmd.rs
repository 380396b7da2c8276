//! The commands as a user meets them: every command and format, and what is said about misuse. Each page under
//! `tests/cmd` is run as it stands; `TRYCMD=overwrite cargo test --test cmd` writes what is printed now.

#[test]
fn commands() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("tests/cmd/*.md");
}
