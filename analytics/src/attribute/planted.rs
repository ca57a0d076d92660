//! Whom the product would name if contrasts came out otherwise: its own rule on figures that are
//! made up, for [`crate::power`].

use super::estimate::Estimate;
use super::report::{Attribution, Contrast, Element, Leaders, Points};
use super::{Options, RatedElement, Sample, attribute};
use crate::Position;
use crate::design::Kind;

/// A contrast with each replicate group left out.
pub(crate) struct ContrastSeries<'a> {
    pub(crate) position: Position,
    /// Whether it is timed and not rated.
    pub(crate) timed: bool,
    /// Answers of the focus that rated it, or journeys; 0 where they are not known.
    pub(crate) size: f64,
    pub(crate) replicates: &'a [f64],
}

impl Attribution {
    /// The contrasts that the rule judges, and the groups that it counts; `None` where nothing is
    /// split, or without a reference.
    pub(crate) fn contrast_series(&self) -> Option<(Vec<ContrastSeries<'_>>, usize)> {
        let series = |element: &'_ Element| {
            element.points?.contrast?;
            let timed = element.passed == 0;
            let size = if timed { self.journeys } else { element.asked };
            Some((element.position, timed, size as f64))
        };
        let all: Vec<ContrastSeries<'_>> = self
            .elements
            .iter()
            .filter_map(|element| {
                let (position, timed, size) = series(element)?;
                Some(ContrastSeries { position, timed, size, replicates: &element.contrasts })
            })
            .collect();
        (self.is_split() && !all.is_empty()).then_some((all, self.both.groups))
    }
}

/// An attribution whose contrasts are put in.
pub(crate) struct Stage(Attribution);

impl Stage {
    /// Over these elements, timed or rated, with so many replicate groups. `None` where a position
    /// stands twice, or with more rated elements than a variant has.
    pub(crate) fn new(elements: &[(Position, bool)], groups: usize) -> Option<Self> {
        let mut sample = Sample::new();
        let rated = elements.iter().filter(|(_, timed)| !timed);
        let rated =
            rated.map(|(position, _)| RatedElement { position: *position, kind: Kind::Step });
        sample.variant(0, rated.collect()).ok()?;
        elements.iter().filter(|(_, timed)| *timed).for_each(|(at, _)| sample.timed(*at));
        let mut empty = attribute(&sample, &Options::default());
        empty.both.groups = groups;
        (empty.elements.len() == elements.len()).then_some(Self(empty))
    }

    /// The elements in the order in which their contrasts are put in.
    pub(crate) fn positions(&self) -> impl Iterator<Item = Position> + '_ {
        self.0.elements.iter().map(|element| element.position)
    }

    /// Whom the rule names: `values` by element, `replicates` by element and group.
    pub(crate) fn leader(&mut self, values: &[f64], replicates: &[Vec<f64>]) -> Option<Position> {
        for ((element, value), left_out) in self.0.elements.iter_mut().zip(values).zip(replicates) {
            let points = Estimate { value: *value, interval: None };
            element.points = Some(Points {
                level: points,
                delay: 0.0,
                made_up: 0.0,
                contrast: Some(Contrast { points, at_least: false, signal: false }),
                handoff_range: None,
            });
            element.contrasts.clone_from(left_out);
        }
        self.0.claim();
        self.0.leading_contrast.leaders().and_then(Leaders::one)
    }
}
