//! The funnel: each place a point over its number of answers, the limits around the level of all.
//! Only points beyond the outer limits have a name.

use relais_analytics::funnel;

use super::Comparison;
use crate::breakdown::picture::drawing::{Shape, px};
use crate::i18n::{Lang, Text, count, number};
use crate::network::two_sizes::{Paper, Sheet};

const TOP: f64 = 26.0;
const BOTTOM: f64 = 46.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 10.0;
/// Points of a limit's curve.
const STEPS: i64 = 60;

/// Draws the funnel; `names` says what a place is called.
pub(super) fn draw(
    comparison: &Comparison,
    names: &dyn Fn(&crate::privacy::Place) -> String,
    paper: Paper,
    lang: Lang,
) -> Sheet {
    let field = Field::of(comparison, paper);
    let mut shapes = field.axes(comparison, lang);
    shapes.extend(field.limits(comparison));
    let class = |unit: &super::Unit| match unit.lies {
        Some(funnel::Place::BeyondOuter) => ("unit beyond", 6.0),
        Some(funnel::Place::BeyondInner) => ("unit near", 4.5),
        _ => ("unit", 4.5),
    };
    for unit in &comparison.units {
        let (class, r) = class(unit);
        shapes.push(Shape::ring(field.x(unit.size), field.y(unit.figure), r, class));
    }
    shapes.extend(field.names(comparison, names));
    Sheet { height: field.height, shapes }
}

/// Where a figure and its size lie on the paper.
struct Field {
    width: f64,
    height: f64,
    most: i64,
    low: f64,
    high: f64,
}

impl Field {
    fn of(comparison: &Comparison, paper: Paper) -> Self {
        let most = comparison.units.iter().map(|unit| unit.size).max().unwrap_or(1);
        let least = comparison.units.iter().map(|unit| unit.size).min().unwrap_or(1);
        // The limits of the smallest place, and every point.
        let limits = comparison.limits(least).map(|[_, outer]| outer);
        let figures = comparison.units.iter().map(|unit| unit.figure);
        let ends = figures.chain(limits.into_iter().flat_map(|(low, high)| [low, high]));
        let (low, high) = ends
            .fold((100.0_f64, 0.0_f64), |(low, high), figure| (low.min(figure), high.max(figure)));
        // A little room, so that no point lies on the edge.
        let (low, high) =
            (((low - 2.0) / 10.0).floor() * 10.0, ((high + 2.0) / 10.0).ceil() * 10.0);
        let (low, high) = (low.max(0.0), high.min(100.0));
        let height = if paper == Paper::Wide { 430.0 } else { 330.0 };
        Self { width: paper.width(), height, most, low, high: high.max(low + 10.0) }
    }

    fn x(&self, size: i64) -> f64 {
        LEFT + size as f64 / self.most as f64 * (self.width - LEFT - RIGHT - 6.0)
    }

    fn y(&self, figure: f64) -> f64 {
        let share = (figure - self.low) / (self.high - self.low);
        self.height - BOTTOM - share * (self.height - BOTTOM - TOP)
    }

