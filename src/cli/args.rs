//! The command line as declared: one definition feeds the parser, `--help` and the completions.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use super::archive_args::{
    ArchiveAdd, ArchiveBuild, ArchiveCommand, ArchiveInfo, ArchiveRemove, InfoFormat, JudgeFacts, Said,
};
use crate::source::LARGEST_DRAFT;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Green.on_default());

const AFTER: &str = "\
Examples:
  sayso drafts/                      check every draft in a folder
  sayso quotes story.md              list who is quoted, and where
  sayso quotes --why story.md:8      say how the speaker in line 8 was found
  sayso explain altered-quotation    what a rule finds, and why it matters

Exit code: 0 nothing found, 1 something found, 2 sayso could not run.";

/// On whose say-so? Checks the quotations in your drafts: marks that do not pair, words with no speaker,
/// one quotation that reads differently in two drafts, a Tuesday that was a Wednesday.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, styles = STYLES, after_help = AFTER, args_conflicts_with_subcommands = true)]
pub struct Sayso {
    /// What to do; `check` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of `check`, for it may be left out.
    #[command(flatten)]
    pub check: Check,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts (this is also what happens without a command)
    Check(Box<Check>),
    /// List who said what: every quotation with its speaker
    Quotes(Quotes),
    /// List every person: spellings and titles, how often and where first
    People(People),
    /// Show what sayso reads in a transcript: speakers, turns and times
    Tape(Tape),
    /// Write a report for a browser: who said what by story and by person, findings and versions, in one file
    Report(Report),
    /// Print the text that sayso reads in a file: exactly that text, whose lines and columns reports name
    Text(ShowText),
    /// Print everything sayso knows about each file, one JSON line a file
    Facts(Facts),
    /// Keep what was printed in one file, to hold new drafts against: build, add, remove, info
    #[command(subcommand)]
    Archive(ArchiveCommand),
    /// Say who said something in an archive: where, when and in which words
    Said(Said),
    /// Judge facts of other runs: lines of `facts --format records` in, findings out, no disk
    Judge(JudgeFacts),
    /// Show what a rule finds and leaves alone, with examples
    Explain(Explain),
    /// List all rules
    Rules(Rules),
    /// Begin a project here: write a commented sayso.toml, and draft a people.toml from the drafts
    Init(Init),
    /// Print a JSON Schema, with which editors complete and check a file
    Schema(Schema),
    /// Serve an editor over standard input and output (the Language Server Protocol)
    Lsp {
        /// Taken and passed by: some editors add it. Standard input and output are all there is
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Print the manual page of sayso or of one of its commands
    Man {
        /// The command; sayso itself where nothing is said
        command: Option<String>,
    },
    /// Print a completion script for your shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Options that all commands share.
#[derive(Args, Clone, Debug)]
pub struct Shared {
    /// Read this configuration instead of the sayso.toml at or above the working directory
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no configuration: the paths given are all there is
    #[arg(long)]
    pub isolated: bool,
    /// Let the configuration name files outside its folder and the project
    #[arg(long, conflicts_with = "isolated")]
    pub allow_outside: bool,
    /// When to use colours; NO_COLOR is honoured too
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Print no summary and no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Write to this file instead of the terminal (whole or not at all)
    ///
    /// `check` also takes FORMAT=FILE, as often as you like: each writes one more format to a file, and the terminal keeps
    /// its own.
    #[arg(long, short, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Read no draft or transcript that is larger
    #[arg(long, value_name = "MIB", default_value_t = LARGEST_DRAFT >> 20, value_parser = clap::value_parser!(u64).range(1..4096))]
    pub max_file_size: u64,
    /// How many threads to use; as many as there are cores where nothing is said
    #[arg(long, value_name = "NUMBER", value_parser = threads)]
    pub threads: Option<usize>,
    /// The publication day of documents that do not carry one, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
}

/// Which drafts.
#[derive(Args, Clone, Debug)]
pub struct Drafts {
    /// Files and folders; `-` reads standard input. Where nothing is given: the project, or this folder
    pub paths: Vec<PathBuf>,
    /// Read standard input, under this name; its ending says what it is written in
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
}

/// Options of `check`.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = CheckFormat::Pretty)]
    pub format: CheckFormat,
    /// Exit with 1 from this level on
    #[arg(long, value_enum, default_value_t = Threshold::Warning, value_name = "LEVEL")]
    pub fail_on: Threshold,
    /// Show notes too, which are hidden otherwise
    #[arg(long)]
    pub notes: bool,
    /// Set the level of a rule or of a group: error, warning, note or off. May be given more than once
    #[arg(long = "rule", value_name = "RULE=LEVEL")]
    pub rules: Vec<String>,
    /// Run only this rule or group. May be given more than once; a rule that is off runs as a warning
    #[arg(long, value_name = "RULE|GROUP")]
    pub only: Vec<String>,
    /// Check against this archive of what was printed. May be given more than once
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub archive: Vec<PathBuf>,
    /// Report only what has a place on a line that differs from this git revision
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Record all findings of the project; later runs report only new ones
    #[arg(long, conflicts_with_all = ["since", "prune_baseline", "only", "statistics"])]
    pub write_baseline: bool,
    /// Take out of the baseline what no longer occurs
    #[arg(long)]
    pub prune_baseline: bool,
    /// Make the safe fixes in the drafts, then report what is left. Standard input is printed with its fixes
    #[arg(long, group = "mending", conflicts_with_all = ["since", "write_baseline", "prune_baseline", "show_config", "statistics"])]
    pub fix: bool,
    /// Print what `--fix` would change, as a diff, and exit with 1 if that is anything
    #[arg(long, group = "mending", conflicts_with_all = ["since", "write_baseline", "prune_baseline", "show_config", "statistics", "fix"])]
    pub diff: bool,
    /// With `--fix` or `--diff`: make the fixes too that a person should look at
    #[arg(long, requires = "mending")]
    pub unsafe_fixes: bool,
    /// Check nothing: print what holds for this file, and where each value is set (formats: pretty and json)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "since", "write_baseline", "prune_baseline", "statistics"])]
    pub show_config: Option<PathBuf>,
    /// Check again whenever a draft, a tape, a registry or the configuration is saved, until Ctrl-C (formats: pretty and
    /// concise). A line before and a line after each check tell editors where it begins and ends
    #[arg(long, conflicts_with_all = ["mending", "write_baseline", "prune_baseline", "show_config", "stdin_filename"])]
    pub watch: bool,
    /// Count the findings by rule and by file in place of showing them (formats: pretty and json)
    #[arg(long)]
    pub statistics: bool,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `quotes`.
#[derive(Args, Clone, Debug)]
pub struct Quotes {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to print them
    #[arg(long, value_enum, default_value_t = QuotesFormat::Table)]
    pub format: QuotesFormat,
    /// Hold each quotation against the transcripts of the project: exact, edited, not found or unchecked
    #[arg(long)]
    pub check: bool,
    /// Say of each quotation which pattern decided and what the others found. A path may name one line or one
    /// place: PATH:LINE or PATH:LINE:COLUMN
    #[arg(long, conflicts_with = "check")]
    pub why: bool,
    /// With `--why`: list the patterns too that found nothing
    #[arg(long, requires = "why")]
    pub steps: bool,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `people`.
#[derive(Args, Clone, Debug)]
pub struct People {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to print them
    #[arg(long, value_enum, default_value_t = PeopleFormat::Table)]
    pub format: PeopleFormat,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `facts`.
#[derive(Args, Clone, Debug)]
pub struct Facts {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// How to print them
    #[arg(long, value_enum, default_value_t = FactsFormat::Jsonl)]
    pub format: FactsFormat,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `tape`.
#[derive(Args, Clone, Debug)]
pub struct Tape {
    /// The transcripts
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = TapeFormat::Table)]
    pub format: TapeFormat,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `report`.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  sayso report drafts/ -o report.html    one file to open, print, mail or attach"
)]
pub struct Report {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// Show only findings that have a place on a line that differs from this git revision
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `text`.
#[derive(Args, Clone, Debug)]
pub struct ShowText {
    /// The file; `-` reads standard input
    pub path: PathBuf,
    /// The name that standard input goes by; its ending says what it is written in
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// Show the prose instead, block by block: what each block is, where it stands, and its words without markup
    #[arg(long)]
    pub blocks: bool,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `explain`.
#[derive(Args, Clone, Debug)]
pub struct Explain {
    /// The rule's name, as it stands in brackets after a finding, or a group's
    pub rule: String,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `rules`.
#[derive(Args, Clone, Debug)]
pub struct Rules {
    /// How to print them
    #[arg(long, value_enum, default_value_t = RulesFormat::Table)]
    pub format: RulesFormat,
    /// Run the examples of every page, the desk's own too; leave with 1 where one is not as drawn
    #[arg(long)]
    pub test: bool,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `init`.
#[derive(Args, Clone, Debug)]
pub struct Init {
    /// The folder of the project; this one where nothing is said
    pub folder: Option<PathBuf>,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `schema`.
#[derive(Args, Clone, Debug)]
pub struct Schema {
    /// What is described
    pub name: SchemaName,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// What a JSON Schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// A sayso.toml
    Config,
    /// A people.toml
    People,
    /// The page of a rule
    Rule,
}

/// More threads than this only cost memory: no machine that checks drafts has as many cores.
const MOST_THREADS: usize = 512;

/// Reads the number of threads.
fn threads(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(number) if (1..=MOST_THREADS).contains(&number) => Ok(number),
        _ => Err(format!("a number from 1 to {MOST_THREADS} is wanted")),
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// From which level on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Threshold {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Anything
    Note,
    /// Nothing: always 0
    Never,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub enum CheckFormat {
    /// Drawn, with the lines of every draft concerned
    Pretty,
    /// One line a finding: path:line:col: level: message [rule]
    Concise,
    /// One JSON object
    Json,
    /// One JSON line a finding
    Jsonl,
    /// Annotations for GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitLab's Code Quality report
    Gitlab,
    /// Reviewdog's format, one object
    Rdjson,
    /// Reviewdog's format, one line a finding
    Rdjsonl,
    /// Checkstyle's XML, for build servers
    Checkstyle,
    /// JUnit's XML, for build servers
    Junit,
}

/// Formats of `quotes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum QuotesFormat {
    /// A table
    Table,
    /// One JSON document, with a summary
    Json,
    /// One JSON line a quotation
    Jsonl,
    /// Comma-separated values, for spreadsheets
    Csv,
}

/// Formats of `people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeopleFormat {
    /// A table
    Table,
    /// One JSON line a person
    Jsonl,
    /// A people.toml to go on with: whom the registry does not have yet
    Toml,
}

/// Formats of `tape`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TapeFormat {
    /// The speakers, then the turns
    Table,
    /// One JSON line a turn
    Jsonl,
}

/// Formats of `facts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// One JSON line a file
    Jsonl,
    /// One JSON line a draft: its keys, the facts that rules compare across files, and a text with nothing but their
    /// words; what `judge` reads
    Records,
}

/// Formats of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// A table
    Table,
    /// One JSON array
    Json,
    /// The manual's chapter on rules
    Markdown,
}
