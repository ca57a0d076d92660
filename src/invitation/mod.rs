//! Invitations: whom to ask, when, and how often at most; the mails that carry the links;
//! opt-outs.
//!
//! A journey that is over is decided about once ([`deciding`]): [`decide`] is a pure function of
//! what is known, of time and of chance. Who is invited gets the parts that they will be asked
//! about, drawn and stored with their probabilities, and a mail in the outbox ([`outbox`]), which
//! sends it at most once. Each mail has a link of its own, and only the digest of its secret is
//! stored. Somebody else may bring the links instead ([`links`]).
//!
//! Reading order: this file, [`rules`], [`deciding`], [`outbox`], [`message`], [`links`],
//! [`store`]; then what came of it ([`rates`]) and what is let go of ([`purge`], [`erasure`]);
//! [`rotation`] is another key for the addresses.

pub mod chosen;
pub mod deciding;
pub mod erasure;
pub mod links;
pub mod message;
pub mod outbox;
pub mod purge;
pub mod rates;
pub mod rotation;
pub mod rules;
pub mod store;

use crate::calendar::Zone;
use crate::clock::Instant;
use crate::limits;
pub use crate::schema::codes::{Decision, MailState};

pub use rules::Rules;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Mail,
    /// By somebody else: a text message, a code to scan.
    Link,
}

impl Channel {
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Link => "link",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Nothing,
    Mail,
    Phone,
}

