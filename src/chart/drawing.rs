//! A chart as SVG: what quiet weeks stay within as a grey band, the weeks on it, and what was tried
//! as lettered marks.
//!
//! No colour judges a point. What is worth asking about has a ring around it, a week that is not
//! shown has a cross on the ground line, and limits on trial have a broken edge. The table beneath
//! says the same to everybody.

use std::fmt::Write as _;

use relais_analytics::chart::Sign;

use super::{Chart, Kind, Point, Watch, phrases};
use crate::breakdown::picture::drawing::{Drawing, Shape, px};
use crate::calendar::{Week, date_in_words};
use crate::i18n::{Lang, Text, number};
use crate::privacy::Disclosed;

/// What is marked on a chart: an action that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The week in which it began.
    pub week: Week,
    /// What stands at the mark, and before its words beneath.
    pub letter: String,
    /// What was tried.
    pub words: String,
}

/// What a chart is drawn on: its letters are as large on each, so that a phone's has fewer of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A page on a screen or a sheet.
    Wide,
    /// A phone.
    Narrow,
    /// A corner of the pack.
    Sheet,
}

impl Paper {
    fn size(self) -> (f64, f64) {
        match self {
            Self::Wide => (760.0, 300.0),
            Self::Narrow => (296.0, 250.0),
            Self::Sheet => (500.0, 190.0),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Wide => "chart-wide",
            Self::Narrow => "chart-narrow",
            Self::Sheet => "chart-sheet",
        }
    }
}

const LEFT: f64 = 36.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 30.0;
const GROUND: f64 = 26.0;
/// How wide a day in words is.
const DAY: f64 = 116.0;

/// Draws what was disclosed, with what was tried.
pub fn draw(chart: &Disclosed<Chart>, marks: &[Mark], paper: Paper, lang: Lang) -> String {
    Plot::of(chart, paper).chart(marks, lang).svg()
}

/// Draws what small departures add up to; `None` while nothing is watched.
pub fn watch(chart: &Disclosed<Chart>, paper: Paper, lang: Lang) -> Option<String> {
    let watch = chart.watch.as_ref()?;
    Some(Plot::of(chart, paper).watch(watch, lang).svg())
}

/// Where a figure of a week is on the paper.
struct Plot<'a> {
    chart: &'a Chart,
    paper: Paper,
    width: f64,
    height: f64,
    /// The figures at the ground and at the top.
    range: (f64, f64),
    shapes: Vec<Shape>,
}

impl<'a> Plot<'a> {
    fn of(chart: &'a Chart, paper: Paper) -> Self {
        let (width, height) = paper.size();
        Self { chart, paper, width, height, range: range(chart), shapes: Vec::new() }
    }

    fn x(&self, week: Week) -> f64 {
        let weeks = self.chart.points.iter().map(|point| point.week.0);
        let (first, last) = (weeks.clone().min().unwrap_or(0), weeks.max().unwrap_or(0));
        let inside = self.width - LEFT - RIGHT - 16.0;
        let share =
            if last == first { 0.5 } else { f64::from(week.0 - first) / f64::from(last - first) };
        LEFT + 8.0 + inside * share.clamp(0.0, 1.0)
    }

    fn y(&self, figure: f64) -> f64 {
        let (low, high) = self.range;
        self.height - GROUND - (self.height - GROUND - TOP) * (figure - low) / (high - low)
    }

    fn chart(mut self, marks: &[Mark], lang: Lang) -> Drawing {
        let decimals = usize::from(self.range.1 - self.range.0 < 3.0);
        self.scale(&|figure| number(lang, figure, decimals));
        self.days(lang);
        self.limits();
        self.marks(marks);
        self.points();
        let title = Text::new("chart-picture-title")
            .with("measured", phrases::measured(self.chart, lang))
            .say(lang);
        let description = phrases::description(self.chart, lang);
        let id = self.paper.id();
        self.finished(id, title, description)
    }

    fn finished(self, id: &'static str, title: String, description: String) -> Drawing {
        Drawing {
            id,
            width: self.width,
            height: self.height,
            title,
            description,
            shapes: self.shapes,
            linked: false,
        }
    }

    fn path(&mut self, d: String, class: &'static str) {
        if !d.is_empty() {
            self.shapes.push(Shape::Path { d, class });
        }
    }

