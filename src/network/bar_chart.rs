//! Bars from one zero, each with its interval, in the order in which they are given: that of the
//! journey, or of the words.

use super::two_sizes::{Paper, Sheet};
use crate::breakdown::picture::drawing::Fill;
use crate::breakdown::picture::drawing::{Shape, px};
use relais_analytics::interval::Interval;

const BAR: f64 = 15.0;
/// Where names begin.
const LEFT: f64 = 34.0;
/// Where the line of stops runs.
const TRACK: f64 = 12.0;
const RIGHT: f64 = 8.0;

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// A stop on the line.
    Step { name: String, backstage: bool },
    /// A bar between two stops, or beside none.
    Bar(Bar),
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) label: String,
    /// The figure in words, with its interval.
    pub(crate) figure: String,
    /// What it is made of.
    pub(crate) under: Option<String>,
    pub(crate) value: f64,
    pub(crate) interval: Option<Interval>,
    pub(crate) fill: Fill,
}

impl Bar {
    fn ends(&self) -> (f64, f64) {
        let alone = Interval { low: self.value, high: self.value };
        let Interval { low, high } = self.interval.unwrap_or(alone);
        (low.min(self.value).min(0.0), high.max(self.value).max(0.0))
    }
}

/// Draws the rows; `most` is what a bar can reach at most, where there is such a thing.
pub(crate) fn draw(rows: &[Row], most: Option<f64>, paper: Paper) -> Sheet {
    let bars = || {
        rows.iter().filter_map(|row| if let Row::Bar(bar) = row { Some(bar.ends()) } else { None })
    };
    let low = bars().map(|(low, _)| low).fold(0.0, f64::min);
    let high = most.unwrap_or_else(|| bars().map(|(_, high)| high).fold(0.0, f64::max));
    let room = paper.width() - LEFT - RIGHT;
    let mut pen =
        Pen { paper, low, scale: room / (high - low).max(1e-9), y: 16.0, shapes: Vec::new() };
    let steps = pen.steps(rows);
    let drawn: Vec<Shape> = std::mem::take(&mut pen.shapes);
    // The line lies under the stops.
    let mut shapes: Vec<Shape> = Vec::new();
    if let Some((first, last)) = steps {
        shapes.push(Shape::Path {
            d: format!("M{TRACK} {}V{}", px(first), px(last)),
            class: "track",
        });
    }
    shapes.extend(drawn);
    Sheet { height: pen.y, shapes }
}

struct Pen {
    paper: Paper,
    low: f64,
    /// Pixels a point.
    scale: f64,
    y: f64,
    shapes: Vec<Shape>,
}

impl Pen {
    /// Draws all rows; tells where the first and the last stop are.
    fn steps(&mut self, rows: &[Row]) -> Option<(f64, f64)> {
        let mut ends: Option<(f64, f64)> = None;
        for row in rows {
            match row {
                Row::Step { name, backstage } => {
                    let at = self.step(name, *backstage);
                    ends = Some((ends.map_or(at, |(first, _)| first), at));
                }
                Row::Bar(bar) => self.bar(bar),
            }
        }
        ends
    }

    fn step(&mut self, name: &str, backstage: bool) -> f64 {
        let (at, class) = (self.y, if backstage { "ring backstage" } else { "ring" });
        self.shapes.push(Shape::ring(TRACK, at, 7.0, class));
        let name =
            Shape::name(LEFT, at + 5.0, "name", name, Paper::letters(self.paper.width() - LEFT));
        self.y += 30.0 + 17.0 * name.len().saturating_sub(1) as f64;
        self.shapes.extend(name);
        at
    }

    /// A name, the bar with its whisker, the figure: one below the other, so that none can cover
    /// another.
    fn bar(&mut self, bar: &Bar) {
        let width = self.paper.width() - LEFT - RIGHT;
        let label =
            Shape::name(LEFT, self.y + 4.0, "row-figure", &bar.label, Paper::letters(width));
        self.y += 12.0 + 17.0 * label.len().saturating_sub(1) as f64;
        self.shapes.extend(label);
        let (zero, end) = (self.x(0.0), self.x(bar.value));
        if bar.value != 0.0 {
            let (from, to) = (zero.min(end), zero.max(end));
            self.shapes.push(Shape::band(from, self.y, (to - from).max(1.5), BAR, bar.fill));
        }
        let d = format!("M{} {}V{}", px(zero), px(self.y - 3.0), px(self.y + BAR + 3.0));
        self.shapes.push(Shape::Path { d, class: "whisker" });
        if let Some(Interval { low, high }) = bar.interval {
            self.whisker(self.x(low), self.x(high));
        }
        self.y += BAR + 15.0;
        self.shapes.push(Shape::label(LEFT, self.y, "range ink", bar.figure.clone()));
        if let Some(under) = &bar.under {
            self.y += 16.0;
            let under = Shape::name(LEFT, self.y, "range", under, Paper::letters(width));
            self.y += 17.0 * under.len().saturating_sub(1) as f64;
            self.shapes.extend(under);
        }
        self.y += 26.0;
    }

    fn whisker(&mut self, low: f64, high: f64) {
        let y = self.y + BAR / 2.0;
        let (low, high) = (low.max(LEFT), high.min(self.paper.width() - RIGHT));
        let d = format!(
            "M{l} {y}H{h}M{l} {}v8M{h} {}v8",
            px(y - 4.0),
            px(y - 4.0),
            l = px(low),
            h = px(high),
            y = px(y)
        );
        self.shapes.push(Shape::Path { d: d.clone(), class: "whisker-halo" });
        self.shapes.push(Shape::Path { d, class: "whisker" });
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.low) * self.scale
    }
}

#[cfg(test)]
mod tests {
    use crate::network::bar_chart::*;

    fn bar(value: f64, interval: Option<(f64, f64)>) -> Row {
        let label =
            "Restitution du véhicule après réparation → Accueil de la concession".to_owned();
        let under = Some("62 parcours sur 100, 5,3 points chacun".to_owned());
        Row::Bar(Bar {
            label,
            figure: "3,3 (1,5 à 5,1)".to_owned(),
            under,
            value,
            interval: interval.map(|(low, high)| Interval { low, high }),
            fill: Fill::Rated,
        })
    }

    #[test]
    fn bars_are_in_proportion_and_nothing_leaves_the_paper() {
        let step = Row::Step { name: "Accueil".to_owned(), backstage: false };
        let rows = [
            step.clone(),
            bar(4.0, Some((1.0, 9.0))),
            bar(-2.0, Some((-3.0, -1.0))),
            bar(1.0, None),
            step,
        ];
        for paper in [Paper::Wide, Paper::Tall] {
            let sheet = draw(&rows, None, paper);
            let widths: Vec<f64> = sheet
                .shapes
                .iter()
                .filter_map(|shape| match shape {
                    Shape::Band { x, width, y, height, .. } => {
                        assert!(
                            *x >= 0.0 && x + width <= paper.width() && y + height < sheet.height
                        );
                        Some(*width)
                    }
                    _ => None,
                })
                .collect();
            assert!(
                (widths[0] / widths[1] - 2.0).abs() < 0.02
                    && (widths[0] / widths[2] - 4.0).abs() < 0.02
            );
            let labels = sheet.shapes.iter().filter_map(|shape| match shape {
                Shape::Label { y, .. } => Some(*y),
                _ => None,
            });
            let ys: Vec<f64> = labels.collect();
            assert!(
                ys.windows(2).all(|pair| pair[1] - pair[0] > 12.0),
                "no label covers another: {ys:?}"
            );
            assert!(ys.iter().all(|y| *y < sheet.height));
        }
    }
}
