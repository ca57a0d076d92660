//! What an attribution says. Every figure is in points of 0–100.

use super::claims::{self, Series};
use super::estimate::Estimate;
use super::jackknife::Jackknife;
use crate::Position;
use crate::interval::Interval;

/// How large a rated effect is: outcome points that a point of a rating's true loss costs. It
/// serves contrasts alone; levels book halo and noise on the steps, and are no lower bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EffectSize {
    /// From third moments, with the jackknife's interval: contrasts of rated elements are in their
    /// true size. It holds where those who answer are like those who do not in what they say:
    /// show it beside the response rate.
    Measured(Estimate),
    /// Contrasts of rated elements say where, and at least how much: slopes of covariances are
    /// thinned by the noise of ratings.
    AtLeast(Unmeasured),
}

/// Why the size of a rated effect is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// Some of the answers were published before cells held third moments.
    NotSummed,
    /// The losses of ratings are not skewed enough to tell faults from noise, or no answer rates
    /// two elements.
    NotSkewed,
    /// [`Options::raking_moves`](super::Options::raking_moves): those who answer differ from those
    /// who do not.
    RakingMoves,
    /// Fewer than [`MINIMUM_GROUPS`](super::MINIMUM_GROUPS) replicate groups.
    FewGroups,
}

/// How an element compares with the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// Points of the focus less those of the reference: above 0 the focus loses more.
    pub points: Estimate,
    /// Whether the points are a lower bound of the size: of a rated element where
    /// [`Attribution::effect_size`] is not measured.
    pub at_least: bool,
    /// Whether its one-sided Holm-adjusted test at 5 % holds: the focus loses more, over all
    /// elements.
    pub signal: bool,
}

/// An element's part in the breakdown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Points {
    /// Its part of the shortfall, rating and delay together.
    pub level: Estimate,
    /// Of that, what delay cost: `b_T (L̄ − M̄)`.
    pub delay: f64,
    /// What it made up, `b_T M̄ ≥ 0`; it is already deducted from its points.
    pub made_up: f64,
    /// Against the reference, where there is one and both sides know the element.
    pub contrast: Option<Contrast>,
    /// The range that the handoff leaves open, for a handoff and the step after it; `level` is one
    /// of its ends.
    pub handoff_range: Option<Interval>,
}

/// One step, handoff or promise in the focus.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its position in the catalogue.
    pub position: Position,
    /// Mean of its rating, 0–100 where 100 is ideal, over the journeys that have it; `None` where
    /// nobody rated it.
    pub mean: Option<f64>,
    /// Answers that rated it.
    pub asked: i64,
    /// Answers whose journey has it; 0 for what is only timed.
    pub passed: i64,
    /// Its part in the breakdown; `None` when nothing is split.
    pub points: Option<Points>,
    /// Whether customers rate it; a promise is only timed.
    pub(super) rated: bool,
    /// The other elements of its pairs.
    pub(super) neighbours: Vec<Position>,
    /// Its level with each replicate group left out.
    pub(super) levels: Vec<f64>,
    /// Its contrast with each replicate group left out; 0 where there is none.
    pub(super) contrasts: Vec<f64>,
}

/// What other variants and other weeks cost the focus beside the reference, lateness apart: no
/// element's doing. Contrasts are taken within weeks and variants, so this is a part of its own.
/// Both are 0 without [`Options::like_with_like`](super::Options::like_with_like).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    /// What it costs that the focus's journeys take its variants in other shares.
    pub variants: Estimate,
    /// What it costs that its answers fall into other weeks; 0 where the sides share no week.
    pub weeks: Estimate,
}

/// Who leads: the first, or a set that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaders {
    /// One element, which the next is told apart from.
    One(Position),
    /// Two or three, in the order of the chain, that cannot be told apart.
    Set(Vec<Position>),
}

/// What may be said of the contrasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// No element stands out.
    Nobody,
    /// "Lost": these stand out, and the gap itself is told from 0.
    Lost(Leaders),
    /// "Rated lower here" (of a promise: "later here"): these stand out, and the outcome is not
    /// told to be lower. A place that uses the scale lower loses no point.
    Lower(Leaders),
}

