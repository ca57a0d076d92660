//! The rules that every format shares: from the fields of a row to an event, or to a refusal that
//! names the field. What looks like a person is refused, and the value goes no further.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::event::{Attributes, Contact, Incoming};
use super::instant::{self, Day};
use super::trace::Event;
use crate::blueprint::Blueprint;
use crate::blueprint::codes::{CodesByName, checked, too_long};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::Refusal;
use crate::i18n::{Lang, Text};
use crate::limits;
use crate::token::{JourneyId, Secret};

/// The fields of a row as they stand in the file. Blank means absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'a> {
    /// The row's line.
    pub line: u64,
    /// The identifier of the source.
    pub journey: &'a str,
    /// The activity's name.
    pub step: &'a str,
    /// When it began.
    pub start: &'a str,
    /// When it ended.
    pub end: &'a str,
    /// When it was promised to begin.
    pub promised_start: &'a str,
    /// By when it was promised to be done.
    pub promised: &'a str,
    /// By when the customer asked for it.
    pub requested: &'a str,
    /// Where.
    pub site: &'a str,
    /// E-mail or telephone.
    pub contact: &'a str,
    /// `fr` or `en`.
    pub locale: &'a str,
    /// Values by their place in the blueprint's list of attributes.
    pub attributes: &'a [(usize, &'a str)],
}

/// What is known of an organisation when a file is read, and what the file adds to it. It remembers
/// an identifier of the source, so it has no `Debug`.
pub struct Interpreter {
    journey_type: String,
    zone: Zone,
    secret: Secret,
    steps: CodesByName,
    sites: CodesByName,
    attributes: Vec<Arc<str>>,
    /// The attributes of the last row, as given and as read.
    values: Option<(Vec<(usize, String)>, Attributes)>,
    default_site: Option<Arc<str>>,
    last: Option<(String, JourneyId)>,
}

/// Names that a file added to an open blueprint: as written, and the code made of it.
#[derive(Debug, Default)]
pub struct Added {
    /// Steps, in order of appearance.
    pub steps: Vec<(String, Arc<str>)>,
    /// Sites.
    pub sites: Vec<(String, Arc<str>)>,
}

impl Added {
    /// Whether the file added nothing.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.sites.is_empty()
    }
}

impl Interpreter {
    /// For a journey type of an organisation with these sites.
    pub fn new(blueprint: &Blueprint, sites: &[String], zone: Zone, secret: Secret) -> Self {
        let mut steps = FxHashMap::default();
        for step in &blueprint.steps {
            let code: Arc<str> = step.code.as_str().into();
            for name in step.activities.iter().chain([&step.code]) {
                steps.insert(name.clone(), code.clone());
            }
        }
        let room = |most: usize, taken: usize| {
            if blueprint.is_open() { most.saturating_sub(taken) } else { 0 }
        };
        let known_sites = sites.iter().map(|site| (site.clone(), site.as_str().into())).collect();
        Self {
            journey_type: blueprint.journey_type.clone(),
            zone,
            secret,
            steps: CodesByName {
                known: steps,
                room: room(limits::STEPS, blueprint.steps.len()),
                added: Vec::new(),
            },
            sites: CodesByName {
                known: known_sites,
                room: room(limits::SITES, sites.len()),
                added: Vec::new(),
            },
            attributes: blueprint.attributes.iter().map(|name| name.as_str().into()).collect(),
            values: None,
            default_site: None,
            last: None,
        }
    }

    /// The same, putting rows without a site at `site`.
    pub fn at_site(mut self, site: Option<&str>) -> Result<Self, Refusal> {
        if let Some(site) = site {
            self.default_site = Some(
                self.sites
                    .code(site, "journey-unknown-site")
                    .map_err(|text| no(0, "site", text))?,
            );
        }
        Ok(self)
    }

    /// The attributes that rows may carry.
    pub fn attributes(&self) -> &[Arc<str>] {
        &self.attributes
    }

    /// When a text says that something happened; `None` when it is no time.
    pub fn instant(&self, text: &str) -> Option<Instant> {
        instant::parse(text, self.zone.inner(), Day::First).ok()
    }

    /// What the file has added since the last call.
    pub fn added(&mut self) -> Added {
        Added {
            steps: std::mem::take(&mut self.steps.added),
            sites: std::mem::take(&mut self.sites.added),
        }
    }

    /// One row.
    pub fn event(&mut self, fields: &Fields<'_>) -> Result<Incoming, Refusal> {
        let refuse = |field, text| no(fields.line, field, text);
        let step = self
            .steps
            .code(fields.step.trim(), "journey-unknown-step")
            .map_err(|text| refuse("step", text))?;
        let event = self.times(fields, step)?;
        let site = match fields.site.trim() {
            "" => self.default_site.clone(),
            site => Some(
                self.sites
                    .code(site, "journey-unknown-site")
                    .map_err(|text| refuse("site", text))?,
            ),
        };
        Ok(Incoming {
            attributes: self.values(fields)?,
            contact: contact(fields)?,
            journey: self.journey(fields)?,
            event,
            site,
            line: fields.line,
        })
    }

