//! What could be seen: how often a fault of a given size would be named by the product's own rule,
//! with the answers that an organisation has or expects.
//!
//! A quarter is drawn many times from the noise of the contrasts, the fault is added to one of
//! them, and the rule that names a leader ([`mod@crate::attribute`]) is asked each time; nothing is
//! refitted, which is why a table takes a moment and not a night. The noise comes from one of two
//! places:
//!
//! - **Own answers** ([`Noise::of`]): the jackknife's pseudo-values `G θ − (G − 1) θ_(−g)` of an
//!   attribution, each less the contrast itself: whatever stands out today is taken off, so that
//!   what is planted is the only fault. A quarter is `G` of them, drawn with replacement and for
//!   all elements together, so that elements which go together still do.
//! - **Before anything was collected** ([`Noise::assumed`]): the error of a contrast of two means,
//!   `s √(1/n + 1/n')`, with `n` the answers of the focus that rated the element (journeys ×
//!   response × asked / parts of the path) and `n'` those of the rest; of a promise all journeys,
//!   answered or not. `s` is the spread of what single answers, or journeys, lose by an element.
//!
//! # Of what size
//!
//! Sizes are points of 0–100 that the focus truly loses more by the element. The rule judges the
//! fitted points of a rated element, which come out smaller, by what a slope loses to the noise of
//! ratings: [`Fault::recovered`]. With assumed noise, whose spread is that of the true points, it
//! is 1; with an organisation's own it is the fitted slope over the one of
//! [third moments](mod@crate::attribute), and 0.54 where nothing better is known (measured once, no
//! constant). A fault that few journeys meet and that costs them much also makes the focus less
//! even: [`Fault::depth`]. That it colours the ratings of other parts is left out.
//!
//! A test of this crate plants faults of 2, 4 and 6 points into surveys of 507 answers (of 2,535
//! elsewhere, three of six parts asked), fits each as a whole, and compares:
//!
//! | points | whole surveys | own noise | assumed |
//! |---|---|---|---|
//! | 0 | .01 | .00 | .01 |
//! | 2 | .33 | .31 | .39 |
//! | 4 | .93 | .88 | .89 |
//! | 6 | .99 | 1.00 | .99 |

use crate::Position;
use crate::attribute::Attribution;
use crate::attribute::planted::Stage;
use std::collections::BTreeMap;

/// Quarters that a share is told from: it is off by 2 of 100 at most, in 19 of 20 cases.
pub const DRAWS: usize = 2_000;

/// The noise of the contrasts of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    elements: BTreeMap<Position, ElementNoise>,
    groups: usize,
    /// Items that are asked, where that is known.
    asked: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
struct ElementNoise {
    timed: bool,
    /// What the focus is a mean of: answers that rated it, or journeys; 0 where it is not known.
    size: f64,
    source: Source,
}

#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// What each replicate group adds to the contrast's error, on average nothing.
    Groups(Vec<f64>),
    /// Its standard error.
    Error(f64),
}

/// A path with its traffic.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Journeys a week at the focus.
    pub focus: f64,
    /// Journeys a week elsewhere.
    pub rest: f64,
    /// The elements that customers can be asked about.
    pub rated: Vec<Position>,
    /// The elements that promise something.
    pub timed: Vec<Position>,
}

/// What is assumed before anything was collected.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// The paths.
    pub paths: Vec<Path>,
    /// How long is collected: 13 for a quarter.
    pub weeks: u32,
    /// The share of journeys whose customer answers, 0 to 1.
    pub response: f64,
    /// About how many elements each is asked.
    pub asked: usize,
    /// The standard deviation, over single answers, of the points that a rated element costs.
    pub rated_spread: f64,
    /// The same of a promise, over journeys.
    pub timed_spread: f64,
}

/// Spread of a rated element, in points, where nothing better is known: ratings spread by 25 of
/// 100, of which the outcome follows half.
pub const RATED_SPREAD: f64 = 12.5;
/// Spread of a promise, in points, where nothing better is known: half a day at ten points a day.
pub const TIMED_SPREAD: f64 = 5.0;
/// Points that a fault costs a journey that meets it, where nothing better is known.
pub const DEPTH: f64 = 35.0;
/// Replicate groups a week: thirds.
const GROUPS_A_WEEK: usize = 3;

