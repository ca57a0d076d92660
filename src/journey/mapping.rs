//! Which column of a CSV file, key of an XES log or attribute of an OCEL log means what.

use serde::Serialize;

use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::privacy::person;

/// What a column means to us.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// The identifier of the source.
    Journey,
    /// The activity.
    Step,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// A single time: of the start or the completion as the lifecycle says, else of the end.
    Time,
    /// When it was promised to begin.
    PromisedStart,
    /// By when it was promised to be done.
    Promised,
    /// By when the customer asked for it.
    Requested,
    /// Where.
    Site,
    /// E-mail or telephone.
    Contact,
    /// Language.
    Locale,
    /// Whether the row is the start or the completion of an activity.
    Lifecycle,
    /// What tells apart activities that run at the same time.
    Instance,
    /// `org:group`: shown to the administrator, never stored.
    Group,
    /// A declared attribute, by its place in the list.
    Attribute(usize),
}

/// The names that are taken for each meaning without being told, French, English and of process
/// tools, in the form of [`plain`]; earlier ones win.
const GUESSES: [(Meaning, &str, &[&str]); 14] = [
    (
        Meaning::Journey,
        "journey",
        &[
            "journey",
            "parcours",
            "case_concept_name",
            "case_id",
            "case",
            "caseid",
            "trace_id",
            "dossier",
            "numero_dossier",
            "id_dossier",
            "patient",
        ],
    ),
    (
        Meaning::Step,
        "step",
        &[
            "step",
            "etape",
            "concept_name",
            "activity",
            "activite",
            "activity_name",
            "task",
            "tache",
            "handling",
        ],
    ),
    (
        Meaning::Start,
        "start",
        &[
            "start",
            "debut",
            "start_timestamp",
            "start_time",
            "started_at",
            "start_date",
            "date_debut",
            "heure_debut",
            "debut_le",
        ],
    ),
    (
        Meaning::End,
        "end",
        &[
            "end",
            "fin",
            "end_timestamp",
            "end_time",
            "ended_at",
            "end_date",
            "complete_timestamp",
            "completed_at",
            "date_fin",
            "heure_fin",
            "fin_le",
        ],
    ),
    (
        Meaning::Time,
        "time",
        &[
            "time_timestamp",
            "timestamp",
            "time",
            "horodatage",
            "date_heure",
            "datetime",
            "event_time",
        ],
    ),
    (
        Meaning::PromisedStart,
        "promised_start",
        &["promised_start", "debut_promis", "appointment", "rendez_vous", "rdv"],
    ),
    (
        Meaning::Promised,
        "promised",
        &[
            "promised",
            "promis",
            "promis_pour",
            "promised_end",
            "fin_promise",
            "promised_at",
            "promised_for",
        ],
    ),
    (
        Meaning::Requested,
        "requested",
        &[
            "requested",
            "demande",
            "demande_pour",
            "souhaite",
            "requested_for",
            "date_demandee",
            "date_souhaitee",
        ],
    ),
    (Meaning::Site, "site", &["site", "case_site", "lieu", "agence", "etablissement", "branch"]),
    (Meaning::Contact, "contact", &["contact", "case_contact"]),
    (Meaning::Locale, "locale", &["locale", "case_locale", "langue", "language"]),
    (
        Meaning::Lifecycle,
        "lifecycle",
        &["lifecycle", "lifecycle_transition", "registration_type", "transition"],
    ),
    (
        Meaning::Instance,
        "instance",
        &[
            "instance",
            "concept_instance",
            "activity_instance",
            "activity_instance_id",
            "handling_id",
        ],
    ),
    (Meaning::Group, "group", &["org_group"]),
];

/// The columns of a file with their meanings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// One for each column, in the file's order.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it means; `None` when it is not read.
    pub meaning: Option<Meaning>,
}

/// A column as shown before an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its name in the file.
    pub column: String,
    /// The canonical name that it is read as.
    pub read_as: Option<String>,
    /// Whether it is left out because it would hold people who work there.
    pub person: bool,
}

/// What an administrator said about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnChoices {
    /// Pairs of canonical name and column.
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
        canonical.iter().copied().find(|name| self.columns.iter().any(|(said, _)| said == name))
    }
}

impl Mapping {
    /// Gives each column its meaning: as said, else by its name. A journey, a step and a time must be among them.
    pub fn of(names: &[&str], said: &ColumnChoices, attributes: &[&str]) -> Result<Self, Refusal> {
        Self::partial(names, said, attributes)?.complete()
    }

