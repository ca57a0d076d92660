//! Weeks, thirds of weeks and days in an organisation's time zone.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::{Lang, Text};

#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// By an IANA name such as `Europe/Paris`.
    pub fn named(name: &str) -> Result<Self> {
        TimeZone::get(name)
            .map(Self)
            .map_err(|_| Text::new("calendar-unknown-zone").with("zone", name).into())
    }

    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    pub fn inner(&self) -> &TimeZone {
        &self.0
    }

    pub fn date(&self, instant: Instant) -> Date {
        timestamp(instant).to_zoned_datetime(self.0.clone()).date()
    }

    /// From 0 to 23.
    pub fn hour(&self, instant: Instant) -> i32 {
        timestamp(instant).to_zoned_datetime(self.0.clone()).hour().into()
    }

    /// The instant of a full hour of a day; where clocks skip it, the first one after.
    pub fn at_hour(&self, date: Date, hour: i32) -> Instant {
        let time =
            i8::try_from(hour).ok().and_then(|hour| jiff::civil::Time::new(hour, 0, 0, 0).ok());
        let moment =
            time.and_then(|time| date.to_datetime(time).to_zoned_datetime(self.0.clone()).ok());
        moment.map_or_else(|| self.start_of(date), |moment| moment.timestamp().as_second())
    }

    pub fn start_of(&self, date: Date) -> Instant {
        date.to_zoned_datetime(self.0.clone())
            .map_or_else(|_| utc_midnight(date), |zoned| zoned.timestamp().as_second())
    }

    pub fn week(&self, instant: Instant) -> Week {
        Week::of(self.date(instant))
    }

    pub fn week_start(&self, week: Week) -> Instant {
        self.start_of(week.monday())
    }

    /// The replicate group of an instant: week and third of the week.
    pub fn replicate(&self, instant: Instant) -> i32 {
        let date = self.date(instant);
        let third = match date.weekday() {
            Weekday::Monday | Weekday::Tuesday => 0,
            Weekday::Wednesday | Weekday::Thursday => 1,
            Weekday::Friday | Weekday::Saturday | Weekday::Sunday => 2,
        };
        Week::of(date).0 * 3 + third
    }
}

/// An ISO week as a running number: the week of Monday 5 January 1970 is 0.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    DeriveValueType,
)]
#[serde(transparent)]
pub struct Week(pub i32);

impl Week {
    pub fn of(date: Date) -> Self {
        let days = (date - EPOCH).get_days();
        Self(days.div_euclid(7))
    }

    pub fn monday(self) -> Date {
        EPOCH.saturating_add((i64::from(self.0) * 7).days())
    }

    pub fn end(self) -> Date {
        self.next().monday()
    }

    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 5);

/// Days since 1970, as tables hold them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Day(pub i32);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self((date - Date::constant(1970, 1, 1)).get_days())
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Date::constant(1970, 1, 1).saturating_add(i64::from(day.0).days())
    }
}

/// In UTC.
pub fn rfc3339(instant: Instant) -> String {
    timestamp(instant).to_string()
}

/// A day as people say it: `mardi 3 novembre`, `Tuesday 3 November`.
pub fn day_in_words(date: Date, lang: Lang) -> String {
    let text =
        Text::new("calendar-day").with("weekday", i32::from(date.weekday().to_monday_one_offset()));
    text.with("day", i32::from(date.day())).with("month", i32::from(date.month())).say(lang)
}

/// With its year, for what may be long past: `3 novembre 2026`, `3 November 2026`.
pub fn date_in_words(date: Date, lang: Lang) -> String {
    let text = Text::new("calendar-date")
        .with("day", i32::from(date.day()))
        .with("month", i32::from(date.month()));
    text.with("year", date.year().to_string()).say(lang)
}

fn timestamp(instant: Instant) -> Timestamp {
    Timestamp::from_second(instant).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn utc_midnight(date: Date) -> Instant {
    i64::from(Day::from(date).0) * 86_400
}

/// An instant for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day and the minute in the organisation's zone.
    pub shown: String,
    /// RFC 3339.
    pub machine: String,
}

impl Moment {
    pub fn of(instant: Instant, zone: &Zone) -> Self {
        let shown = timestamp(instant)
            .to_zoned_datetime(zone.0.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string();
        Self { shown, machine: rfc3339(instant) }
    }
}

#[cfg(test)]
mod tests {
    use crate::calendar::*;
    use jiff::civil::date;

    #[test]
    fn weeks_run_from_monday_to_sunday_across_years() {
        assert_eq!(Week::of(date(2025, 12, 29)), Week::of(date(2026, 1, 4)));
        assert_eq!(Week::of(date(2026, 1, 5)), Week::of(date(2026, 1, 4)).next());
        assert_eq!(Week::of(date(1969, 12, 31)).0, -1);
        assert_eq!(Week::of(date(2026, 11, 21)).monday(), date(2026, 11, 16));
    }

    #[test]
    fn a_day_is_said_in_both_languages() {
        assert_eq!(day_in_words(date(2026, 11, 3), Lang::Fr), "mardi 3 novembre");
        assert_eq!(day_in_words(date(2026, 8, 1), Lang::Fr), "samedi 1er août");
        assert_eq!(day_in_words(date(2026, 11, 3), Lang::En), "Tuesday 3 November");
    }

    #[test]
    fn a_week_begins_at_midnight_of_the_organisation_not_of_greenwich() {
        let paris = Zone::named("Europe/Paris").unwrap();
        let week = Week::of(date(2026, 7, 6));
        assert_eq!(rfc3339(paris.week_start(week)), "2026-07-05T22:00:00Z");
        assert_eq!(paris.week(paris.week_start(week)), week);
        assert_eq!(paris.replicate(paris.week_start(week)), week.0 * 3);
    }

    #[test]
    fn moments_are_those_of_the_organisation() {
        let moment = Moment::of(1_795_262_400, &Zone::named("Europe/Paris").unwrap());
        assert_eq!(
            (moment.shown.as_str(), moment.machine.as_str()),
            ("2026-11-21 13:00", "2026-11-21T12:00:00Z")
        );
    }
}
