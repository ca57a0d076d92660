//! The chain as one picture: stops on a line, the points lost hanging from it like a load, and what was made
//! up rising above it. All bands share one scale, so that depth can be compared anywhere in the picture.
//!
//! Two drawings of the same: [`wide`](super::wide) from left to right, and [`tall`](super::tall) from top to bottom
//! for a narrow screen. The style sheet shows one of them; the table beneath says the same to everybody.

use askama::Template;

use super::words::Speech;
use super::{Breakdown, Line, Stop, tall, wide};
use crate::element::Element;
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// Wider than this, shrinking the chain to a page would make its words too small: it is scrolled instead.
const WIDEST: f64 = 1320.0;

/// Draws what was disclosed, as SVG to be put into a page; `own` is the team whose part is marked.
pub fn draw(breakdown: &Disclosed<Breakdown>, own: Option<&str>, lang: Lang) -> Picture {
    Picture::of(breakdown, own, lang)
}

/// The picture in its two forms, ready for a page.
#[derive(Debug)]
pub struct Picture {
    /// From left to right.
    pub wide: String,
    /// From top to bottom.
    pub tall: String,
}

impl Picture {
    pub(super) fn of(breakdown: &Breakdown, own: Option<&str>, lang: Lang) -> Self {
        let marks = Marks::of(breakdown, own, lang);
        Self { wide: wide::draw(&marks).svg(), tall: tall::draw(&marks).svg() }
    }
}

/// What both drawings draw from: the marks of a chain, with their words.
pub(super) struct Marks<'a> {
    pub(super) breakdown: &'a Breakdown,
    pub(super) speech: Speech<'a>,
    own: Option<&'a str>,
    /// The most points that a band, a whisker or a made-up bar reaches.
    pub(super) most: f64,
}

impl<'a> Marks<'a> {
    pub(super) fn of(breakdown: &'a Breakdown, own: Option<&'a str>, lang: Lang) -> Self {
        let reach = |line: &Line| line.points.map_or(0.0, |p| p.interval.map_or(p.points, |(_, high)| high) + line.made_up);
        let untraced = breakdown.untraced.map_or(0.0, |p| p.interval.map_or(p.points, |(_, high)| high));
        let most = breakdown.lines.iter().map(reach).fold(untraced.max(1.0), f64::max);
        Self { breakdown, speech: Speech::new(breakdown, lang), own, most }
    }

    /// The mark of an element, if the journeys have it.
    pub(super) fn mark(&self, element: &Element) -> Option<Mark> {
        if self.breakdown.hidden(element).is_some() {
            return Some(Mark::hidden(self.is_own(element), self.speech.say("breakdown-hidden-mark")));
        }
        self.breakdown.line(element).map(|line| self.shown(line))
    }

    /// What belongs to no part of the chain.
    pub(super) fn untraced(&self) -> Option<Mark> {
        let points = self.breakdown.untraced?;
        Some(Mark {
            lost: points.points,
            interval: points.interval,
            fill: Fill::Untraced,
            figure: self.speech.points(points.points),
            range: self.speech.range(points.interval),
            ..Mark::default()
        })
    }

    /// The marks of a stop, in the order in which they are drawn: as rated, then its dates.
    pub(super) fn of_stop(&self, stop: &Stop) -> Vec<Mark> {
        let elements = [Element::Step(stop.code.clone()), Element::Promise(stop.code.clone())];
        elements.iter().filter_map(|element| self.mark(element)).collect()
    }

    /// The handoffs that are no link of the line: they skip a stop, go back, or stand for many.
    pub(super) fn detours(&self) -> Vec<(&'a Element, Mark)> {
        let links: Vec<Element> = self.links().collect();
        let breakdown = self.breakdown;
        let shown = breakdown.lines.iter().map(|line| &line.element);
        let all = shown.chain(breakdown.suppressed.iter().map(|hidden| &hidden.element));
        let mut detours: Vec<&Element> = all
            .filter(|element| matches!(element, Element::Handoff(..) | Element::HandoffOther) && !links.contains(element))
            .collect();
        detours.sort_by_key(|element| breakdown.chain.place(element));
        detours.into_iter().filter_map(|element| Some((element, self.mark(element)?))).collect()
    }

