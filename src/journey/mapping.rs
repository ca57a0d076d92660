//! Which column of a CSV file, key of an XES log or attribute of an OCEL log means what.

use serde::Serialize;

use super::column::{Column, GUESSES, canonical, is_guess, plain};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::privacy::person;

/// The columns of a file with their meanings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// One for each column, in the file's order.
    pub columns: Vec<SourceColumn>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    pub name: String,
    /// What it means; `None` when it is not read.
    pub meaning: Option<Column>,
}

/// How a column would be read, as a person sees it before an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnReading {
    pub column: String,
    pub read_as: Option<String>,
    /// Whether it is left out because it would hold people who work there.
    pub person: bool,
}

/// What an administrator said about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnChoices {
    columns: Vec<(String, String)>,
    /// The type of the objects that are the journeys, in a file of objects and events.
    pub object_type: Option<String>,
}

impl ColumnChoices {
    /// Reads a mapping file: `journey = "Dossier n°"`, one line a column.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let table: toml::Table = toml::from_str(text).map_err(|problem| {
            let line = problem
                .span()
                .map_or(1, |span| 1 + text[..span.start].matches('\n').count() as u64);
            let why = Text::new("journey-mapping-malformed").with("why", problem.message());
            Refusal::new(why).in_file(file).at_line(line)
        })?;
        let mut columns = Vec::new();
        for (name, column) in table {
            match column {
                toml::Value::String(column) => columns.push((name, column)),
                _ => {
                    let text = Text::new("journey-mapping-not-text");
                    return Err(Refusal::new(text).in_file(file).in_field(name).into());
                }
            }
        }
        Ok(Self { columns, object_type: None })
    }

    /// The first of these canonical names that a column was said for.
    pub fn names<'a>(&self, canonical: &[&'a str]) -> Option<&'a str> {
        canonical.iter().copied().find(|name| self.columns.iter().any(|(chosen, _)| chosen == name))
    }
}

impl Mapping {
    /// Gives each column its meaning: as chosen, else by its name. A journey, a step and a time
    /// must be among them.
    pub fn of(
        names: &[&str],
        choices: &ColumnChoices,
        attributes: &[&str],
    ) -> Result<Self, Refusal> {
        Self::partial(names, choices, attributes)?.complete()
    }

    /// As [`Mapping::of`], for a file whose journeys, steps and times are found in another way.
    pub fn partial(
        names: &[&str],
        choices: &ColumnChoices,
        attributes: &[&str],
    ) -> Result<Self, Refusal> {
        let mut mapping = Self {
            columns: names
                .iter()
                .map(|name| SourceColumn { name: (*name).to_owned(), meaning: None })
                .collect(),
        };
        for (name, column) in &choices.columns {
            mapping.choose(name, column, attributes)?;
        }
        for (meaning, _, guesses) in &GUESSES {
            mapping.guess(meaning, guesses);
        }
        for (place, attribute) in attributes.iter().enumerate() {
            let name = plain(attribute);
            mapping.guess(&Column::Attribute(place), &[&name, &format!("case_{name}")]);
        }
        Ok(mapping)
    }

    /// The columns as shown before an import.
    pub fn shown(&self, attributes: &[&str]) -> Vec<ColumnReading> {
        self.columns
            .iter()
            .map(|column: &SourceColumn| ColumnReading {
                column: column.name.clone(),
                read_as: column
                    .meaning
                    .as_ref()
                    .map(|meaning| canonical(meaning, attributes).to_owned()),
                person: column.meaning.is_none() && person::is_person_column(&column.name),
            })
            .collect()
    }

