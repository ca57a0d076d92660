//! The one place that asks the gate: whatever a report shows, of whom and to whom, goes through a
//! [`Gate`].

use std::collections::BTreeMap;

use super::Against;
use super::request::Question;
use crate::element::Element;
use crate::privacy::store::Settings;
use crate::privacy::{
    Audience, Disclosed, Figure, Headcounts, Missing, NotShown, Objections, Place, PlaceFigure,
    Request, Unit, disclose, disclose_comments, disclose_each,
};

/// What a question comes to: what may be shown, or why it is not.
pub type Reading<T> = Result<Disclosed<T>, NotShown>;

/// Whom figures tell of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scope<'a> {
    /// A place.
    Place(&'a Place),
    /// A place and the rest of the network: the difference of the two is told, or one of them can
    /// be worked out.
    PlaceAndRest(&'a Place),
}

impl<'a> Scope<'a> {
    pub(crate) fn of(question: &'a Question) -> Self {
        match question.against {
            Some(Against::Rest) => Self::PlaceAndRest(&question.partition),
            None => Self::Place(&question.partition),
        }
    }
}

/// What decides about every figure that answers a question.
#[derive(Debug)]
pub struct Gate {
    settings: Settings,
    audience: Audience,
    teams: BTreeMap<String, String>,
    missing: Missing,
}

impl Gate {
    pub(crate) fn of(question: &Question, settings: Settings, headcounts: &Headcounts) -> Self {
        let blueprint = &question.blueprint;
        Self {
            settings,
            audience: question.eyes.audience(),
            teams: blueprint.team_of_steps(),
            missing: headcounts.missing(blueprint.steps_and_teams()),
        }
    }

    /// For what is told of no step: nobody's heads but those of the place are asked for.
    pub fn of_places(settings: Settings, audience: Audience) -> Self {
        Self { settings, audience, teams: BTreeMap::new(), missing: Missing::default() }
    }

    /// The fewest that any figure is made of.
    pub(crate) fn floor(&self) -> u64 {
        self.settings.floors.answers().into()
    }

    /// What is told of a place without any figure of an element.
    pub fn whole<T>(&self, units: &[Unit], place: &Place, make: impl FnOnce() -> T) -> Reading<T> {
        self.report(units, Scope::Place(place), &[], |_| make())
    }

    /// A report with many figures; `make` leaves out, or folds into what is not traced, those that
    /// are objected to.
    pub(crate) fn report<T>(
        &self,
        units: &[Unit],
        scope: Scope<'_>,
        figures: &[Figure],
        make: impl FnOnce(&Objections) -> T,
    ) -> Reading<T> {
        disclose(&self.request(units, scope, figures), make)
    }

    /// One figure, with how many answers, journeys or promises it is made of; of an element it
    /// needs that element's heads besides. Without a value nobody recorded anything of the kind.
    pub(crate) fn figure<T>(
        &self,
        units: &[Unit],
        scope: Scope<'_>,
        element: Option<&Element>,
        value: Option<(u64, T)>,
    ) -> Reading<T> {
        // Of what nobody recorded only the heads decide; that it was not recorded is no figure.
        let size = value.as_ref().map_or(u64::MAX, |(size, _)| *size);
        let figure = element.map(|element| Figure { element: element.clone(), answers: size });
        let floor = self.settings.floors.answers();
        let passed = self.report(units, scope, figure.as_slice(), |objections| {
            match element.and_then(|element| objections.to(element)) {
                Some(objection) => Err(objection),
                None if size < u64::from(floor) => Err(NotShown::FewAnswers(floor)),
                None => value.map(|(_, value)| value).ok_or(NotShown::Unrecorded),
            }
        });
        passed?.transposed()
    }

    /// The same figure of several places, each by itself. `element` is what the figures are about;
    /// `None` for the whole of a place.
    pub(crate) fn each<T>(
        &self,
        units: &[Unit],
        element: Option<&Element>,
        figures: Vec<PlaceFigure<T>>,
    ) -> Vec<(Place, Reading<T>)> {
        disclose_each(&self.request(units, Scope::Place(&Place::Network), &[]), element, figures)
    }

    /// What customers of a place wrote.
    pub(crate) fn comments<C>(
        &self,
        units: &[Unit],
        place: &Place,
        comments: Vec<C>,
    ) -> Reading<Vec<C>> {
        disclose_comments(&self.request(units, Scope::Place(place), &[]), comments)
    }

    /// Why nothing of a place was released.
    pub(crate) fn nothing(&self, units: &[Unit], place: &Place) -> NotShown {
        self.whole(units, place, || ()).err().unwrap_or(NotShown::NothingReleased)
    }

    /// Whether the floors of an element with so many answers are met at a place. They are the same
    /// for everybody: neither a pilot nor the time that the teams have for themselves matters.
    pub(crate) fn is_floor_met(
        &self,
        units: &[Unit],
        place: &Place,
        element: &Element,
        answers: u64,
    ) -> bool {
        let figures = [Figure { element: element.clone(), answers }];
        let request = Request {
            audience: Audience::Team,
            ..self.request(units, Scope::Place(place), &figures)
        };
        disclose(&request, |objections| objections.to(element).is_none()).is_ok_and(|met| *met)
    }

    fn request<'r>(
        &'r self,
        units: &'r [Unit],
        scope: Scope<'r>,
        figures: &'r [Figure],
    ) -> Request<'r> {
        let (place, against_rest) = match scope {
            Scope::Place(place) => (place, false),
            Scope::PlaceAndRest(place) => (place, true),
        };
        Request {
            floors: self.settings.floors,
            audience: self.audience,
            pilot: self.settings.pilot,
            units,
            place,
            against_rest,
            teams: &self.teams,
            figures,
            missing: &self.missing,
        }
    }
}
