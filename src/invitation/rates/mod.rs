//! What came of asking, by the week in which journeys were over. Only what the database knows anyway is counted: nothing
//! follows who opens a mail, and a page counts as opened when something was sent from it.

pub mod web;

use std::collections::BTreeMap;

use relais_analytics::interval::wilson;
use serde_json::{Value, json};

use crate::calendar::Week;
use crate::i18n::{Lang, Text, number};
use crate::invitation::{Decision, MailState};

/// The two-sided level of the intervals.
pub const LEVEL: f64 = 0.9;

/// The weeks of a journey type, and what the outbox could not do in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// The newest first; weeks about which nothing was decided are left out.
    pub weeks: Vec<Asking>,
    /// By what the sending said, how many mails did not go.
    pub failures: Vec<Failure>,
    /// The weeks under this number are on the next page.
    pub older: Option<Week>,
}

/// One week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// In which the journeys were over.
    pub week: Week,
    /// How many journeys, by what was decided about asking.
    pub decisions: BTreeMap<String, u64>,
    /// What became of the invitations.
    pub counts: Counts,
}

/// What became of the invitations of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Links that somebody else brings to the customer.
    pub links: u64,
    /// A server took the mail.
    pub delivered: u64,
    /// A server refused it.
    pub undelivered: u64,
    /// It cannot be known whether a server took it, so it is not sent again.
    pub unknown: u64,
    /// A page was sent.
    pub opened: u64,
    /// Something was sent, and the link ended before the last page was.
    pub partial: u64,
    /// The last page was sent.
    pub finished: u64,
    /// The customer took the answer back.
    pub withdrawn: u64,
    /// Finished or partial answers to delivered mails: a link that came another way has no place in the rate.
    pub answered: u64,
}

/// A mail that did not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Refused, unknown, or waiting for another try.
    pub state: MailState,
    /// What the sending said, as a code without anything of the address.
    pub code: String,
    /// How many.
    pub count: u64,
}

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Of 1.
    pub share: f64,
    /// Where the interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

impl Asking {
    /// A week without anything so far.
    pub fn new(week: Week) -> Self {
        Self { week, decisions: BTreeMap::new(), counts: Counts::default() }
    }

    /// Journeys about which something was decided.
    pub fn decided(&self) -> u64 {
        self.decisions.values().sum()
    }

    /// How many were invited.
    pub fn invited(&self) -> u64 {
        self.decided_as(Decision::Invited)
    }

    /// Customers who could be asked; the rate then drew those who were.
    pub fn eligible(&self) -> u64 {
        self.invited() + self.decided_as(Decision::SampledOut)
    }

    /// Why the others were not asked, with how many each.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, u64)> {
        let others = self.decisions.iter().filter(|(code, _)| *code != Decision::Invited.code());
        others.map(|(code, count)| (code.as_str(), *count))
    }

    /// How many of those whose mail was delivered answered.
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
    /// In per cent, with the interval, as a language writes numbers.
    pub fn text(self, lang: Lang) -> Text {
        let percent = |share: f64| number(lang, share * 100.0, 1);
        let text = Text::new("asking-rate-with-interval").with("share", percent(self.share));
        text.with("low", percent(self.low)).with("high", percent(self.high))
    }
}

/// Why so many are not asked, in words; a code that has none is told as it stands.
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

/// The rates for programs.
pub fn document(journey_type: &str, rates: &Rates) -> Value {
    let week = |asking: &Asking| {
        let counts = &asking.counts;
        let rate = asking
            .rate()
            .map(|rate| json!({"share": rate.share, "low": rate.low, "high": rate.high}));
        json!({
            "from": asking.week.monday().to_string(),
            "decided": asking.decided(), "eligible": asking.eligible(), "invited": asking.invited(),
            "not_invited": asking.reasons().collect::<BTreeMap<_, _>>(), "links": counts.links,
            "delivered": counts.delivered, "undelivered": counts.undelivered, "unknown": counts.unknown,
            "opened": counts.opened, "partial": counts.partial, "finished": counts.finished,
            "withdrawn": counts.withdrawn, "rate": rate,
        })
    };
    let failure = |failure: &Failure| json!({"state": failure.state.code(), "code": failure.code, "count": failure.count});
    json!({
        "journey_type": journey_type, "level": LEVEL,
        "weeks": rates.weeks.iter().map(week).collect::<Vec<_>>(),
        "failures": rates.failures.iter().map(failure).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use crate::invitation::rates::*;

    #[test]
    fn the_rate_is_of_what_was_delivered_and_has_an_interval() {
        let mut week = Asking::new(Week(2950));
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
