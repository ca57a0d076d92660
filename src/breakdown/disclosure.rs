//! The one place that asks the gate: whatever a report shows, of whom and to whom, goes through a
//! [`Gate`].

use std::sync::Arc;

use super::Against;
use super::request::Question;
use crate::element::Element;
use crate::privacy::store::Settings;
use crate::privacy::{
    Audience, Disclosed, Figure, Headcounts, Missing, NotShown, Objections, Place, PlaceFigure,
    Request, Rulings, Subject, Unit, disclose, disclose_comments, disclose_each,
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
    rulings: Arc<Rulings>,
    missing: Missing,
}

impl Gate {
    pub(crate) fn of(
        question: &Question,
        settings: Settings,
        headcounts: &Headcounts,
        rulings: Arc<Rulings>,
    ) -> Self {
        Self {
            settings,
            audience: question.eyes.audience(),
            rulings,
            missing: headcounts.missing(question.blueprint.steps_and_teams()),
        }
    }

    /// For what is told of no step: nobody's heads but those of the place are asked for.
    pub fn of_places(settings: Settings, audience: Audience, units: &[Unit]) -> Self {
        let rulings = Rulings::of_wholes(units, settings.floors).into();
        Self { settings, audience, rulings, missing: Missing::default() }
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

    /// One figure, with how many answers, journeys or promises it is made of; it needs the heads of
    /// its subject besides those of the place. Without a value nobody recorded anything of the
    /// kind.
    pub(crate) fn figure<T>(
        &self,
        units: &[Unit],
        scope: Scope<'_>,
        subject: &Subject,
        value: Option<(u64, T)>,
    ) -> Reading<T> {
        // Of what nobody recorded only the heads decide; that it was not recorded is no figure.
        let size = value.as_ref().map_or(u64::MAX, |(size, _)| *size);
        let figures = [Figure { subject: subject.clone(), answers: size }];
        let passed = self.report(units, scope, &figures, |objections| {
            match objections.to_subject(subject) {
                Some(objection) => Err(objection),
                None => value.map(|(_, value)| value).ok_or(NotShown::Unrecorded),
            }
        });
        passed?.transposed()
    }

    /// The same figure of several places, each by itself.
    pub(crate) fn each<T>(
        &self,
        units: &[Unit],
        subject: &Subject,
        figures: Vec<PlaceFigure<T>>,
    ) -> Vec<(Place, Reading<T>)> {
        disclose_each(&self.request(units, Scope::Place(&Place::Network), &[]), subject, figures)
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
        let figures = [Figure::of(element, answers)];
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
            rulings: &self.rulings,
            figures,
            missing: &self.missing,
        }
    }
}
