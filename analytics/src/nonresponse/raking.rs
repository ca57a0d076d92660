//! Raking: weights that make those who answered look like all, by several margins at once.
//!
//! Iterative proportional fitting (Deming & Stephan 1940): every answer starts with the same
//! weight; margin by margin each category's weights are multiplied so that they add up to its
//! journeys, until all margins agree. Where that has a solution it is the nearest one to equal
//! weights (Ireland & Kullback 1968).
//!
//! **Nobody answered in a category**: it is collapsed into the others of its margin, in
//! proportion, which is to say that those who could not be heard are like the rest;
//! [`Fit::unheard`] says how many they are. **A category that has answers and no journeys**, as
//! when a late answer is released after its journey, keeps the share that it has among the
//! answers. **A cap**: an answer that would weigh more than five times the median weighs just
//! that, and raking again hands what was cut to the others. Margins and cap may ask for what
//! cannot be together; then the cap holds, and [`Fit::miss`] says by how much the margins are
//! missed.

use std::collections::BTreeMap;

/// No answer weighs more than this many medians.
pub const CAP: f64 = 5.0;
/// No answer weighs less than this share of the mean: margins that contradict each other would
/// else push some to 0.
const LEAST: f64 = 1e-6;
/// Margins agree when no category is further off than this share of all journeys.
const CLOSE: f64 = 1e-11;
/// Margins that agree do so after a dozen sweeps; those that contradict each other never.
const SWEEPS: usize = 200;

/// Answers that share their categories, one of each margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answers<const M: usize> {
    /// Their category in each margin.
    pub categories: [u32; M],
    /// How many they are; above 0.
    pub count: f64,
}

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Raking {
    /// What one answer weighs, in the order of the answers: for so many journeys it stands. They
    /// add up to the journeys.
    pub weights: Vec<f64>,
    /// How well they fit.
    pub fit: Fit,
}

/// How well weights meet the margins, and what they cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// By how much the worst category is missed, as a share of all journeys.
    pub miss: f64,
    /// Journeys of categories in which nobody answered, as a share of all: of the margin that has
    /// most of them.
    pub unheard: f64,
    /// Answers whose weight was cut at [`CAP`] medians, as a share of all answers.
    pub capped: f64,
}

/// Weights answers to the journeys of each margin: `population[m]` has the journeys of each
/// category of margin `m`. Each margin is taken as shares, of the journeys of the first. `None`
/// without answers, without journeys, or with a count that is not above 0 and finite.
///
/// ```
/// use relais_analytics::nonresponse::raking::{Answers, rake};
///
/// // Ten answers from the web and thirty by telephone, where all journeys are half and half.
/// let answers =
///     [(1, 10.0), (2, 30.0)].map(|(category, count)| Answers { categories: [category], count });
/// let journeys = [[(1, 60.0), (2, 60.0)].into()];
/// let raked = rake(&answers, &journeys).expect("there are answers and journeys");
/// assert!((raked.weights[0] - 6.0).abs() < 1e-9 && (raked.weights[1] - 2.0).abs() < 1e-9);
/// ```
pub fn rake<const M: usize>(
    answers: &[Answers<M>],
    population: &[BTreeMap<u32, f64>; M],
) -> Option<Raking> {
    let sound = |count: f64| count > 0.0 && count.is_finite();
    let all: f64 = answers.iter().map(|group| group.count).sum();
    let journeys: f64 = population.first()?.values().sum();
    let each = answers
        .iter()
        .map(|group| group.count)
        .chain(population.iter().flat_map(BTreeMap::values).copied());
    if !each.into_iter().all(sound) || !sound(all) || !sound(journeys) {
        return None;
    }
    let margins: Vec<Target> =
        (0..M).map(|m| Target::of(answers, &population[m], m, all, journeys)).collect();
    let mut raked =
        Raked { answers, margins, weights: vec![journeys / all; answers.len()], journeys, all };
    raked.fit();
    let capped = raked.cap();
    raked.settle();
    let unheard = raked.margins.iter().map(|margin| margin.unheard).fold(0.0, f64::max);
    let fit = Fit { miss: raked.miss(), unheard, capped };
    Some(Raking { weights: raked.weights, fit })
}

/// A margin in numbers of its own.
struct Target {
    /// The category of each group of answers.
    category: Vec<usize>,
    /// The journeys that the answers of each category stand for.
    journeys: Vec<f64>,
    unheard: f64,
}

