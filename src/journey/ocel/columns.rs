//! Which attribute of an event, or of an object that is a journey, means what.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::index::Index;
use crate::error::Refusal;
use crate::i18n::Text;
use crate::journey::column::Column;
use crate::journey::mapping::{ColumnChoices, Mapping};
use crate::journey::report::Report;

/// Attributes by name, with their meanings. Those that are not in it are not read.
pub(super) type Meanings = FxHashMap<String, Column>;

pub(super) struct Columns {
    pub(super) of_events: Meanings,
    pub(super) of_objects: Meanings,
}

impl Columns {
    /// By what was said and by name, like the columns of a CSV.
    pub(super) fn of(
        index: &Index,
        kind: usize,
        said: &ColumnChoices,
        attributes: &[Arc<str>],
    ) -> Result<Self, Refusal> {
        if let Some(name) = said.names(&["journey", "step", "end", "time"]) {
            return Err(Refusal::new(Text::new("journey-ocel-mapping")).in_field(name));
        }
        let (events, objects) = (&index.of_events.0, &index.kind_at(kind).values.0);
        let names: BTreeSet<&str> =
            events.keys().chain(objects.keys()).map(String::as_str).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let attributes: Vec<&str> = attributes.iter().map(AsRef::as_ref).collect();
        let mapping = Mapping::partial(&names, said, &attributes)?;
        let read = |of: fn(&Column) -> bool| -> Meanings {
            let meant = mapping
                .columns
                .iter()
                .filter_map(|column| Some((column.name.clone(), column.meaning.clone()?)));
            meant.filter(|(_, meaning)| of(meaning)).collect()
        };
        Ok(Self { of_events: read(is_of_events), of_objects: read(is_of_journeys) })
    }

    /// Counts what is not read once journeys are of type `kind`: objects of other types, and
    /// values without a meaning.
    pub(super) fn report_unread(&self, index: &Index, kind: usize, report: &mut Report) {
        let others = index.kinds.iter().enumerate().filter(|(place, _)| *place != kind);
        others.for_each(|(_, other)| report.drop_column(&other.name, other.objects));
        for (values, read) in
            [(&index.of_events, &self.of_events), (&index.kinds[kind].values, &self.of_objects)]
        {
            for (name, count) in values.0.iter().filter(|(name, _)| !read.contains_key(*name)) {
                report.drop_column(name, *count);
            }
        }
    }
}

/// What events say beside their type and time. A customer's address may stand with either.
fn is_of_events(meaning: &Column) -> bool {
    !matches!(meaning, Column::Journey | Column::Step | Column::End | Column::Time)
}

fn is_of_journeys(meaning: &Column) -> bool {
    matches!(meaning, Column::Site | Column::Contact | Column::Locale | Column::Attribute(_))
}
