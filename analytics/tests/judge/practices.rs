//! What usual practice concludes from the same answers: whom each rule of thumb would blame at
//! site 0.

use super::simulator::{Answer, RATED, STEPS};

/// The rules, in the order of [`Practices::blamed`], by the reference's names.
pub(crate) const PRACTICES: [(&str, &str); 5] = [
    ("last_step", "the last step met"),
    ("lowest_step_score", "lowest step score"),
    ("largest_correlation_at_site", "strongest correlation"),
    ("largest_step_drop", "largest step drop"),
    ("largest_rating_drop", "largest rating drop"),
];

/// The step that ends every journey.
const LAST: usize = 3;
/// Fewer answers at the site than this, and a mean or a correlation is not looked at.
const FEWEST: (i64, i64) = (2, 4);

/// Sums over the answers that rated an element: its losses `x` and the outcome's `y`.
#[derive(Clone, Copy, Default)]
struct RatedElement {
    count: i64,
    x: i64,
    y: i64,
    xx: i64,
    yy: i64,
    xy: i64,
}

/// What the rules need of the answers: by element, at site 0 and elsewhere.
#[derive(Default)]
pub(crate) struct Practices {
    site: [RatedElement; RATED],
    others: [RatedElement; RATED],
}

impl Practices {
    pub(crate) fn add(&mut self, at_site: bool, elements: &[usize], answer: &Answer) {
        let side = if at_site { &mut self.site } else { &mut self.others };
        for (&k, item) in elements.iter().zip(&answer.items) {
            if let Some(loss) = item {
                side[k].add(*loss, answer.outcome);
            }
        }
    }

    /// The element that each of [`PRACTICES`] blames.
    pub(crate) fn blamed(&self) -> [usize; PRACTICES.len()] {
        let seen = |k: usize| self.site[k].count >= FEWEST.0;
        let score = |k: usize| if seen(k) { self.site[k].mean() } else { f64::NEG_INFINITY };
        let drop = |k: usize| {
            if seen(k) { self.site[k].mean() - self.others[k].mean() } else { f64::NEG_INFINITY }
        };
        let correlation = |k: usize| self.site[k].correlation().unwrap_or(-1.0);
        [
            LAST,
            first_largest(STEPS, score),
            first_largest(RATED, correlation),
            first_largest(STEPS, drop),
            first_largest(RATED, drop),
        ]
    }
}

impl RatedElement {
    fn add(&mut self, x: i64, y: i64) {
        self.count += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    fn mean(&self) -> f64 {
        self.x as f64 / self.count.max(1) as f64
    }

    /// Between rating and outcome; `None` for few answers or answers that are all alike.
    fn correlation(&self) -> Option<f64> {
        let spread = |square: i64, a: i64, b: i64| (self.count * square - a * b) as f64;
        let scale = (spread(self.xx, self.x, self.x) * spread(self.yy, self.y, self.y)).sqrt();
        (self.count >= FEWEST.1 && scale > 0.0).then(|| spread(self.xy, self.x, self.y) / scale)
    }
}

fn first_largest(elements: usize, of: impl Fn(usize) -> f64) -> usize {
    (0..elements).rev().max_by(|&a, &b| of(a).total_cmp(&of(b))).unwrap_or_default()
}
