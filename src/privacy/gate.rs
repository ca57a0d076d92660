//! The gate: the one place where a figure becomes something that may be shown.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::element::Element;
use crate::limits;

use super::not_shown::Reason;
use super::{Audience, Floors, Missing, NotShown, Place, Rulings, Subject, Unit, by_release};

/// Something that may be shown. Only [`disclose`] makes one:
///
/// ```compile_fail,E0451
/// let smuggled = relais::privacy::Disclosed { content: "3 answers on the desk of S1" };
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Disclosed<T> {
    content: T,
}

impl<T> Disclosed<T> {
    /// One thing made of several that may each be shown, such as a chart of its points. What is
    /// computed from what may be shown may be shown. `None` of nothing.
    pub fn together<U>(parts: Vec<Self>, make: impl FnOnce(Vec<T>) -> U) -> Option<Disclosed<U>> {
        let contents: Vec<T> = parts.into_iter().map(|part| part.content).collect();
        (!contents.is_empty()).then(|| Disclosed { content: make(contents) })
    }

    /// What is computed from it, which may be shown likewise.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Disclosed<U> {
        Disclosed { content: make(self.content) }
    }

    /// One thing made of two different ones that may each be shown.
    pub fn beside<U, V>(self, other: Disclosed<U>, make: impl FnOnce(T, U) -> V) -> Disclosed<V> {
        Disclosed { content: make(self.content, other.content) }
    }
}

impl<T, E> Disclosed<Result<T, E>> {
    /// What may be shown, or why it is not there.
    pub fn transposed(self) -> Result<Disclosed<T>, E> {
        self.content.map(|content| Disclosed { content })
    }
}

impl<T> Deref for Disclosed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

/// What somebody wants to be shown, with all that decides whether they may be.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The minimum sizes in force.
    pub floors: Floors,
    /// Whose eyes it is for.
    pub audience: Audience,
    /// Whether the organisation is in pilot.
    pub pilot: bool,
    /// Every atom, of all places, of the releases in the period that this reader may see already.
    pub units: &'a [Unit],
    /// Whom it is about.
    pub place: &'a Place,
    /// Whether it is set against the rest of the network.
    pub against_rest: bool,
    /// What each of the releases hides, decided at these minimum sizes.
    pub rulings: &'a Rulings,
    /// The figures that it would show.
    pub figures: &'a [Figure],
    /// What the blueprint does not say yet, to tell what to enter when nothing could be released.
    pub missing: &'a Missing,
}

/// One figure of a report: about which element, and how many answers it has of its own in the
/// period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub subject: Subject,
    /// Answers to its own item; of a promise, answers of the place.
    pub answers: u64,
}

impl Figure {
    pub fn of(element: &Element, answers: u64) -> Self {
        Self { subject: Subject::Element(element.clone()), answers }
    }
}

/// Which figures of a report may not be shown, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objections {
    hidden: BTreeMap<Subject, Reason>,
}

impl Objections {
    /// For tests of what is made behind the gate: these are hidden, for having too few answers.
    #[cfg(test)]
    pub(crate) fn hiding(subjects: impl Iterator<Item = Subject>) -> Self {
        let few = Reason::FewAnswers(limits::MINIMUM_ANSWERS);
        Self { hidden: subjects.map(|subject| (subject, few)).collect() }
    }

    /// Why an element is hidden; `None` when it may be shown.
    pub fn to(&self, element: &Element) -> Option<NotShown> {
        self.to_subject(&Subject::Element(element.clone()))
    }

    pub fn to_subject(&self, subject: &Subject) -> Option<NotShown> {
        self.hidden.get(subject).map(|reason| (*reason).into())
    }

    /// The hidden elements with why.
    pub fn all(&self) -> impl Iterator<Item = (&Element, NotShown)> {
        self.hidden.iter().filter_map(|(subject, reason)| match subject {
            Subject::Element(element) => Some((element, (*reason).into())),
            Subject::Whole | Subject::Dates => None,
        })
    }
}

/// Lets through what `make` builds from the figures that may be shown, or says why nothing may.
/// `make` must leave out, or fold into what is not traced, every element that [`Objections`] name.
pub fn disclose<T>(
    request: &Request<'_>,
    make: impl FnOnce(&Objections) -> T,
) -> Result<Disclosed<T>, NotShown> {
    let objections = request.decide()?;
    Ok(Disclosed { content: make(&objections) })
}

