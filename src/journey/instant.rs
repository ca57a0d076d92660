//! Times as files write them: RFC 3339, or ISO local time in the organisation's zone.
//!
//! Read by hand because a million of them pass here; jiff decides whatever needs a zone.

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::clock::Instant;

/// What a day without a time of day means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Its first second: something began or ended on that day.
    First,
    /// Its last second: something was promised by that day.
    Last,
}

/// Why a time was refused: the key of its text.
pub type Reason = &'static str;

const MALFORMED: Reason = "journey-time-malformed";
const IMPOSSIBLE: Reason = "journey-time-impossible";
const SKIPPED: Reason = "journey-time-skipped";
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The instant of a text. A local time that the clock shows twice is the first of the two.
pub fn parse(text: &str, zone: &TimeZone, day: Day) -> Result<Instant, Reason> {
    let mut rest = Rest(text.trim().as_bytes());
    let date = rest.date()?;
    if rest.0.is_empty() {
        let (hour, minute, second) = if day == Day::First { (0, 0, 0) } else { (23, 59, 59) };
        return local(date.at(hour, minute, second, 0), zone, day);
    }
    if !matches!(rest.next(), Some(b'T' | b't' | b' ')) {
        return Err(MALFORMED);
    }
    let time = rest.time()?;
    let civil = date.to_datetime(time);
    match rest.offset()? {
        Some(offset) => Ok(utc(civil) - offset),
        None => local(civil, zone, day),
    }
}

fn local(civil: civil::DateTime, zone: &TimeZone, day: Day) -> Result<Instant, Reason> {
    let offset = match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Fold { before, .. } => before,
        // A whole day has a beginning even where its midnight is skipped.
        AmbiguousOffset::Gap { before, .. }
            if day == Day::First && civil.time() == civil::Time::midnight() =>
        {
            before
        }
        AmbiguousOffset::Gap { .. } => return Err(SKIPPED),
    };
    Ok(utc(civil) - i64::from(offset.seconds()))
}

/// The seconds from 1970 of a civil time read as UTC (days from civil, Howard Hinnant's
/// algorithm).
fn utc(civil: civil::DateTime) -> Instant {
    let (year, month, day) =
        (i64::from(civil.year()), i64::from(civil.month()), i64::from(civil.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days * 86_400
        + i64::from(civil.hour()) * 3_600
        + i64::from(civil.minute()) * 60
        + i64::from(civil.second())
}

/// What is still to be read of a time.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn digits(&mut self, count: usize) -> Result<i16, Reason> {
        let (digits, rest) = self.0.split_at_checked(count).ok_or(MALFORMED)?;
        self.0 = rest;
        digits.iter().try_fold(0, |n: i16, d| match d {
            b'0'..=b'9' => Ok(n * 10 + i16::from(d - b'0')),
            _ => Err(MALFORMED),
        })
    }

    fn small(&mut self) -> Result<i8, Reason> {
        i8::try_from(self.digits(2)?).map_err(|_| MALFORMED)
    }

    fn sign(&mut self, sign: u8) -> Result<(), Reason> {
        if self.next() == Some(sign) { Ok(()) } else { Err(MALFORMED) }
    }

    fn date(&mut self) -> Result<civil::Date, Reason> {
        if self.0.iter().take_while(|b| b.is_ascii_digit()).count() > 4 {
            return Err(IMPOSSIBLE);
        }
        let year = self.digits(4)?;
        self.sign(b'-')?;
        let month = self.small()?;
        self.sign(b'-')?;
        let day = self.small()?;
        if !YEARS.contains(&year) {
            return Err(IMPOSSIBLE);
        }
        civil::Date::new(year, month, day).map_err(|_| IMPOSSIBLE)
    }

    fn time(&mut self) -> Result<civil::Time, Reason> {
        let hour = self.small()?;
        self.sign(b':')?;
        let minute = self.small()?;
        let mut second = 0;
        if self.0.first() == Some(&b':') {
            self.sign(b':')?;
            // A leap second is the second before it.
            second = self.small().map(|s| if s == 60 { 59 } else { s })?;
            self.fraction()?;
        }
        civil::Time::new(hour, minute, second, 0).map_err(|_| IMPOSSIBLE)
    }

    /// Fractions of a second are read and dropped: nothing here is that fine.
    fn fraction(&mut self) -> Result<(), Reason> {
        if !matches!(self.0.first(), Some(b'.' | b',')) {
            return Ok(());
        }
        let digits = self.0[1..].iter().take_while(|b| b.is_ascii_digit()).count();
        self.0 = &self.0[1 + digits..];
        if digits == 0 { Err(MALFORMED) } else { Ok(()) }
    }

    fn offset(&mut self) -> Result<Option<i64>, Reason> {
        let sign = match self.next() {
            None => return Ok(None),
            Some(b'Z' | b'z') => return self.end(Some(0)),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return Err(MALFORMED),
        };
        let hours = self.small()?;
        if self.0.first() == Some(&b':') {
            self.sign(b':')?;
        }
        let minutes = if self.0.is_empty() { 0 } else { self.small()? };
        if hours > 18 || minutes > 59 {
            return Err(IMPOSSIBLE);
        }
        self.end(Some(sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60)))
    }

    fn end(&self, offset: Option<i64>) -> Result<Option<i64>, Reason> {
        if self.0.is_empty() { Ok(offset) } else { Err(MALFORMED) }
    }
}

