//! The chain as one picture: stops on a line, the points lost hanging from it like a load, and what
//! was made up rising above it. All bands share one scale, so that depth can be compared anywhere
//! in the picture.
//!
//! Two drawings of the same: `wide` from left to right, and `tall` from top to bottom
//! for a narrow screen. The style sheet shows one of them; the table beneath says the same to
//! everybody.

mod columns;
pub(crate) mod drawing;
pub(crate) mod element_mark;
mod horizontal;
pub mod timetable;
mod vertical;

use super::Breakdown;
use super::evidence_links::EvidenceLinks;
use crate::i18n::Lang;
use crate::privacy::Disclosed;
use element_mark::Marks;

/// Draws what was disclosed, as SVG to be put into a page; `own` is the team whose part is marked.
/// Each part leads to its evidence, where `leads` knows its address.
pub fn draw(
    breakdown: &Disclosed<Breakdown>,
    own: Option<&str>,
    leads: Option<&EvidenceLinks>,
    lang: Lang,
) -> Picture {
    Picture::of(breakdown, own, leads, lang)
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
    pub(crate) fn of(
        breakdown: &Breakdown,
        own: Option<&str>,
        leads: Option<&EvidenceLinks>,
        lang: Lang,
    ) -> Self {
        let marks = Marks::of(breakdown, own, lang).leading(leads);
        Self { wide: horizontal::draw(&marks).svg(), tall: vertical::draw(&marks).svg() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use relais_analytics::attribute::Estimate;
    use relais_analytics::interval::Interval;

    use super::drawing::{Drawing, Fill, Shape};
    use crate::blueprint::{Names, Step};
    use crate::breakdown::picture::*;
    use crate::breakdown::{Line, sample};
    use crate::element::Element;

    /// What a label covers, with letters as wide as those of the widest common system font.
    pub(crate) fn boxes(drawing: &Drawing) -> Vec<(f64, f64, f64, f64, String)> {
        let mut boxes = Vec::new();
        for shape in &drawing.shapes {
            let Shape::Label { x, y, class, words, .. } = shape else { continue };
            let size =
                if class.contains("row-figure") || class.contains("name") || class.contains("lost")
                {
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

    pub(crate) fn overlaps(drawing: &Drawing) -> Vec<(String, String)> {
        let boxes = boxes(drawing);
        let mut found = Vec::new();
        for (place, a) in boxes.iter().enumerate() {
            for b in &boxes[place + 1..] {
                if a.0 < b.2
                    && b.0 < a.2
                    && a.1 < b.3
                    && b.1 < a.3
                    && !a.4.is_empty()
                    && !b.4.is_empty()
                {
                    found.push((a.4.clone(), b.4.clone()));
                }
            }
        }
        found
    }

    /// Ten steps with long names, every second one backstage, and wide figures below zero.
    fn long_chain() -> Breakdown {
        let mut breakdown = sample::garage();
        let step = breakdown.blueprint.steps[0].clone();
        let long = "Vérification approfondie du véhicule avant restitution".to_owned();
        breakdown.blueprint.steps.clear();
        breakdown.lines.clear();
        breakdown.suppressed.clear();
        let dates = sample::garage().lines.into_iter().find(|line| line.made_up > 0.0).unwrap();
        for place in 0..10 {
            let (code, name) = (format!("S{place}"), Names { fr: long.clone(), en: long.clone() });
            breakdown.blueprint.steps.push(Step {
                code,
                name,
                frontstage: place % 2 == 0,
                ..step.clone()
            });
            for element in
                [Element::Step(format!("S{place}")), Element::Promise(format!("S{place}"))]
            {
                let points = Some(Estimate {
                    value: -10.4,
                    interval: Some(Interval { low: -20.5, high: -11.1 }),
                });
                breakdown.lines.push(Line { element, points, made_up: 12.2, ..dates.clone() });
            }
        }
        breakdown
    }

    #[test]
    fn labels_never_overlap_and_never_leave_the_picture() {
        for breakdown in
            [sample::garage(), sample::garage_against_rest(), sample::too_few(), long_chain()]
        {
            for lang in Lang::ALL {
                let marks = Marks::of(&breakdown, Some("reception"), lang);
                for drawing in [horizontal::draw(&marks), vertical::draw(&marks)] {
                    assert_eq!(overlaps(&drawing), Vec::new(), "{}", drawing.id);
                    let outside = |b: &(f64, f64, f64, f64, String)| {
                        b.0 < -1.0 || b.2 > drawing.width + 1.0 || b.3 > drawing.height
                    };
                    let outside: Vec<_> = boxes(&drawing).into_iter().filter(outside).collect();
                    assert!(outside.is_empty(), "{} {outside:?}", drawing.id);
                }
            }
        }
    }

    #[test]
    fn depth_is_in_proportion_to_points() {
        let breakdown = sample::garage();
        let drawing = horizontal::draw(&Marks::of(&breakdown, None, Lang::En));
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
        assert_eq!(
            [fill("step:DELIV"), fill("step:WORK"), fill("promise:PLAN")],
            [Fill::Uncertain, Fill::Rated, Fill::Dates]
        );
        assert!(Fill::Uncertain.pattern().is_some(), "told by pattern, not by colour alone");
    }

    #[test]
    fn the_picture_is_well_formed_and_styles_nothing_inline() {
        let picture = Picture::of(&sample::garage(), Some("workshop"), None, Lang::Fr);
        for svg in [&picture.wide, &picture.tall] {
            let mut reader = quick_xml::Reader::from_str(svg);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            assert!(
                svg.contains("<title") && svg.contains("<desc") && !svg.contains("style="),
                "{svg}"
            );
        }
    }

    #[test]
    fn names_from_outside_are_escaped() {
        let mut breakdown = sample::garage();
        breakdown.blueprint.steps[0].name.en = "<script>".to_owned();
        let picture = Picture::of(&breakdown, None, None, Lang::En);
        assert!(
            !picture.wide.contains("<script>") && picture.wide.contains("&#60;script"),
            "{}",
            picture.wide
        );
    }

    #[test]
    fn the_picture_from_left_to_right() {
        insta::assert_snapshot!(
            Picture::of(&sample::garage(), Some("workshop"), None, Lang::En).wide
        );
    }

    #[test]
    fn the_picture_from_top_to_bottom() {
        insta::assert_snapshot!(
            Picture::of(&sample::garage_against_rest(), None, None, Lang::Fr).tall
        );
    }
}