    /// Where the column of a meaning stands.
    pub fn place(&self, meaning: &Column) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning.as_ref() == Some(meaning))
    }

    /// The name in the file of the column that is read as `canonical_name`.
    pub fn column_of(&self, canonical_name: &str, attributes: &[&str]) -> Option<&str> {
        self.columns
            .iter()
            .find(|column: &&SourceColumn| {
                column.meaning.as_ref().is_some_and(|m| canonical(m, attributes) == canonical_name)
            })
            .or_else(|| match canonical_name {
                "start" | "end" => self.place(&Column::Time).map(|place| &self.columns[place]),
                _ => None,
            })
            .map(|column| column.name.as_str())
    }

    fn choose(&mut self, name: &str, column: &str, attributes: &[&str]) -> Result<(), Refusal> {
        let no =
            |key: &'static str| Refusal::new(Text::new(key).with("column", column)).in_field(name);
        let known = GUESSES
            .iter()
            .find(|(_, canonical, _)| *canonical == name)
            .map(|(meaning, ..)| meaning.clone());
        let meaning = known
            .or_else(|| {
                attributes.iter().position(|attribute| *attribute == name).map(Column::Attribute)
            })
            .ok_or_else(|| no("journey-mapping-unknown-name"))?;
        if person::is_person_column(column)
            && !matches!(meaning, Column::Contact | Column::Journey)
            && !is_guess(&meaning, column)
        {
            return Err(no("journey-mapping-person"));
        }
        let found = self.columns.iter_mut().find(|known| known.name.trim() == column.trim());
        let found = found.ok_or_else(|| no("journey-mapping-no-column"))?;
        match found.meaning.replace(meaning) {
            None => Ok(()),
            Some(_) => Err(no("journey-mapping-twice")),
        }
    }

    fn guess(&mut self, meaning: &Column, guesses: &[&str]) {
        if self.place(meaning).is_some() {
            return;
        }
        for guess in guesses {
            if let Some(column) = self.columns.iter_mut().find(|column: &&mut SourceColumn| {
                column.meaning.is_none() && plain(&column.name) == *guess
            }) {
                column.meaning = Some(meaning.clone());
                return;
            }
        }
    }

    fn complete(self) -> Result<Self, Refusal> {
        let has = |meaning| self.place(&meaning).is_some();
        let missing = if !has(Column::Journey) {
            "journey"
        } else if !has(Column::Step) {
            "step"
        } else if !has(Column::Start) && !has(Column::End) && !has(Column::Time) {
            "start"
        } else {
            return Ok(self);
        };
        Err(Refusal::new(Text::new("journey-column-missing").with("column", missing))
            .at_line(1)
            .in_field(missing))
    }
}

#[cfg(test)]
mod tests {
    use crate::journey::mapping::*;

    fn read_as(header: &str, said: &str) -> Result<Vec<String>, Refusal> {
        let names: Vec<&str> = header.split(',').collect();
        let said = ColumnChoices::parse(said, "mapping.toml").unwrap();
        let mapping = Mapping::of(&names, &said, &["channel"])?;
        Ok(mapping
            .shown(&["channel"])
            .into_iter()
            .map(|c| c.read_as.unwrap_or_else(|| if c.person { "!".into() } else { "-".into() }))
            .collect())
    }

    #[test]
    fn real_headers_are_understood() {
        for (header, expected) in [
            ("journey,step,start,end,promised,site", "journey step start end promised site"),
            ("site;x".replace(';', ",").as_str(), ""),
            (
                "case:concept:name,concept:name,time:timestamp,start_timestamp",
                "journey step time start",
            ),
            (
                "handling,patient,employee,handling_id,registration_type,time,.order",
                "step journey ! instance lifecycle time -",
            ),
            (
                "Dossier,Étape,Début,Fin,Promis pour,Demandé pour,Agence,Technicien",
                "journey step start end promised requested site !",
            ),
            (
                "case:channel,case:concept:name,case:responsible,concept:instance,concept:name,lifecycle:transition,org:group,org:resource,time:timestamp",
                "channel journey ! instance step lifecycle group ! time",
            ),
        ] {
            match expected {
                "" => assert_eq!(
                    read_as(header, "").unwrap_err().text.key(),
                    "journey-column-missing"
                ),
                expected => assert_eq!(read_as(header, "").unwrap().join(" "), expected),
            }
        }
    }

    #[test]
    fn what_was_said_wins_and_mistakes_in_it_are_named() {
        assert_eq!(
            read_as("a,b,c,step", "journey = 'a'\nstep = 'b'\nend = 'c'").unwrap().join(" "),
            "journey step end -"
        );
        for (choices, key) in [
            ("jurney = 'a'", "journey-mapping-unknown-name"),
            ("journey = 'z'", "journey-mapping-no-column"),
            ("journey = 'a'\nstep = 'a'", "journey-mapping-twice"),
            ("site = 'employee'", "journey-mapping-person"),
        ] {
            assert_eq!(read_as("a,b,employee", choices).unwrap_err().text.key(), key, "{choices}");
        }
        let refused =
            ColumnChoices::parse("journey = 'a'\nstep = ", "mapping.toml").unwrap_err().to_string();
        assert!(refused.starts_with("mapping.toml, line 2"), "{refused}");
    }
}