#[cfg(test)]
mod tests {
    use crate::journey::instant::*;
    use proptest::prelude::*;

    fn paris(text: &str) -> Result<Instant, Reason> {
        parse(text, &TimeZone::get("Europe/Paris").unwrap(), Day::First)
    }

    #[test]
    fn offsets_zones_and_spaces_give_the_same_instant() {
        for text in [
            "2026-07-06T10:00:00Z",
            "2026-07-06T12:00:00+02:00",
            "2026-07-06 12:00:00.123+0200",
            "2026-07-06 12:00:00,5+02",
            "2026-07-06T12:00",
            " 2026-07-06 12:00:00 ",
        ] {
            assert_eq!(paris(text), Ok(1_783_332_000), "{text}");
        }
    }

    #[test]
    fn impossible_and_malformed_times_are_told_apart() {
        for text in [
            "2026-02-30T10:00:00Z",
            "20226-01-01T00:00:00Z",
            "1492-01-01",
            "2026-13-01",
            "2026-01-01T24:10",
            "2026-01-01T10:61",
        ] {
            assert_eq!(paris(text), Err(IMPOSSIBLE), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "06/07/2026 12:00",
            "2026-07-06T",
            "2026-07-06T12:00:00+02:00x",
            "2026-07-06T12:00:00.",
            "٢٠٢٦-07-06",
        ] {
            assert_eq!(paris(text), Err(MALFORMED), "{text}");
        }
    }

    #[test]
    fn an_hour_that_the_clock_skips_does_not_exist_and_one_it_repeats_is_the_first() {
        assert_eq!(paris("2026-03-29T02:30:00"), Err(SKIPPED));
        assert_eq!(paris("2026-10-25T02:30:00"), paris("2026-10-25T02:30:00+02:00"));
    }

    #[test]
    fn a_bare_day_begins_at_its_first_second_and_promises_until_its_last() {
        assert_eq!(paris("2026-07-06"), paris("2026-07-06T00:00:00"));
        let promised = parse("2026-07-06", &TimeZone::UTC, Day::Last);
        assert_eq!(promised, parse("2026-07-06T23:59:59Z", &TimeZone::UTC, Day::First));
    }

    proptest! {
        #[test]
        fn agrees_with_jiff(second in -2_000_000_000i64..7_000_000_000) {
            let text = jiff::Timestamp::from_second(second).unwrap().to_string();
            prop_assert_eq!(parse(&text, &TimeZone::UTC, Day::First), Ok(second));
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[0-9TZ:+. -]{0,30}") {
            let _ = paris(&text);
        }
    }
}
