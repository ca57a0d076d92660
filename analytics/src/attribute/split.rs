//! The decomposition: a side's shortfall over its elements and what is not traced, which adds up
//! exactly.

use super::means::Means;
use super::plan::Plan;
use super::slopes::Slopes;
use crate::cell::FIRST;

/// A side's shortfall, split.
pub(super) struct Split {
    /// `D̄_cal`, in points.
    pub(super) shortfall: f64,
    /// Each element's points, by position of the plan: rating and delay together.
    pub(super) points: Vec<f64>,
    /// Of that, the delay: `b_T (L̄_j − M̄_j)`.
    pub(super) delay: Vec<f64>,
    /// What each element made up: `b_T M̄_j`.
    pub(super) made_up: Vec<f64>,
}

impl Split {
    /// `φ_k = β_k (x̄_k − γ_k T̄_k)` and `φ_Tj = b_T (L̄_j − M̄_j)`. Being linear, it is the
    /// Shapley value of the mean.
    pub(super) fn new(plan: &Plan<'_>, slopes: &Slopes, means: &Means) -> Self {
        let delay: Vec<f64> =
            means.time.iter().map(|(lost, won)| slopes.lateness * (lost - won)).collect();
        let rating = plan.positions.iter().map(|&position| {
            let k = plan.coordinate(position).map(|coordinate| coordinate - FIRST);
            k.map_or(0.0, |k| slopes.rating[k] * own_loss(slopes, means, k))
        });
        Self {
            shortfall: means.calibrated(slopes.lateness),
            points: rating.zip(&delay).map(|(rating, delay)| rating + delay).collect(),
            made_up: means.time.iter().map(|(_, won)| slopes.lateness * won).collect(),
            delay,
        }
    }
}

/// `x̄_k − γ_k T̄_k`: the loss of a rating that lateness did not colour; 0 where nobody rated it.
pub(super) fn own_loss(slopes: &Slopes, means: &Means, k: usize) -> f64 {
    let rating = &means.ratings[k];
    rating.loss.map_or(0.0, |loss| loss - slopes.leak[k] * rating.lateness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::pooled::Pooling;
    use crate::attribute::{RatedElement, Role, Sample, Scale, Stratum};
    use crate::cell::{Cell, Journey, Population, Row};
    use crate::design::{Design, Kind};
    use proptest::prelude::*;

    /// Week, variant, outcome, lateness, losses of the first two elements, which the variant may
    /// lack one of.
    type Answer = (usize, u32, i64, i64, i64, i64);

    fn answers() -> impl Strategy<Value = Vec<Answer>> {
        prop::collection::vec((0..4usize, 0..2u32, 0..11i64, 0..4000i64, 0..5i64, 0..5i64), 40..120)
    }

    /// The answers of some weeks, each asked everything.
    fn sample(answers: &[Answer], weeks: &[usize]) -> Sample {
        let mut sample = Sample::new();
        let step = |position| RatedElement { position, kind: Kind::Step };
        sample.variant(0, vec![step(0), step(1)]).expect("sound");
        sample.variant(1, vec![step(1)]).expect("sound");
        sample.version(0, Scale::same(10, 4), Design::Simple { asked: 2 }).expect("sound");
        sample.timed(5);
        for &(week, variant, outcome, lateness, first, second) in
            answers.iter().filter(|a| weeks.contains(&a.0))
        {
            let items = [Some(first), Some(second)];
            let time = [(5, lateness, lateness / 3)];
            let mut cell = Cell::new(2 - variant as usize);
            let items = &items[variant as usize..];
            cell.add(&Row { outcome: Some(outcome), lateness, items, time: &time })
                .expect("in range");
            sample
                .add(Role::Focus, Stratum { place: 0, variant, version: 0 }, week as i64, &cell)
                .expect("fits");
            let mut all = Population::new();
            all.add(&Journey { lateness: lateness / 2, time: &time, ..Journey::default() });
            sample.add_population(Role::Focus, week as i64, &all);
        }
        sample
    }

    proptest! {
        #[test]
        fn weekly_points_average_to_monthly_points_within_one_report(answers in answers()) {
            let month = sample(&answers, &[0, 1, 2, 3]);
            let plan = Plan::new(&month);
            let slopes = Slopes::new(&Pooling::new(&plan).whole(), 2);
            let split = |weeks: &[usize]| {
                let sample = sample(&answers, weeks);
                let plan = Plan::new(&sample);
                let means = Means::new(&plan, Role::Focus, None)?;
                Some((means.answers, Split::new(&plan, &slopes, &means)))
            };
            let (all, whole) = split(&[0, 1, 2, 3]).expect("there are answers");
            for at in 0..plan.positions.len() {
                let weeks = (0..4).filter_map(|week| split(&[week]));
                let average: f64 =
                    weeks.map(|(answers, split)| answers / all * split.points[at]).sum();
                prop_assert!((average - whole.points[at]).abs() < 1e-9);
            }
        }

        #[test]
        fn no_slope_blames_anyone_for_a_good_rating(answers in answers()) {
            let sample = sample(&answers, &[0, 1, 2, 3]);
            let slopes = Slopes::new(&Pooling::new(&Plan::new(&sample)).whole(), 2);
            prop_assert!(slopes.lateness >= 0.0);
            prop_assert!(slopes.rating.iter().all(|&slope| slope >= 0.0));
        }
    }
}
