//! Who is meant and when: the person that a name or a pronoun stands for, and the days that an expression stands for.
//!
//! The grammar says what a phrase is; this room says what it stands for in this document. Facts are made from both.

mod days;
mod dialogue;
mod people;
mod reading;
mod reckoning;
mod said_on;
mod speaker;
mod spoken;

pub use days::{Clause, DateContext};
pub use dialogue::Dialogue;
pub use people::{Lines, People, SourceInText, Tie, Tied, pronoun_gender};
pub use reading::{Reading, Resolution};
pub use said_on::said_on;
pub use speaker::{Speaker, SpeakerKind};
pub use spoken::names_in_quotation;
