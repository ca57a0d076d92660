//! Actions and their verdicts in words. Whether something moved is said with what it rests on, and
//! never as better or worse.

use relais_analytics::Direction;
use relais_analytics::verdict::{Change, Comparator, Conclusion, MINIMUM_WEEKS_AFTER, Verdict};

use super::review::{Judged, Standing};
use super::{Action, Plan, State};
use crate::blueprint::{Blueprint, Names};
use crate::breakdown::request::Catalogue;
use crate::breakdown::titles::{named, placed};

use crate::calendar::date_in_words;
use crate::chart::{Kind, Measure};
use crate::i18n::{Lang, Text, number};
use crate::privacy::redact::Kind as Masked;
use crate::privacy::{Disclosed, Place};

/// The figure that should move, as it is called.
pub fn measured(
    blueprint: &Blueprint,
    measure: &Measure,
    kind: Option<Kind>,
    lang: Lang,
) -> String {
    let Some(element) = measure.element() else {
        let all = if *measure == Measure::Outcome { "chart-outcome" } else { "chart-promises" };
        return Text::new(all).say(lang);
    };
    // Our own questionnaire asks a handoff by frictions.
    let handoff = element.steps().len() == 2;
    let key = match (
        element.is_rated(),
        kind.unwrap_or(if handoff { Kind::Shares } else { Kind::Means }),
    ) {
        (false, _) => "chart-kept",
        (true, Kind::Means | Kind::Days) => "chart-rating",
        (true, Kind::Shares) => "chart-friction",
    };
    Text::new(key).with("element", named(blueprint, element, lang)).say(lang)
}

/// Which way the figure should go.
pub fn direction(direction: Direction, lang: Lang) -> String {
    Text::new(match direction {
        Direction::Up => "discussion-up",
        Direction::Down => "discussion-down",
    })
    .say(lang)
}

/// What an action is compared with.
pub fn control(control: Option<&Place>, known: &Catalogue, lang: Lang) -> String {
    match control {
        None => Text::new("discussion-control-past").say(lang),
        Some(Place::Region(_)) => Text::new("discussion-control-regions").say(lang),
        Some(place) => {
            Text::new("discussion-control-rest").with("place", placed(place, known, lang)).say(lang)
        }
    }
}

/// The name of a team; its code where it has none any more.
pub fn team(code: &str, known: &Catalogue, lang: Lang) -> String {
    let found = known.teams.iter().find(|(team, _)| team == code);
    found.map_or_else(|| code.to_owned(), |(_, names): &(String, Names)| names.say(lang).to_owned())
}

/// Who does it.
pub fn carrier(plan: &Plan, known: &Catalogue, lang: Lang) -> String {
    match plan.team.as_deref() {
        Some(code) => team(code, known, lang),
        None => Text::new("discussion-process-owner").say(lang),
    }
}

/// Where an action stands.
pub fn standing(standing: &Standing, plan: &Plan, lang: Lang) -> String {
    match standing {
        Standing::Running(on) => {
            Text::new("discussion-running").with("date", date_in_words(*on, lang)).say(lang)
        }
        Standing::Withheld(why) => why.say(lang),
        Standing::Judged(judged) => verdict(judged, plan, lang),
    }
}

/// A verdict's one word.
pub fn word(says: Conclusion, lang: Lang) -> String {
    Text::new(match says {
        Conclusion::Moved => "discussion-moved",
        Conclusion::NoSignalYet => "discussion-no-signal",
        Conclusion::TooEarly => "discussion-too-early",
        Conclusion::TooFewAnswers => "discussion-too-few",
    })
    .say(lang)
}

fn verdict(judged: &Disclosed<Judged>, plan: &Plan, lang: Lang) -> String {
    let Verdict { conclusion, change, weeks_after, comparator, .. } = judged.verdict;
    let mut said = vec![match conclusion {
        Conclusion::TooEarly => {
            Text::new("discussion-too-early-why").with("weeks", MINIMUM_WEEKS_AFTER).say(lang)
        }
        Conclusion::TooFewAnswers => {
            Text::new("discussion-too-few-why").with("weeks", weeks_after).say(lang)
        }
        Conclusion::Moved | Conclusion::NoSignalYet => {
            change.map_or_else(String::new, |change| changed(change, comparator, lang))
        }
    }];
    if let (Conclusion::NoSignalYet | Conclusion::TooFewAnswers, Some(change)) =
        (conclusion, change)
    {
        said.push(
            Text::new("discussion-visible-by-now")
                .with("points", points(change.smallest_visible, lang))
                .say(lang),
        );
    }
    let against = match plan.direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    };
    if conclusion == Conclusion::NoSignalYet && change.is_some_and(|change| change.moved(against)) {
        said.push(Text::new("discussion-other-way").say(lang));
    }
    said.join(" ")
}

fn changed(change: Change, comparator: Comparator, lang: Lang) -> String {
    let key = match comparator {
        Comparator::Control => "discussion-changed-control",
        Comparator::OwnPast => "discussion-changed-past",
    };
    let text = Text::new(key)
        .with("points", signed(change.value, lang))
        .with("low", signed(change.interval.low, lang));
    text.with("high", signed(change.interval.high, lang)).say(lang)
}

fn signed(value: f64, lang: Lang) -> String {
    let plus = if value >= 0.05 { "+" } else { "" };
    format!("{plus}{}", points(value, lang))
}

/// Points to one decimal.
pub fn points(value: f64, lang: Lang) -> String {
    number(lang, value, 1)
}

/// What became of an action, and when.
pub fn state(action: &Action, lang: Lang) -> String {
    match (action.state, action.decided_on) {
        (State::Open, _) | (_, None) => action.state.text().say(lang),
        (state, Some(on)) => {
            let text = Text::new("discussion-state-since").with("state", state.text().say(lang));
            text.with("date", date_in_words(on, lang)).say(lang)
        }
    }
}

/// What was masked of some texts; `None` when nothing was.
pub fn masked(kinds: &[Masked], lang: Lang) -> Option<String> {
    let mut masks: Vec<&str> = kinds.iter().map(|kind| kind.mask(lang)).collect();
    masks.sort_unstable();
    masks.dedup();
    (!masks.is_empty())
        .then(|| Text::new("discussion-masked").with("masks", masks.join(", ")).say(lang))
}
