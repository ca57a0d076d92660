//! How the figures of a map are said in one language.

use super::{Map, Path, Times};
use crate::breakdown::phrases::{Phrases, partition, period};
use crate::i18n::{Lang, Text, count, number};
use crate::privacy::NotShown;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// MapPhrases the parts of one map in one language.
#[derive(Clone, Copy)]
pub(super) struct MapPhrases<'a> {
    pub(super) map: &'a Map,
    pub(super) phrases: Phrases<'a>,
}

impl<'a> MapPhrases<'a> {
    pub(super) fn new(map: &'a Map, lang: Lang) -> Self {
        Self { map, phrases: Phrases::new(&map.breakdown, lang) }
    }

    pub(super) fn lang(&self) -> Lang {
        self.phrases.lang
    }

    /// So many of a hundred; what is not none is not said to be none.
    pub(super) fn of_100(&self, value: f64) -> String {
        match value < 0.5 {
            true => self.phrases.say("map-under-1"),
            false => self.phrases.with("map-of-100", "n", number(self.lang(), value, 0)),
        }
    }

    /// The same in a column whose head says of a hundred of what.
    pub(super) fn bare(&self, value: Option<f64>) -> String {
        match value {
            Some(value) if value < 0.5 => self.phrases.say("map-below-1"),
            Some(value) => number(self.lang(), value, 0),
            None => self.phrases.say("map-few"),
        }
    }

    /// So many of a hundred, or that they are too few to tell.
    pub(super) fn told(&self, value: Option<f64>) -> String {
        value.map_or_else(|| self.phrases.say("map-few"), |value| self.of_100(value))
    }

    /// A duration in the unit in which it is a short number.
    pub(super) fn duration(&self, seconds: f64) -> String {
        let (key, value) = match seconds.abs() {
            short if short < 1.5 * MINUTE => ("map-seconds", seconds),
            short if short < 1.5 * HOUR => ("map-minutes", seconds / MINUTE),
            long if long < 2.0 * DAY => ("map-hours", seconds / HOUR),
            _ => ("map-days", seconds / DAY),
        };
        let fine = matches!(key, "map-hours" | "map-days") && value.abs() < 9.95;
        self.phrases.with(key, "n", number(self.lang(), value, usize::from(fine)))
    }

    /// Half no longer than the first, nine of ten no longer than the second.
    pub(super) fn times(&self, times: Times) -> String {
        if times.median >= 0.0 && times.p90 < 1.0 {
            return self.phrases.say("map-at-once");
        }
        format!("{} / {}", self.duration(times.median), self.duration(times.p90))
    }

    pub(super) fn maybe(&self, times: Option<Times>) -> String {
        times.map_or_else(String::new, |times| self.times(times))
    }

    /// The name of a step.
    pub(super) fn step(&self, code: &str) -> String {
        let step = self.map.breakdown.blueprint.step(code);
        step.map_or(code, |step| self.phrases.name(&step.name)).to_owned()
    }

    pub(super) fn steps(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.step(code)).collect::<Vec<_>>().join(" → ")
    }

    /// How a path leaves the blueprint.
    pub(super) fn detour(&self, path: &Path) -> Option<String> {
        let names = |codes: &[String]| {
            self.phrases.list(codes.iter().map(|code| self.step(code)).collect())
        };
        let said = |key, codes: &[String]| {
            (!codes.is_empty()).then(|| self.phrases.with(key, "steps", names(codes)))
        };
        let parts =
            [said("map-path-without", &path.skipped), said("map-path-again", &path.repeated)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Whose journeys, and when.
    pub(super) fn about(&self) -> String {
        let breakdown = &self.map.breakdown;
        let place = partition(&breakdown.partition, breakdown.place.as_deref(), self.lang());
        let text =
            Text::new("map-about").with("journey", self.phrases.name(&breakdown.blueprint.name));
        text.with("place", place)
            .with("period", period(breakdown.period, self.lang()))
            .say(self.lang())
    }

    /// What the map says first.
    pub(super) fn lede(&self) -> String {
        let journeys = count(self.lang(), self.map.breakdown.journeys);
        self.phrases.with("map-lede", "journeys", journeys)
    }

    /// How journeys leave the blueprint: a name and a figure each.
    pub(super) fn detours(&self) -> Vec<(String, String)> {
        let detours = self.map.flow.detours;
        let skipped = self.map.flow.steps.iter().filter_map(|step| {
            let name = self.phrases.with("map-skipped", "step", self.step(&step.code));
            Some((name, self.of_100(step.skipped?)))
        });
        let said = |key: &str, value| (self.phrases.say(key), self.told(value));
        let all = [
            said("map-detours-any", detours.any),
            said("map-came-back", detours.came_back),
            said("map-unannounced", detours.unannounced),
            said("map-reworked", detours.reworked),
            said("map-ping-pong", detours.ping_pong),
        ];
        all.into_iter().chain(skipped).collect()
    }

    /// What rescued journeys mean, where there are any to tell of.
    pub(super) fn rescued(&self) -> Option<String> {
        let rescued = self.map.breakdown.rescued.as_ref()?;
        let text = Text::new("map-rescued").with("trouble", self.phrases.rate(rescued.trouble));
        Some(text.with("saved", self.phrases.rate(rescued.saved)).say(self.lang()))
    }

    /// The same by the way that the journeys took, as far as answers tell it.
    pub(super) fn rescues(&self) -> Vec<(String, String)> {
        let said = self.map.flow.rescues.iter().map(|rescue| {
            let text = Text::new("map-rescue").with("trouble", self.of_100(rescue.trouble));
            (
                self.steps(&rescue.steps),
                text.with("saved", self.of_100(rescue.saved)).say(self.lang()),
            )
        });
        said.collect()
    }

    /// What was made up, by whom.
    pub(super) fn made_up(&self) -> Vec<String> {
        let breakdown = &self.map.breakdown;
        let won = breakdown.lines.iter().filter(|line| self.phrases.visible(line.made_up));
        let said = won.map(|line| {
            let who = self.phrases.label(&breakdown.blueprint, &line.element);
            Text::new("map-made-up")
                .with("who", who)
                .with("points", self.phrases.points(line.made_up))
                .say(self.lang())
        });
        said.collect()
    }

    /// How far the map carries.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = ["map-note-volume", "map-note-waits", "map-note-seam"]
            .map(|key| self.phrases.say(key))
            .into();
        if self.map.flow.unknown > 0 {
            notes.push(self.phrases.with("map-note-unknown", "count", self.map.flow.unknown));
        }
        notes
            .extend(self.map.breakdown.caveats().into_iter().map(|caveat| caveat.say(self.lang())));
        notes
    }

    /// What is not shown, each with why.
    pub(super) fn hidden(&self) -> Vec<(String, String)> {
        let blueprint = &self.map.breakdown.blueprint;
        let hidden = self.map.flow.hidden.iter();
        hidden
            .map(|(element, why)| (self.phrases.label(blueprint, element), self.why(why)))
            .collect()
    }

    fn why(&self, why: &NotShown) -> String {
        match why {
            NotShown::FewAnswers(floor) => self.phrases.with("map-few-journeys", "floor", *floor),
            other => other.say(self.lang()),
        }
    }
}
