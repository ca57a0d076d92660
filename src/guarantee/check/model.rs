//! No person in the tables, and none that a feed or a tool's log brought in.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{each, list, spots};
use crate::guarantee::store::catalogue::Catalogue;
use crate::guarantee::store::texts::Texts;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::privacy::person;
use crate::schema::allow_list::{self, ACCESS, CATALOGUE, DOWN, LINKS};

/// Every table, column, link and key that exists is one that was agreed, and none of these knows a
/// person who works there.
pub(in crate::guarantee) fn no_person(live: &Catalogue, texts: &Texts) -> Finding {
    let strangers: Vec<String> = live
        .columns
        .iter()
        .filter(|column| !is_agreed(&column.table, &column.name))
        .map(|column| format!("{}.{}", column.table, column.name))
        .collect();
    let links: Vec<&(String, String)> = live
        .links
        .iter()
        .filter(|(from, to)| !LINKS.contains(&(from.as_str(), to.as_str())))
        .collect();
    let shared: Vec<&str> =
        live.with_column("account").filter(|table| !ACCESS.contains(table)).collect();
    let keys: Vec<String> = texts
        .keys
        .iter()
        .flat_map(|((table, column), paths)| unknown(table, column, paths))
        .collect();
    let tables = live.tables().len();
    Finding::of(Guarantee::NoPerson)
        .open(
            Text::new("guarantee-seen-catalogue")
                .with("tables", tables)
                .with("columns", live.columns.len()),
        )
        .open(
            Text::new("guarantee-seen-links")
                .with("links", live.links.len())
                .with("tables", list(ACCESS)),
        )
        .seen(
            Text::new("guarantee-seen-keys")
                .with("keys", texts.keys.values().map(BTreeSet::len).sum::<usize>())
                .with("columns", texts.keys.len()),
        )
        .seen(read(texts))
        .against(each(&strangers, |spot| {
            Text::new("guarantee-against-column").with("column", spot.as_str())
        }))
        .against(each(&links, |(from, to)| {
            Text::new("guarantee-against-link").with("from", from.as_str()).with("to", to.as_str())
        }))
        .against(each(&shared, |table| {
            Text::new("guarantee-against-shared-key").with("table", *table)
        }))
        .against(each(&keys, |key| Text::new("guarantee-against-key").with("key", key.as_str())))
        .against(each(&live.programs, |program| {
            Text::new("guarantee-against-program").with("program", program.as_str())
        }))
}

fn is_agreed(table: &str, column: &str) -> bool {
    let known = CATALOGUE.iter().find(|(known, _)| *known == table);
    known.is_some_and(|(_, columns)| columns.split(' ').any(|known| known == column))
}

/// The paths of keys that were not agreed. A key that may be any code is still no person.
fn unknown(table: &str, column: &str, paths: &BTreeSet<String>) -> Vec<String> {
    let strangers = paths.iter().filter(|path| {
        let key = path.rsplit(DOWN).next().unwrap_or(path);
        !allow_list::knows_key(table, column, path) || person::sign_in(key).is_some()
    });
    strangers.map(|path| format!("{table}.{column}: {}", path.replace(DOWN, "."))).collect()
}

fn read(texts: &Texts) -> Text {
    Text::new("guarantee-seen-rows").with("read", texts.read).with("rows", texts.rows)
}

/// No name that a feed gave looks like a person, unless an administrator answers for it.
pub(in crate::guarantee) fn strict_feeds(texts: &Texts) -> Finding {
    let attributes = attribute_keys(texts);
    let people: Vec<&str> =
        attributes.iter().copied().filter(|key| person::is_person_column(key)).collect();
    Finding::of(Guarantee::StrictFeeds)
        .seen(Text::new("guarantee-seen-names").with("names", texts.names))
        .seen(
            Text::new("guarantee-seen-attributes")
                .with("count", attributes.len())
                .with("names", list(&attributes)),
        )
        .open(Text::new("guarantee-seen-strict-parser"))
        .against(each(&spots(&texts.persons), |spot| {
            Text::new("guarantee-against-person").with("column", spot.as_str())
        }))
        .against(each(&people, |key| Text::new("guarantee-against-attribute").with("name", *key)))
}

fn attribute_keys(texts: &Texts) -> Vec<&str> {
    let keys = texts.keys.get(&("journey".to_owned(), "attributes".to_owned()));
    keys.into_iter().flatten().map(String::as_str).collect()
}

/// Columns about people were dropped by the importers: the reports count them, and nothing of them
/// is stored.
pub(in crate::guarantee) fn tool_logs(texts: &Texts, intakes: &[Value]) -> Finding {
    let fields =
        intakes.iter().filter_map(|report| report.get("persons_dropped")?.as_object()).flatten();
    let values: u64 = fields.clone().filter_map(|(_, count)| count.as_u64()).sum();
    let names: BTreeSet<&str> = fields.map(|(name, _)| name.as_str()).collect();
    let kept: Vec<&str> =
        attribute_keys(texts).into_iter().filter(|key| names.contains(key)).collect();
    let dropped = if names.is_empty() {
        Text::new("guarantee-seen-nothing-dropped")
    } else {
        Text::new("guarantee-seen-dropped").with("values", values).with("names", list(&names))
    };
    Finding::of(Guarantee::ToolLogs)
        .seen(Text::new("guarantee-seen-imports").with("imports", intakes.len()))
        .seen(dropped)
        .against(each(&kept, |key| Text::new("guarantee-against-attribute").with("name", *key)))
}
