//! The noise of contrasts: where it comes from, what moves it, and how often a fault is named in
//! it.

use super::chance::Chance;
use super::{Assumption, DEPTH, Fault, Lever, RECOVERED};
use crate::Position;
use crate::attribute::planted::{ContrastSeries, Planted, Stage};
use crate::attribute::{Attribution, EffectSize, MAXIMUM_GROUPS, MINIMUM_GROUPS};
use std::collections::BTreeMap;

/// Replicate groups a week: thirds.
const GROUPS_A_WEEK: f64 = 3.0;
/// Contrasts that differ by less, in points, do not vary but are rounded.
const ROUNDING: f64 = 1e-9;

/// The noise of the contrasts of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Noise {
    elements: BTreeMap<Position, ElementNoise>,
    /// How long the period is, and the replicate groups that a week brings.
    weeks: f64,
    groups_a_week: f64,
    /// Items that are asked, where that is known.
    asked: Option<usize>,
    /// The standard error of the slope that rated contrasts are taken with, as a share of it.
    slope_error: f64,
}

#[derive(Clone, Debug, PartialEq)]
struct ElementNoise {
    timed: bool,
    /// What the focus is a mean of: answers that rated it, or journeys; 0 where it is not known.
    size: f64,
    /// The share of a fault's points that the fit finds.
    recovered: f64,
    source: Source,
}

#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// What each replicate group adds to the contrast's error, on average nothing.
    Groups(Vec<f64>),
    /// Its standard error.
    Error(f64),
}