    fn journey(&mut self, fields: &Fields<'_>) -> Result<JourneyId, Refusal> {
        let source = fields.journey.trim();
        if let Some((_, id)) = self.last.as_ref().filter(|(last, _)| last == source) {
            return Ok(*id);
        }
        match source.len() {
            0 => return Err(no(fields.line, "journey", Text::new("journey-no-journey"))),
            length if length > limits::SOURCE_ID => {
                return Err(no(fields.line, "journey", too_long(limits::SOURCE_ID)));
            }
            _ => {}
        }
        let id = self.secret.journey_id(&self.journey_type, source);
        self.last = Some((source.to_owned(), id));
        Ok(id)
    }

    /// What happened at a step: times that are possible, each by itself and together.
    fn times(&self, fields: &Fields<'_>, step: Arc<str>) -> Result<Event, Refusal> {
        let time = |field, text: &str, day| -> Result<Option<Instant>, Refusal> {
            match text.trim().is_empty() {
                true => Ok(None),
                false => instant::parse(text, self.zone.inner(), day)
                    .map(Some)
                    .map_err(|reason| no(fields.line, field, Text::new(reason))),
            }
        };
        let start = time("start", fields.start, Day::First)?;
        let end = time("end", fields.end, Day::First)?;
        let promised_start = time("promised_start", fields.promised_start, Day::Last)?;
        let promised = time("promised", fields.promised, Day::Last)?;
        let requested = time("requested", fields.requested, Day::Last)?;
        let before = |a: Option<Instant>, b: Option<Instant>| a.zip(b).is_some_and(|(a, b)| a < b);
        let wrong = if start.or(end).is_none() {
            Some(("start", "journey-no-time"))
        } else if before(end, start) {
            Some(("end", "journey-end-before-start"))
        } else if before(promised, requested) {
            Some(("promised", "journey-promised-before-requested"))
        } else if before(promised, promised_start) {
            Some(("promised", "journey-promised-end-before-start"))
        } else {
            None
        };
        match wrong {
            Some((field, key)) => Err(no(fields.line, field, Text::new(key))),
            None => Ok(Event {
                step,
                start,
                end,
                promised_start,
                promised: promised.into_iter().collect(),
                requested,
                ordinal: 0,
            }),
        }
    }

    /// The declared attributes of a row. Rows that follow each other mostly say the same, and share it.
    fn values(&mut self, fields: &Fields<'_>) -> Result<Attributes, Refusal> {
        let trimmed = fields.attributes.iter().map(|(place, value)| (*place, value.trim()));
        let given = trimmed.filter(|(_, value)| !value.is_empty());
        let same = |last: &[(usize, String)]| {
            given.clone().count() == last.len()
                && given
                    .clone()
                    .zip(last)
                    .all(|((place, value), (known, said))| place == *known && value == said)
        };
        if let Some((_, shared)) = self.values.as_ref().filter(|(last, _)| same(last)) {
            return Ok(shared.clone());
        }
        let mut out = Vec::new();
        for (place, value) in given.clone() {
            let Some(name) = self.attributes.get(place).cloned() else { continue };
            checked(value).map_err(|text| no(fields.line, &name, text))?;
            out.push((name, Arc::from(value)));
        }
        let shared: Attributes = out.into();
        self.values =
            Some((given.map(|(place, value)| (place, value.to_owned())).collect(), shared.clone()));
        Ok(shared)
    }
}

fn contact(fields: &Fields<'_>) -> Result<Option<Box<Contact>>, Refusal> {
    let locale = match fields.locale.trim() {
        "" => None,
        tag => Some(
            Lang::of_tag(tag)
                .ok_or_else(|| no(fields.line, "locale", Text::new("journey-bad-locale")))?,
        ),
    };
    match fields.contact.trim() {
        "" => Ok(None),
        text => match Contact::parse(text, locale) {
            Some(contact) => Ok(Some(Box::new(contact))),
            None => Err(no(fields.line, "contact", Text::new("journey-bad-contact"))),
        },
    }
}