impl Leaders {
    /// The elements, in the order of the chain.
    pub fn positions(&self) -> &[Position] {
        match self {
            Self::One(position) => std::slice::from_ref(position),
            Self::Set(positions) => positions,
        }
    }

    /// The element, where it is one.
    pub fn one(&self) -> Option<Position> {
        match self {
            Self::One(position) => Some(*position),
            Self::Set(_) => None,
        }
    }

    /// `None` of no positions.
    fn of(mut positions: Vec<Position>, chain: &[Position]) -> Option<Self> {
        let place = |position: &Position| chain.iter().position(|other| other == position);
        positions.sort_by_key(|position| (place(position).unwrap_or(usize::MAX), *position));
        match positions.as_slice() {
            [] => None,
            [position] => Some(Self::One(*position)),
            _ => Some(Self::Set(positions)),
        }
    }
}

impl Claim {
    /// Who leads, if anybody.
    pub fn leaders(&self) -> Option<&Leaders> {
        match self {
            Self::Nobody => None,
            Self::Lost(leaders) | Self::Lower(leaders) => Some(leaders),
        }
    }
}

/// What no element explains.
#[derive(Clone, Debug, PartialEq)]
pub struct Untraced {
    /// Of the shortfall.
    pub level: Estimate,
    /// Of the gap to the reference.
    pub contrast: Option<Estimate>,
    /// Its level with each replicate group left out.
    pub(super) levels: Vec<f64>,
    /// Its contrast with each replicate group left out.
    pub(super) contrasts: Vec<f64>,
}

/// What the lateness of those who did not answer changed: the shortfall is what those who answered
/// lost, and this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// `D̄` of those who answered, in points.
    pub observed: f64,
    /// `b_T (T̄ of all journeys − T̄ of those answered)`, in points; 0 where no population was
    /// added.
    pub added: f64,
    /// `b_T`: points that a day late costs, whoever was slow.
    pub a_day: f64,
}

/// The breakdown of a group's shortfall. Where it is split, the elements' levels and the untraced
/// add up to the shortfall, and their contrasts, the mix and the untraced contrast to the gap, both
/// to 1e-9.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Answers of the focus.
    pub responses: i64,
    /// Journeys of the focus, answered or not; 0 where no population was added.
    pub journeys: i64,
    /// Answers of the pooled fit.
    pub pooled: i64,
    /// Replicate groups of the pooled fit.
    pub groups: usize,
    /// Mean outcome, 0–100: 100 − shortfall. `None` without an outcome in the focus.
    pub outcome: Option<Estimate>,
    /// The shortfall, calibrated by the lateness of those who did not answer where it is split.
    pub shortfall: Option<Estimate>,
    /// How it was calibrated; `None` when nothing is split.
    pub calibration: Option<Calibration>,
    /// The shortfall less the reference's.
    pub gap: Option<Estimate>,
    /// The part of the gap that is the mix of variants and weeks; `None` without a gap.
    pub mix: Option<Mix>,
    /// What a point of a rating costs in the contrasts; `None` when nothing is split.
    pub effect_size: Option<EffectSize>,
    /// Every element of the declared variants and every timed one, by position.
    pub elements: Vec<Element>,
    /// The rest; `None` when nothing is split.
    pub untraced: Option<Untraced>,
    /// What leads the level, if anything stands out: it costs most, and more than the others'
    /// mean.
    pub leading: Option<Leaders>,
    /// What leads the contrast: it is above 0, a rated element also above the mean of the other
    /// rated ones.
    pub leading_contrast: Claim,
    /// [`Options::chain`](super::Options::chain).
    pub(super) chain: Vec<Position>,
    /// For levels.
    pub(super) focus: Jackknife,
    /// For contrasts.
    pub(super) both: Jackknife,
}

impl Attribution {
    /// Whether the shortfall was split: at least [`MINIMUM_RESPONSES`](super::MINIMUM_RESPONSES)
    /// answers in the pooled fit, and an outcome in the focus.
    pub fn is_split(&self) -> bool {
        self.untraced.is_some()
    }

