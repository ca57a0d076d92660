//! The map as text, for a terminal.

use super::Map;
use super::phrases::MapPhrases;
use super::table::{self, Table};
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// Writes what was disclosed.
pub fn write(map: &Disclosed<Map>, own: Option<&str>, lang: Lang) -> String {
    plain(map, own, lang)
}

pub(super) fn plain(map: &Map, own: Option<&str>, lang: Lang) -> String {
    let says = MapPhrases::new(map, lang);
    let mut out =
        format!("{}\n{}\n\n{}\n", says.phrases.say("map-title"), says.about(), says.lede());
    for table in table::tables(map, own, lang).iter().filter(|table| !table.rows.is_empty()) {
        out.push('\n');
        out.push_str(&grid(table));
    }
    out.push('\n');
    for (name, figure) in says.detours() {
        out.push_str(&format!("{name}{}{figure}\n", says.phrases.colon()));
    }
    let by_way = says
        .rescues()
        .into_iter()
        .map(|(way, told)| format!("  {way}{}{told}", says.phrases.colon()));
    let means =
        says.rescued().map(|told| format!("\n{told} {}", says.phrases.say("map-rescued-means")));
    let rescued = means.into_iter().chain(by_way).chain(says.made_up());
    rescued.for_each(|sentence| out.push_str(&format!("{sentence}\n")));
    let hidden = says.hidden();
    if !hidden.is_empty() {
        out.push_str(&format!(
            "\n{}{}\n",
            says.phrases.say("breakdown-hidden"),
            says.phrases.colon().trim_end()
        ));
    }
    hidden.iter().for_each(|(name, reason)| out.push_str(&format!("  {name} ({reason})\n")));
    out.push('\n');
    says.notes().iter().for_each(|note| out.push_str(&format!("{note}\n")));
    out
}

/// Each row as a line with its figures by name: a terminal is too narrow for eight columns.
fn grid(table: &Table) -> String {
    let mut out = format!("{}\n", table.caption);
    for row in &table.rows {
        out.push_str(&format!("  {}\n", row.label));
        let cells = row.named(table).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<String> = cells.map(|(head, cell)| format!("{head}: {cell}")).collect();
        out.push_str(&format!("      {}\n", cells.join(" · ")));
        row.under.iter().for_each(|line| out.push_str(&format!("      {line}\n")));
    }
    out
}