impl Noise {
    /// The noise of an attribution's contrasts, which are of so many weeks; `None` where it has
    /// none, or fewer than [`MINIMUM_GROUPS`] groups to tell it from.
    pub fn of(attribution: &Attribution, weeks: u32, asked: Option<usize>) -> Option<Self> {
        let (series, groups) = attribution.judged_series()?;
        if groups < MINIMUM_GROUPS {
            return None;
        }
        let recovered = recovered(&series, attribution.effect_size.as_ref());
        let elements = series.into_iter().zip(recovered).filter_map(|(one, recovered)| {
            let (count, own) = (one.replicates.len() as f64, one.replicates);
            let mean = own.iter().sum::<f64>() / count;
            let varies = own.iter().any(|left_out| (left_out - own[0]).abs() > ROUNDING);
            let pseudo = own.iter().map(|left_out| (count - 1.0) * (mean - left_out));
            let source = Source::Groups(pseudo.collect());
            let noise = ElementNoise { timed: one.timed, size: one.size, recovered, source };
            varies.then_some((one.position, noise))
        });
        let elements: BTreeMap<Position, ElementNoise> = elements.collect();
        let weeks = f64::from(weeks.max(1));
        let few = (groups < MAXIMUM_GROUPS).then(|| groups as f64 / weeks);
        let slope_error = attribution.slope_error();
        (!elements.is_empty()).then_some(Self {
            elements,
            weeks,
            groups_a_week: few.unwrap_or(GROUPS_A_WEEK).min(GROUPS_A_WEEK),
            asked,
            slope_error,
        })
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
            let source = Source::Error(error);
            let noise = ElementNoise { timed, size: focus, recovered: 1.0, source };
            possible.then_some((position, noise))
        });
        let elements: BTreeMap<Position, ElementNoise> = noise.collect::<Option<_>>()?;
        (!elements.is_empty()).then_some(Self {
            elements,
            weeks,
            groups_a_week: GROUPS_A_WEEK,
            asked: Some(assumption.asked),
            slope_error: 0.0,
        })
    }

    /// A fault of so many points at an element, as this noise finds it; `None` of an element that
    /// is not of it.
    pub fn fault(&self, element: Position, points: f64) -> Option<Fault> {
        let recovered = self.elements.get(&element)?.recovered;
        Some(Fault { element, points, recovered, depth: DEPTH })
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
        if let Lever::Period(times) = lever {
            moved.weeks *= times;
        }
        // The slope is of all answers, of whatever place.
        if !matches!(lever, Lever::Place(_)) {
            moved.slope_error /= more(false).max(f64::MIN_POSITIVE).sqrt();
        }
        moved
    }

    /// Replicate groups of the period.
    fn groups(&self) -> usize {
        (self.groups_a_week * self.weeks).round().clamp(2.0, MAXIMUM_GROUPS as f64) as usize
    }

    /// The share of quarters in which a fault would be named, 0 to 1, of so many
    /// [draws](super::DRAWS); the same for the same seed. `None` where the element is not of this
    /// noise, or nothing was drawn.
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
        self.named_each(&[fault], draws, seed).pop()?
    }

    /// The same of several faults, each by itself, in the same draws: one after the other would
    /// take longer.
    pub fn named_each(&self, faults: &[Fault], draws: usize, seed: u64) -> Vec<Option<f64>> {
        let places: Vec<Option<usize>> = faults
            .iter()
            .map(|fault| self.elements.keys().position(|position| *position == fault.element))
            .collect();
        let mut named = vec![0usize; faults.len()];
        let stage = self.stage().filter(|_| draws > 0);
        let Some(mut stage) = stage else { return vec![None; faults.len()] };
        let mut chance = Chance(seed);
        for _ in 0..draws {
            let quarter = self.quarter(&mut chance);
            // What a fault adds by chance: the same for all of them, which meet in no quarter.
            let uneven: Vec<f64> = (0..self.groups()).map(|_| chance.normal()).collect();
            for (at, groups) in quarter.iter().enumerate() {
                stage.put(at, &left_out(0.0, groups));
            }
            for ((fault, place), named) in faults.iter().zip(&places).zip(&mut named) {
                let Some((at, noise)) = place.zip(self.elements.get(&fault.element)) else {
                    continue;
                };
                let each = (self.own_variance(fault, noise) * uneven.len() as f64).sqrt();
                let groups = quarter[at].iter().zip(&uneven);
                let groups: Vec<f64> = groups.map(|(own, more)| own + each * more).collect();
                let contrast = left_out(fault.points * fault.recovered, &groups);
                if !stage.is_above_zero(&contrast) {
                    continue;
                }
                stage.put(at, &contrast);
                *named += usize::from(stage.leader() == Some(fault.element));
                stage.put(at, &left_out(0.0, &quarter[at]));
            }
        }
        let share =
            |(place, named): (&Option<usize>, usize)| place.map(|_| named as f64 / draws as f64);
        places.iter().zip(named).map(share).collect()
    }

    /// The rule over these elements; `None` where there is nothing that it could be asked about.
    fn stage(&self) -> Option<Stage> {
        let kinds: Vec<(Position, bool)> =
            self.elements.iter().map(|(position, noise)| (*position, noise.timed)).collect();
        let stage = Stage::new(&kinds, self.groups())?;
        stage.positions().eq(self.elements.keys().copied()).then_some(stage)
    }

    /// What each replicate group of a quarter adds to the error, by element.
    fn quarter(&self, chance: &mut Chance) -> Vec<Vec<f64>> {
        let most = self.groups();
        let picked: Vec<u64> = (0..most).map(|_| chance.next()).collect();
        let group = |source: &Source| match source {
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
        self.elements.values().map(|noise| &noise.source).map(group).collect()
    }

    /// What a fault adds to the variance of its own contrast: not every journey meets it, and the
    /// slope that its points are told with is not sure.
    fn own_variance(&self, fault: &Fault, noise: &ElementNoise) -> f64 {
        let uneven = if noise.size > 0.0 { fault.variance() / noise.size } else { 0.0 };
        let slope = if noise.timed { 0.0 } else { self.slope_error };
        uneven + (fault.points * fault.recovered * slope).powi(2)
    }
}

/// The share of a fault's points that is found at each element.
fn recovered(series: &[ContrastSeries<'_>], size: Option<&EffectSize>) -> Vec<f64> {
    if matches!(size, Some(EffectSize::Measured(_))) {
        return vec![1.0; series.len()];
    }
    let slopes = || series.iter().filter(|one| !one.timed).filter_map(|one| one.slope);
    let mean = slopes().sum::<f64>() / slopes().count().max(1) as f64;
    let one = |one: &ContrastSeries<'_>| match one.slope {
        _ if one.timed => 1.0,
        Some(slope) if mean > 0.0 => (RECOVERED * slope / mean).clamp(0.0, 1.0),
        _ => RECOVERED,
    };
    series.iter().map(one).collect()
}

/// A contrast of a quarter, and with each group left out, from what is true and what the groups
/// add.
fn left_out(truth: f64, groups: &[f64]) -> Planted {
    let (count, sum) = (groups.len() as f64, groups.iter().sum::<f64>());
    let without = groups.iter().map(|own| truth + (sum - own) / (count - 1.0));
    Planted { value: truth + sum / count, replicates: without.collect() }
}
