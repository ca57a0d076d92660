//! What could be seen, in words.

use super::{Assumed, Basis, Change, Gain, PartPower, Power, QUARTER, SEEN, SIZES, TOLD};
use crate::breakdown::phrases::{label, partition, percent, period, whereabouts};
use crate::i18n::{Lang, Text, Words, count, number};

/// Says one report in one language.
#[derive(Clone, Copy)]
pub(super) struct PowerPhrases<'a> {
    pub(super) power: &'a Power,
    pub(super) lang: Lang,
}

impl<'a> PowerPhrases<'a> {
    pub(super) fn new(power: &'a Power, lang: Lang) -> Self {
        Self { power, lang }
    }

    pub(super) fn say(&self, key: &str) -> String {
        Words(self.lang).say(key)
    }

    /// What it is about: the service and the place.
    pub(super) fn about(&self) -> String {
        let power = self.power;
        let place = partition(&power.partition, power.place.as_deref(), self.lang);
        let text = Text::new("breakdown-of").with("journey", power.blueprint.name.say(self.lang));
        text.with("partition", place).say(self.lang)
    }

    /// The first sentence: a fault of the middle size and a small one, at one part.
    pub(super) fn lede(&self, team: Option<&str>) -> String {
        match self.power.main(team) {
            Some(part) => self.sentence(part),
            None => self.say(self.nothing()),
        }
    }

    /// The same sentence about a part.
    fn sentence(&self, part: &PartPower) -> String {
        let key = match self.power.basis {
            Basis::Answers { .. } => "power-lede",
            Basis::Few { .. } | Basis::Log(_) => "power-lede-assumed",
        };
        let [small, large, _] = TOLD;
        let share = |points| self.of_ten(part.share(points).unwrap_or_default());
        Text::new(key)
            .with("answers", self.count(self.power.here.answers))
            .with("where", whereabouts(&self.power.blueprint, &part.element, self.lang))
            .with("large", self.points(large))
            .with("many", share(large))
            .with("small", self.points(small))
            .with("few", share(small))
            .say(self.lang)
    }

