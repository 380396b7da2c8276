//! Who said it: is the attribution there, and is it one?

pub mod conflicting_occasion;
pub mod conflicting_speaker;