impl Target {
    fn of<const M: usize>(
        answers: &[Answers<M>],
        population: &BTreeMap<u32, f64>,
        margin: usize,
        all: f64,
        journeys: f64,
    ) -> Self {
        let mut heard: BTreeMap<u32, f64> = BTreeMap::new();
        answers
            .iter()
            .for_each(|group| *heard.entry(group.categories[margin]).or_default() += group.count);
        let of_strangers: f64 =
            heard.iter().filter(|(code, _)| !population.contains_key(code)).map(|(_, n)| n).sum();
        let of_heard: f64 =
            population.iter().filter(|(code, _)| heard.contains_key(code)).map(|(_, n)| n).sum();
        let everybody: f64 = population.values().sum();
        let target = |(code, answers): (&u32, &f64)| match population.get(code) {
            Some(count) => journeys * (1.0 - of_strangers / all) * count / of_heard,
            None => journeys * answers / all,
        };
        let codes: Vec<u32> = heard.keys().copied().collect();
        let place =
            |group: &Answers<M>| codes.partition_point(|code| *code < group.categories[margin]);
        Self {
            category: answers.iter().map(place).collect(),
            journeys: heard.iter().map(target).collect(),
            unheard: (1.0 - of_heard / everybody).max(0.0),
        }
    }
}

struct Raked<'a, const M: usize> {
    answers: &'a [Answers<M>],
    margins: Vec<Target>,
    weights: Vec<f64>,
    journeys: f64,
    all: f64,
}

impl<const M: usize> Raked<'_, M> {
    /// Fits margin after margin until all agree.
    fn fit(&mut self) {
        for _ in 0..SWEEPS {
            if self.round() <= CLOSE {
                return;
            }
        }
    }

    /// Cuts at the cap and fits again, if anything weighs more; which share of the answers then
    /// weighs the cap.
    fn cap(&mut self) -> f64 {
        if !self.cut() {
            return 0.0;
        }
        for _ in 0..SWEEPS {
            let off = self.round();
            self.cut();
            if off <= CLOSE {
                break;
            }
        }
        let cap = CAP * self.median() * (1.0 - 1e-9);
        let at_the_cap =
            self.weights.iter().zip(self.answers).filter(|(weight, _)| **weight >= cap);
        at_the_cap.map(|(_, group)| group.count).sum::<f64>() / self.all
    }

    /// Fits each margin once; how far the furthest category was off before its turn, as a share of
    /// all journeys.
    fn round(&mut self) -> f64 {
        let least = LEAST * self.journeys / self.all;
        let mut off: f64 = 0.0;
        for m in 0..M {
            let (sums, targets) = (self.sums(m), &self.margins[m].journeys);
            off = sums
                .iter()
                .zip(targets)
                .map(|(sum, target)| (sum - target).abs())
                .fold(off, f64::max);
            let factors: Vec<f64> =
                sums.iter().zip(targets).map(|(sum, target)| target / sum).collect();
            for (weight, category) in self.weights.iter_mut().zip(&self.margins[m].category) {
                *weight = (*weight * factors[*category]).max(least);
            }
        }
        off / self.journeys
    }

    fn sums(&self, m: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.margins[m].journeys.len()];
        for ((group, weight), category) in
            self.answers.iter().zip(&self.weights).zip(&self.margins[m].category)
        {
            sums[*category] += group.count * weight;
        }
        sums
    }

    /// Cuts what weighs more than the cap; whether anything did. The median stays what it is.
    fn cut(&mut self) -> bool {
        let cap = CAP * self.median();
        let mut any = false;
        for weight in self.weights.iter_mut().filter(|weight| **weight > cap) {
            *weight = cap;
            any = true;
        }
        any
    }

    /// The median weight of an answer.
    fn median(&self) -> f64 {
        let mut order: Vec<(f64, f64)> = self
            .weights
            .iter()
            .zip(self.answers)
            .map(|(weight, group)| (*weight, group.count))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut passed = 0.0;
        let middle = order.iter().find(|(_, count)| {
            passed += count;
            2.0 * passed >= self.all
        });
        middle.or(order.last()).map_or(0.0, |(weight, _)| *weight)
    }

    /// Makes the weights add up to the journeys again.
    fn settle(&mut self) {
        let sum: f64 = self
            .answers
            .iter()
            .zip(&self.weights)
            .map(|(group, weight)| group.count * weight)
            .sum();
        let factor = self.journeys / sum;
        self.weights.iter_mut().for_each(|weight| *weight *= factor);
    }

    /// By how much the worst category is missed, as a share of all journeys.
    fn miss(&self) -> f64 {
        let off = |m: usize| self.sums(m).into_iter().zip(self.margins[m].journeys.clone());
        let worst =
            (0..M).flat_map(off).map(|(sum, target)| (sum - target).abs()).fold(0.0, f64::max);
        worst / self.journeys
    }
}
