//! The gate: the one place where a figure becomes something that may be shown.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::element::Element;
use crate::limits;

use super::remainder::{Needs, Release};
use super::{Audience, Floors, Missing, Place, Reason, Unit, Withheld};

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
    /// One thing made of several that may each be shown, such as a chart of its points. What is computed from what may
    /// be shown may be shown. `None` of nothing.
    pub fn together<U>(parts: Vec<Self>, make: impl FnOnce(Vec<T>) -> U) -> Option<Disclosed<U>> {
        let contents: Vec<T> = parts.into_iter().map(|part| part.content).collect();
        (!contents.is_empty()).then(|| Disclosed { content: make(contents) })
    }

    /// What is computed from it, which may be shown likewise.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Disclosed<U> {
        Disclosed { content: make(self.content) }
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

/// What somebody wants to be shown, with all that decides whether he may.
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

/// One figure of a report: about which element, and how many answers it has of its own in the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The element.
    pub element: Element,
    /// Answers to its own item; of a promise, answers of the place.
    pub answers: u64,
}

/// Which figures may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    hidden: BTreeMap<Element, Reason>,
}

impl Shown {
    /// Why an element is hidden; `None` when it may be shown.
    pub fn objection(&self, element: &Element) -> Option<Reason> {
        self.hidden.get(element).copied()
    }

    /// The hidden elements with their reasons.
    pub fn hidden(&self) -> impl Iterator<Item = (&Element, Reason)> {
        self.hidden.iter().map(|(element, reason)| (element, *reason))
    }
}

/// Lets through what `make` builds from the figures that may be shown, or says why nothing may.
/// `make` must leave out, or fold into what is not traced, every element that [`Shown`] hides.
pub fn disclose<T>(request: &Request<'_>, make: impl FnOnce(&Shown) -> T) -> Result<Disclosed<T>, Withheld> {
    let shown = request.decide()?;
    Ok(Disclosed { content: make(&shown) })
}

/// Lets comments through: the place must have enough answers and heads, as for any figure, and of comments enough that
/// none of them stands for its writer.
pub fn disclose_comments<C>(request: &Request<'_>, comments: Vec<C>) -> Result<Disclosed<Vec<C>>, Withheld> {
    request.as_a_whole()?;
    match comments.len() < limits::MINIMUM_COMMENTS {
        true => Err(Withheld::FewComments(limits::MINIMUM_COMMENTS)),
        false => Ok(Disclosed { content: comments }),
    }
}

impl Request<'_> {
    fn decide(&self) -> Result<Shown, Withheld> {
        self.as_a_whole()?;
        let mut hidden = BTreeMap::new();
        for figure in self.figures {
            if let Some(reason) = self.objection(figure) {
                hidden.insert(figure.element.clone(), reason);
            }
        }
        Ok(Shown { hidden })
    }

    /// Whether anything of the place may be shown at all.
    fn as_a_whole(&self) -> Result<(), Withheld> {
        if self.pilot && self.audience == Audience::Management {
            return Err(Withheld::Pilot);
        }
        let mut here = self.units.iter().filter(|unit| unit.is_in(self.place)).peekable();
        if here.peek().is_none() {
            let told = !self.missing.is_empty() && self.units.is_empty();
            return Err(if told { Withheld::NoHeadcounts(self.missing.clone()) } else { Withheld::NothingReleased });
        }
        if here.map(|unit| unit.answers).sum::<u32>() < self.floors.answers() {
            return Err(Withheld::FewAnswers(self.floors.answers()));
        }
        match self.remainder(None) {
            None => Ok(()),
            Some(Reason::FewHeads(floor)) => Err(Withheld::FewHeads(floor)),
            Some(_) => Err(Withheld::Remainder),
        }
    }

    fn objection(&self, figure: &Figure) -> Option<Reason> {
        let few = figure.answers < u64::from(self.floors.answers());
        // The heads first: what they forbid stays forbidden however many answers come.
        self.remainder(Some(&figure.element)).or_else(|| few.then_some(Reason::FewAnswers(self.floors.answers())))
    }

    /// Why some release of the period does not show an element, or the whole, of the place or of what it is set against.
    fn remainder(&self, element: Option<&Element>) -> Option<Reason> {
        let mut releases: BTreeMap<i32, Vec<&Unit>> = BTreeMap::new();
        self.units.iter().for_each(|unit| releases.entry(unit.release).or_default().push(unit));
        let central_only = self.units.iter().all(|unit| unit.behind.sites.is_empty());
        releases.into_values().find_map(|units| {
            let needs = element.map_or(Needs::All, |element| self.needs(element, &units));
            let release = Release::of(units, &needs, self.floors, central_only);
            let rest = || if self.against_rest { release.objection(&Place::Network) } else { None };
            release.objection(self.place).or_else(rest)
        })
    }

    /// Whose heads an element needs in one release: those of the teams that did its steps then.
    fn needs(&self, element: &Element, units: &[&Unit]) -> Needs {
        let then = |step: &str| units.iter().find_map(|unit| unit.behind.steps.get(step));
        Needs::of(element, |step| then(step).or_else(|| self.teams.get(step)).cloned())
    }
}
