//! The size of a rated effect: the reference's figures to 1e-9, and what happens where it cannot be
//! told.
//!
//! The figures of `effect_size.json` were computed once from the same answers one by one, in double
//! precision. `thirds` is what the reference `thirds.py` itself finds (its `fit` with `c3="uniq"`,
//! `mode="geary"`); `size` and `error` are those of the method: weighted by the design as all sums
//! are, means and slopes refitted with each group left out, which the reference keeps, and from
//! available answers where a product of lateness meets a mean. Where everybody is asked everything
//! the two are the same.

use relais_analytics::attribute::{
    EffectSize, Estimate, RatedElement, Role, Sample, Scale, Stratum, Unmeasured,
};
use relais_analytics::cell::{Cell, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::{Options, attribute};
use serde_json::Value;

const GROUPS: i64 = 12;
/// Rated elements of the variants; the first two are steps.
const VARIANTS: [&[usize]; 2] = [&[0, 1, 2, 3], &[0, 2, 3]];

/// One answer of the surveys.
struct Answer {
    site: i64,
    group: i64,
    variant: usize,
    hours: i64,
    outcome: i64,
    items: Vec<Option<i64>>,
}

#[test]
fn the_size_and_its_error_are_the_references() {
    let golden: Value =
        serde_json::from_str(include_str!("effect_size.json")).expect("the figures are JSON");
    let surveys = [
        ("one scale, all asked", Scale::same(10, 10), 4),
        ("two scales, all asked", TWO_SCALES, 4),
        ("two scales, two asked", TWO_SCALES, 2),
    ];
    for (name, scale, asked) in surveys {
        let figure = |what: &str| golden[name][what].as_f64().expect("a figure");
        let found = size(&sample(scale, asked, new_cell), &Options::default());
        let EffectSize::Measured(Estimate { value, interval }) = found else {
            panic!("{name}: {found:?}")
        };
        /// Student's t at 90 % with 11 degrees of freedom.
        const T: f64 = 1.795_884_818_704_043_7;
        let interval = interval.expect("twelve groups are enough");
        let error = (interval.high - interval.low) / 2.0 / T;
        assert!((value - figure("size")).abs() < 1e-9, "{name}: {value}");
        assert!((error - figure("error")).abs() < 1e-9, "{name}: {error}");
        let apart = (value - figure("thirds")).abs();
        assert!(apart < if asked == 4 { 1e-9 } else { 0.01 }, "{name}: {apart}");
    }
}

#[test]
fn one_old_cell_among_new_ones_and_the_size_is_not_told() {
    let old = |elements: &[RatedElement], scale: Scale, site: i64| {
        if site == 1 { old_cell(elements.len()) } else { new_cell(elements, scale, site) }
    };
    let found = size(&sample(TWO_SCALES, 4, old), &Options::default());
    assert_eq!(found, EffectSize::AtLeast(Unmeasured::NotSummed));
}

#[test]
fn cells_that_did_not_know_their_scales_tell_no_size() {
    let plain = |elements: &[RatedElement], _: Scale, _: i64| Cell::new(elements.len());
    let found = size(&sample(TWO_SCALES, 4, plain), &Options::default());
    assert_eq!(found, EffectSize::AtLeast(Unmeasured::NotSummed));
    let same = size(&sample(Scale::same(10, 4), 4, plain), &Options::default());
    assert!(matches!(same, EffectSize::Measured(_)), "one scale is its own unit: {same:?}");
}

#[test]
fn where_raking_moves_contrasts_are_lower_bounds() {
    let sample = sample(TWO_SCALES, 4, new_cell);
    let options = Options { raking_moves: true, ..Options::default() };
    assert_eq!(size(&sample, &options), EffectSize::AtLeast(Unmeasured::RakingMoves));
    let contrasts = |options: &Options| {
        let elements = attribute(&sample, options).elements;
        elements.iter().filter_map(|e| e.points?.contrast).collect::<Vec<_>>()
    };
    assert!(contrasts(&options).iter().all(|contrast| contrast.at_least));
    assert!(contrasts(&Options::default()).iter().all(|contrast| !contrast.at_least));
}

#[test]
fn ratings_without_skew_tell_no_size() {
    let mut sample = declared(Scale::same(10, 4), 4);
    for n in 0..1250_i64 {
        // Every four losses together twice, so every loss as often as its opposite.
        let items = [n % 5, n / 5 % 5, n / 25 % 5, n / 125 % 5].map(Some);
        let outcome = items.iter().flatten().sum::<i64>() / 2;
        let mut cell = Cell::new(4);
        cell.add(&Row { outcome: Some(outcome), lateness: 0, items: &items, time: &[] })
            .expect("in range");
        let side = if n % 2 == 0 { Role::Focus } else { Role::Reference };
        let stratum = Stratum { place: 0, variant: 0, version: 0 };
        sample.add(side, stratum, n % GROUPS, &cell).expect("it fits");
    }
    assert_eq!(size(&sample, &Options::default()), EffectSize::AtLeast(Unmeasured::NotSkewed));
}

const TWO_SCALES: Scale = Scale { outcome: 10, step: 4, handoff: 3 };

fn size(sample: &Sample, options: &Options) -> EffectSize {
    attribute(sample, options).effect_size.expect("there are answers enough")
}

fn new_cell(elements: &[RatedElement], scale: Scale, _: i64) -> Cell {
    Cell::of_ranges(&scale.ranges(elements))
}

/// As the format before third moments had it: three zeros that say nothing more is known.
fn old_cell(elements: usize) -> Cell {
    let mut cell = Cell::new(elements);
    let row = Row { outcome: Some(0), lateness: 0, items: &vec![None; elements], time: &[] };
    cell.add(&row).expect("in range");
    let mut bytes = cell.encode();
    bytes[0] = 0xC2;
    // What follows the counts: the kind of third moments, and one run of zeros.
    bytes.truncate(bytes.len() - 3);
    let old = Cell::decode(&bytes).expect("a cell of the second format");
    assert!(!old.has_thirds() && old.count() == 1);
    old
}

fn elements(variant: usize) -> Vec<RatedElement> {
    let kind = |k: usize| if k < 2 { Kind::Step } else { Kind::Handoff };
    let rated = |&k: &usize| RatedElement { position: k as u16, kind: kind(k) };
    VARIANTS[variant].iter().map(rated).collect()
}

fn declared(scale: Scale, asked: usize) -> Sample {
    let mut sample = Sample::new();
    for variant in 0..VARIANTS.len() {
        sample.variant(variant as u32, elements(variant)).expect("sound");
    }
    sample.version(0, scale, Design::Simple { asked }).expect("sound");
    sample
}

fn sample(
    scale: Scale,
    asked: usize,
    cell: impl Fn(&[RatedElement], Scale, i64) -> Cell,
) -> Sample {
    let mut sample = declared(scale, asked);
    let mut draw = Generator(20_260_201);
    for _ in 0..2400 {
        let answer = answer(&mut draw, scale, asked);
        let mut cell = cell(&elements(answer.variant), scale, answer.site);
        let Answer { site, group, variant, hours, outcome, .. } = answer;
        let row =
            Row { outcome: Some(outcome), lateness: 60 * hours, items: &answer.items, time: &[] };
        cell.add(&row).expect("in range");
        let side = if site == 0 { Role::Focus } else { Role::Reference };
        let stratum = Stratum { place: site as u32, variant: variant as u32, version: 0 };
        sample.add(side, stratum, group, &cell).expect("it fits");
    }
    sample
}

fn answer(draw: &mut Generator, scale: Scale, asked: usize) -> Answer {
    let ranges = [scale.step, scale.step, scale.handoff, scale.handoff];
    let (site, group) = (draw.below(3), draw.below(GROUPS));
    let variant = usize::from(draw.below(10) >= 7);
    let hours = if draw.below(4) == 0 { draw.below(60) } else { 0 };
    let mood = draw.below(3);
    let losses: [i64; 4] = std::array::from_fn(|k| {
        let (noise, hit, depth) = (draw.below(3), draw.below(100), draw.below(7));
        let often = if site == 0 && k == 2 { 40 } else { 12 };
        let blame = if k == 1 { hours / 24 } else { 0 };
        let loss = mood + noise + if hit < often { depth } else { 0 } + blame;
        (loss * ranges[k] / 10).min(ranges[k])
    });
    let own = VARIANTS[variant];
    let felt: i64 = own.iter().map(|&k| losses[k] * 10 / ranges[k]).sum();
    let outcome = (mood + draw.below(3) + hours / 20 + felt / 5).min(10);
    let mut left = own.to_vec();
    let asked: Vec<usize> = (0..asked.min(own.len()))
        .map(|_| left.remove(draw.below(left.len() as i64) as usize))
        .collect();
    let items = own.iter().map(|k| asked.contains(k).then_some(losses[*k])).collect();
    Answer { site, group, variant, hours, outcome, items }
}

/// A linear congruential generator (Knuth's MMIX), which any language repeats.
struct Generator(u64);

impl Generator {
    fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as i64
    }
}