/// A fault to be planted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// Where.
    pub element: Position,
    /// Points of 0–100 that the focus loses more by it.
    pub points: f64,
    /// The share of these that the fit finds: see the module's documentation.
    pub recovered: f64,
    /// Points that it costs a journey that meets it: the rarer and deeper, the less even the focus.
    /// [`DEPTH`] where nothing better is known.
    pub depth: f64,
}

impl Fault {
    /// What it adds to the variance of a single answer's fitted points.
    fn variance(&self) -> f64 {
        let own = (self.points * (self.depth - self.points)).max(0.0);
        self.recovered * self.recovered * own
    }
}

/// What could be changed to see more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lever {
    /// Each is asked about so many elements. Where the number of now is not known, nothing changes.
    Asked(usize),
    /// So many times as many people are asked. Promises are known of all journeys already.
    People(f64),
    /// So many times as long a period.
    Period(f64),
    /// A place with so many times the traffic, of a network that is large beside it.
    Place(f64),
}

impl Noise {
    /// The noise of an attribution's contrasts; `None` where it has none.
    pub fn of(attribution: &Attribution, asked: Option<usize>) -> Option<Self> {
        let (series, groups) = attribution.contrast_series()?;
        let elements = series.into_iter().map(|one| {
            let (count, own) = (one.replicates.len() as f64, one.replicates);
            let mean = own.iter().sum::<f64>() / count;
            let pseudo = own.iter().map(|left_out| (count - 1.0) * (mean - left_out));
            let source = Source::Groups(pseudo.collect());
            (one.position, ElementNoise { timed: one.timed, size: one.size, source })
        });
        Some(Self { elements: elements.collect(), groups, asked })
    }

    /// The noise that traffic makes; `None` where an assumption is no number, or no journey is
    /// expected on one of the sides.
    pub fn assumed(assumption: &Assumption) -> Option<Self> {
        let weeks = f64::from(assumption.weeks);
        let mut elements: BTreeMap<Position, (bool, [f64; 2])> = BTreeMap::new();
        for path in &assumption.paths {
            let parts = path.rated.len().max(1) as f64;
            let rated = assumption.response * (assumption.asked as f64 / parts).min(1.0);
            let rated = path.rated.iter().map(|position| (*position, false, rated));
            let timed = path.timed.iter().map(|position| (*position, true, 1.0));
            for (position, timed, share) in rated.chain(timed) {
                let (_, [focus, rest]) = elements.entry(position).or_insert((timed, [0.0; 2]));
                *focus += path.focus * weeks * share;
                *rest += path.rest * weeks * share;
            }
        }
        let noise = elements.into_iter().map(|(position, (timed, [focus, rest]))| {
            let spread = if timed { assumption.timed_spread } else { assumption.rated_spread };
            let error = spread * (1.0 / focus + 1.0 / rest).sqrt();
            let possible = error > 0.0 && error.is_finite();
            let noise = ElementNoise { timed, size: focus, source: Source::Error(error) };
            possible.then_some((position, noise))
        });
        let elements: BTreeMap<Position, ElementNoise> = noise.collect::<Option<_>>()?;
        let groups = (assumption.weeks as usize).saturating_mul(GROUPS_A_WEEK);
        let groups = groups.min(crate::attribute::MAXIMUM_GROUPS);
        let asked = Some(assumption.asked);
        (!elements.is_empty()).then_some(Self { elements, groups, asked })
    }

    /// The noise once a lever is moved.
    #[must_use]
    pub fn with(&self, lever: Lever) -> Self {
        let mut moved = self.clone();
        let more = |timed: bool| match (lever, self.asked) {
            (Lever::Asked(_), _) if timed => 1.0,
            (Lever::Asked(now), Some(before)) if before > 0 => now as f64 / before as f64,
            (Lever::Asked(_), _) => 1.0,
            (Lever::People(_), _) if timed => 1.0,
            (Lever::People(times) | Lever::Period(times) | Lever::Place(times), _) => times,
        };
        for element in moved.elements.values_mut() {
            let times = more(element.timed).max(f64::MIN_POSITIVE);
            let smaller = 1.0 / times.sqrt();
            element.size *= times;
            match &mut element.source {
                Source::Groups(groups) => groups.iter_mut().for_each(|error| *error *= smaller),
                Source::Error(error) => *error *= smaller,
            }
        }
        if let (Lever::Asked(now), Some(_)) = (lever, self.asked) {
            moved.asked = Some(now);
        }
        moved
    }

