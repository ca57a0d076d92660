//! The rules that every format shares: from the fields of a row to an event, or to a refusal that
//! names the field. What looks like a person is refused, and the value goes no further.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::blueprint::Blueprint;
use crate::blueprint::codes::{CodesByName, checked, too_long};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::Refusal;
use crate::i18n::{Lang, Text};
use crate::journey::event::{Attributes, Contact, Incoming};
use crate::journey::instant::{self, Day};
use crate::journey::trace::Event;
use crate::limits;
use crate::token::{JourneyId, Secret};

/// The fields of a row as they stand in the file. Blank means absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'a> {
    pub line: u64,
    pub journey: &'a str,
    pub step: &'a str,
    pub start: &'a str,
    pub end: &'a str,
    pub promised_start: &'a str,
    pub promised: &'a str,
    pub requested: &'a str,
    pub site: &'a str,
    pub contact: &'a str,
    pub locale: &'a str,
    /// Values by their place in the blueprint's list of attributes.
    pub attributes: &'a [(usize, &'a str)],
}

/// What is known of an organisation when a file is read, and what the file adds to it. It
/// remembers an identifier of the source, so it has no `Debug`.
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

/// CodesByName that a file added to an open blueprint: as written, and the code made of it.
#[derive(Debug, Default)]
pub struct Additions {
    /// Steps, in order of appearance.
    pub steps: Vec<(String, Arc<str>)>,
    pub sites: Vec<(String, Arc<str>)>,
}

impl Additions {
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

    /// Makes `site` the site of rows that name none.
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

    pub fn attributes(&self) -> &[Arc<str>] {
        &self.attributes
    }

    /// When a text says that something happened; `None` when it is no time.
    pub fn instant(&self, text: &str) -> Option<Instant> {
        instant::parse(text, self.zone.inner(), Day::First).ok()
    }

    /// What the file has added since the last call.
    pub fn added(&mut self) -> Additions {
        Additions {
            steps: std::mem::take(&mut self.steps.added),
            sites: std::mem::take(&mut self.sites.added),
        }
    }

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
            if text.trim().is_empty() {
                Ok(None)
            } else {
                instant::parse(text, self.zone.inner(), day)
                    .map(Some)
                    .map_err(|reason| no(fields.line, field, Text::new(reason)))
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

    /// The declared attributes of a row. Rows that follow each other mostly say the same, and
    /// share it.
    fn values(&mut self, fields: &Fields<'_>) -> Result<Attributes, Refusal> {
        let trimmed = fields.attributes.iter().map(|(place, value)| (*place, value.trim()));
        let given = trimmed.filter(|(_, value)| !value.is_empty());
        if let Some((last, shared)) = &self.values
            && given.clone().eq(last.iter().map(|(place, value)| (*place, value.as_str())))
        {
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
pub(super) mod tests;
