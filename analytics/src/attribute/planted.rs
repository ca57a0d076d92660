//! Whom the product would name if contrasts came out otherwise: its own rule on figures that are
//! made up, for [`crate::power`].

use super::claims::ERROR;
use super::estimate::Estimate;
use super::jackknife::standard_error;
use super::report::{Attribution, Contrast, EffectSize, Element, Leaders, Points};
use super::{Options, RatedElement, Sample, attribute};
use crate::Position;
use crate::design::Kind;
use crate::interval::t_quantile;

/// A contrast with each replicate group left out.
pub(crate) struct ContrastSeries<'a> {
    pub(crate) position: Position,
    /// Whether it is timed and not rated.
    pub(crate) timed: bool,
    /// Answers of the focus that rated it, or journeys; 0 where they are not known.
    pub(crate) size: f64,
    /// What a point of its rating's loss costs in the level; `None` where nothing was lost.
    pub(crate) slope: Option<f64>,
    pub(crate) replicates: &'a [f64],
}

impl Attribution {
    /// The contrasts that the rule judges, and the groups that it counts; `None` where nothing is
    /// split, or without a reference.
    pub(crate) fn judged_series(&self) -> Option<(Vec<ContrastSeries<'_>>, usize)> {
        let all: Vec<_> = self.elements.iter().filter_map(|one| self.one_series(one)).collect();
        (self.is_split() && !all.is_empty()).then_some((all, self.both.groups))
    }

    fn one_series<'a>(&self, element: &'a Element) -> Option<ContrastSeries<'a>> {
        let points = element.points?;
        points.contrast?;
        let timed = !element.rated;
        let share = element.passed as f64 / self.responses.max(1) as f64;
        let lost = element.mean.map(|mean| (100.0 - mean) * share).filter(|lost| *lost > 0.0);
        Some(ContrastSeries {
            position: element.position,
            timed,
            size: if timed { self.journeys } else { element.asked } as f64,
            slope: lost.map(|lost| (points.level.value - points.delay) / lost),
            replicates: &element.contrasts,
        })
    }

    /// The standard error of the slope that sizes are measured with, as a share of it; 0 where they
    /// are not.
    pub(crate) fn slope_error(&self) -> f64 {
        let Some(EffectSize::Measured(Estimate { value, interval: Some(interval) })) =
            self.effect_size
        else {
            return 0.0;
        };
        let quantile = t_quantile(self.both.level, self.groups.saturating_sub(1));
        let error = quantile.map(|t| (interval.high - interval.low) / (2.0 * t * value));
        error.filter(|error| error.is_finite()).unwrap_or(0.0)
    }
}

/// A contrast that is made up, with each replicate group left out.
pub(crate) struct Planted {
    pub(crate) value: f64,
    pub(crate) replicates: Vec<f64>,
}

/// An attribution whose contrasts are put in.
pub(crate) struct Stage {
    report: Attribution,
    /// So many standard errors above 0 a contrast must be at least.
    bound: f64,
}

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
        let bound = t_quantile(1.0 - 2.0 * ERROR, groups.saturating_sub(1)).unwrap_or(0.0);
        (empty.elements.len() == elements.len()).then_some(Self { report: empty, bound })
    }

    /// The elements in the order in which their contrasts are put in.
    pub(crate) fn positions(&self) -> impl Iterator<Item = Position> + '_ {
        self.report.elements.iter().map(|element| element.position)
    }

    /// Whether a contrast is told from 0 when nothing else is tested, which a leader must be.
    pub(crate) fn is_above_zero(&self, contrast: &Planted) -> bool {
        contrast.value > self.bound * standard_error(&contrast.replicates)
    }

    /// Puts a contrast in, by the place of its element.
    pub(crate) fn put(&mut self, at: usize, contrast: &Planted) {
        let element = &mut self.report.elements[at];
        let points = Estimate { value: contrast.value, interval: None };
        element.points = Some(Points {
            level: points,
            delay: 0.0,
            made_up: 0.0,
            contrast: Some(Contrast { points, at_least: false, signal: false }),
            handoff_range: None,
        });
        element.contrasts.clone_from(&contrast.replicates);
    }

    /// Whom the rule names.
    pub(crate) fn leader(&self) -> Option<Position> {
        self.report.lead_contrast().as_ref().and_then(Leaders::one)
    }
}
