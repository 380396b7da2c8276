//! Days: does the calendar have them, do weekday and date agree, could it have been said then?

mod impossible_date;
mod weekday_mismatch;

pub use impossible_date::impossible_date;
pub use weekday_mismatch::weekday_mismatch;
