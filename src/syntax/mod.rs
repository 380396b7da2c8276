//! The grammar of quotations and attributions: marks and their pairing, cues, sources, names and titles, dates,
//! directives. `nom` lives here, and only here. Parsing never fails: it returns what it found, and one bad mark
//! never spoils the next paragraph.

pub mod clause;
pub mod directive;
pub mod dates;
mod fault;
mod id;
pub mod marks;
pub mod mentions;
pub mod names;
pub mod occasion;
pub mod parse;
pub mod sieve;
pub mod tense;
pub mod token;
pub mod transcript;
pub mod turn;

mod titles;

pub use fault::MarkFaultKind;
pub use id::{BlockId, QuotationId, SentenceId, TokenId, TokenRange};
pub use parse::{Extent, Parse};
pub use titles::{Office, OfficeStatus, parse_titles};
