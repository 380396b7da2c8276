//! Days: does the calendar have them, do weekday and date agree, could it have been said then?

pub mod impossible_date;
pub mod weekday_mismatch;
