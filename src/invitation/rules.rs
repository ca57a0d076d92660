//! The rules of asking: whom of a journey type, when, and how often at most. Whoever may change
//! them gives a reason, and the settings journal keeps both.

use serde::{Deserialize, Serialize};

use crate::error::Refusal;
use crate::i18n::Text;

/// How a journey type asks. By default everybody is asked, a day after the journey and not at
/// night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Of a hundred customers who could be asked, so many are.
    pub rate_percent: i32,
    /// Hours between the end of a journey and the invitation.
    pub delay_hours: i32,
    /// Hour of the day from which nobody is written to.
    pub quiet_from: i32,
    /// Hour of the day until which nobody is written to; the same hour as `quiet_from` means no
    /// quiet hours.
    pub quiet_until: i32,
    /// Days after the invitation at which a reminder goes out; 0 for none.
    pub reminder_days: i32,
    /// Days in which an address is written to about one journey at most; 0 for no rest.
    pub rest_days: i32,
    /// Days for which a link is open.
    pub link_days: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            rate_percent: 100,
            delay_hours: 24,
            quiet_from: 20,
            quiet_until: 8,
            reminder_days: 5,
            rest_days: 60,
            link_days: 30,
        }
    }
}

impl Rules {
    /// Moves each rule inside its bounds, in case the row was changed behind the journal's back.
    #[must_use]
    pub fn in_bounds(mut self) -> Self {
        for field in Field::ALL {
            let (least, most) = field.bounds(&self);
            let value = field.of_mut(&mut self);
            *value = (*value).clamp(least, most);
        }
        self
    }

    /// Which rules are outside their bounds, each with the name of its field.
    pub fn problems(&self) -> Vec<Refusal> {
        let outside = Field::ALL.into_iter().filter(|field| {
            let (least, most) = field.bounds(self);
            !(least..=most).contains(&field.of(self))
        });
        outside.map(|field| field.outside(self)).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Rate,
    Delay,
    QuietFrom,
    QuietUntil,
    Link,
    Reminder,
    Rest,
}

impl Field {
    /// In the order in which they are asked and checked: the reminder needs to know how long a
    /// link is open.
    pub const ALL: [Self; 7] = [
        Self::Rate,
        Self::Delay,
        Self::QuietFrom,
        Self::QuietUntil,
        Self::Link,
        Self::Reminder,
        Self::Rest,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Rate => "rate_percent",
            Self::Delay => "delay_hours",
            Self::QuietFrom => "quiet_from",
            Self::QuietUntil => "quiet_until",
            Self::Link => "link_days",
            Self::Reminder => "reminder_days",
            Self::Rest => "rest_days",
        }
    }

    pub fn label(self) -> Text {
        Text::new(match self {
            Self::Rate => "asking-rate",
            Self::Delay => "asking-delay",
            Self::QuietFrom => "asking-quiet-from",
            Self::QuietUntil => "asking-quiet-until",
            Self::Link => "asking-link",
            Self::Reminder => "asking-reminder",
            Self::Rest => "asking-rest",
        })
    }

    /// The smallest and the largest value that it may have beside the others.
    pub fn bounds(self, rules: &Rules) -> (i32, i32) {
        match self {
            Self::Rate => (1, 100),
            Self::Delay => (0, 14 * 24),
            Self::QuietFrom | Self::QuietUntil => (0, 23),
            Self::Link => (7, 60),
            // A reminder of a link that has ended helps nobody.
            Self::Reminder => (0, (rules.link_days - 1).max(0)),
            Self::Rest => (0, 365),
        }
    }

    /// The bounds whatever the other rules are, and a text about them.
    pub fn hint(self) -> (i32, i32, Text) {
        let (least, most) = self.bounds(&Rules { link_days: 60, ..Rules::default() });
        let key = match self {
            Self::QuietUntil => "asking-quiet-hint",
            Self::Reminder => "asking-reminder-hint",
            _ => "asking-bounds",
        };
        (least, most, Text::new(key).with("least", least).with("most", most))
    }

    pub fn of(self, rules: &Rules) -> i32 {
        match self {
            Self::Rate => rules.rate_percent,
            Self::Delay => rules.delay_hours,
            Self::QuietFrom => rules.quiet_from,
            Self::QuietUntil => rules.quiet_until,
            Self::Link => rules.link_days,
            Self::Reminder => rules.reminder_days,
            Self::Rest => rules.rest_days,
        }
    }

    fn of_mut(self, rules: &mut Rules) -> &mut i32 {
        match self {
            Self::Rate => &mut rules.rate_percent,
            Self::Delay => &mut rules.delay_hours,
            Self::QuietFrom => &mut rules.quiet_from,
            Self::QuietUntil => &mut rules.quiet_until,
            Self::Link => &mut rules.link_days,
            Self::Reminder => &mut rules.reminder_days,
            Self::Rest => &mut rules.rest_days,
        }
    }

