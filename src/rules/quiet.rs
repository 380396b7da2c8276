//! Settings in which a rule that is meant for news keeps quiet.
//!
//! A page lists them under `quiet-in`. What the rule would report there is dropped before suppressions are applied, so that
//! nobody has to allow it.

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::corpus::Corpus;
use crate::facts::{BlockFact, Form};
use crate::source::BlockKind;

/// A setting that a rule's page may name under `quiet-in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum QuietSetting {
    /// A turn of an interview, a podcast or a play: its words are somebody's speech, and not the writer's.
    Turn,
    /// A line of a roundup: a name, a colon and a quotation.
    Roundup,
    /// A paragraph of fiction.
    Dialogue,
    /// A line in Title Case.
    TitleCase,
    /// A headline or a subhead.
    Heading,
    /// The line under a picture.
    Caption,
    /// An item of a list.
    ListItem,
}

impl QuietSetting {
    /// Is the block one of this setting?
    pub const fn has(self, block: &BlockFact) -> bool {
        match self {
            Self::Turn => matches!(block.setting.form, Form::Turn),
            Self::Roundup => matches!(block.setting.form, Form::Roundup),
            Self::Dialogue => matches!(block.setting.form, Form::Dialogue),
            Self::TitleCase => matches!(block.setting.form, Form::TitleCase),
            Self::Heading => matches!(block.kind, BlockKind::Heading),
            Self::Caption => matches!(block.kind, BlockKind::Caption),
            Self::ListItem => matches!(block.kind, BlockKind::ListItem),
        }
    }

    /// Its name on a page, in a reader's words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Turn => "turns of interviews and podcasts",
            Self::Roundup => "lines of roundups",
            Self::Dialogue => "fiction",
            Self::TitleCase => "lines in Title Case",
            Self::Heading => "headlines",
            Self::Caption => "captions",
            Self::ListItem => "items of lists",
        }
    }
}

/// Does a finding stand in one of the settings in which its rule keeps quiet?
pub(super) fn keeps_quiet(quiet_in: &[QuietSetting], corpus: &Corpus, finding: &Finding) -> bool {
    if quiet_in.is_empty() {
        return false;
    }
    let blocks = &corpus.file(finding.place.file).blocks;
    let after = blocks.partition_point(|block| block.span.start <= finding.place.span.start);
    let block = after.checked_sub(1).and_then(|at| blocks.get(at));
    block.is_some_and(|block| quiet_in.iter().any(|setting| setting.has(block)))
}