/// Lets comments through: the place must have enough answers and heads, as for any figure, and of
/// comments enough that none of them stands for its writer.
pub fn disclose_comments<C>(
    request: &Request<'_>,
    comments: Vec<C>,
) -> Result<Disclosed<Vec<C>>, NotShown> {
    request.as_a_whole()?;
    if comments.len() < limits::MINIMUM_COMMENTS {
        return Err(NotShown::FewComments(limits::MINIMUM_COMMENTS));
    }
    Ok(Disclosed { content: comments })
}

/// What a place would show of one figure, and how many answers it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFigure<T> {
    /// Whom it is about.
    pub place: Place,
    /// Answers, or promises, behind the figure.
    pub answers: u64,
    /// What would be shown.
    pub content: T,
}

/// Lets through the figures of several places, each by itself and as [`disclose`] would, or says
/// why one may not be shown. The place that the request names does not matter.
pub fn disclose_each<T>(
    request: &Request<'_>,
    subject: &Subject,
    figures: Vec<PlaceFigure<T>>,
) -> Vec<(Place, Result<Disclosed<T>, NotShown>)> {
    let releases = by_release(request.units);
    let floor = request.floors.answers();
    let each = |figure: PlaceFigure<T>| {
        let alone = Request { place: &figure.place, figures: &[], against_rest: false, ..*request };
        let passed = alone.as_a_whole_in(&releases).and_then(|()| {
            match alone.objection_in(&releases, subject) {
                Some(reason) => Err(reason.into()),
                None if figure.answers < u64::from(floor) => Err(NotShown::FewAnswers(floor)),
                None => Ok(Disclosed { content: figure.content }),
            }
        });
        (figure.place, passed)
    };
    figures.into_iter().map(each).collect()
}

impl Request<'_> {
    fn decide(&self) -> Result<Objections, NotShown> {
        let releases = by_release(self.units);
        self.as_a_whole_in(&releases)?;
        let mut hidden = BTreeMap::new();
        for figure in self.figures {
            let few = figure.answers < u64::from(self.floors.answers());
            // The heads first: what they forbid stays forbidden however many answers come.
            let heads = self.objection_in(&releases, &figure.subject);
            if let Some(reason) =
                heads.or_else(|| few.then_some(Reason::FewAnswers(self.floors.answers())))
            {
                hidden.insert(figure.subject.clone(), reason);
            }
        }
        Ok(Objections { hidden })
    }

    fn as_a_whole(&self) -> Result<(), NotShown> {
        self.as_a_whole_in(&by_release(self.units))
    }

    /// Whether anything of the place may be shown at all.
    fn as_a_whole_in(&self, releases: &Releases<'_>) -> Result<(), NotShown> {
        if self.pilot && self.audience == Audience::Management {
            return Err(NotShown::Pilot);
        }
        let mut here = self.units.iter().filter(|unit| unit.is_in(self.place)).peekable();
        if here.peek().is_none() {
            let told = !self.missing.is_empty() && self.units.is_empty();
            return Err(if told {
                NotShown::NoHeadcounts(self.missing.clone())
            } else {
                NotShown::NothingReleased
            });
        }
        if here.map(|unit| unit.answers).sum::<u32>() < self.floors.answers() {
            return Err(NotShown::FewAnswers(self.floors.answers()));
        }
        match self.objection_in(releases, &Subject::Whole) {
            None => Ok(()),
            Some(Reason::FewHeads(floor)) => Err(NotShown::FewHeads(floor)),
            Some(_) => Err(NotShown::Remainder),
        }
    }

    /// Why some release does not show a subject of the place, or of what it is set against.
    fn objection_in(&self, releases: &Releases<'_>, subject: &Subject) -> Option<Reason> {
        releases.iter().find_map(|(release, units)| {
            let of = |place: &Place| {
                self.rulings.objection(*release, units, subject, place, self.floors)
            };
            of(self.place).or_else(|| if self.against_rest { of(&Place::Network) } else { None })
        })
    }
}

/// The atoms of each release.
type Releases<'a> = BTreeMap<i32, Vec<&'a Unit>>;
