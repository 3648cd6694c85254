//! Intervals between reviews: `180d`, `6mo`, `1y`.

use std::fmt;

use super::Interval;
use crate::data::{Entry, Fields};

/// What an interval is, for messages.
const WANTED: &str = "an interval such as `180d`, `6mo` or `1y`";

/// No interval is longer than a century.
const LONGEST: [u32; 3] = [36_500, 1_200, 100];

impl Interval {
    /// The interval that a text such as `180d`, `6mo` or `1y` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Interval> {
        let text = text.trim();
        let unit = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at_checked(unit)?;
        let number: u32 = number.parse().ok().filter(|&number| number > 0)?;
        let [days, months, years] = LONGEST;
        match unit.trim_start() {
            "d" if number <= days => Some(Self::Days(number)),
            "mo" if number <= months => Some(Self::Months(number)),
            "y" if number <= years => Some(Self::Years(number)),
            _ => None,
        }
    }

    /// Read an interval; what is none is a finding of `check`, or `wrong-type` where it is no text.
    pub fn read(fields: &mut Fields<'_>, entry: &Entry, check: &'static str) -> Option<Interval> {
        let text = fields.text(entry)?;
        let interval = Self::parse(&text);
        if interval.is_none() {
            let message = format!("`{}` is {WANTED}, not `{text}`", entry.key);
            fields.push(
                fields.finding(check, entry.node.span, message).hint("write a number above zero and `d`, `mo` or `y`"),
            );
        }
        interval
    }

    /// The day this long after `iso_date` (`2026-10-03`); the last of the month where that day does not exist.
    #[must_use]
    pub fn after(&self, iso_date: &str) -> Option<String> {
        let date: jiff::civil::Date = iso_date.parse().ok()?;
        let span = match *self {
            Self::Days(days) => jiff::Span::new().try_days(days),
            Self::Months(months) => jiff::Span::new().try_months(months),
            Self::Years(years) => jiff::Span::new().try_years(years),
        };
        Some(date.checked_add(span.ok()?).ok()?.to_string())
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days}d"),
            Self::Months(months) => write!(f, "{months}mo"),
            Self::Years(years) => write!(f, "{years}y"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_a_number_and_a_unit() {
        for text in ["180d", "6mo", "1y"] {
            let interval = Interval::parse(text).expect("an interval");
            assert_eq!(interval.to_string(), text);
        }
        assert_eq!(Interval::parse(" 6 mo"), Some(Interval::Months(6)));
        for text in ["", "d", "6", "0d", "-1d", "6m", "1 year", "99999999999d", "101y", "½y"] {
            assert_eq!(Interval::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_review_falls_due_by_the_calendar() {
        let after = |text: &str, day: &str| Interval::parse(text).and_then(|it| it.after(day));
        assert_eq!(after("180d", "2026-01-01").as_deref(), Some("2026-06-30"));
        assert_eq!(after("6mo", "2026-08-31").as_deref(), Some("2027-02-28"));
        assert_eq!(after("1y", "2028-02-29").as_deref(), Some("2029-02-28"));
        assert_eq!(after("1y", "soon"), None);
        assert_eq!(after("100y", "9999-01-01"), None);
    }
}
