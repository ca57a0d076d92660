//! The map as a drawing: a transit map of the service. Lines are as wide as they are travelled; a
//! warm halo is as large as the points that are lost there; what leads back is a dashed loop; what
//! the customer does not meet lies below the line of visibility.

mod marks;

use super::Map;
use super::detail::Detail;
use super::layout::{Level, Plan, Route, lay_out};
use super::phrases::MapPhrases;
use crate::breakdown::picture::drawing::{Drawing, Shape, px};
use crate::i18n::Lang;
use crate::privacy::Disclosed;
use marks::{Kind, LETTER, LINE, Mark, Marks, RING, WORDS};

/// Draws what was disclosed, as SVG to be put into a page; `own` is the team whose steps are
/// marked.
pub fn draw(map: &Disclosed<Map>, detail: Detail, own: Option<&str>, lang: Lang) -> String {
    drawing(map, detail, own, lang).svg()
}

pub(super) fn drawing(map: &Map, detail: Detail, own: Option<&str>, lang: Lang) -> Drawing {
    let says = MapPhrases::new(map, lang);
    sketch(&Marks::of(&says, detail, own), &says)
}

/// A drawing of marks, wherever they are from.
fn sketch(marks: &Marks, says: &MapPhrases<'_>) -> Drawing {
    let plan = lay_out(&marks.nodes, &marks.links);
    let mut pen = Pen { shapes: Vec::new() };
    pen.visibility(&plan, &says.phrases.say("breakdown-line-of-visibility"));
    for (mark, route) in marks.flow.iter().zip(&plan.routes) {
        pen.halo_of_way(mark, route);
    }
    // The light ones above the heavy ones, so that none is hidden.
    let mut order: Vec<usize> = (0..plan.routes.len()).collect();
    order.sort_by(|a, b| {
        marks.flow[*b].thickness.total_cmp(&marks.flow[*a].thickness).then(a.cmp(b))
    });
    order.iter().for_each(|at| pen.way(&marks.flow[*at], &plan.routes[*at]));
    for (at, (x, y)) in plan.nodes.iter().enumerate() {
        pen.step(&marks.steps[at], *x, *y);
    }
    for (mark, route) in marks.flow.iter().zip(&plan.routes) {
        pen.label(mark, route);
    }
    Drawing {
        id: "map",
        width: plan.width,
        height: plan.height,
        title: says.phrases.with(
            "map-picture-title",
            "journey",
            says.phrases.name(&says.map.breakdown.blueprint.name),
        ),
        description: says.phrases.say("map-picture-description"),
        shapes: pen.shapes,
        linked: false,
    }
}

struct Pen {
    shapes: Vec<Shape>,
}

impl Pen {
    fn visibility(&mut self, plan: &Plan, words: &str) {
        let Some(y) = plan.visibility else { return };
        self.shapes.push(Shape::Path {
            d: format!("M8 {y}H{}", px(plan.width - 8.0)),
            class: "visibility",
        });
        // At an end where no way crosses the line, if there is one.
        let length = words.chars().count() as f64 * 12.5 * LETTER;
        let (left, right) = ((8.0, 8.0 + length), (plan.width - 8.0 - length, plan.width - 8.0));
        match crossed(plan, y, left) && !crossed(plan, y, right) {
            true => self.shapes.push(Shape::label(plan.width - 8.0, y + 15.0, "range end", words)),
            false => self.shapes.push(Shape::label(8.0, y + 15.0, "range", words)),
        }
    }

    /// A halo along the level stretch where a way has its label: as wide as the points that are
    /// lost on it.
    fn halo_of_way(&mut self, mark: &Mark, route: &Route) {
        let Some(width) = mark.halo else { return };
        let Some(level) = route
            .levels
            .iter()
            .find(|level| level.y == route.label.1 && holds(level, route.label.0))
        else {
            return;
        };
        let d = format!("M{} {}H{}", level.left, level.y, level.right);
        self.shapes.push(Shape::Line {
            d,
            class: "halo",
            thickness: px(mark.thickness + 2.0 * width),
        });
    }

