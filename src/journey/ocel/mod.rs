//! Reads OCEL 2.0, logs of objects and the events that they take part in. One type of objects is
//! the journeys.
//!
//! An event may take part in several journeys, and each has it once, whatever the relations are
//! called. The type of an event is the step, its time the end. Of the other objects and their
//! relations nothing is read.
//!
//! Objects may stand behind the events that name them, so a file is read at least twice. The first
//! reading (`index`) finds what is wrong with the file as a whole, before anything of it is
//! stored, and remembers every object's identifier and type. The next ones (`gather`) put events
//! and values to their journeys. How much is in memory does not depend on the file: identifiers
//! are at most [`crate::limits::OBJECTS`], one object or event is at most [`crate::limits::LINE`],
//! and journeys that do not fit into [`crate::limits::GATHERED`] wait for one more reading.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use self::columns::Columns;
use self::gather::Gathering;
use self::index::Index;
use super::batcher::Outlet;
use super::mapping::ColumnChoices;
use super::source::Source;
use crate::error::Result;
use crate::limits;

mod columns;
mod gather;
mod index;
mod json;
mod notation;
mod piece;
mod xml;

pub use self::notation::Notation;

/// Reads the journeys into `outlet`; `read` is told how far the reading that gathers them has
/// come.
pub fn read(
    source: &Source,
    notation: Notation,
    said: &ColumnChoices,
    outlet: &mut Outlet<'_>,
    read: Arc<AtomicU64>,
) -> Result<()> {
    read_within(limits::GATHERED, source, notation, said, outlet, read)
}

/// As [`read`], with room for so many bytes of journeys that are being gathered.
fn read_within(
    room: usize,
    source: &Source,
    notation: Notation,
    said: &ColumnChoices,
    outlet: &mut Outlet<'_>,
    read: Arc<AtomicU64>,
) -> Result<()> {
    let index = Index::read(source, notation, &mut outlet.report)?;
    let kind =
        index.choose(said.object_type.as_deref()).map_err(|text| source.named(text.into()))?;
    let attributes = outlet.interpreter.attributes().to_vec();
    let columns =
        Columns::of(&index, kind, said, &attributes).map_err(|refusal| source.named(refusal))?;
    columns.report_unread(&index, kind, &mut outlet.report);
    Gathering::new(&index, kind, &columns, room).run(source, notation, outlet, read)
}

#[cfg(test)]
mod tests;