fn no(line: u64, field: &str, text: Text) -> Refusal {
    let refusal = Refusal::new(text).in_field(field);
    if line > 0 { refusal.at_line(line) } else { refusal }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::blueprint::Step;
    use crate::journey::interpret::*;
    use proptest::prelude::*;

    pub(in crate::journey) fn secret() -> Secret {
        Secret::parse(&"A".repeat(52)).unwrap()
    }

    /// An interpreter for a blueprint with these steps, closed when there are any.
    pub(in crate::journey) fn interpreter(steps: &[&str]) -> Interpreter {
        let steps = steps
            .iter()
            .map(|code| Step { team: Some("team".to_owned()), ..Step::seen(code) })
            .collect();
        let blueprint = Blueprint { steps, ..Blueprint::unknown("repair") };
        Interpreter::new(&blueprint, &["S1".to_owned()], Zone::utc(), secret())
    }

    fn fields<'a>() -> Fields<'a> {
        Fields {
            line: 3,
            journey: "J1",
            step: "WORK",
            end: "2026-07-06T12:00:00Z",
            ..Fields::default()
        }
    }

    fn refused(fields: &Fields<'_>) -> (Option<String>, &'static str) {
        let refusal = interpreter(&["WORK"]).event(fields).unwrap_err();
        assert_eq!(refusal.place.line, Some(3));
        (refusal.place.field, refusal.text.key())
    }

    #[test]
    fn each_wrong_field_is_named() {
        let later = "2026-07-07T12:00:00Z";
        for (fields, field, key) in [
            (Fields { journey: " ", ..fields() }, "journey", "journey-no-journey"),
            (Fields { step: "", ..fields() }, "step", "journey-no-step"),
            (Fields { step: "PAINT", ..fields() }, "step", "journey-unknown-step"),
            (Fields { site: "S9", ..fields() }, "site", "journey-unknown-site"),
            (Fields { end: "", ..fields() }, "start", "journey-no-time"),
            (Fields { end: "2026-02-30", ..fields() }, "end", "journey-time-impossible"),
            (Fields { start: later, ..fields() }, "end", "journey-end-before-start"),
            (Fields { promised: "soon", ..fields() }, "promised", "journey-time-malformed"),
            (
                Fields { promised: "2026-07-06", requested: later, ..fields() },
                "promised",
                "journey-promised-before-requested",
            ),
            (
                Fields { promised: "2026-07-06", promised_start: later, ..fields() },
                "promised",
                "journey-promised-end-before-start",
            ),
            (Fields { contact: "Jean", ..fields() }, "contact", "journey-bad-contact"),
            (Fields { locale: "de", ..fields() }, "locale", "journey-bad-locale"),
            (
                Fields { attributes: &[(0, "a\u{7}b")], ..fields() },
                "channel",
                "journey-control-character",
            ),
        ] {
            assert_eq!(refused(&fields), (Some(field.to_owned()), key));
        }
    }

    #[test]
    fn what_an_administrator_has_written_is_no_person() {
        let row = Fields { step: "Dr Watson", ..fields() };
        assert_eq!(refused(&row).1, "journey-person-title");
        assert!(interpreter(&["Dr Watson"]).event(&row).is_ok());
    }

    #[test]
    fn an_open_blueprint_learns_steps_and_a_closed_one_does_not() {
        let mut open = interpreter(&[]);
        let code = open
            .event(&Fields { step: "Repair: complex", site: "Lyon", ..fields() })
            .unwrap()
            .event
            .step;
        assert_eq!(&*code, "Repair- complex", "a colon joins codes");
        let added = open.added();
        assert_eq!((added.steps.len(), added.sites.len()), (1, 1));
        assert!(open.added().is_empty());
    }

    #[test]
    fn the_identifier_of_the_source_is_nowhere_in_the_event() {
        let mut interpreter = interpreter(&["WORK"]);
        let row = |journey| Fields { journey, ..fields() };
        let first = interpreter.event(&row("VIN-VF1AAAAA555666777")).unwrap();
        assert!(!format!("{first:?}").contains("VF1"));
        assert_eq!(
            interpreter.event(&row(" VIN-VF1AAAAA555666777")).unwrap().journey,
            first.journey
        );
        assert_ne!(interpreter.event(&row("other")).unwrap().journey, first.journey);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Ten thousand hostile events: a person in any field that is stored refuses the row, and the
        /// message does not repeat him. His name is no word of a message.
        #[test]
        fn no_hostile_event_is_kept(name in "Zq[a-z]{2,8}", shape in 0usize..8, place in 0usize..3, open in any::<bool>()) {
            let value = match shape {
                0 => format!("{}@garage.example.org", name.to_lowercase()),
                1 => format!("Mme {name}"),
                2 => format!("M. {name}"),
                3 => format!("Mr {}", name.to_uppercase()),
                4 => format!("{name} 06 12 34 56 78"),
                5 => format!("matricule {}", 1000 + name.len()),
                6 => format!("{name}, monsieur {name}"),
                _ => format!("badge {name} EMP-00{}", name.len()),
            };
            let attributes = [(0, value.as_str())];
            let row = match place {
                0 => Fields { step: &value, ..fields() },
                1 => Fields { site: &value, ..fields() },
                _ => Fields { attributes: &attributes, ..fields() },
            };
            let mut interpreter = if open { interpreter(&[]) } else { interpreter(&["WORK"]) };
            let refusal = interpreter.event(&row).expect_err("a person was kept");
            let said = format!("{refusal:?} {} {}", refusal.say(Lang::Fr), refusal.say(Lang::En));
            prop_assert!(!said.contains(&name));
            prop_assert!(interpreter.added().steps.iter().all(|(step, _)| !step.contains(&name)));
            prop_assert!(interpreter.values.is_none());
        }
    }
}
