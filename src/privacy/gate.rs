//! The gate: the one place where a figure becomes something that may be shown.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::element::Element;
use crate::limits;

use super::not_shown::Reason;
use super::remainder::{Composition, HeadsCache, Needs, Release};
use super::{Audience, Floors, Missing, NotShown, Place, Unit};

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
    /// The team of each step that has one.
    pub teams: &'a BTreeMap<String, String>,
    /// The figures that it would show.
    pub figures: &'a [Figure],
    /// What the blueprint does not say yet, to tell what to enter when nothing could be released.
    pub missing: &'a Missing,
}

/// One figure of a report: about which element, and how many answers it has of its own in the
/// period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The element.
    pub element: Element,
    /// Answers to its own item; of a promise, answers of the place.
    pub answers: u64,
}

/// Which figures of a report may not be shown, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objections {
    hidden: BTreeMap<Element, Reason>,
}

impl Objections {
    /// For tests of what is made behind the gate: these are hidden, for having too few answers.
    #[cfg(test)]
    pub(crate) fn hiding(elements: impl Iterator<Item = Element>) -> Self {
        Self {
            hidden: elements
                .map(|element| (element, Reason::FewAnswers(limits::MINIMUM_ANSWERS)))
                .collect(),
        }
    }

    /// Why an element is hidden; `None` when it may be shown.
    pub fn to(&self, element: &Element) -> Option<NotShown> {
        self.hidden.get(element).map(|reason| (*reason).into())
    }

    /// The hidden elements with why.
    pub fn all(&self) -> impl Iterator<Item = (&Element, NotShown)> {
        self.hidden.iter().map(|(element, reason)| (element, (*reason).into()))
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
    let compositions = request.compositions();
    request.as_a_whole(|| request.objection_of(request.releases(&compositions, None)))?;
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
/// why one may not be shown. What the releases hide is decided once for all places. `element` is
/// what the figures are about; `None` for the whole of a place. The place that the request names
/// does not matter.
pub fn disclose_each<T>(
    request: &Request<'_>,
    element: Option<&Element>,
    figures: Vec<PlaceFigure<T>>,
) -> Vec<(Place, Result<Disclosed<T>, NotShown>)> {
    let compositions = request.compositions();
    let whole = request.releases(&compositions, None);
    let own = element.map(|element| request.releases(&compositions, Some(element)));
    let few = |answers: u64| answers < u64::from(request.floors.answers());
    let each = |figure: PlaceFigure<T>| {
        let alone = Request { place: &figure.place, figures: &[], against_rest: false, ..*request };
        let hidden = |releases: &[Release<'_, '_>]| {
            releases.iter().find_map(|release| release.objection(&figure.place))
        };
        let objection = match alone.as_a_whole(|| hidden(&whole)) {
            Err(why) => Some(why),
            Ok(()) => own.as_deref().and_then(hidden).map(NotShown::from),
        };
        let few = || few(figure.answers).then_some(NotShown::FewAnswers(request.floors.answers()));
        let passed = match objection.or_else(few) {
            Some(objection) => Err(objection),
            None => Ok(Disclosed { content: figure.content }),
        };
        (figure.place, passed)
    };
    figures.into_iter().map(each).collect()
}

impl Request<'_> {
    fn decide(&self) -> Result<Objections, NotShown> {
        let compositions = self.compositions();
        self.as_a_whole(|| self.objection_of(self.releases(&compositions, None)))?;
        let mut hidden = BTreeMap::new();
        // Elements of the same teams in the same releases share their fate.
        let mut decided: Vec<(Vec<Needs>, Option<Reason>)> = Vec::new();
        for figure in self.figures {
            let needs: Vec<Needs> =
                compositions.iter().map(|release| self.needs(&figure.element, release)).collect();
            let known =
                decided.iter().find(|(known, _)| *known == needs).map(|(_, reason)| *reason);
            let heads = known.unwrap_or_else(|| {
                let reason = self.objection_of(self.releases(&compositions, Some(&figure.element)));
                decided.push((needs, reason));
                reason
            });
            let few = figure.answers < u64::from(self.floors.answers());
            // The heads first: what they forbid stays forbidden however many answers come.
            if let Some(reason) =
                heads.or_else(|| few.then_some(Reason::FewAnswers(self.floors.answers())))
            {
                hidden.insert(figure.element.clone(), reason);
            }
        }
        Ok(Objections { hidden })
    }

    /// Whether anything of the place may be shown at all; `remainder` says what the releases have
    /// against it.
    fn as_a_whole(&self, remainder: impl FnOnce() -> Option<Reason>) -> Result<(), NotShown> {
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
        match remainder() {
            None => Ok(()),
            Some(Reason::FewHeads(floor)) => Err(NotShown::FewHeads(floor)),
            Some(_) => Err(NotShown::Remainder),
        }
    }

    /// What every release of the period shows of an element, or of the whole.
    fn releases<'c, 'a>(
        &self,
        compositions: &'c [Composition<'a>],
        element: Option<&Element>,
    ) -> Vec<Release<'c, 'a>> {
        let central_only = self.units.iter().all(|unit| unit.behind.sites.is_empty());
        let mut known: Vec<(Needs, HeadsCache)> = Vec::new();
        let decide = |release: &'c Composition<'a>| {
            let needs = element.map_or(Needs::All, |element| self.needs(element, release));
            let at = known.iter().position(|(of, _)| *of == needs).unwrap_or_else(|| {
                known.push((needs.clone(), HeadsCache::default()));
                known.len() - 1
            });
            Release::of(release, needs, (self.floors, central_only), &mut known[at].1)
        };
        compositions.iter().map(decide).collect()
    }

    /// Why some release does not show the place, or what it is set against.
    fn objection_of(&self, releases: Vec<Release<'_, '_>>) -> Option<Reason> {
        releases.into_iter().find_map(|release| {
            let rest = || if self.against_rest { release.objection(&Place::Network) } else { None };
            release.objection(self.place).or_else(rest)
        })
    }

    /// The releases of the period, oldest first.
    fn compositions(&self) -> Vec<Composition<'_>> {
        let mut releases: BTreeMap<i32, Vec<&Unit>> = BTreeMap::new();
        self.units.iter().for_each(|unit| releases.entry(unit.release).or_default().push(unit));
        releases.into_values().map(Composition::of).collect()
    }

    /// Whose heads an element needs in one release: those of the teams that did its steps then.
    fn needs(&self, element: &Element, release: &Composition<'_>) -> Needs {
        let then = |step: &str| release.units.iter().find_map(|unit| unit.behind.steps.get(step));
        Needs::of(element, |step| then(step).or_else(|| self.teams.get(step)).cloned())
    }
}
