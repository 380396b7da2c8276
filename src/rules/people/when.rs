//! Days in the words of a message.

use crate::calendar::{Day, Interval, MONTHS};

/// “17 April 2025”.
pub fn spelled(day: Day) -> String {
    let month = MONTHS.get((day.month() - 1).unsigned_abs() as usize).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

/// “from 20 January 2021 to 20 January 2025”, “until …”, “since …”, “at some time”.
pub fn span(days: Interval) -> String {
    match (days.from, days.to) {
        (Some(from), Some(to)) if from == to => format!("on {}", spelled(from)),
        (Some(from), Some(to)) => format!("from {} to {}", spelled(from), spelled(to)),
        (Some(from), None) => format!("since {}", spelled(from)),
        (None, Some(to)) => format!("until {}", spelled(to)),
        (None, None) => "at some time".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::span;
    use crate::calendar::{Day, Interval};

    #[test]
    fn days_in_words() {
        let day = |text| Day::parse_iso(text);
        for (from, to, words) in [
            (day("2021-01-20"), day("2025-12-01"), "from 20 January 2021 to 1 December 2025"),
            (day("2021-01-20"), day("2021-01-20"), "on 20 January 2021"),
            (day("2021-01-20"), None, "since 20 January 2021"),
            (None, day("2021-01-20"), "until 20 January 2021"),
            (None, None, "at some time"),
        ] {
            assert_eq!(span(Interval { from, to }), words);
        }
    }
}