    /// Whether the team whose page this is does that step.
    pub(super) fn owns(&self, stop: &Stop) -> bool {
        self.own.is_some() && stop.team.as_deref() == self.own
    }

    fn is_own(&self, element: &Element) -> bool {
        self.own.is_some_and(|own| self.breakdown.chain.teams(element).contains(&own))
    }

    fn links(&self) -> impl Iterator<Item = Element> {
        let stops: Vec<&Stop> = self.breakdown.chain.stops.iter().filter(|stop| stop.frontstage).collect();
        let pairs: Vec<Element> =
            stops.windows(2).map(|pair| Element::Handoff(pair[0].code.clone(), pair[1].code.clone())).collect();
        pairs.into_iter()
    }

    fn shown(&self, line: &Line) -> Mark {
        let speech = &self.speech;
        let Some(points) = line.points else {
            let mean = line.mean.map(|mean| speech.with("breakdown-mean-mark", "mean", speech.points(mean)));
            return Mark { own: self.is_own(&line.element), figure: mean.unwrap_or_default(), ..Mark::default() };
        };
        let made_up = speech.visible(line.made_up).then(|| speech.points(line.made_up));
        Mark {
            lost: points.points + line.made_up,
            delay: (line.delay + line.made_up).max(0.0),
            made_up: line.made_up,
            interval: points.interval,
            fill: match (line.told_apart(), line.element.is_rated()) {
                (false, _) => Fill::Uncertain,
                (true, true) => Fill::Rated,
                (true, false) => Fill::Dates,
            },
            figure: speech.figure_mark(line),
            range: speech.range(points.interval),
            made_up_figure: made_up.map(|figure| speech.with("breakdown-made-up-mark", "points", figure)),
            leading: self.breakdown.leading.as_ref() == Some(&line.element),
            own: self.is_own(&line.element),
            dates: !line.element.is_rated(),
            hidden: false,
        }
    }
}

/// One element as it is drawn. Numbers are points; the drawing turns them into lengths.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    /// Lost there, before anything was made up.
    pub(super) lost: f64,
    /// The part of it that dates and delays cost.
    pub(super) delay: f64,
    pub(super) made_up: f64,
    pub(super) interval: Option<(f64, f64)>,
    pub(super) fill: Fill,
    pub(super) figure: String,
    pub(super) range: String,
    pub(super) made_up_figure: Option<String>,
    pub(super) leading: bool,
    pub(super) own: bool,
    /// Known from dates alone, as opposed to rated.
    pub(super) dates: bool,
    pub(super) hidden: bool,
}

impl Mark {
    fn hidden(own: bool, figure: String) -> Self {
        Self { own, figure, hidden: true, ..Self::default() }
    }

    /// Whether there is a band to draw.
    pub(super) fn has_band(&self) -> bool {
        !self.hidden && self.lost != 0.0
    }
}

/// How a band is filled: told by pattern as well as by colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fill {
    /// Nothing to fill.
    #[default]
    None,
    /// Lost as customers rated it.
    Rated,
    /// Lost by dates and delays.
    Dates,
    /// Cannot be told apart from zero.
    Uncertain,
    /// Belongs to no element.
    Untraced,
    /// Won back.
    MadeUp,
}

impl Fill {
    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Rated => "rated",
            Self::Dates => "dates",
            Self::Uncertain => "uncertain",
            Self::Untraced => "untraced",
            Self::MadeUp => "made-up",
        }
    }

    /// The pattern that fills it, where it is not one plain colour.
    pub(super) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Dates | Self::Uncertain => Some(self.class()),
            _ => None,
        }
    }
}

/// A finished drawing: shapes in the order of painting.
#[derive(Template)]
#[template(path = "breakdown/drawing.svg")]
pub(super) struct Drawing {
    /// Distinguishes the two drawings of one page: patterns and titles need ids of their own.
    pub(super) id: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) shapes: Vec<Shape>,
}

impl Drawing {
    fn is_long(&self) -> bool {
        self.width > WIDEST
    }

    fn svg(&self) -> String {
        // Writing into memory cannot fail; a template that did would show in every test.
        self.render().unwrap_or_default()
    }
}

