//! What could be seen as text, for a terminal.

use super::Power;
use super::panel::{PowerPanel, Row};
use super::phrases::PowerPhrases;
use super::read::Forecast;
use crate::breakdown::plain::grid;
use crate::i18n::{Lang, Words};
use crate::privacy::Disclosed;

/// Writes what was disclosed.
pub fn write(power: &Disclosed<Power>, own: Option<&str>, lang: Lang) -> String {
    plain(power, own, lang)
}

/// Writes what the log says.
pub fn write_log(forecast: &Forecast, lang: Lang) -> String {
    plain(forecast, None, lang)
}

pub(super) fn plain(power: &Power, own: Option<&str>, lang: Lang) -> String {
    let (w, panel) = (Words(lang), PowerPanel::of(power, own, lang));
    let about = PowerPhrases::new(power, lang).about();
    let mut out = format!("{}\n{about}\n\n{}\n", w.say("power-title"), panel.lede);
    if !panel.rows.is_empty() {
        let caption = w.say("power-caption");
        let table = table(&w.say("breakdown-column-element"), &panel.heads, &panel.rows);
        out.push_str(&format!("\n{caption}\n{table}"));
    }
    if !panel.changes.is_empty() {
        let heading = w.say("power-changes");
        let table = table(&w.say("power-column-change"), &panel.examples, &panel.changes);
        out.push_str(&format!("\n{heading}\n{table}"));
    }
    panel.no_gain.iter().for_each(|sentence| out.push_str(&format!("{sentence}\n")));
    if !panel.hidden.is_empty() {
        out.push_str(&format!("\n{}\n", w.say("breakdown-hidden")));
    }
    panel.hidden.iter().for_each(|(name, why)| out.push_str(&format!("  {name} ({why})\n")));
    out.push('\n');
    panel.notes.iter().for_each(|note| out.push_str(&format!("{note}\n")));
    out
}

fn table(first: &str, heads: &[String], rows: &[Row]) -> String {
    let line = |label: &str, figures: &[String]| {
        [label.to_owned()].into_iter().chain(figures.iter().cloned()).collect::<Vec<_>>()
    };
    let head = [line(first, heads)].into_iter();
    grid(&head.chain(rows.iter().map(|row| line(&row.label, &row.figures))).collect::<Vec<_>>())
}