impl Reach {
    /// See [`crate::journey::event::Contact`].
    pub fn of(address: Option<&str>) -> Self {
        match address {
            None => Self::Nothing,
            Some(address) if address.contains('@') => Self::Mail,
            Some(_) => Self::Phone,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub finished_at: Instant,
    /// Since when customers of its type are asked; `None` when they are not.
    pub asking_since: Option<Instant>,
    pub parts: usize,
    pub reach: Reach,
    pub opted_out: bool,
    pub contacted_at: Option<Instant>,
}

/// Whether the customer is asked. `chance` is even in [0, 1).
pub fn decide(
    facts: &Facts,
    rules: &Rules,
    channel: Channel,
    now: Instant,
    chance: f64,
) -> Decision {
    let rest = i64::from(rules.rest_days) * DAY;
    if facts.asking_since.is_none_or(|since| since > facts.finished_at) {
        Decision::NotAsking
    } else if now - facts.finished_at > limits::ASK_WITHIN {
        Decision::TooOld
    } else if facts.parts == 0 {
        Decision::NothingToAsk
    } else if channel == Channel::Mail && facts.reach == Reach::Nothing {
        Decision::NoAddress
    } else if channel == Channel::Mail && facts.reach == Reach::Phone {
        Decision::Phone
    } else if facts.opted_out {
        Decision::OptedOut
    } else if facts.contacted_at.is_some_and(|at| now - at < rest) {
        Decision::Resting
    } else if chance * 100.0 >= f64::from(rules.rate_percent) {
        Decision::SampledOut
    } else {
        Decision::Invited
    }
}

impl Rules {
    /// When the invitation of a journey goes out: after the delay, and not in the quiet hours.
    pub fn invites_at(&self, zone: &Zone, finished_at: Instant, now: Instant) -> Instant {
        self.awake(zone, now.max(finished_at + i64::from(self.delay_hours) * HOUR))
    }

    /// When the reminder of a mail goes out; `None` when there is none, or when the link would
    /// have ended by then.
    pub fn reminds_at(
        &self,
        zone: &Zone,
        sent_at: Instant,
        expires_at: Instant,
    ) -> Option<Instant> {
        let at = self.awake(zone, sent_at + i64::from(self.reminder_days) * DAY);
        (self.reminder_days > 0 && at < expires_at).then_some(at)
    }

    /// The first instant from `at` on that is outside the quiet hours.
    pub fn awake(&self, zone: &Zone, at: Instant) -> Instant {
        let hour = zone.hour(at);
        let (from, until) = (self.quiet_from, self.quiet_until);
        let quiet = if from <= until {
            (from..until).contains(&hour)
        } else {
            hour >= from || hour < until
        };
        if from == until || !quiet {
            return at;
        }
        let today = zone.date(at);
        let day = if hour < until { today } else { today.tomorrow().unwrap_or(today) };
        zone.at_hour(day, until)
    }
}

#[cfg(test)]
mod tests {
    use crate::invitation::*;

    const NOW: Instant = 1_795_262_400;

    fn facts() -> Facts {
        Facts {
            finished_at: NOW - HOUR,
            asking_since: Some(0),
            parts: 5,
            reach: Reach::Mail,
            opted_out: false,
            contacted_at: None,
        }
    }

    fn decided(facts: Facts, chance: f64) -> Decision {
        decide(
            &facts,
            &Rules { rate_percent: 50, rest_days: 60, ..Rules::default() },
            Channel::Mail,
            NOW,
            chance,
        )
    }

    #[test]
    fn a_customer_is_asked_unless_something_speaks_against_it() {
        assert_eq!(decided(facts(), 0.49), Decision::Invited);
        assert_eq!(decided(facts(), 0.5), Decision::SampledOut);
        assert_eq!(decided(Facts { asking_since: None, ..facts() }, 0.0), Decision::NotAsking);
        assert_eq!(decided(Facts { asking_since: Some(NOW), ..facts() }, 0.0), Decision::NotAsking);
        assert_eq!(
            decided(Facts { finished_at: NOW - 15 * DAY, ..facts() }, 0.0),
            Decision::TooOld
        );
        assert_eq!(decided(Facts { parts: 0, ..facts() }, 0.0), Decision::NothingToAsk);
        assert_eq!(decided(Facts { reach: Reach::Nothing, ..facts() }, 0.0), Decision::NoAddress);
        assert_eq!(decided(Facts { reach: Reach::Phone, ..facts() }, 0.0), Decision::Phone);
        assert_eq!(decided(Facts { opted_out: true, ..facts() }, 0.0), Decision::OptedOut);
        assert_eq!(
            decided(Facts { contacted_at: Some(NOW - 59 * DAY), ..facts() }, 0.0),
            Decision::Resting
        );
        assert_eq!(
            decided(Facts { contacted_at: Some(NOW - 60 * DAY), ..facts() }, 0.0),
            Decision::Invited
        );
    }

    #[test]
    fn another_sender_needs_no_mailbox_and_keeps_to_the_rest() {
        let by_link = |facts: Facts| decide(&facts, &Rules::default(), Channel::Link, NOW, 0.0);
        assert_eq!(by_link(Facts { reach: Reach::Phone, ..facts() }), Decision::Invited);
        assert_eq!(by_link(Facts { reach: Reach::Nothing, ..facts() }), Decision::Invited);
        assert_eq!(by_link(Facts { opted_out: true, ..facts() }), Decision::OptedOut);
        assert_eq!(by_link(Facts { contacted_at: Some(NOW - DAY), ..facts() }), Decision::Resting);
    }

    #[test]
    fn nobody_is_written_to_at_night_whatever_the_zone_and_its_summer_time() {
        let paris = Zone::named("Europe/Paris").unwrap();
        let rules = Rules {
            quiet_from: 20,
            quiet_until: 8,
            delay_hours: 24,
            reminder_days: 5,
            ..Rules::default()
        };
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
        // 19:30 in Paris is fine, 20:30 waits for the morning, and so does 03:00 of the same day.
        assert_eq!(rules.awake(&paris, at("2026-11-20T18:30:00Z")), at("2026-11-20T18:30:00Z"));
        assert_eq!(rules.awake(&paris, at("2026-11-20T19:30:00Z")), at("2026-11-21T07:00:00Z"));
        assert_eq!(rules.awake(&paris, at("2026-11-21T02:00:00Z")), at("2026-11-21T07:00:00Z"));
        // The night in which the clocks go back.
        assert_eq!(rules.awake(&paris, at("2026-10-24T20:30:00Z")), at("2026-10-25T07:00:00Z"));
        // Quiet at noon, on the same day.
        let noon = Rules { quiet_from: 12, quiet_until: 14, ..rules };
        assert_eq!(noon.awake(&paris, at("2026-11-20T11:10:00Z")), at("2026-11-20T13:00:00Z"));
        let never = Rules { quiet_from: 0, quiet_until: 0, ..rules };
        assert_eq!(never.awake(&paris, 5), 5);
        assert_eq!(
            rules.invites_at(&paris, at("2026-11-19T21:00:00Z"), 0),
            at("2026-11-21T07:00:00Z")
        );
        let sent = at("2026-11-20T10:00:00Z");
        assert_eq!(rules.reminds_at(&paris, sent, sent + 30 * DAY), Some(sent + 5 * DAY));
        assert_eq!(
            rules.reminds_at(&paris, sent, sent + 4 * DAY),
            None,
            "the link has ended by then"
        );
        assert_eq!(
            Rules { reminder_days: 0, ..rules }.reminds_at(&paris, sent, sent + 30 * DAY),
            None
        );
    }
}