/// What a drawing is made of.
#[derive(Debug)]
pub(super) enum Shape {
    /// A filled rectangle.
    Band { x: f64, y: f64, width: f64, height: f64, fill: Fill },
    /// A stroke, as SVG path data.
    Path { d: String, class: &'static str },
    /// A stroke as thick as the points it stands for.
    Arc { d: String, thickness: f64, fill: Fill },
    /// A stop.
    Ring { x: f64, y: f64, r: f64, class: &'static str },
    /// Words; `whole` is what they say when they had to be cut.
    Label { x: f64, y: f64, class: String, words: String, whole: Option<String> },
}

impl Shape {
    pub(super) fn band(x: f64, y: f64, width: f64, height: f64, fill: Fill) -> Self {
        Self::Band { x: px(x), y: px(y), width: px(width), height: px(height), fill }
    }

    pub(super) fn ring(x: f64, y: f64, r: f64, class: &'static str) -> Self {
        Self::Ring { x: px(x), y: px(y), r, class }
    }

    pub(super) fn label(x: f64, y: f64, class: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Label { x: px(x), y: px(y), class: class.into(), words: words.into(), whole: None }
    }

    /// The lines of a name, downwards from `y`; a name that had to be cut keeps its whole self in a title.
    pub(super) fn name(x: f64, y: f64, class: &str, name: &str, length: usize) -> Vec<Self> {
        let lines = wrapped(name, length, 2);
        let cut = lines.iter().any(|line| line.ends_with('…'));
        let line = |(place, words): (usize, String)| Self::Label {
            x: px(x),
            y: px(y + 17.0 * place as f64),
            class: class.to_owned(),
            words,
            whole: cut.then(|| name.to_owned()),
        };
        lines.into_iter().enumerate().map(line).collect()
    }
}

/// A length to a tenth of a pixel, which is as fine as anybody sees.
pub(super) fn px(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Breaks a name into at most `lines` lines of about `length` characters; what does not fit is cut with an ellipsis.
fn wrapped(name: &str, length: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= length => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    let too_many = out.len() > lines;
    out.truncate(lines);
    let last = out.len().saturating_sub(1);
    for (place, line) in out.iter_mut().enumerate() {
        if line.chars().count() > length || (too_many && place == last) {
            *line = format!("{}…", line.chars().take(length.saturating_sub(1)).collect::<String>().trim_end());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Names, Points, sample};
    use super::*;

    /// What a label covers, with letters as wide as those of the widest common system font.
    fn boxes(drawing: &Drawing) -> Vec<(f64, f64, f64, f64, String)> {
        let mut boxes = Vec::new();
        for shape in &drawing.shapes {
            let Shape::Label { x, y, class, words, .. } = shape else { continue };
            let size = if class.contains("row-figure") || class.contains("name") {
                14.0
            } else if class.contains("figure") {
                17.0
            } else {
                12.5
            };
            let width = words.chars().count() as f64 * size * 0.56;
            let left = match class {
                class if class.contains("middle") => x - width / 2.0,
                class if class.contains("end") => x - width,
                _ => *x,
            };
            boxes.push((left, y - size * 0.75, left + width, y + size * 0.2, words.clone()));
        }
        boxes
    }

    fn overlaps(drawing: &Drawing) -> Vec<(String, String)> {
        let boxes = boxes(drawing);
        let mut found = Vec::new();
        for (place, a) in boxes.iter().enumerate() {
            for b in &boxes[place + 1..] {
                if a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3 && !a.4.is_empty() && !b.4.is_empty() {
                    found.push((a.4.clone(), b.4.clone()));
                }
            }
        }
        found
    }

    /// Ten steps with long names, every second one backstage, and wide figures below zero.
    fn long_chain() -> Breakdown {
        let mut breakdown = sample::garage();
        let stop = breakdown.chain.stops[0].clone();
        let long = "Vérification approfondie du véhicule avant restitution".to_owned();
        breakdown.chain.stops.clear();
        breakdown.lines.clear();
        breakdown.suppressed.clear();
        let dates = sample::garage().lines.into_iter().find(|line| line.made_up > 0.0).unwrap();
        for place in 0..10 {
            let (code, name) = (format!("S{place}"), Names { fr: long.clone(), en: long.clone() });
            breakdown.chain.stops.push(Stop { code, name, frontstage: place % 2 == 0, ..stop.clone() });
            for element in [Element::Step(format!("S{place}")), Element::Promise(format!("S{place}"))] {
                let points = Some(Points { points: -10.4, interval: Some((-20.5, -11.1)) });
                breakdown.lines.push(Line { element, points, made_up: 12.2, ..dates.clone() });
            }
        }
        breakdown
    }

    #[test]
    fn labels_never_overlap_and_never_leave_the_picture() {
        for breakdown in [sample::garage(), sample::garage_against_rest(), sample::too_few(), long_chain()] {
            for lang in Lang::ALL {
                let marks = Marks::of(&breakdown, Some("reception"), lang);
                for drawing in [wide::draw(&marks), tall::draw(&marks)] {
                    assert_eq!(overlaps(&drawing), Vec::new(), "{}", drawing.id);
                    let outside = |b: &(f64, f64, f64, f64, String)| b.0 < -1.0 || b.2 > drawing.width + 1.0 || b.3 > drawing.height;
                    let outside: Vec<_> = boxes(&drawing).into_iter().filter(outside).collect();
                    assert!(outside.is_empty(), "{} {outside:?}", drawing.id);
                }
            }
        }
    }

    #[test]
    fn depth_is_in_proportion_to_points() {
        let breakdown = sample::garage();
        let drawing = wide::draw(&Marks::of(&breakdown, None, Lang::En));
        let depth = |wanted: Fill| {
            let bands = drawing.shapes.iter().filter_map(|shape| match shape {
                Shape::Band { height, fill, .. } if *fill == wanted => Some(*height),
                _ => None,
            });
            bands.fold(0.0, f64::max)
        };
        let (dates, rated) = (depth(Fill::Dates), depth(Fill::Rated));
        assert!((dates / rated - 12.4 / 3.8).abs() < 0.02, "{dates} {rated}");
    }

    #[test]
    fn what_cannot_be_told_apart_from_zero_is_drawn_so() {
        let breakdown = sample::garage();
        let marks = Marks::of(&breakdown, None, Lang::En);
        let fill = |code: &str| marks.mark(&code.parse().unwrap()).unwrap().fill;
        assert_eq!([fill("step:DELIV"), fill("step:WORK"), fill("promise:PLAN")], [Fill::Uncertain, Fill::Rated, Fill::Dates]);
        assert!(Fill::Uncertain.pattern().is_some(), "told by pattern, not by colour alone");
    }

    #[test]
    fn the_picture_is_well_formed_and_styles_nothing_inline() {
        let picture = Picture::of(&sample::garage(), Some("workshop"), Lang::Fr);
        for svg in [&picture.wide, &picture.tall] {
            let mut reader = quick_xml::Reader::from_str(svg);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            assert!(svg.contains("<title") && svg.contains("<desc") && !svg.contains("style="), "{svg}");
        }
    }

    #[test]
    fn names_from_outside_are_escaped() {
        let mut breakdown = sample::garage();
        breakdown.chain.stops[0].name.en = "<script>".to_owned();
        let picture = Picture::of(&breakdown, None, Lang::En);
        assert!(!picture.wide.contains("<script>") && picture.wide.contains("&#60;script"), "{}", picture.wide);
    }

    #[test]
    fn the_picture_from_left_to_right() {
        insta::assert_snapshot!(Picture::of(&sample::garage(), Some("workshop"), Lang::En).wide);
    }

    #[test]
    fn the_picture_from_top_to_bottom() {
        insta::assert_snapshot!(Picture::of(&sample::garage_against_rest(), None, Lang::Fr).tall);
    }

    #[test]
    fn long_names_are_cut_with_an_ellipsis_and_keep_their_whole_self() {
        assert_eq!(wrapped("Restitution du véhicule", 14, 2), ["Restitution du", "véhicule"]);
        assert_eq!(wrapped("Anticonstitutionnellement", 10, 2), ["Anticonst…"]);
        assert_eq!(wrapped("a b c d e f", 3, 2), ["a b", "c…"]);
    }
}
