//! The same numbers as the reference estimator, on one small survey that both make by the same arithmetic.
//!
//! The figures were computed once by the reference's `fit(cells(D, ask), ask)` in double precision (×10: it works on
//! 0–10), with `p_kl` counted from the answers as the method defines it; the reference estimates `p_kl` from the
//! weights instead, which is the same where everybody is asked everything, so those figures are its own, unchanged.

use crate::simulator::{BUFFER, VARIANTS, declared};
use relais_analytics::attribute::{Estimate, Sample, Side, Stratum};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::Design;
use relais_analytics::lateness::share_out;
use relais_analytics::{Options, attribute};

/// Twelve elements and the untraced, and what of 0–100 they are.
struct Reference {
    level: [f64; 13],
    level_error: [f64; 13],
    contrast: [f64; 13],
    contrast_error: [f64; 13],
    /// Shortfall, its error, gap, its error.
    gap: (f64, f64, f64, f64),
}

/// Three elements asked.
const THREE_ASKED: Reference = Reference {
    level: [
        4.619_961_685,
        5.854_936_629,
        4.995_620_721,
        6.893_803_307,
        4.638_457_027,
        6.837_639_979,
        4.863_436_181,
        0.318_654_994,
        0.997_274_645,
        0.795_797_549,
        3.172_998_317,
        1.016_685_824,
        -6.188_332_127,
    ],
    level_error: [
        0.670_927_197,
        0.715_747_395,
        0.513_707_932,
        0.777_590_023,
        0.713_124_049,
        0.869_216_829,
        0.695_014_207,
        0.155_958_121,
        0.169_026_372,
        0.164_646_137,
        0.414_684_964,
        0.164_667_619,
        2.455_940_596,
    ],
    contrast: [
        0.116_559_357,
        0.100_745_213,
        0.486_905_101,
        0.926_126_499,
        -0.277_857_368,
        1.613_641_056,
        -0.616_205_603,
        -0.277_189_623,
        0.256_060_831,
        0.078_351_835,
        2.300_756_462,
        0.217_531_811,
        -1.638_848_505,
    ],
    contrast_error: [
        0.508_007_506,
        0.567_322_946,
        0.597_639_449,
        0.616_974_232,
        0.542_526_508,
        0.698_478_293,
        0.657_095_523,
        0.192_188_742,
        0.137_029_484,
        0.123_447_870,
        0.331_189_143,
        0.139_090_184,
        1.816_055_145,
    ],
    gap: (38.816_934_738, 1.756_638_483, 3.286_577_067, 1.919_992_434),
};

/// Everybody asked everything.
const ALL_ASKED: Reference = Reference {
    level: [
        3.972_659_280,
        5.012_906_439,
        5.472_882_867,
        5.574_382_445,
        4.414_152_567,
        6.361_928_204,
        5.512_427_511,
        0.305_526_860,
        0.997_274_645,
        0.795_797_549,
        3.172_998_317,
        1.016_685_824,
        -3.792_687_775,
    ],
    level_error: [
        0.386_352_358,
        0.361_723_812,
        0.437_204_389,
        0.441_569_316,
        0.455_204_254,
        0.529_098_255,
        0.483_058_290,
        0.137_565_078,
        0.169_026_372,
        0.164_646_137,
        0.414_684_964,
        0.164_667_619,
        1.295_712_662,
    ],
    contrast: [
        -0.426_510_067,
        -0.343_959_251,
        0.483_556_248,
        -0.029_670_263,
        -0.405_848_779,
        1.754_199_678,
        0.457_586_612,
        -0.250_799_560,
        0.256_060_831,
        0.078_351_835,
        2.300_756_462,
        0.217_531_811,
        -0.804_678_490,
    ],
    contrast_error: [
        0.281_902_839,
        0.311_888_805,
        0.417_056_891,
        0.400_586_507,
        0.405_320_913,
        0.397_155_904,
        0.428_379_235,
        0.159_343_020,
        0.137_029_484,
        0.123_447_870,
        0.331_189_143,
        0.139_090_184,
        1.197_969_399,
    ],
    gap: (38.816_934_738, 1.756_638_483, 3.286_577_067, 1.919_992_434),
};

#[test]
fn three_asked_gives_the_figures_of_the_reference() {
    compare(&sample(false), &THREE_ASKED);
}

#[test]
fn all_asked_gives_the_figures_of_the_reference() {
    compare(&sample(true), &ALL_ASKED);
}