    /// Why nothing can be told.
    fn nothing(&self) -> &'static str {
        match self.power {
            Power { rest, .. } if rest.journeys <= 0.0 => "power-no-rest",
            Power { basis: Basis::Answers { .. }, .. } => "power-nothing-varies",
            _ => "power-no-part",
        }
    }

    /// One line for the foot of the pack, about the team's own part.
    pub(super) fn foot(&self, team: &str) -> Option<String> {
        let part = self.power.main(Some(team))?;
        let [small, large, _] = TOLD;
        let share = |points| self.of_ten(part.share(points).unwrap_or_default());
        let text = Text::new("power-foot").with("part", self.label(part));
        let text = text.with("large", self.points(large)).with("many", share(large));
        Some(text.with("small", self.points(small)).with("few", share(small)).say(self.lang))
    }

    pub(super) fn label(&self, part: &PartPower) -> String {
        label(&self.power.blueprint, &part.element, self.lang)
    }

    /// The heads of the columns of sizes.
    pub(super) fn sizes(&self) -> Vec<String> {
        let head = |points| self.with("power-points", "points", self.points(points));
        TOLD.into_iter().map(head).collect()
    }

    /// In how many of ten quarters a part is named, by size; words where nothing is known.
    pub(super) fn shares(&self, part: &PartPower) -> Vec<String> {
        let told = |points| match part.share(points) {
            Some(share) => self.with("power-of-ten", "count", self.of_ten(share)),
            None => self.say("power-unknown"),
        };
        TOLD.into_iter().map(told).collect()
    }

    /// From how many points on a part is seen.
    pub(super) fn seen_from(&self, part: &PartPower) -> String {
        let most = SIZES[SIZES.len() - 1];
        match (part.named, part.seen_from()) {
            (None, _) => self.say("power-unknown"),
            (_, Some(points)) => self.with("power-points", "points", self.short(points)),
            (_, None) => self.with("power-more-than", "points", self.points(most)),
        }
    }

    /// The head of the column of [`Self::seen_from`].
    pub(super) fn seen_head(&self) -> String {
        self.with("power-column-seen", "count", self.of_ten(SEEN))
    }

    /// The faults that the changes are tried on, as heads of columns.
    pub(super) fn examples(&self) -> Vec<String> {
        let examples = self.power.examples();
        let head = |example: &super::Example<'_>| {
            let text = Text::new("power-example").with("points", self.points(example.points));
            text.with("part", self.label(example.part)).say(self.lang)
        };
        examples.iter().map(head).collect()
    }

    /// The first row: how it is now.
    pub(super) fn now(&self) -> Vec<String> {
        let examples = self.power.examples();
        examples.iter().map(|example| self.share(example.now)).collect()
    }

    pub(super) fn share(&self, share: f64) -> String {
        self.with("power-of-ten", "count", self.of_ten(share))
    }

    /// What a change is called.
    pub(super) fn change(&self, gain: &Gain) -> String {
        let times = |key, times: f64| self.with(key, "times", self.short(times));
        match &gain.change {
            Change::Parts { now, then } => {
                let text = Text::new("power-change-parts").with("now", *now);
                text.with("then", *then).say(self.lang)
            }
            Change::People(more) => times("power-change-people", *more),
            Change::Answers(more) => times("power-change-answers", *more),
            Change::Response { now, then } => {
                let text = Text::new("power-change-response").with("now", percent(self.lang, *now));
                text.with("then", percent(self.lang, *then)).say(self.lang)
            }
            Change::HalfYear => self.say("power-change-half-year"),
            Change::Region(code) => self.with("power-change-region", "code", code.clone()),
            Change::Larger(more) => times("power-change-larger", *more),
        }
    }

    /// What is left out of the changes, with why.
    pub(super) fn no_gain(&self) -> Vec<String> {
        let has = |of: fn(&Change) -> bool| self.power.gains.iter().any(|gain| of(&gain.change));
        let more = |change: &Change| {
            matches!(change, Change::People(_) | Change::Answers(_) | Change::Response { .. })
        };
        let wider = |change: &Change| matches!(change, Change::Region(_) | Change::Larger(_));
        let missing = [
            (has(|change| matches!(change, Change::Parts { .. })), "power-no-parts"),
            (has(more), "power-no-people"),
            (has(wider), "power-no-place"),
        ];
        if self.power.gains.is_empty() {
            return Vec::new();
        }
        missing.into_iter().filter(|(told, _)| !told).map(|(_, key)| self.say(key)).collect()
    }

    /// How far the figures carry; nothing where there are none.
    pub(super) fn notes(&self) -> Vec<String> {
        if !self.power.is_known() {
            return Vec::new();
        }
        let mut notes = self.basis();
        notes.extend(["power-note-planted", "power-note-named"].map(|key| self.say(key)));
        if self.power.parts.iter().any(|part| part.named.is_none()) {
            notes.push(self.say("power-note-unknown"));
        }
        notes.push(self.say("power-note-halo"));
        notes
    }

    /// What the figures are worked out from.
    fn basis(&self) -> Vec<String> {
        let Power { here, rest, basis, .. } = self.power;
        match basis {
            Basis::Answers { period: days, weeks, empty, sized } => {
                let text =
                    Text::new("power-basis-answers").with("period", period(*days, self.lang));
                let text = text.with("answers", self.count(here.answers));
                let told = text.with("rest", self.count(rest.answers)).say(self.lang);
                let gaps = (*empty > 0).then(|| {
                    let text = Text::new("power-basis-empty").with("empty", *empty);
                    text.with("weeks", *weeks).say(self.lang)
                });
                let bound = (!sized).then(|| self.say("power-basis-unsized"));
                [Some(told), gaps, bound].into_iter().flatten().collect()
            }
            Basis::Few { period: days, assumed } => {
                let text = Text::new("power-basis-few").with("period", period(*days, self.lang));
                let told = self.traffic(text, assumed);
                vec![told, self.say("power-basis-spread")]
            }
            Basis::Log(assumed) => {
                let text = Text::new("power-basis-log");
                let told = self.traffic(text, assumed);
                vec![told, self.say("power-basis-spread")]
            }
        }
    }

    fn traffic(&self, text: Text, assumed: &Assumed) -> String {
        let Power { here, rest, .. } = self.power;
        let a_week = |journeys: f64| self.count(journeys / f64::from(QUARTER));
        text.with("here", a_week(here.journeys))
            .with("rest", a_week(rest.journeys))
            .with("answers", self.count(here.answers))
            .with("share", percent(self.lang, assumed.response))
            .with("asked", assumed.asked)
            .say(self.lang)
    }

    /// The parts that are not shown, each with its reason.
    pub(super) fn hidden(&self) -> Vec<(String, String)> {
        let hidden = self.power.suppressed.iter();
        let name = |element| label(&self.power.blueprint, element, self.lang);
        hidden.map(|one| (name(&one.element), one.reason.say(self.lang))).collect()
    }

    fn with(&self, key: &'static str, name: &'static str, value: String) -> String {
        Text::new(key).with(name, value).say(self.lang)
    }

    fn points(&self, points: f64) -> String {
        number(self.lang, points, 0)
    }

    /// To one decimal, where there is any.
    fn short(&self, value: f64) -> String {
        number(self.lang, value, usize::from((10.0 * value.fract()).round() != 0.0))
    }

    fn of_ten(&self, share: f64) -> String {
        number(self.lang, 10.0 * share, 0)
    }

    fn count(&self, value: f64) -> String {
        // Never negative, and far below what a float holds exactly.
        count(self.lang, value.round() as u64)
    }
}
