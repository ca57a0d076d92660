//! What a page shows of a chart: the words, the picture in its two forms, the watch, the same as a
//! table.

use super::drawing::{self, Mark, Paper};
use super::{Chart, Point, phrases};
use crate::i18n::{Lang, count, number};
use crate::privacy::Disclosed;

/// Everything that a page shows of a chart; `templates/breakdown/chart.html` lays it out.
#[derive(Debug)]
pub struct ChartPanel {
    /// What is charted.
    pub measured: String,
    /// Whether anything is worth asking about.
    pub lede: String,
    /// What to ask about.
    pub asks: Vec<String>,
    /// For a page.
    pub wide: String,
    /// For a phone.
    pub narrow: String,
    /// What was tried.
    pub marks: Vec<Mark>,
    /// Small departures added up, for a page and for a phone.
    pub watch: Option<[String; 2]>,
    /// What they add up to, in words.
    pub watched: Vec<String>,
    /// The weeks, oldest first.
    pub rows: Vec<Row>,
    /// How far the chart carries.
    pub notes: Vec<String>,
}

/// A week.
#[derive(Debug)]
pub struct Row {
    /// Its Monday.
    pub week: String,
    /// The figure, or why there is none.
    pub figure: String,
    /// What it is made of.
    pub size: String,
    /// What quiet weeks stay within.
    pub limits: String,
}

impl ChartPanel {
    /// The panel of a chart that may be shown, with what was tried.
    pub fn new(chart: &Disclosed<Chart>, marks: Vec<Mark>, lang: Lang) -> Self {
        let wide = drawing::draw(chart, &marks, Paper::Wide, lang);
        let narrow = drawing::draw(chart, &marks, Paper::Narrow, lang);
        let both = |wide| Some([wide, drawing::watch(chart, Paper::Narrow, lang)?]);
        Self {
            measured: phrases::measured(chart, lang),
            lede: phrases::lede(chart, lang),
            asks: chart
                .questions
                .iter()
                .map(|question| phrases::question(chart, question, lang))
                .collect(),
            wide,
            narrow,
            marks,
            watch: drawing::watch(chart, Paper::Wide, lang).and_then(both),
            watched: phrases::watched(chart, lang),
            rows: chart.points.iter().map(|point| row(point, lang)).collect(),
            notes: phrases::notes(chart, lang),
        }
    }
}

fn row(point: &Point, lang: Lang) -> Row {
    let week = phrases::weeks(point, lang);
    let limits =
        point.limits.map(|(low, high)| phrases::limits(low, high, lang)).unwrap_or_default();
    match &point.value {
        Ok(value) => Row {
            week,
            figure: number(lang, value.figure(), 1),
            size: count(lang, value.size()),
            limits,
        },
        Err(why) => Row { week, figure: why.say(lang), size: String::new(), limits },
    }
}