    /// Hair lines at round figures.
    fn scale(&mut self, say: &dyn Fn(f64) -> String) {
        let (low, high) = self.range;
        let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0];
        let step = steps.into_iter().find(|step| (high - low) / step <= 5.0).unwrap_or(50.0);
        let mut at = (low / step).ceil() * step;
        while at <= high {
            let y = self.y(at);
            self.path(format!("M{LEFT} {}H{}", px(y), px(self.width - RIGHT)), "hair");
            self.shapes.push(Shape::label(LEFT - 6.0, y + 4.0, "tick end", say(at)));
            at += step;
        }
    }

    /// As many days as there is room for, the first and the last among them.
    fn days(&mut self, lang: Lang) {
        let points = &self.chart.points;
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        // The first and the last stand inside of the frame, and reach further than those between
        // them.
        let between = ((self.width - LEFT - RIGHT) / (1.5 * DAY)) as i32;
        let count = (last.week.0 - first.week.0).min(between).max(1);
        for place in 0..=count {
            let week = Week(first.week.0 + (last.week.0 - first.week.0) * place / count);
            let class = match place {
                0 => "tick",
                place if place == count => "tick end",
                _ => "tick middle",
            };
            let x = match place {
                0 => LEFT,
                place if place == count => self.width - RIGHT,
                _ => self.x(week),
            };
            if place == 0 || last.week != first.week {
                let day = date_in_words(week.monday(), lang);
                self.shapes.push(Shape::label(x, self.height - 6.0, class, day));
            }
        }
    }

    /// What quiet weeks stay within, and the middle of it. Where the limits were computed anew,
    /// both begin anew.
    fn limits(&mut self) {
        for stretch in self
            .chart
            .points
            .chunk_by(|one, next| one.frozen == next.frozen && one.centre == next.centre)
        {
            let known: Vec<(f64, f64, f64)> = stretch
                .iter()
                .filter_map(|point| {
                    point.limits.map(|(low, high)| (self.x(point.week), self.y(low), self.y(high)))
                })
                .collect();
            self.band(&known, stretch[0].frozen);
            let centre = stretch[0].centre.map(|centre| self.y(centre));
            if let (Some(y), Some(first), Some(last)) = (centre, stretch.first(), stretch.last()) {
                let (from, to) = (self.x(first.week) - 5.0, self.x(last.week) + 5.0);
                self.path(format!("M{} {}H{}", px(from), px(y), px(to)), "centre");
            }
        }
        if let Some(until) = self.chart.baseline_until {
            let x = self.x(until) + 4.0;
            self.path(format!("M{} {TOP}V{}", px(x), px(self.height - GROUND)), "anew");
        }
    }

    fn band(&mut self, known: &[(f64, f64, f64)], frozen: bool) {
        let (Some(first), Some(last)) = (known.first(), known.last()) else { return };
        let mut edges = [String::new(), String::new()];
        for (edge, at) in
            edges.iter_mut().zip([|k: &(f64, f64, f64)| k.2, |k: &(f64, f64, f64)| k.1])
        {
            let _ = write!(edge, "M{} {}", px(first.0 - 5.0), px(at(first)));
            known.iter().for_each(|known| {
                let _ = write!(edge, "L{} {}", px(known.0), px(at(known)));
            });
            let _ = write!(edge, "H{}", px(last.0 + 5.0));
        }
        let back: Vec<String> =
            known.iter().rev().map(|known| format!("L{} {}", px(known.0), px(known.1))).collect();
        let foot = format!("L{} {}", px(last.0 + 5.0), px(last.1));
        let close =
            format!("{}{foot}{}L{} {}Z", edges[0], back.concat(), px(first.0 - 5.0), px(first.1));
        self.path(close, "quiet-zone");
        let class = if frozen { "limit" } else { "limit trial" };
        let [high, low] = edges;
        self.path(high, class);
        self.path(low, class);
    }

    /// What was tried, where it began. Two of one week share their place.
    fn marks(&mut self, marks: &[Mark]) {
        let mut weeks: Vec<Week> = marks.iter().map(|mark| mark.week).collect();
        weeks.sort_unstable();
        weeks.dedup();
        for week in weeks {
            let letters: Vec<&str> =
                marks.iter().filter(|m| m.week == week).map(|m| m.letter.as_str()).collect();
            let x = self.x(week);
            self.path(format!("M{} {}V{}", px(x), TOP - 6.0, px(self.height - GROUND)), "tried");
            self.shapes.push(Shape::label(x, TOP - 11.0, "letter middle", letters.join(" ")));
        }
    }

    /// The weeks, joined, and those worth asking about in a ring.
    fn points(&mut self) {
        let seen: Vec<(f64, f64)> = self
            .chart
            .points
            .iter()
            .filter_map(|point| Some((self.x(point.week), self.y(figure(point)?))))
            .collect();
        let line: Vec<String> = seen
            .iter()
            .enumerate()
            .map(|(place, (x, y))| {
                format!("{}{} {}", if place == 0 { 'M' } else { 'L' }, px(*x), px(*y))
            })
            .collect();
        self.path(line.concat(), "run");
        let asked = |place: usize| {
            // What lasts is ringed where it is added up.
            let mut patterns =
                self.chart.questions.iter().filter(|asked| asked.seen != Sign::Lasting);
            patterns.any(|asked| asked.points.contains(&place))
        };
        let ground = self.height - GROUND;
        let mut shapes = Vec::new();
        for (place, point) in self.chart.points.iter().enumerate() {
            let x = self.x(point.week);
            match figure(point) {
                Some(figure) => {
                    let y = self.y(figure);
                    if point.since < point.week {
                        // As wide as the weeks that it stands for.
                        let from = px(self.x(point.since));
                        let d = format!("M{from} {}H{}", px(y), px(x));
                        shapes.push(Shape::Path { d, class: "run" });
                    }
                    if asked(place) {
                        shapes.push(Shape::ring(x, y, 7.5, "asked"));
                    }
                    shapes.push(Shape::ring(x, y, 3.5, "week"));
                }
                None => {
                    let (x, y) = (px(x), px(ground - 5.0));
                    shapes.push(Shape::Path {
                        d: format!("M{} {}l6 6m0 -6l-6 6", x - 3.0, y - 3.0),
                        class: "gap",
                    });
                }
            }
        }
        self.shapes.extend(shapes);
    }

    /// The sums upwards and downwards from a middle line, each with its threshold.
    fn watch(mut self, watch: &Watch, lang: Lang) -> Drawing {
        self.height = if self.paper == Paper::Narrow { 190.0 } else { 200.0 };
        let sums = watch.up.iter().chain(&watch.down);
        let most = sums.fold(watch.threshold, |most, sum| most.max(*sum)) * 1.15;
        self.range = (-most, most);
        self.scale(&|sum| number(lang, sum.abs(), 0));
        self.days(lang);
        for threshold in [watch.threshold, -watch.threshold] {
            let y = self.y(threshold);
            self.path(format!("M{LEFT} {}H{}", px(y), px(self.width - RIGHT)), "limit");
        }
        for (sums, sign) in [(&watch.up, 1.0), (&watch.down, -1.0)] {
            let at = |(point, sum): (&Point, &f64)| {
                format!("L{} {}", px(self.x(point.week)), px(self.y(sign * sum)))
            };
            let line = self.chart.points.iter().zip(sums).map(at).collect::<String>();
            self.path(line.replacen('L', "M", 1), "run sum");
        }
        for alarm in &watch.alarms {
            let (sums, sign) = if alarm.direction == relais_analytics::Direction::Up {
                (&watch.up, 1.0)
            } else {
                (&watch.down, -1.0)
            };
            let point = self.chart.points.get(alarm.at).zip(sums.get(alarm.at));
            if let Some((x, y)) = point.map(|(point, sum)| (self.x(point.week), self.y(sign * sum)))
            {
                self.shapes.push(Shape::ring(x, y, 7.5, "asked"));
            }
        }
        let title = Text::new("chart-watch-title")
            .with("measured", phrases::measured(self.chart, lang))
            .say(lang);
        let description = phrases::watched(self.chart, lang).join(" ");
        let id = if self.paper == Paper::Narrow { "watch-narrow" } else { "watch-wide" };
        self.finished(id, title, description)
    }
}

fn figure(point: &Point) -> Option<f64> {
    point.value.as_ref().ok().map(|value| value.figure())
}

fn figures_and_limits(chart: &Chart) -> impl Iterator<Item = f64> {
    let limits =
        chart.points.iter().filter_map(|point| point.limits).flat_map(|(low, high)| [low, high]);
    chart.points.iter().filter_map(figure).chain(limits)
}

/// All figures and limits with a little room, inside of 0 to 100.
fn range(chart: &Chart) -> (f64, f64) {
    let (low, high) = figures_and_limits(chart)
        .fold((100.0_f64, 0.0_f64), |(low, high), figure| (low.min(figure), high.max(figure)));
    if chart.kind == Kind::Days {
        let high = figures_and_limits(chart).fold(0.1_f64, f64::max);
        return (0.0, 1.12 * high);
    }
    // At least ten points, so that weeks which are all the same look the same.
    let room = (0.12 * (high - low)).max(5.0 - (high - low) / 2.0);
    ((low - room).clamp(0.0, 90.0), (high + room).clamp(10.0, 100.0))
}