    fn outside(self, rules: &Rules) -> Refusal {
        let (least, most) = self.bounds(rules);
        Refusal::new(Text::new("asking-bounds").with("least", least).with("most", most))
            .in_field(self.code())
    }
}

/// Rules as they were typed, in a form or after a command. What is absent or empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RulesInput {
    pub rate_percent: Option<String>,
    pub delay_hours: Option<String>,
    pub quiet_from: Option<String>,
    pub quiet_until: Option<String>,
    pub reminder_days: Option<String>,
    pub rest_days: Option<String>,
    pub link_days: Option<String>,
    pub reason: Option<String>,
}

impl RulesInput {
    pub fn of(&self, field: Field) -> Option<&str> {
        let typed = match field {
            Field::Rate => &self.rate_percent,
            Field::Delay => &self.delay_hours,
            Field::QuietFrom => &self.quiet_from,
            Field::QuietUntil => &self.quiet_until,
            Field::Link => &self.link_days,
            Field::Reminder => &self.reminder_days,
            Field::Rest => &self.rest_days,
        };
        typed.as_deref().map(str::trim).filter(|typed| !typed.is_empty())
    }

    pub fn is_empty(&self) -> bool {
        Field::ALL.iter().all(|field| self.of(*field).is_none())
    }

    /// The rules in force with these put in their places, or everything that is wrong with these.
    pub fn over(&self, in_force: &Rules) -> Result<Rules, Vec<Refusal>> {
        let (mut rules, mut unreadable) = (*in_force, Vec::new());
        for field in Field::ALL {
            match self.of(field).map(str::parse) {
                Some(Ok(value)) => *field.of_mut(&mut rules) = value,
                Some(Err(_)) => unreadable.push(field),
                None => {}
            }
        }
        let mut problems = rules.problems();
        problems.extend(unreadable.into_iter().map(|field| field.outside(&rules)));
        if problems.is_empty() { Ok(rules) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use crate::invitation::rules::*;

    fn typed(set: impl FnOnce(&mut RulesInput)) -> Result<Rules, Vec<String>> {
        let mut asked = RulesInput::default();
        set(&mut asked);
        asked.over(&Rules::default()).map_err(|problems| {
            problems.into_iter().filter_map(|problem| problem.place.field).collect()
        })
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn what_a_journey_type_starts_with_is_inside_its_bounds() {
        assert!(Rules::default().problems().is_empty());
        assert_eq!(Rules::default().in_bounds(), Rules::default());
    }

    #[test]
    fn every_rule_has_bounds_and_a_refusal_names_its_field() {
        assert_eq!(
            typed(|asked| asked.rate_percent = some("0")),
            Err(vec!["rate_percent".to_owned()])
        );
        assert_eq!(
            typed(|asked| asked.delay_hours = some("337")),
            Err(vec!["delay_hours".to_owned()])
        );
        assert_eq!(
            typed(|asked| asked.quiet_from = some("24")),
            Err(vec!["quiet_from".to_owned()])
        );
        assert_eq!(
            typed(|asked| asked.quiet_until = some("-1")),
            Err(vec!["quiet_until".to_owned()])
        );
        assert_eq!(
            typed(|asked| asked.reminder_days = some("30")),
            Err(vec!["reminder_days".to_owned()])
        );
        assert_eq!(typed(|asked| asked.rest_days = some("366")), Err(vec!["rest_days".to_owned()]));
        assert_eq!(typed(|asked| asked.link_days = some("6")), Err(vec!["link_days".to_owned()]));
        assert_eq!(
            typed(|asked| asked.rate_percent = some("all")),
            Err(vec!["rate_percent".to_owned()])
        );
        let both = typed(|asked| (asked.rest_days, asked.rate_percent) = (some("-1"), some("1e2")));
        assert_eq!(
            both,
            Err(vec!["rest_days".to_owned(), "rate_percent".to_owned()]),
            "all are told at once"
        );
    }

    #[test]
    fn what_is_left_out_stays_and_the_reminder_follows_the_link() {
        let rules = typed(|asked| (asked.rate_percent, asked.rest_days) = (some(" 50 "), some("")))
            .expect("sound");
        assert_eq!(rules, Rules { rate_percent: 50, ..Rules::default() });
        assert!(
            typed(|asked| (asked.link_days, asked.reminder_days) = (some("7"), some("6"))).is_ok()
        );
        assert!(
            typed(|asked| (asked.link_days, asked.reminder_days) = (some("7"), some("7"))).is_err()
        );
        let broken =
            Rules { link_days: 900, reminder_days: -4, quiet_from: 99, ..Rules::default() };
        assert_eq!(
            broken.in_bounds(),
            Rules { link_days: 60, reminder_days: 0, quiet_from: 23, ..Rules::default() }
        );
    }
}
