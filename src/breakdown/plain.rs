//! The breakdown as text, for a terminal: the words, then the table.

use super::Breakdown;
use super::story::Story;
use super::table::{Row, Table};
use super::titles::about;
use crate::i18n::{Lang, Words};
use crate::privacy::Disclosed;

/// Writes what was disclosed.
pub fn write(breakdown: &Disclosed<Breakdown>, own: Option<&str>, lang: Lang) -> String {
    plain(breakdown, own, lang)
}

pub(crate) fn plain(breakdown: &Breakdown, own: Option<&str>, lang: Lang) -> String {
    let (story, table, w) =
        (Story::of(breakdown, lang), Table::of(breakdown, own, lang), Words(lang));
    let mut out =
        format!("{}\n{}\n\n{}\n", w.say("breakdown-title"), about(breakdown, lang), story.lede);
    for sentence in story.more.iter().chain([&String::new()]) {
        out.push_str(sentence);
        out.push('\n');
    }
    out.push_str(&grid(&rows(&table, w)));
    out.push('\n');
    for (name, value) in &story.facts {
        out.push_str(&format!("{name}{}{value}\n", colon(lang)));
    }
    if !story.hidden.is_empty() {
        out.push_str(&format!("\n{}{}\n", w.say("breakdown-hidden"), colon(lang).trim_end()));
    }
    for (name, reason) in &story.hidden {
        out.push_str(&format!("  {name} ({reason})\n"));
    }
    out.push('\n');
    for note in &story.notes {
        out.push_str(&format!("{note}\n"));
    }
    out
}

/// The table as cells, its head first. Columns that would be empty are left out.
fn rows(table: &Table, w: Words) -> Vec<Vec<String>> {
    let keep = [true, table.split, table.against, table.made_up, true, true];
    let kept = |cells: [String; 6]| {
        cells.into_iter().zip(keep).filter_map(|(cell, keep)| keep.then_some(cell)).collect()
    };
    let mut rows: Vec<Vec<String>> = vec![kept([
        w.say("breakdown-column-element"),
        w.say("breakdown-column-points"),
        w.say("breakdown-column-contrast"),
        w.say("breakdown-column-made-up"),
        w.say("breakdown-column-mean"),
        w.say("breakdown-column-answers"),
    ])];
    for row in &table.rows {
        rows.push(kept(cells(row, w)));
        rows.extend(row.friction.iter().map(|told| vec![format!("    {told}")]));
    }
    rows.extend(table.feet.iter().map(|foot| {
        kept([
            foot.label.clone(),
            foot.points.clone(),
            foot.contrast.clone(),
            String::new(),
            String::new(),
            String::new(),
        ])
    }));
    rows
}

fn cells(row: &Row, w: Words) -> [String; 6] {
    let mark = if row.own { "* " } else { "" };
    let leading =
        if row.leading { format!(" [{}]", w.say("breakdown-stands-out")) } else { String::new() };
    let doubt = row.doubt.as_ref().map_or_else(String::new, |doubt| format!(" [{doubt}]"));
    [
        format!("{mark}{}{leading}{doubt}", row.label),
        row.points.clone(),
        row.contrast.clone(),
        row.made_up.clone(),
        row.mean.clone(),
        row.answers.clone(),
    ]
}

/// Columns side by side: names to the left, figures to the right. A row of one cell is a remark and
/// widens nothing.
pub(crate) fn grid(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let cells = || rows.iter().filter(|row| row.len() > 1);
    let width = |column: usize| cells().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            match column {
                0 => out.push_str(&format!("{cell:<width$}")),
                _ => out.push_str(&format!("  {cell:>width$}")),
            }
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

fn colon(lang: Lang) -> &'static str {
    if lang == Lang::Fr { "\u{a0}: " } else { ": " }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::plain::*;
    use crate::breakdown::sample;

    #[test]
    fn a_terminal_reads_the_same_in_english() {
        insta::assert_snapshot!(plain(&sample::garage(), Some("workshop"), Lang::En));
    }

    #[test]
    fn a_terminal_reads_the_same_in_french() {
        insta::assert_snapshot!(plain(&sample::garage_against_rest(), None, Lang::Fr));
    }

    #[test]
    fn a_terminal_says_that_there_are_too_few_answers_to_split() {
        insta::assert_snapshot!(plain(&sample::too_few(), None, Lang::En));
    }
}
