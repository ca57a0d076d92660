//! A chart as text, for a terminal: the words, then the weeks.

use super::{Chart, Point, phrases};
use crate::breakdown::plain::grid;
use crate::i18n::{Lang, Words, count, number};
use crate::privacy::Disclosed;

/// Writes a chart that may be shown.
pub fn write(chart: &Disclosed<Chart>, lang: Lang) -> String {
    plain(chart, lang)
}

pub(crate) fn plain(chart: &Chart, lang: Lang) -> String {
    let w = Words(lang);
    let mut out = format!("{}\n\n{}\n", phrases::about(chart, lang), phrases::lede(chart, lang));
    for question in &chart.questions {
        out.push_str(&format!("  {}\n", phrases::question(chart, question, lang)));
    }
    out.push('\n');
    let heads =
        ["chart-column-week", "chart-column-figure", "chart-column-size", "chart-column-limits"];
    let mut rows: Vec<Vec<String>> = vec![heads.map(|head| w.say(head)).to_vec()];
    rows.extend(chart.points.iter().map(|point| row(point, lang)));
    out.push_str(&grid(&rows));
    for note in phrases::notes(chart, lang) {
        out.push_str(&format!("\n{note}"));
    }
    out
}

fn row(point: &Point, lang: Lang) -> Vec<String> {
    let week = phrases::weeks(point, lang);
    match &point.value {
        Err(why) => vec![format!("{week} ({})", why.say(lang))],
        Ok(value) => {
            let limits = point
                .limits
                .map(|(low, high)| phrases::limits(low, high, lang))
                .unwrap_or_default();
            vec![week, number(lang, value.figure(), 1), count(lang, value.size()), limits]
        }
    }
}
