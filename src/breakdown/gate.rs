//! One figure of some journeys, through the gate: a point of a chart, a wait, a share of promises kept.

use std::collections::BTreeMap;

use super::request::Question;
use crate::chart::Gap;
use crate::element::Element;
use crate::privacy::store::Settings;
use crate::privacy::{
    Disclosed, Figure, Headcounts, Missing, Place, Reason, Request, Unit, Withheld, disclose,
};
use crate::publication::Published;

/// Whose figure it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side<'a> {
    /// A place's.
    Inside(&'a Place),
    /// The network's without a place.
    Outside(&'a Place),
}

impl<'a> Side<'a> {
    fn place(self) -> &'a Place {
        match self {
            Self::Inside(place) | Self::Outside(place) => place,
        }
    }
}

/// What decides about every figure of a question.
pub(crate) struct Gate<'a> {
    question: &'a Question,
    published: &'a Published,
    settings: Settings,
    teams: BTreeMap<String, String>,
    missing: Missing,
}

impl<'a> Gate<'a> {
    pub(crate) fn of(
        question: &'a Question,
        published: &'a Published,
        settings: Settings,
        headcounts: &Headcounts,
    ) -> Self {
        let blueprint = &question.blueprint;
        let missing = headcounts.missing(blueprint.steps_and_teams());
        Self { question, published, settings, teams: blueprint.team_of_steps(), missing }
    }

    /// A figure of the atoms that are chosen, with how many answers, journeys or promises it is made of; of an element it
    /// needs that element's heads besides. `None` where nobody recorded anything of the kind.
    pub(crate) fn figure<T>(
        &self,
        side: Side<'_>,
        among: impl Fn(&Unit) -> bool,
        element: Option<&Element>,
        value: Option<(u64, T)>,
    ) -> Result<Disclosed<T>, Gap> {
        let units = self.units(among);
        // Of what nobody recorded only the heads decide; that it was not recorded is no figure.
        let size = value.as_ref().map_or(u64::MAX, |(size, _)| *size);
        let figures: Vec<Figure> = element
            .map(|element| Figure { element: element.clone(), answers: size })
            .into_iter()
            .collect();
        let floor = self.settings.floors.answers();
        let passed = disclose(&self.request(&units, &figures, side), |shown| {
            match figures.first().and_then(|figure| shown.objection(&figure.element)) {
                Some(objection) => Err(Gap::Hidden(objection)),
                None if size < u64::from(floor) => Err(Gap::Hidden(Reason::FewAnswers(floor))),
                None => value.map(|(_, value)| value).ok_or(Gap::Unrecorded),
            }
        });
        passed.map_err(Gap::Withheld)?.transposed()
    }

    /// The fewest that any figure is made of.
    pub(crate) fn floor(&self) -> u64 {
        self.settings.floors.answers().into()
    }

    /// Why nothing of the place was released.
    pub(crate) fn nothing(&self) -> Gap {
        let units = self.units(|_| true);
        let withheld =
            disclose(&self.request(&units, &[], Side::Inside(&self.question.partition)), |_| ())
                .err();
        Gap::Withheld(withheld.unwrap_or(Withheld::NothingReleased))
    }

    fn units(&self, among: impl Fn(&Unit) -> bool) -> Vec<Unit> {
        self.published
            .atoms
            .iter()
            .map(|atom| &atom.unit)
            .filter(|unit| among(unit))
            .cloned()
            .collect()
    }

    fn request<'r>(
        &'r self,
        units: &'r [Unit],
        figures: &'r [Figure],
        side: Side<'r>,
    ) -> Request<'r> {
        Request {
            floors: self.settings.floors,
            audience: self.question.eyes.audience(),
            pilot: self.settings.pilot,
            units,
            place: side.place(),
            against_rest: matches!(side, Side::Outside(_)),
            teams: &self.teams,
            figures,
            missing: &self.missing,
        }
    }
}
