//! Where an action stands, in one short phrase: for lists and for the sheet.

use relais_analytics::verdict::Says;

use super::review::Standing;
use super::{Action, State};
use crate::calendar::{Zone, date_in_words};
use crate::i18n::{Lang, Text};

/// What is said of an action: when it will be looked at, or what came of it and what the teams decided.
pub fn say(action: &Action, standing: &Standing, zone: &Zone, lang: Lang) -> String {
    let found = match standing {
        Standing::Running(day) => Text::new("standing-running").with("date", date_in_words(*day, lang)).say(lang),
        Standing::Withheld(why) => Text::new("standing-withheld").with("why", why.say(zone, lang)).say(lang),
        Standing::Judged(judged) => Text::new(match judged.verdict.says {
            Says::Moved => "standing-moved",
            Says::NoSignalYet => "standing-no-signal",
            Says::TooEarly => "standing-too-early",
            Says::TooFewAnswers => "standing-too-few",
        })
        .say(lang),
    };
    match action.state {
        State::Open => found,
        decided => {
            Text::new("standing-decided").with("found", found).with("decided", decided.text().say(lang)).say(lang)
        }
    }
}
