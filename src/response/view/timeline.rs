//! A journey in words: its steps with their days, and between them the waits and what planning
//! did.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::blueprint::Blueprint;
use crate::calendar::{Zone, day_in_words as day};
use crate::clock::Instant;
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::journey::elements;
use crate::journey::timing::minutes;
use crate::journey::trace::{Event, Trace};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineStep {
    /// What lay before it, in the order in which the customer lived it: dates offered and moved,
    /// then the wait.
    pub before: Vec<String>,
    pub name: String,
    /// Its day, or its first and last.
    pub day: String,
}

/// Empty where only an answer of the journey is known, or where nobody knows its days any more.
pub fn steps(trace: &Trace, blueprint: &Blueprint, zone: &Zone, lang: Lang) -> Vec<TimelineStep> {
    if trace.faded {
        return Vec::new();
    }
    let visits = visits(trace, blueprint);
    let mut told = BTreeSet::new();
    let mut steps = Vec::with_capacity(visits.len());
    for (place, visit) in visits.iter().enumerate() {
        let mut before = visit.dates(blueprint, zone, &mut told);
        let last = place.checked_sub(1).and_then(|place| visits.get(place));
        before.extend(last.and_then(|last| wait(last.until(), visit.at(), zone)));
        steps.push(TimelineStep {
            before: before.iter().map(|text| text.say(lang)).collect(),
            name: step_name(blueprint, &visit.events[0].step, lang),
            day: visit.day(zone, lang),
        });
    }
    steps
}

/// The code, where the blueprint does not know the step.
pub fn step_name(blueprint: &Blueprint, code: &str, lang: Lang) -> String {
    blueprint.step(code).map_or(code, |step| step.name.say(lang)).to_owned()
}

pub fn part_name(blueprint: &Blueprint, element: &Element, lang: Lang) -> String {
    match element {
        Element::Handoff(from, to) => {
            let between =
                Text::new("response-between").with("from", step_name(blueprint, from, lang));
            between.with("to", step_name(blueprint, to, lang)).say(lang)
        }
        Element::Step(code) | Element::Promise(code) => step_name(blueprint, code, lang),
        Element::HandoffOther | Element::StepsOf(_) => element.to_string(),
    }
}

/// Parts of a journey in the order in which the customer lived them, each with its place in
/// `some`. Those that the journey does not tell of come last.
pub fn in_order<'a>(
    trace: &Trace,
    blueprint: &Blueprint,
    some: &'a [Element],
) -> Vec<(usize, &'a Element)> {
    let lived = elements::in_order(trace, blueprint);
    let mut ordered: Vec<(usize, &Element)> = some.iter().enumerate().collect();
    ordered.sort_by_key(|(_, element)| {
        lived.iter().position(|part| part == *element).unwrap_or(usize::MAX)
    });
    ordered
}

/// One or more events in a row at the same frontstage step; backstage steps between do not part
/// them.
struct Visit<'a> {
    events: Vec<&'a Event>,
}

fn visits<'a>(trace: &'a Trace, blueprint: &Blueprint) -> Vec<Visit<'a>> {
    let mut visits: Vec<Visit<'a>> = Vec::new();
    for event in trace.events.iter().filter(|event| blueprint.is_frontstage(&event.step)) {
        match visits.last_mut().filter(|visit| visit.events[0].step == event.step) {
            Some(same) => same.events.push(event),
            None => visits.push(Visit { events: vec![event] }),
        }
    }
    visits
}

impl Visit<'_> {
    fn at(&self) -> Instant {
        self.events[0].at()
    }

    fn until(&self) -> Instant {
        self.events.iter().map(|event| event.until()).max().unwrap_or(Instant::MIN)
    }

    fn day(&self, zone: &Zone, lang: Lang) -> String {
        let (first, last) = (zone.date(self.at()), zone.date(self.until()));
        if first >= last {
            return day(first, lang);
        }
        let days = Text::new("response-days").with("from", day(first, lang));
        days.with("to", day(last, lang)).say(lang)
    }

    /// What a backstage step did to the dates of this one: planning is seen by its effect. Said
    /// once for each step that did, since the dates of every later step move with the first.
    fn dates(&self, blueprint: &Blueprint, zone: &Zone, told: &mut BTreeSet<String>) -> Vec<Text> {
        let mut texts = Vec::new();
        for event in &self.events {
            let planner = blueprint.planner(&event.step);
            let behind = blueprint.step(planner).is_some_and(|step| !step.frontstage);
            let speaks = event
                .promised
                .first()
                .is_some_and(|_| event.requested.is_some() || event.promised.len() > 1);
            if !behind || !speaks || !told.insert(planner.to_owned()) {
                continue;
            }
            if let (Some(offered), Some(requested)) = (event.promised.first(), event.requested) {
                let days = days(zone.date(requested), zone.date(*offered)).max(0);
                texts.push(Text::new("response-offered").with("days", days));
            }
            if event.promised.len() > 1 {
                texts.push(Text::new("response-moved").with("times", event.promised.len() - 1));
            }
        }
        texts
    }
}

/// How long it took from one step to the next; `None` where the next began before the first was
/// over.
fn wait(from: Instant, to: Instant, zone: &Zone) -> Option<Text> {
    let minutes = minutes(to, from);
    Some(match (days(zone.date(from), zone.date(to)), minutes) {
        (_, ..0) => return None,
        (0, 0) => Text::new("response-wait-none"),
        (0, ..60) => Text::new("response-wait-minutes").with("minutes", minutes),
        (0, _) => Text::new("response-wait-hours").with("hours", minutes / 60),
        (days, _) => Text::new("response-wait-days").with("days", days),
    })
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