    /// The same for what stands beside a journey, a step and a time that are known otherwise.
    pub fn partial(
        names: &[&str],
        said: &ColumnChoices,
        attributes: &[&str],
    ) -> Result<Self, Refusal> {
        let mut mapping = Self {
            columns: names
                .iter()
                .map(|name| Column { name: (*name).to_owned(), meaning: None })
                .collect(),
        };
        for (name, column) in &said.columns {
            mapping.say(name, column, attributes)?;
        }
        for (meaning, _, guesses) in &GUESSES {
            mapping.guess(meaning, guesses);
        }
        for (place, attribute) in attributes.iter().enumerate() {
            let name = plain(attribute);
            mapping.guess(&Meaning::Attribute(place), &[&name, &format!("case_{name}")]);
        }
        Ok(mapping)
    }

    /// The columns as shown before an import.
    pub fn shown(&self, attributes: &[&str]) -> Vec<Shown> {
        let shown = |column: &Column| Shown {
            column: column.name.clone(),
            read_as: column
                .meaning
                .as_ref()
                .map(|meaning| canonical(meaning, attributes).to_owned()),
            person: column.meaning.is_none() && person::is_person_column(&column.name),
        };
        self.columns.iter().map(shown).collect()
    }

    /// Where the column of a meaning stands.
    pub fn place(&self, meaning: &Meaning) -> Option<usize> {
        self.columns.iter().position(|column| column.meaning.as_ref() == Some(meaning))
    }

    /// The name in the file of the column that is read as `canonical_name`.
    pub fn column_of(&self, canonical_name: &str, attributes: &[&str]) -> Option<&str> {
        let meant = |column: &&Column| {
            column.meaning.as_ref().is_some_and(|m| canonical(m, attributes) == canonical_name)
        };
        let single = || match canonical_name {
            "start" | "end" => self.place(&Meaning::Time).map(|place| &self.columns[place]),
            _ => None,
        };
        self.columns.iter().find(meant).or_else(single).map(|column| column.name.as_str())
    }

    fn say(&mut self, name: &str, column: &str, attributes: &[&str]) -> Result<(), Refusal> {
        let no =
            |key: &'static str| Refusal::new(Text::new(key).with("column", column)).in_field(name);
        let known = GUESSES
            .iter()
            .find(|(_, canonical, _)| *canonical == name)
            .map(|(meaning, ..)| meaning.clone());
        let attribute =
            || attributes.iter().position(|attribute| *attribute == name).map(Meaning::Attribute);
        let meaning = known.or_else(attribute).ok_or_else(|| no("journey-mapping-unknown-name"))?;
        if person::is_person_column(column)
            && !matches!(meaning, Meaning::Contact | Meaning::Journey)
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

    fn guess(&mut self, meaning: &Meaning, guesses: &[&str]) {
        if self.place(meaning).is_some() {
            return;
        }
        for guess in guesses {
            let free =
                |column: &&mut Column| column.meaning.is_none() && plain(&column.name) == *guess;
            if let Some(column) = self.columns.iter_mut().find(free) {
                column.meaning = Some(meaning.clone());
                return;
            }
        }
    }

    fn complete(self) -> Result<Self, Refusal> {
        let has = |meaning| self.place(&meaning).is_some();
        let missing = if !has(Meaning::Journey) {
            "journey"
        } else if !has(Meaning::Step) {
            "step"
        } else if !has(Meaning::Start) && !has(Meaning::End) && !has(Meaning::Time) {
            "start"
        } else {
            return Ok(self);
        };
        Err(Refusal::new(Text::new("journey-column-missing").with("column", missing))
            .at_line(1)
            .in_field(missing))
    }
}

fn canonical<'a>(meaning: &Meaning, attributes: &[&'a str]) -> &'a str {
    match meaning {
        Meaning::Attribute(place) => attributes[*place],
        meaning => {
            GUESSES.iter().find(|(known, ..)| known == meaning).map_or("", |(_, name, _)| name)
        }
    }
}

fn is_guess(meaning: &Meaning, column: &str) -> bool {
    let column = plain(column);
    GUESSES.iter().any(|(known, _, guesses)| known == meaning && guesses.contains(&column.as_str()))
}

/// A name without case, accents and signs: `Début prévu` is `debut_prevu`.
fn plain(name: &str) -> String {
    let bare = person::unaccented(name.trim());
    let parts: Vec<&str> =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("_")
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
        for (said, key) in [
            ("jurney = 'a'", "journey-mapping-unknown-name"),
            ("journey = 'z'", "journey-mapping-no-column"),
            ("journey = 'a'\nstep = 'a'", "journey-mapping-twice"),
            ("site = 'employee'", "journey-mapping-person"),
        ] {
            assert_eq!(read_as("a,b,employee", said).unwrap_err().text.key(), key, "{said}");
        }
        let refused =
            ColumnChoices::parse("journey = 'a'\nstep = ", "mapping.toml").unwrap_err().to_string();
        assert!(refused.starts_with("mapping.toml, line 2"), "{refused}");
    }
}
