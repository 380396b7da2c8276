//! The value of a number, exact, and the one form in which it is compared.

/// A number of at most some thirty digits: `digits` divided by ten to the power of `decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    digits: u128,
    decimals: u32,
}

/// Above this a figure is no quantity that anybody says.
const LARGEST: u128 = 10u128.pow(24);

impl Value {
    pub(super) const fn whole(digits: u64) -> Self {
        Self { digits: digits as u128, decimals: 0 }
    }

    /// Reads digits with at most one decimal point; `None` where they are too many, or a code as “007” is.
    pub(super) fn parse(figure: &str) -> Option<Self> {
        let (before, after) = figure.split_once('.').unwrap_or((figure, ""));
        if (before.len() > 1 && before.starts_with('0'))
            || before.len() + after.len() > 20
            || after.contains('.')
        {
            return None;
        }
        let digits = format!("{before}{after}").parse().ok()?;
        Some(Self { digits, decimals: after.len() as u32 })
    }

    /// The same times ten to the power of `exponent`; `None` where it grows too large.
    pub(super) fn times_ten_to(self, exponent: u32) -> Option<Self> {
        let left = exponent.saturating_sub(self.decimals);
        let digits = self.digits.checked_mul(10u128.checked_pow(left)?)?;
        (digits < LARGEST).then_some(Self { digits, decimals: self.decimals.saturating_sub(exponent) })
    }

    /// The same with hundredths added, of a whole number.
    pub(super) fn and_hundredths(self, hundredths: u64) -> Option<Self> {
        if self.decimals > 0 {
            return None;
        }
        Some(Self { digits: self.digits.checked_mul(100)? + u128::from(hundredths), decimals: 2 })
    }

    /// The same with these digits after the decimal point, of a whole number.
    pub(super) fn and_decimals(self, decimals: &str) -> Option<Self> {
        if self.decimals > 0 || decimals.len() > 9 {
            return None;
        }
        let places = decimals.len() as u32;
        let digits = self.digits.checked_mul(10u128.pow(places))? + decimals.parse::<u128>().ok()?;
        Some(Self { digits, decimals: places })
    }

    /// The whole number, where it is one and small.
    pub(super) fn small(self) -> Option<u64> {
        (self.decimals == 0).then(|| u64::try_from(self.digits).ok()).flatten()
    }
}

impl std::fmt::Display for Value {
    /// Digits without a separator, and without noughts at the end of the decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let one = 10u128.pow(self.decimals);
        let (whole, rest) = (self.digits / one, self.digits % one);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{rest:0width$}", width = self.decimals as usize);
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}
