//! Who said it: is the attribution there, and is it one?

pub mod ambiguous_speaker;
pub mod conflicting_occasion;
pub mod conflicting_outlet;
pub mod conflicting_speaker;
pub mod gist;
pub mod late_attribution;
pub mod lost_attribution;
mod lost_marks;
pub mod printed_before;
pub mod repeated_attribution;
pub mod repeated_quotation;
pub mod unattributed_quotation;
pub mod unplaced_post;