    /// The share of quarters in which a fault would be named, 0 to 1, of so many [draws](DRAWS);
    /// the same for the same seed. `None` where the element is not of this noise, or nothing was
    /// drawn.
    ///
    /// ```
    /// use relais_analytics::power::{Assumption, DRAWS, Fault, Lever, Noise, Path};
    /// use relais_analytics::power::{DEPTH, RATED_SPREAD, TIMED_SPREAD};
    ///
    /// // Sixty journeys a week here and six hundred elsewhere, 15 % answer, three of seven parts.
    /// let path = Path { focus: 60.0, rest: 600.0, rated: (0..7).collect(), timed: vec![8, 9] };
    /// let (rated_spread, timed_spread) = (RATED_SPREAD, TIMED_SPREAD);
    /// let assumption =
    ///     Assumption { paths: vec![path], weeks: 13, response: 0.15, asked: 3, rated_spread,
    ///         timed_spread };
    /// let noise = Noise::assumed(&assumption).expect("there is traffic");
    /// let named = |noise: &Noise, points| {
    ///     let fault = Fault { element: 5, points, recovered: 1.0, depth: DEPTH };
    ///     noise.named(fault, DRAWS, 1).expect("a part")
    /// };
    /// assert!(named(&noise, 2.0) < 0.2 && named(&noise, 15.0) > 0.7);
    /// assert!(named(&noise.with(Lever::Period(2.0)), 10.0) > named(&noise, 10.0) + 0.1);
    /// ```
    pub fn named(&self, fault: Fault, draws: usize, seed: u64) -> Option<f64> {
        self.elements.get(&fault.element).filter(|_| draws > 0)?;
        let kinds: Vec<(Position, bool)> =
            self.elements.iter().map(|(position, noise)| (*position, noise.timed)).collect();
        let mut stage = Stage::new(&kinds, self.groups)?;
        if !stage.positions().eq(self.elements.keys().copied()) {
            return None;
        }
        let mut chance = Chance(seed);
        let mut named = 0usize;
        for _ in 0..draws {
            let groups = self.quarter(&fault, &mut chance);
            let planted = |position: Position| {
                if position == fault.element { fault.points * fault.recovered } else { 0.0 }
            };
            let truth: Vec<f64> = self.elements.keys().map(|position| planted(*position)).collect();
            let (values, replicates) = left_out(&truth, &groups);
            named += usize::from(stage.leader(&values, &replicates) == Some(fault.element));
        }
        Some(named as f64 / draws as f64)
    }

    /// What each replicate group of a quarter adds to the error, by element.
    fn quarter(&self, fault: &Fault, chance: &mut Chance) -> Vec<Vec<f64>> {
        let most = self.groups.max(2);
        let picked: Vec<u64> = (0..most).map(|_| chance.next()).collect();
        let group = |source: &Source, chance: &mut Chance| match source {
            // The same groups for all elements.
            Source::Groups(own) if own.is_empty() => vec![0.0; most],
            Source::Groups(own) => {
                picked.iter().map(|pick| own[(pick % own.len() as u64) as usize]).collect()
            }
            Source::Error(error) => {
                let each = error * (most as f64).sqrt();
                (0..most).map(|_| each * chance.normal()).collect()
            }
        };
        let mut quarter = Vec::with_capacity(self.elements.len());
        for (position, noise) in &self.elements {
            let mut groups = group(&noise.source, chance);
            if *position == fault.element && noise.size > 0.0 {
                let each = (fault.variance() / noise.size * most as f64).sqrt();
                groups.iter_mut().for_each(|group| *group += each * chance.normal());
            }
            quarter.push(groups);
        }
        quarter
    }
}

/// The contrasts of a quarter, and with each group left out, from what is true and what the groups
/// add.
fn left_out(truth: &[f64], groups: &[Vec<f64>]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let one = |(truth, groups): (&f64, &Vec<f64>)| {
        let (count, sum) = (groups.len() as f64, groups.iter().sum::<f64>());
        let without = groups.iter().map(|own| truth + (sum - own) / (count - 1.0));
        (truth + sum / count, without.collect())
    };
    truth.iter().zip(groups).map(one).unzip()
}

/// Chance from a seed: SplitMix64 (Steele, Lea & Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Between 0 and 1, both left out.
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Of the standard normal distribution (Box & Muller 1958).
    fn normal(&mut self) -> f64 {
        let (radius, angle) = ((-2.0 * self.share().ln()).sqrt(), self.share());
        radius * (std::f64::consts::TAU * angle).cos()
    }
}
