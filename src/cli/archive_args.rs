//! The arguments of the commands about archives.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::args::{Drafts, Shared};

/// What to do with an archive.
#[derive(Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Make an archive of drafts: `sayso archive build PATHS -o stories.sayso`
    Build(ArchiveBuild),
    /// Add drafts; those that are unchanged are not read again, those that have changed replace what was there
    Add(ArchiveAdd),
    /// Take drafts out, by their paths or folders
    Remove(ArchiveRemove),
    /// Say what an archive has
    Info(ArchiveInfo),
}

/// Options of `archive build`.
#[derive(Args, Clone, Debug)]
pub struct ArchiveBuild {
    /// Which drafts.
    #[command(flatten)]
    pub drafts: Drafts,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `archive add`.
#[derive(Args, Clone, Debug)]
pub struct ArchiveAdd {
    /// The archive
    pub archive: PathBuf,
    /// Files and folders to add
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `archive remove`.
#[derive(Args, Clone, Debug)]
pub struct ArchiveRemove {
    /// The archive
    pub archive: PathBuf,
    /// Drafts to take out, by the paths that the archive has, and folders of them
    #[arg(required = true)]
    pub paths: Vec<String>,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `archive info`.
#[derive(Args, Clone, Debug)]
pub struct ArchiveInfo {
    /// The archive
    pub archive: PathBuf,
    /// List the drafts that it has
    #[arg(long)]
    pub drafts: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = InfoFormat::Table)]
    pub format: InfoFormat,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `said`.
#[derive(Args, Clone, Debug)]
pub struct Said {
    /// The words, without quotation marks of their own: sayso said "we will close the pier"
    pub words: String,
    /// The archive to look in. May be given more than once; without it, those of the configuration
    #[arg(long, value_name = "FILE")]
    pub archive: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = InfoFormat::Table)]
    pub format: InfoFormat,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of `judge`.
#[derive(Args, Clone, Debug)]
pub struct JudgeFacts {
    /// Files of facts; without any, standard input
    pub paths: Vec<PathBuf>,
    /// Shared options.
    #[command(flatten)]
    pub shared: Shared,
}

/// Formats of `archive info` and `said`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InfoFormat {
    /// For eyes
    Table,
    /// One JSON object
    Json,
}
