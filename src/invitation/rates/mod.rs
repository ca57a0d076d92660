//! What came of asking, by the week in which journeys were over. Only what the database knows
//! anyway is counted: nothing follows who opens a mail, and a page counts as opened when something
//! was sent from it.

pub mod web;

use std::collections::BTreeMap;

use relais_analytics::interval::wilson;
use serde_json::{Value, json};

use crate::calendar::Week;
use crate::i18n::{Lang, Text, number};
use crate::invitation::{Decision, MailState};

/// The two-sided level of the intervals.
pub const LEVEL: f64 = 0.9;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// The newest first; weeks about which nothing was decided are left out.
    pub weeks: Vec<WeekRates>,
    /// How many mails did not go, by the reason that the sending gave.
    pub failures: Vec<Failure>,
    /// The weeks under this number are on the next page.
    pub older: Option<Week>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekRates {
    pub week: Week,
    /// How many journeys, by what was decided about asking.
    pub decisions: BTreeMap<String, u64>,
    pub counts: Counts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Links that somebody else brings to the customer.
    pub links: u64,
    pub delivered: u64,
    pub undelivered: u64,
    /// It cannot be known whether a server took the mail, so it is not sent again.
    pub unknown: u64,
    /// At least one page was sent to the customer.
    pub opened: u64,
    /// Something was answered, and the link ended before the last page was.
    pub partial: u64,
    /// The last page was answered.
    pub finished: u64,
    pub withdrawn: u64,
    /// Finished or partial answers to delivered mails: a link that came another way has no place
    /// in the rate.
    pub answered: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub state: MailState,
    /// Holds nothing of the address.
    pub code: String,
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl WeekRates {
    pub fn new(week: Week) -> Self {
        Self { week, decisions: BTreeMap::new(), counts: Counts::default() }
    }

    pub fn decided(&self) -> u64 {
        self.decisions.values().sum()
    }

    pub fn invited(&self) -> u64 {
        self.decided_as(Decision::Invited)
    }

    /// Customers who could be asked; the sampling rate then drew those who were.
    pub fn eligible(&self) -> u64 {
        self.invited() + self.decided_as(Decision::SampledOut)
    }

    /// Why the others were not asked, with how many each.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, u64)> {
        let others = self.decisions.iter().filter(|(code, _)| *code != Decision::Invited.code());
        others.map(|(code, count)| (code.as_str(), *count))
    }

    pub fn rate(&self) -> Option<Share> {
        let [answered, delivered] =
            [self.counts.answered, self.counts.delivered].map(i64::try_from);
        let (answered, delivered) = (answered.ok()?, delivered.ok()?);
        let interval = wilson(answered, delivered, LEVEL)?;
        Some(Share {
            share: answered as f64 / delivered as f64,
            low: interval.low,
            high: interval.high,
        })
    }

    fn decided_as(&self, decision: Decision) -> u64 {
        self.decisions.get(decision.code()).copied().unwrap_or(0)
    }
}

impl Share {
    /// In per cent, with the interval.
    pub fn text(self, lang: Lang) -> Text {
        let [share, low, high] =
            [self.share, self.low, self.high].map(|part| number(lang, part * 100.0, 1));
        Text::new("asking-rate-with-interval")
            .with("share", share)
            .with("low", low)
            .with("high", high)
    }
}

/// Why so many are not asked; an unknown code is shown as it stands.
pub fn reason(code: &str, count: u64) -> Text {
    let known = Decision::ALL.into_iter().find(|decision| decision.code() == code);
    let key = match known {
        Some(Decision::SampledOut) => "asking-why-sampled-out",
        Some(Decision::Resting) => "asking-why-resting",
        Some(Decision::OptedOut) => "asking-why-opted-out",
        Some(Decision::NoAddress) => "asking-why-no-address",
        Some(Decision::Phone) => "asking-why-phone",
        Some(Decision::NothingToAsk) => "asking-why-nothing-to-ask",
        Some(Decision::TooOld) => "asking-why-too-old",
        Some(Decision::NotAsking) => "asking-why-not-asking",
        Some(Decision::Invited) | None => {
            return Text::new("asking-why-other").with("code", code).with("n", count);
        }
    };
    Text::new(key).with("n", count)
}

pub fn document(journey_type: &str, rates: &Rates) -> Value {
    json!({
        "journey_type": journey_type, "level": LEVEL,
        "weeks": rates.weeks.iter().map(week_document).collect::<Vec<_>>(),
        "failures": rates.failures.iter().map(failure_document).collect::<Vec<_>>(),
    })
}

fn week_document(week: &WeekRates) -> Value {
    let counts = &week.counts;
    let rate =
        week.rate().map(|rate| json!({"share": rate.share, "low": rate.low, "high": rate.high}));
    json!({
        "from": week.week.monday().to_string(),
        "decided": week.decided(), "eligible": week.eligible(), "invited": week.invited(),
        "not_invited": week.reasons().collect::<BTreeMap<_, _>>(), "links": counts.links,
        "delivered": counts.delivered, "undelivered": counts.undelivered,
        "unknown": counts.unknown, "opened": counts.opened, "partial": counts.partial,
        "finished": counts.finished, "withdrawn": counts.withdrawn, "rate": rate,
    })
}

fn failure_document(failure: &Failure) -> Value {
    json!({"state": failure.state.code(), "code": failure.code, "count": failure.count})
}

#[cfg(test)]
mod tests {
    use crate::invitation::rates::*;

    #[test]
    fn the_rate_is_of_what_was_delivered_and_has_an_interval() {
        let mut week = WeekRates::new(Week(2950));
        assert_eq!((week.decided(), week.rate()), (0, None), "nothing of nothing is no rate");
        week.decisions = [("invited", 300), ("sampled-out", 100), ("resting", 7)]
            .map(|(code, count)| (code.to_owned(), count))
            .into();
        week.counts =
            Counts { delivered: 263, answered: 81, finished: 90, links: 40, ..Counts::default() };
        assert_eq!((week.decided(), week.eligible(), week.invited()), (407, 400, 300));
        assert_eq!(week.reasons().collect::<Vec<_>>(), [("resting", 7), ("sampled-out", 100)]);
        let rate = week.rate().expect("a rate");
        assert!(
            (rate.share - 81.0 / 263.0).abs() < 1e-12
                && rate.low < rate.share
                && rate.share < rate.high
        );
    }
}
