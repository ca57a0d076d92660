//! Reads a file of answers twice: once to see that all of it can be read, so that nothing is
//! stored of a file that breaks off in its middle; and once, beside the database, into batches of
//! bounded size.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use csv::ByteRecord;
use tokio::sync::mpsc::Sender;

use super::IncomingResponse;
use super::row_reader::RowReader;
use crate::error::{Refusal, Result};
use crate::journey::source::Source;
use crate::journey::table::Table;
use crate::limits;

#[derive(Debug, Default)]
pub struct Batch {
    pub rows: Vec<IncomingResponse>,
    pub refusals: Vec<Refusal>,
    /// Values about people who work there, by column.
    pub persons: BTreeMap<String, u64>,
    pub read: u64,
}

#[derive(Debug)]
pub struct FileOverview {
    pub header: Vec<String>,
    /// Bytes, unpacked.
    pub size: u64,
}

pub fn look(source: &Source) -> Result<FileOverview> {
    let size = source.check()?;
    let mut table = Table::open(source, Arc::default())?;
    let mut record = ByteRecord::new();
    while table.next(&mut record).map_err(|refusal| source.named(refusal))? {}
    Ok(FileOverview { header: table.header, size })
}

/// The second reading: batches go to `give` until nobody takes them. `done` counts the bytes.
pub fn read(
    source: &Source,
    mut reader: RowReader,
    done: Arc<AtomicU64>,
    give: &Sender<Batch>,
) -> Result<()> {
    let mut table = Table::open(source, done)?;
    let (mut record, mut batch) = (ByteRecord::new(), Batch::default());
    while table.next(&mut record).map_err(|refusal| source.named(refusal))? {
        batch.take(&mut reader, &record, source);
        if batch.read >= limits::BATCH as u64
            && give.blocking_send(std::mem::take(&mut batch)).is_err()
        {
            // The one who stores has given up and tells why.
            return Ok(());
        }
    }
    if batch.read > 0 {
        let _ = give.blocking_send(batch);
    }
    Ok(())
}

impl Batch {
    fn take(&mut self, reader: &mut RowReader, record: &ByteRecord, source: &Source) {
        self.read += 1;
        for (place, name) in &reader.columns.persons {
            if record.get(*place).is_some_and(|value| !value.trim_ascii().is_empty()) {
                *self.persons.entry(name.clone()).or_default() += 1;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        match reader.row(record, line) {
            Ok(answered) => self.rows.push(answered),
            Err(refusal) => self.refusals.push(source.named(refusal)),
        }
    }
}