    fn axes(&self, comparison: &Comparison, lang: Lang) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let end = self.width - RIGHT;
        let apart = if self.high - self.low > 40.0 { 20.0 } else { 10.0 };
        let mut figure = self.low;
        while figure <= self.high + 0.01 {
            let y = self.y(figure);
            shapes.push(Shape::Path { d: format!("M{LEFT} {}H{}", px(y), px(end)), class: "hair" });
            shapes.push(Shape::label(LEFT - 6.0, y + 4.0, "tick end", number(lang, figure, 0)));
            figure += apart;
        }
        for size in [self.most / 2, self.most] {
            let words = count(lang, size.unsigned_abs());
            let class = if size == self.most { "tick end" } else { "tick middle" };
            shapes.push(Shape::label(self.x(size), self.height - BOTTOM + 16.0, class, words));
        }
        let key = match comparison.measure.element().is_none_or(crate::element::Element::is_rated) {
            true if comparison.measure != crate::chart::Measure::Promises => {
                "owner-compare-axis-answers"
            }
            _ => "owner-compare-axis-promises",
        };
        shapes.push(Shape::label(end, self.height - 10.0, "range end", Text::new(key).say(lang)));
        shapes
    }

    /// The level of all, the inner and the outer limits.
    fn limits(&self, comparison: &Comparison) -> Vec<Shape> {
        let Some(target) = comparison.target() else { return Vec::new() };
        let first = comparison.units.iter().map(|unit| unit.size).min().unwrap_or(1).max(1);
        let sizes: Vec<i64> =
            (0..=STEPS).map(|step| first + (self.most - first) * step / STEPS).collect();
        let curve = |read: &dyn Fn([(f64, f64); 2]) -> f64, class| {
            let point = |size: &i64| {
                let figure = read(comparison.limits(*size)?);
                Some(format!("{} {}", px(self.x(*size)), px(self.y(figure))))
            };
            let points: Vec<String> = sizes.iter().filter_map(point).collect();
            Shape::Path { d: format!("M{}", points.join("L")), class }
        };
        let y = px(self.y(target));
        vec![
            curve(&|[_, outer]| outer.0, "bound"),
            curve(&|[_, outer]| outer.1, "bound"),
            curve(&|[inner, _]| inner.0, "bound inner"),
            curve(&|[inner, _]| inner.1, "bound inner"),
            Shape::Path { d: format!("M{LEFT} {y}H{}", px(self.width - RIGHT)), class: "level" },
        ]
    }

    /// The names, each moved up or down until it covers no other.
    fn names(
        &self,
        comparison: &Comparison,
        names: &dyn Fn(&crate::privacy::Place) -> String,
    ) -> Vec<Shape> {
        let mut taken: Vec<f64> = Vec::new();
        let mut shapes = Vec::new();
        for (place, unit) in comparison.beyond() {
            let (x, own) = (self.x(unit.size), self.y(unit.figure) + 5.0);
            let free = |y: &f64| {
                let inside = (TOP..self.height - BOTTOM - 2.0).contains(y);
                inside && taken.iter().all(|other| (y - other).abs() >= 16.0)
            };
            let near =
                (0..60).flat_map(|step| [own + 4.0 * f64::from(step), own - 4.0 * f64::from(step)]);
            // Where the paper is full of names, the table has the others.
            let Some(y) = near.into_iter().find(free) else { continue };
            taken.push(y);
            let room = |to: f64| Paper::letters(to - 14.0);
            let shape = match x > self.width / 2.0 {
                true => {
                    Shape::name(x - 11.0, y, "name end", &names(place), room(x)).into_iter().next()
                }
                false => Shape::name(x + 11.0, y, "name", &names(place), room(self.width - x))
                    .into_iter()
                    .next(),
            };
            shapes.extend(shape);
        }
        shapes
    }
}

#[cfg(test)]
mod tests {
    use crate::network::compare::drawing::*;
    use crate::network::compare::tests::comparison;

    #[test]
    fn points_lie_where_their_figures_are_and_only_those_beyond_are_named() {
        for paper in [Paper::Wide, Paper::Tall] {
            let comparison = comparison(30);
            let sheet = draw(&comparison, &|place| place.to_string(), paper, Lang::Fr);
            let mut rings = Vec::new();
            let mut named = Vec::new();
            for shape in &sheet.shapes {
                match shape {
                    Shape::Ring { x, y, r, class } => {
                        assert!(
                            x - r >= 0.0
                                && x + r <= paper.width()
                                && y + r < sheet.height
                                && y - r > 0.0
                        );
                        rings.push((*x, *y, *class));
                    }
                    Shape::Label { words, class, .. } if class.starts_with("name") => {
                        named.push(words.clone())
                    }
                    _ => {}
                }
            }
            assert_eq!((rings.len(), named), (30, vec!["site:S29".to_owned()]));
            let far = rings.iter().find(|ring| ring.2 == "unit beyond").unwrap();
            assert!(rings.iter().all(|ring| ring.1 <= far.1), "the lowest figure lies lowest");
            assert!(
                rings[..29].windows(2).all(|pair| pair[0].0 < pair[1].0),
                "more answers lie further right"
            );
        }
    }

    #[test]
    fn without_a_funnel_no_limit_is_drawn() {
        let sheet = draw(&comparison(9), &|place| place.to_string(), Paper::Wide, Lang::En);
        let limit = |shape: &Shape| matches!(shape, Shape::Path { class, .. } if class.starts_with("bound"));
        assert!(!sheet.shapes.iter().any(limit));
    }
}
