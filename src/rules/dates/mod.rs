//! Days: does the calendar have them, do weekday and date agree, could it have been said then?

mod ambiguous_numeric_date;
mod ambiguous_weekday;
mod conflicting_dates;
mod conflicting_event_day;
mod future_statement;
mod impossible_date;
mod off_cycle_event;
mod redundant_day;
mod undated_document;
mod weekday_mismatch;

pub use ambiguous_numeric_date::ambiguous_numeric_date;
pub use ambiguous_weekday::ambiguous_weekday;
pub use conflicting_dates::conflicting_dates;
pub use conflicting_event_day::conflicting_event_day;
pub use future_statement::future_statement;
pub use impossible_date::impossible_date;
pub use off_cycle_event::off_cycle_event;
pub use redundant_day::redundant_day;
pub use undated_document::undated_document;
pub use weekday_mismatch::{Mends, weekday_mismatch};
