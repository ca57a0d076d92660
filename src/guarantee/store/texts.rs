//! One walk over every word that the database holds: the keys of its JSON, and whatever looks like
//! a secret, an address or a person. Of what it finds only the place is kept.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, StreamTrait};
use serde_json::Value;

use super::catalogue::{Catalogue, Column};
use super::{number, quoted};
use crate::error::Result;
use crate::limits;
use crate::privacy::person::{self, Sign};
use crate::schema::allow_list::key_paths;
use crate::token::Token;

/// A column, by its table and its name.
pub type Spot = (String, String);

/// What stands in the words of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// How many rows have words.
    pub rows: u64,
    /// How many of them were read: all, unless a table has more than [`limits::GUARANTEE_ROWS`].
    pub read: u64,
    /// The keys of the JSON that is stored, by column.
    pub keys: BTreeMap<Spot, BTreeSet<String>>,
    /// Columns in which something looks like the secret of a link.
    pub secrets: BTreeSet<Spot>,
    /// Columns in which something looks like an e-mail address, where none belongs.
    pub addresses: BTreeSet<Spot>,
    /// Columns with names that feeds gave, in which a value looks like a person.
    pub persons: BTreeSet<Spot>,
    /// How many different names feeds gave.
    pub names: u64,
}

/// Where an e-mail address may stand: who signs in has one, and so may a customer's own words
/// until they are redacted.
const ADDRESSED: [(&str, &str); 3] =
    [("account", "email"), ("comment", "text"), ("invitation", "words_page")];

/// Where people write in their own words: what looks like JSON there is none of ours.
const WORDS: [(&str, &str); 8] = [
    ("comment", "text"),
    ("note", "text"),
    ("action", "text"),
    ("action", "role"),
    ("action", "answer"),
    ("sentence", "text_fr"),
    ("sentence", "text_en"),
    ("journal_entry", "reason"),
];

/// Columns that hold names from feeds; of JSON, its text values.
const FED: [(&str, &str); 6] = [
    ("journey", "attributes"),
    ("journey", "site"),
    ("journey", "trace"),
    ("response", "site"),
    ("site", "code"),
    ("step", "code"),
];

/// Walks over every table. `vouched` is the text of all blueprints that an administrator applied:
/// what they name, somebody answers for. `from` chooses where reading begins in a table that is
/// too long, given how many places there are.
pub async fn read(
    db: &DatabaseConnection,
    catalogue: &Catalogue,
    vouched: &str,
    mut from: impl FnMut(u64) -> u64,
) -> Result<Texts> {
    let mut walk = Walk { texts: Texts::default(), vouched, names: BTreeMap::new() };
    for table in catalogue.tables() {
        let columns: Vec<&Column> = catalogue
            .columns
            .iter()
            .filter(|column| column.table == table && column.is_text)
            .collect();
        if columns.is_empty() {
            continue;
        }
        let rows = number(db, format!("SELECT COUNT(*) FROM {}", quoted(table))).await?;
        let skipped =
            rows.checked_sub(limits::GUARANTEE_ROWS).filter(|more| *more > 0).map_or(0, &mut from);
        walk.texts.rows += rows;
        walk.table(db, table, &columns, skipped).await?;
    }
    Ok(walk.done())
}

struct Walk<'a> {
    texts: Texts,
    vouched: &'a str,
    /// Names that feeds gave, each judged once.
    names: BTreeMap<String, bool>,
}

impl Walk<'_> {
    async fn table(
        &mut self,
        db: &DatabaseConnection,
        table: &str,
        columns: &[&Column],
        skipped: u64,
    ) -> Result<()> {
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("CAST({} AS TEXT)", quoted(&column.name)))
            .collect();
        let (names, table, most) = (names.join(", "), quoted(table), limits::GUARANTEE_ROWS);
        let sql = format!("SELECT {names} FROM {table} LIMIT {most} OFFSET {skipped}");
        let mut rows = db
            .stream_raw(Statement::from_string(ConnectionTrait::get_database_backend(db), sql))
            .await?;
        while let Some(row) = rows.try_next().await? {
            self.row(&row, columns)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &QueryResult, columns: &[&Column]) -> Result<()> {
        self.texts.read += 1;
        for (place, column) in columns.iter().enumerate() {
            if let Some(text) = row.try_get_by_index::<Option<String>>(place)? {
                self.text(column, &text);
            }
        }
        Ok(())
    }

    fn text(&mut self, column: &Column, text: &str) {
        let at = (column.table.as_str(), column.name.as_str());
        let spot = || (at.0.to_owned(), at.1.to_owned());
        if has_secret(text) {
            self.texts.secrets.insert(spot());
        }
        if text.contains('@')
            && !ADDRESSED.contains(&at)
            && person::sign_in(text) == Some(Sign::Email)
        {
            self.texts.addresses.insert(spot());
        }
        let json = matches!(text.as_bytes().first(), Some(b'{' | b'['))
            .then(|| serde_json::from_str(text).ok());
        let json: Option<Value> = json.flatten();
        if let Some(json) = &json
            && !WORDS.contains(&at)
        {
            key_paths(json, &mut String::new(), self.texts.keys.entry(spot()).or_default());
        }
        if FED.contains(&at) {
            match &json {
                Some(json) => self.values(json, &spot()),
                None => self.name(text, &spot()),
            }
        }
    }

    fn values(&mut self, json: &Value, spot: &Spot) {
        match json {
            Value::String(name) => self.name(name, spot),
            Value::Array(values) => values.iter().for_each(|value| self.values(value, spot)),
            Value::Object(fields) => fields.values().for_each(|value| self.values(value, spot)),
            _ => {}
        }
    }

    fn name(&mut self, name: &str, spot: &Spot) {
        let vouched = |name: &str| self.vouched.contains(&Value::from(name).to_string());
        let known = self.names.get(name).copied();
        let person = known.unwrap_or_else(|| person::sign_in(name).is_some() && !vouched(name));
        if known.is_none() {
            self.names.insert(name.to_owned(), person);
        }
        if person {
            self.texts.persons.insert(spot.clone());
        }
    }

    fn done(self) -> Texts {
        Texts { names: self.names.len() as u64, ..self.texts }
    }
}

/// Whether a word is as long as a link's secret and of its alphabet. A long word of any language
/// has no digit, and nearly every secret has.
fn has_secret(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| word.bytes().any(|b| b.is_ascii_digit()) && Token::presented(word).is_some())
}

#[cfg(test)]
mod tests {
    use crate::guarantee::store::texts::*;

    #[test]
    fn a_secret_is_seen_in_any_text_and_words_are_none() {
        assert!(has_secret("https://x/r/abcdefghijklmnopqrstuvwx23?lang=fr"));
        assert!(
            !has_secret("abcdefghijklmnopqrstuvwxyz")
                && !has_secret("0123456789abcdef0123456789abcdef")
        );
    }
}
