//! Numbers as people say them. What is written here is read back as the same number; a test holds both together.

use super::words::number as name;

/// A whole number in words: “two hundred and five thousand”. Above 999 billion it stays in digits.
pub(super) fn cardinal(number: u64) -> String {
    let scaled = |scale: u64, name: &str| {
        let head = format!("{} {name}", cardinal(number / scale));
        match number % scale {
            0 => head,
            rest @ 1..100 => format!("{head} and {}", cardinal(rest)),
            rest => format!("{head} {}", cardinal(rest)),
        }
    };
    match number {
        0..20 => name(number as u8).to_owned(),
        20..100 => match (name(number as u8 / 10 * 10), number as u8 % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, unit) => format!("{ten} {}", name(unit)),
        },
        100..1000 => scaled(100, "hundred"),
        1000..1_000_000 => scaled(1000, "thousand"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "million"),
        1_000_000_000..1_000_000_000_000 => scaled(1_000_000_000, "billion"),
        _ => number.to_string(),
    }
}

/// The most digits that people read out as one number and not one by one.
const LONGEST_CARDINAL: usize = 12;

/// Every way in which digits are said: 217 is “two hundred and seventeen”, “two seventeen” and “two one seven”. A decimal
/// point is said too. Empty where `figure` is no number.
pub(super) fn ways(figure: &str) -> Vec<String> {
    let plain = figure.replace(',', "");
    let (whole, decimals) = match plain.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (plain.as_str(), None),
    };
    let Some(mut ways) = whole_ways(whole) else { return Vec::new() };
    if let Some(decimals) = decimals {
        let said = one_by_one(decimals);
        ways.truncate(1);
        ways.iter_mut().for_each(|way| *way = format!("{way} point {said}"));
        let part = match decimals {
            "5" | "50" => Some("half"),
            "25" => Some("quarter"),
            _ => None,
        };
        if let (Some(part), Some(number)) = (part, whole.parse().ok().filter(|&number| number > 0)) {
            ways.push(format!("{} and a {part}", cardinal(number)));
        }
    }
    ways
}

/// The ways of digits in a code: the 25 of “M25” is “two five” too.
pub(super) fn ways_in_code(figure: &str) -> Vec<String> {
    let mut ways = ways(figure);
    if figure.len() == 2 && figure.bytes().all(|byte| byte.is_ascii_digit()) {
        ways.push(one_by_one(figure));
    }
    ways
}

/// The ways of digits without a point; `None` where there are none, or something else is among them.
fn whole_ways(digits: &str) -> Option<Vec<String>> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut ways = Vec::new();
    let coded = digits.len() > 1 && digits.starts_with('0');
    if !coded && digits.len() <= LONGEST_CARDINAL {
        ways.push(cardinal(digits.parse().ok()?));
    }
    // “Every thousand days”: the number of one stays unsaid.
    let bare = ways.first().and_then(|way| way.strip_prefix("one ")).filter(|bare| !bare.contains(' '));
    if let Some(bare) = bare.map(str::to_owned) {
        ways.push(bare);
    }
    if digits.len() > 2 || coded {
        ways.push(one_by_one(digits));
    }
    match digits.len() {
        3 => ways.push(format!("{} {}", one_by_one(&digits[..1]), pair(&digits[1..]))),
        4 => ways.push(format!("{} {}", pair(&digits[..2]), pair(&digits[2..]))),
        _ => {}
    }
    Some(ways)
}

/// Digits read out one by one, “oh” for the nought.
fn one_by_one(digits: &str) -> String {
    let words = digits.bytes().map(|byte| match byte {
        b'0' if digits.len() > 1 => "oh",
        _ => name(byte.saturating_sub(b'0')),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Two digits within a longer number: “eighty-four”, “oh five”, “hundred”.
pub(super) fn pair(digits: &str) -> String {
    match digits {
        "00" => "hundred".to_owned(),
        _ if digits.starts_with('0') => one_by_one(digits),
        _ => digits.parse().map(cardinal).unwrap_or_default(),
    }
}