    fn way(&mut self, mark: &Mark, route: &Route) {
        let class = match (mark.kind, route.back) {
            (Kind::Handoff, _) => "way handoff",
            (Kind::Link, true) => "way back",
            (Kind::Link, false) => "way",
        };
        self.shapes.push(Shape::Line { d: course(route), class, thickness: px(mark.thickness) });
        if route.back {
            self.arrow(mark, route);
        }
    }

    /// A head at the left end of the stretch that has the label: this way leads back.
    fn arrow(&mut self, mark: &Mark, route: &Route) {
        let Some(level) = route.levels.iter().find(|level| holds(level, route.label.0)) else {
            return;
        };
        let half = 4.0 + mark.thickness / 2.0;
        let d = format!(
            "M{} {}l{} {}v{}z",
            px(level.left - 2.0),
            level.y,
            px(1.6 * half),
            px(half),
            px(-2.0 * half)
        );
        self.shapes.push(Shape::Path { d, class: "arrow" });
    }

    fn step(&mut self, mark: &Mark, x: f64, y: f64) {
        if let Some(halo) = mark.halo {
            self.shapes.push(Shape::ring(x, y, px(RING + halo), "halo-ring"));
        }
        if let Some(words) = &mark.again {
            let d = format!(
                "M{} {}C{} {} {} {} {} {}",
                px(x - 6.0),
                px(y - 7.0),
                px(x - 26.0),
                px(y - 40.0),
                px(x + 26.0),
                px(y - 40.0),
                px(x + 6.0),
                px(y - 7.0)
            );
            self.shapes.push(Shape::Line { d, class: "way back", thickness: 2.0 });
            self.shapes.push(Shape::label(x, y - 37.0, "tick middle", words));
        }
        self.shapes.push(Shape::ring(x, y, RING, mark.ring));
        let top = y + RING.max(mark.halo.map_or(0.0, |halo| RING + halo)) + 4.0;
        self.words(mark, x, top + WORDS);
    }

    /// The words of a way: how many above it, what happens on it below.
    fn label(&mut self, mark: &Mark, route: &Route) {
        let (x, y) = route.label;
        let reach = mark.reach();
        if let Some(volume) = &mark.volume {
            self.shapes.push(Shape::label(x, y - reach - 5.0, "range ink middle", volume));
        }
        self.words(mark, x, y + reach + WORDS + 1.0);
    }

    fn words(&mut self, mark: &Mark, x: f64, y: f64) {
        let mut y = y;
        for line in &mark.lines {
            let class = format!("{} middle", line.class);
            self.shapes.push(Shape::Label {
                x: px(x),
                y: px(y),
                class,
                words: line.words.clone(),
                whole: line.whole.clone(),
            });
            y += LINE;
        }
    }
}

/// Whether some way crosses that height between these places.
fn crossed(plan: &Plan, y: f64, (left, right): (f64, f64)) -> bool {
    let pairs = plan.routes.iter().flat_map(|route| route.levels.windows(2));
    let mut bends =
        pairs.filter(|pair| pair[0].y.min(pair[1].y) < y && pair[0].y.max(pair[1].y) > y);
    bends.any(|pair| pair[0].right < right && pair[1].left > left)
}

fn holds(level: &Level, x: f64) -> bool {
    level.left <= x && x <= level.right
}

/// Level stretches joined by soft bends.
fn course(route: &Route) -> String {
    let mut d = String::new();
    let mut end: Option<(f64, f64)> = None;
    for level in &route.levels {
        match end {
            None => d.push_str(&format!("M{} {}", level.left, level.y)),
            Some((_, y)) if y == level.y => {}
            Some((x, y)) => {
                let middle = px(f64::midpoint(x, level.left));
                d.push_str(&format!(
                    "H{x}C{middle} {y} {middle} {} {} {}",
                    level.y, level.left, level.y
                ));
            }
        }
        end = Some((level.right, level.y));
    }
    if let Some((x, _)) = end {
        d.push_str(&format!("H{x}"));
    }
    d
}
