//! What the first reading of a log remembers: which objects there are, of which types, and how
//! their values are called.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::notation::Notation;
use super::piece::{Attribute, Object, Piece};
use crate::blueprint::codes::too_long;
use crate::error::Result;
use crate::i18n::Text;
use crate::journey::report::Report;
use crate::journey::source::Source;
use crate::limits;
use crate::privacy::person;

/// The objects of a log and the names of its attributes.
#[derive(Default)]
pub(super) struct Index {
    /// By identifier. The hasher is the standard one: a file cannot choose identifiers that it is
    /// slow with.
    objects: HashMap<Box<str>, ObjectEntry>,
    pub(super) kinds: Vec<Kind>,
    places: BTreeMap<String, usize>,
    pub(super) of_events: Values,
    overflowed: bool,
}

#[derive(Clone, Copy)]
pub(super) struct ObjectEntry {
    /// Its number among all objects, in the order of the file.
    pub(super) number: u32,
    pub(super) kind: usize,
}

pub(super) struct Kind {
    pub(super) name: String,
    pub(super) objects: u64,
    pub(super) values: Values,
}

#[derive(Default)]
pub(super) struct Values(pub(super) BTreeMap<String, u64>);

impl Values {
    fn count(&mut self, attributes: &[Attribute]) {
        for Attribute { name, .. } in
            attributes.iter().filter(|attribute| !attribute.value.is_empty())
        {
            let fits = self.0.len() < limits::ATTRIBUTES && name.len() <= limits::NAME;
            let name = if fits || self.0.contains_key(name) { name } else { "…" };
            match self.0.get_mut(name) {
                Some(count) => *count += 1,
                None => _ = self.0.insert(name.to_owned(), 1),
            }
        }
    }
}

impl Index {
    /// Reads the whole file. Objects that are not whole are noted in the report; a file that is
    /// not, or too large, is refused.
    pub(super) fn read(source: &Source, notation: Notation, report: &mut Report) -> Result<Self> {
        let mut index = Self::default();
        notation.pieces(source, Arc::default(), &mut |place, piece| match piece {
            Piece::Event(event) => index.of_events.count(&event.attributes),
            Piece::Object(object) => {
                if let Err(text) = index.object(object) {
                    report.read += 1;
                    report.refuse(place.refuse("objects", text));
                }
            }
        })?;
        if index.overflowed {
            let text = Text::new("journey-ocel-too-many").with("objects", limits::OBJECTS);
            Err(source.named(text.with("types", limits::OBJECT_TYPES).into()).into())
        } else {
            Ok(index)
        }
    }

    fn object(&mut self, object: Object) -> Result<(), Text> {
        if object.id.is_empty() || object.kind.is_empty() {
            return Err(Text::new("journey-ocel-object-incomplete"));
        }
        for (value, most) in [(&object.id, limits::SOURCE_ID), (&object.kind, limits::NAME)] {
            if value.len() > most {
                return Err(too_long(most));
            }
        }
        if object.kind.chars().any(char::is_control) {
            return Err(Text::new("journey-control-character"));
        }
        let Some(kind) = self.kind(&object.kind) else { return Ok(()) };
        match self.objects.get(object.id.as_str()) {
            Some(known) if known.kind != kind => {
                return Err(Text::new("journey-ocel-object-twice"));
            }
            Some(_) => {}
            None if self.objects.len() >= limits::OBJECTS => {
                self.overflowed = true;
                return Ok(());
            }
            None => {
                let number = self.len();
                self.objects.insert(object.id.into(), ObjectEntry { number, kind });
                self.kinds[kind].objects += 1;
            }
        }
        self.kinds[kind].values.count(&object.attributes);
        Ok(())
    }

    /// The place of a type; `None` when there are too many.
    fn kind(&mut self, name: &str) -> Option<usize> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.kinds.len() >= limits::OBJECT_TYPES {
            self.overflowed = true;
            return None;
        }
        self.places.insert(name.to_owned(), self.kinds.len());
        self.kinds.push(Kind { name: name.to_owned(), objects: 0, values: Values::default() });
        Some(self.kinds.len() - 1)
    }

    pub(super) fn len(&self) -> u32 {
        // There are at most `limits::OBJECTS`.
        u32::try_from(self.objects.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn object_of(&self, id: &str) -> Option<ObjectEntry> {
        self.objects.get(id).copied()
    }

    pub(super) fn place_of(&self, kind: &str) -> Option<usize> {
        self.places.get(kind).copied()
    }

    /// The type at that place.
    pub(super) fn kind_at(&self, kind: usize) -> &Kind {
        &self.kinds[kind]
    }

    /// The type whose objects are the journeys: the one asked for, else the only one. People are
    /// no journeys.
    pub(super) fn choose(&self, asked: Option<&str>) -> Result<usize, Text> {
        let kinds = self.places.values().map(|place| &self.kinds[*place]);
        let candidates: Vec<&Kind> =
            kinds.filter(|kind| kind.objects > 0 && !is_of_people(&kind.name)).collect();
        let wrong = match (asked, candidates.as_slice()) {
            (None, [only]) => return Ok(self.places[&only.name]),
            (Some(name), _) if is_of_people(name) => return Err(Text::new("journey-ocel-people")),
            (Some(name), _) if self.places.contains_key(name) => return Ok(self.places[name]),
            (_, []) => return Err(Text::new("journey-ocel-no-objects")),
            (Some(_), _) => "journey-ocel-no-such-type",
            (None, _) => "journey-ocel-which",
        };
        let told = candidates
            .iter()
            .take(limits::COLUMNS_TOLD)
            .map(|kind| format!("{} ({})", kind.name, kind.objects));
        let told: Vec<String> =
            told.chain((candidates.len() > limits::COLUMNS_TOLD).then(|| "…".to_owned())).collect();
        Err(Text::new(wrong).with("types", told.join(", ")))
    }
}

/// Whether objects of a type would be people who work there.
fn is_of_people(kind: &str) -> bool {
    person::is_person_column(kind) || person::sign_in(kind).is_some()
}