fn compare(sample: &Sample, reference: &Reference) {
    let found = attribute(sample, &Options::default());
    let untraced = found.untraced.as_ref().expect("762 answers are enough");
    let points = || found.elements.iter().filter_map(|element| element.points);
    let levels = points().map(|p| p.level).chain([untraced.level]);
    let contrasts = points().filter_map(|p| Some(p.contrast?.points)).chain(untraced.contrast);
    let (shortfall, gap) = (found.shortfall.expect("answers"), found.gap.expect("a reference"));
    check("level", levels, &reference.level, &reference.level_error);
    check("contrast", contrasts, &reference.contrast, &reference.contrast_error);
    check("shortfall", [shortfall].into_iter(), &[reference.gap.0], &[reference.gap.1]);
    check("gap", [gap].into_iter(), &[reference.gap.2], &[reference.gap.3]);
}

fn check(what: &str, found: impl Iterator<Item = Estimate>, values: &[f64], errors: &[f64]) {
    /// Student's t at 90 % with 28 degrees of freedom: the focus answers in 29 of the 30 groups.
    const T: f64 = 1.701_130_934_265_931;
    let found: Vec<Estimate> = found.collect();
    assert_eq!(found.len(), values.len(), "{what}");
    for (at, estimate) in found.iter().enumerate() {
        let interval = estimate.interval.expect("thirty groups are enough");
        let error = (interval.high - interval.low) / 2.0 / T;
        assert!((estimate.value - values[at]).abs() < 1e-8, "{what} {at}: {} is not {}", estimate.value, values[at]);
        assert!((error - errors[at]).abs() < 1e-6, "{what} {at}: error {error} is not {}", errors[at]);
    }
}

/// 4,000 journeys by a linear congruential generator (Knuth's MMIX), which any language repeats.
fn sample(all_asked: bool) -> Sample {
    let mut draw = Generator(20_260_101);
    let mut sample = declared(Design::Simple { asked: if all_asked { 7 } else { 3 } });
    for _ in 0..4000 {
        let (site, day) = (draw.below(6), draw.below(60));
        let variant = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2][draw.below(10) as usize];
        let slips: Vec<i64> = (0..4).map(|j| slip(&mut draw, site, variant, j)).collect();
        let shared = share_out(&slips, BUFFER);
        let (losses, outcome) = losses(&mut draw, site, variant, shared.felt);
        let mut asked = VARIANTS[variant].to_vec();
        let asked: Vec<usize> = (0..3).map(|_| asked.remove(draw.below(asked.len() as i64) as usize)).collect();
        let answered = draw.below(100) < 15 + if outcome < 4 { 10 } else { 0 };

        let side = if site == 0 { Side::Focus } else { Side::Reference };
        let time: Vec<(u16, i64, i64)> =
            (8..12).zip(&shared.lost).map(|(position, &lost)| (position, lost, 0)).collect();
        let mut population = Population::new();
        population.add(&Journey { lateness: shared.felt, time: &time, ..Journey::default() });
        sample.add_population(side, day % 30, &population);
        if answered {
            let item = |k: &usize| (all_asked || asked.contains(k)).then_some(losses[*k]);
            let items: Vec<Option<i64>> = VARIANTS[variant].iter().map(item).collect();
            let mut cell = Cell::new(items.len());
            let row = Row { outcome: Some(outcome), lateness: shared.felt, items: &items, time: &time };
            cell.add(&row).expect("the losses are in range");
            let stratum = Stratum { place: site as u32, variant: variant as u32, version: 1 };
            sample.add(side, stratum, day % 30, &cell).expect("the variant was declared");
        }
    }
    sample
}

fn slip(draw: &mut Generator, site: i64, variant: usize, j: usize) -> i64 {
    let (hit, minutes) = (draw.below(100), draw.below(3000));
    let often = if site == 0 && j == 2 { 45 } else { 12 };
    if hit < often && !(variant == 2 && j == 1) { minutes } else { 0 }
}

/// The losses of all ratings, and of the outcome.
fn losses(draw: &mut Generator, site: i64, variant: usize, felt: i64) -> ([i64; 8], i64) {
    let general = draw.below(3);
    let losses = std::array::from_fn(|k| {
        let (noise, hit, depth) = (draw.below(3), draw.below(100), draw.below(6));
        let often = if site == 0 && k == 5 { 40 } else { 12 };
        let blame = if k == 2 { felt / 1440 } else { 0 };
        (general + noise + if hit < often { depth } else { 0 } + blame).min(10)
    });
    let of_all: i64 = VARIANTS[variant].iter().map(|&k| losses[k]).sum();
    let outcome = (general + draw.below(3) + felt / 1200 + of_all / 7).min(10);
    (losses, outcome)
}

struct Generator(u64);

impl Generator {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as i64
    }
}
