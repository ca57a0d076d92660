//! How objects and events are written.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::piece::{Piece, Place};
use super::{json, xml};
use crate::error::Result;
use crate::journey::source::Source;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// One JSON object with the lists `objects` and `events`.
    Json,
    /// One XML element `log` with the elements `objects` and `events`.
    Xml,
}

impl Notation {
    /// The notation of a file whose first sign is `first`; `None` when it is not OCEL.
    pub(in crate::journey) fn of(source: &Source, first: Option<u8>) -> Result<Option<Self>> {
        Ok(match first {
            Some(b'{') if json::recognised(source)? => Some(Self::Json),
            Some(b'<') if xml::recognised(source)? => Some(Self::Xml),
            _ => None,
        })
    }

    /// Reads all objects and events in the order of the file. Nothing is handed over of one that
    /// is not whole.
    pub(super) fn pieces(
        self,
        source: &Source,
        read: Arc<AtomicU64>,
        take: &mut dyn FnMut(Place, Piece),
    ) -> Result<()> {
        match self {
            Self::Json => json::pieces(source, read, take),
            Self::Xml => xml::pieces(source, read, take),
        }
    }
}