    /// Replicate groups that hold answers of the side with fewer of them: what the spread of the
    /// contrasts is told from.
    pub fn contrast_groups(&self) -> usize {
        self.both.groups
    }

    /// Folds elements that must not be shown into the untraced. They leave the list; the intervals
    /// are recomputed from the replicates and the claims from what remains; sums stay exact. A
    /// seam range whose other element is hidden goes too, since it would tell about it.
    #[must_use]
    pub fn fold(mut self, hidden: &[Position]) -> Self {
        let (gone, kept) =
            self.elements.into_iter().partition(|e: &Element| hidden.contains(&e.position));
        self.elements = kept;
        if let Some(untraced) = &mut self.untraced {
            untraced.take_in(&gone, &self.focus, &self.both);
        }
        for element in &mut self.elements {
            if let Some(points) = &mut element.points
                && element.neighbours.iter().any(|neighbour| hidden.contains(neighbour))
            {
                points.handoff_range = None;
            }
        }
        self.claim();
        self
    }

    /// Tests what stands out among the elements.
    pub(super) fn claim(&mut self) {
        let levels = series(&self.elements, |p| Some(p.level.value), |e| &e.levels);
        let leads = claims::above_the_others(&levels, &self.focus);
        let level = claims::leaders(&levels, &leads, &self.focus);
        let signals = claims::above_zero(&self.contrast_series(), &self.both);
        let lost = self.gap.and_then(|gap| gap.interval).is_some_and(|gap| gap.low > 0.0);
        let claim = if lost { Claim::Lost } else { Claim::Lower };
        self.leading = self.named(level);
        self.leading_contrast = self.lead_contrast().map_or(Claim::Nobody, claim);
        for (element, signal) in self.elements.iter_mut().zip(signals) {
            if let Some(contrast) =
                element.points.as_mut().and_then(|points| points.contrast.as_mut())
            {
                contrast.signal = signal;
            }
        }
    }

    /// Who leads the contrasts.
    pub(super) fn lead_contrast(&self) -> Option<Leaders> {
        let contrasts = self.contrast_series();
        let clear = claims::above_zero_and_the_other_ratings(&contrasts, &self.both);
        self.named(claims::leaders(&contrasts, &clear, &self.both))
    }

    fn contrast_series(&self) -> Vec<Series<'_>> {
        let contrast = |p: &Points| p.contrast.map(|c| c.points.value);
        series(&self.elements, contrast, |e| &e.contrasts)
    }

    fn named(&self, places: Vec<usize>) -> Option<Leaders> {
        let positions = places.iter().map(|&at| self.elements[at].position).collect();
        Leaders::of(positions, &self.chain)
    }
}

impl Untraced {
    fn take_in(&mut self, elements: &[Element], focus: &Jackknife, both: &Jackknife) {
        let mut level = self.level.value;
        let mut contrast = self.contrast.map(|contrast| contrast.value);
        for element in elements {
            let Some(points) = &element.points else {
                continue;
            };
            level += points.level.value;
            contrast = contrast.map(|sum| sum + points.contrast.map_or(0.0, |c| c.points.value));
            add(&mut self.levels, &element.levels);
            add(&mut self.contrasts, &element.contrasts);
        }
        self.level = focus.estimate(level, &self.levels);
        self.contrast = contrast.map(|value| both.estimate(value, &self.contrasts));
    }
}

/// What the claims test: a figure of each element, 0 where it has none.
fn series<'a>(
    elements: &'a [Element],
    value: impl Fn(&Points) -> Option<f64>,
    replicates: impl Fn(&'a Element) -> &'a [f64],
) -> Vec<Series<'a>> {
    let one = |e: &'a Element| Series {
        value: e.points.as_ref().and_then(&value).unwrap_or(0.0),
        replicates: replicates(e),
        rated: e.rated,
        at_least: e.points.and_then(|points| points.contrast).is_some_and(|c| c.at_least),
    };
    elements.iter().map(one).collect()
}

fn add(into: &mut [f64], from: &[f64]) {
    into.iter_mut().zip(from).for_each(|(sum, value)| *sum += value);
}
