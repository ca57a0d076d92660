//! One survey of a case after the other: what the method concludes, and how often that is right.

use super::case::{Case, ELEMENTS, Figures, Truth};
use super::practices::PRACTICES;
use super::simulator::{RATED, Size};
use super::survey::Survey;
use relais_analytics::attribute::{Attribution, Element, Estimate};
use relais_analytics::{Options, Position, Sample, attribute};

/// Of a hundred journeys so many answer.
const ANSWERING: usize = 15;

/// What was concluded from one survey.
struct Trial {
    ours: Verdict,
    ratings_only: Verdict,
    gap_covered: bool,
    /// Shares of the elements' intervals that cover, the contrast of the target; `None` when
    /// nothing is split.
    split: Option<Covered>,
    blamed: [usize; PRACTICES.len()],
}

/// Whom an attribution points at.
struct Verdict {
    /// The largest contrast.
    top: Option<Position>,
    /// The contrasts that stand out: one, or a set that cannot be told apart.
    named: Vec<Position>,
}

struct Covered {
    contrasts: f64,
    levels: f64,
    /// The target's contrast.
    target: Option<Estimate>,
}

/// Shares of the surveys of one case and size.
pub(crate) struct Measurement {
    pub(crate) ours: Shares,
    /// Our own method without the log's timings.
    pub(crate) ratings_only: Shares,
    pub(crate) gap_covered: f64,
    /// The target's large-sample contrast over what the fault really costs; NaN without a target.
    pub(crate) long_run: f64,
    /// `None` when nothing is split: too few answers.
    pub(crate) split: Option<Coverage>,
    /// How often each of [`PRACTICES`] blames each rated element.
    pub(crate) blamed: [[f64; RATED]; PRACTICES.len()],
}

/// How often the verdicts are right.
pub(crate) struct Shares {
    /// The largest contrast is the target's.
    pub(crate) top: f64,
    /// The target is named, alone or in a set.
    pub(crate) named: f64,
    /// Only others are named.
    pub(crate) misled: f64,
}

/// How often intervals cover.
pub(crate) struct Coverage {
    pub(crate) contrasts: f64,
    pub(crate) levels: f64,
    /// Of the target's contrast, what the fault really costs; NaN without a target.
    pub(crate) cost: f64,
    /// The target's mean contrast over what the fault really costs; NaN without a target.
    pub(crate) ratio: f64,
}

/// Surveys a case `seeds` times at about so many answers, on as many threads as there are cores.
pub(crate) fn measure(case: &Case, answers: usize, truth: &Truth, seeds: u64) -> Measurement {
    let size = Size::usual(answers * 100 / ANSWERING);
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let share = seeds.div_ceil(cores).max(1) as usize;
    let all: Vec<u64> = (0..seeds).collect();
    let trials: Vec<Trial> = std::thread::scope(|scope| {
        let run = |seeds: &[u64]| {
            seeds.iter().map(|&seed| Trial::new(case, &size, truth, seed)).collect::<Vec<_>>()
        };
        let threads: Vec<_> =
            all.chunks(share).map(|seeds| scope.spawn(move || run(seeds))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a trial does not fail"))
            .collect()
    });
    Measurement::new(case, truth, &trials)
}

impl Trial {
    fn new(case: &Case, size: &Size, truth: &Truth, seed: u64) -> Self {
        let survey = Survey::new(case.fault, size, seed);
        let attribution = attribute(&survey.sample, &Options::default());
        let ratings_only = attribute(&survey.ratings_only, &Options::default());
        let figures = Figures::of(&attribution);
        let split = figures.split.as_ref().zip(truth.figures.split.as_ref());
        Self {
            gap_covered: covers(&figures.gap, truth.figures.gap.value),
            split: split.map(|(found, truth)| Covered {
                contrasts: covered(&found.contrasts[..ELEMENTS], &truth.contrasts),
                levels: covered(&found.levels, &truth.levels),
                target: case.target.map(|target| found.contrasts[usize::from(target)]),
            }),
            ours: Verdict::of(&survey.sample, &attribution),
            ratings_only: Verdict::of(&survey.ratings_only, &ratings_only),
            blamed: survey.practices.blamed(),
        }
    }
}

impl Verdict {
    /// Which contrast is the largest, and which stand out.
    fn of(sample: &Sample, attribution: &Attribution) -> Self {
        let contrast = |e: &Element| Some((e.position, e.points?.contrast?.points.value));
        // Slopes of covariances tell where: true sizes are less sure, and of many unsure figures
        // one is large.
        let options = Options { raking_moves: true, ..Options::default() };
        let elements = attribute(sample, &options).elements;
        let largest = elements.iter().filter_map(contrast).max_by(|a, b| a.1.total_cmp(&b.1));
        let named = attribution.leading_contrast.leaders();
        Self {
            top: largest.map(|(position, _)| position),
            named: named.map(|leaders| leaders.positions().to_vec()).unwrap_or_default(),
        }
    }
}

impl Measurement {
    fn new(case: &Case, truth: &Truth, trials: &[Trial]) -> Self {
        let blamed = |practice: usize, k: usize| share(trials, |trial| trial.blamed[practice] == k);
        Self {
            ours: Shares::new(case, trials, |trial| &trial.ours),
            ratings_only: Shares::new(case, trials, |trial| &trial.ratings_only),
            gap_covered: share(trials, |trial| trial.gap_covered),
            long_run: truth.size_of(case),
            split: Coverage::new(truth, trials),
            blamed: std::array::from_fn(|practice| std::array::from_fn(|k| blamed(practice, k))),
        }
    }
}

impl Shares {
    fn new(case: &Case, trials: &[Trial], verdict: impl Fn(&Trial) -> &Verdict) -> Self {
        let target = case.target;
        Self {
            top: share(trials, |trial| target.is_some() && verdict(trial).top == target),
            named: share(trials, |trial| {
                target.is_some_and(|target| verdict(trial).named.contains(&target))
            }),
            misled: share(trials, |trial| {
                let named = &verdict(trial).named;
                !named.is_empty() && !target.is_some_and(|target| named.contains(&target))
            }),
        }
    }
}

impl Coverage {
    fn new(truth: &Truth, trials: &[Trial]) -> Option<Self> {
        let split: Vec<&Covered> = trials.iter().filter_map(|trial| trial.split.as_ref()).collect();
        let targets: Vec<Estimate> = split.iter().filter_map(|covered| covered.target).collect();
        let mean = |sum: f64, count: usize| sum / count as f64;
        let covering = targets.iter().filter(|target| covers(target, truth.cost)).count();
        (!split.is_empty()).then(|| Self {
            contrasts: mean(split.iter().map(|covered| covered.contrasts).sum(), split.len()),
            levels: mean(split.iter().map(|covered| covered.levels).sum(), split.len()),
            cost: mean(covering as f64, targets.len()),
            ratio: mean(targets.iter().map(|target| target.value).sum(), targets.len())
                / truth.cost,
        })
    }
}

fn share(trials: &[Trial], holds: impl Fn(&Trial) -> bool) -> f64 {
    trials.iter().filter(|trial| holds(trial)).count() as f64 / trials.len() as f64
}

fn covered(found: &[Estimate], truth: &[Estimate]) -> f64 {
    let hits = found.iter().zip(truth).filter(|(found, truth)| covers(found, truth.value)).count();
    hits as f64 / found.len() as f64
}

fn covers(found: &Estimate, value: f64) -> bool {
    found.interval.is_some_and(|interval| (interval.low..=interval.high).contains(&value))
}
