//! A CSV file opened at its first row, and a look at it before an import.

use std::io::{BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::batcher::{Measured, broken};
use super::instant::{self, Day};
use super::mapping::{ColumnChoices, ColumnReading, Mapping};
use super::source::Source;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::privacy::person::{self, Sign};

/// What an import would read, shown before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    pub delimiter: char,
    pub columns: Vec<ColumnReading>,
    /// The first rows, without the columns of persons and without what looks like one.
    pub rows: Vec<Vec<String>>,
}

/// The columns and first rows of a file.
pub fn preview(source: &Source, said: &ColumnChoices, attributes: &[Arc<str>]) -> Result<Preview> {
    let mut table = Table::open(source, Arc::default())?;
    let attributes: Vec<&str> = attributes.iter().map(AsRef::as_ref).collect();
    let mapping = table.mapping(said, &attributes).map_err(|refusal| source.named(refusal))?;
    let columns = mapping.shown(&attributes);
    let (mut rows, mut record) = (Vec::new(), ByteRecord::new());
    while rows.len() < 5 && table.next(&mut record).unwrap_or(false) {
        rows.push(
            columns
                .iter()
                .zip(record.iter())
                .map(|(column, value)| sample(column, value))
                .collect(),
        );
    }
    Ok(Preview { delimiter: char::from(table.delimiter), columns, rows })
}

/// A file opened at its first row.
pub struct Table {
    csv: csv::Reader<Measured<Box<dyn BufRead + Send>>>,
    delimiter: u8,
    pub header: Vec<String>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Table {
    /// Opens a file and reads its header; `read` is told how many bytes have gone through.
    pub fn open(source: &Source, read: Arc<AtomicU64>) -> Result<Self> {
        let mut bytes = source.open()?;
        let mut start = Vec::new();
        bytes
            .by_ref()
            .take(START)
            .read_to_end(&mut start)
            .map_err(|failure| source.failure(&failure))?;
        let delimiter = delimiter(&start);
        let whole: Box<dyn BufRead + Send> = Box::new(std::io::Cursor::new(start).chain(bytes));
        let mut builder = ReaderBuilder::new();
        builder.delimiter(delimiter).flexible(true).has_headers(false).buffer_capacity(64 * 1024);
        let mut csv = builder.from_reader(Measured::new(whole, read));
        let mut first = ByteRecord::new();
        match csv.read_byte_record(&mut first) {
            Ok(true) => {}
            Ok(false) => {
                return Err(source.named(Refusal::new(Text::new("journey-file-empty"))).into());
            }
            Err(failure) => return Err(source.named(unreadable(failure, &first)).into()),
        }
        let header =
            first.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        Ok(Self { csv, delimiter, header })
    }

    /// Reads the next row; false at the end. A row that cannot be got past is refused with its
    /// line.
    pub fn next(&mut self, record: &mut ByteRecord) -> Result<bool, Refusal> {
        self.csv.get_mut().renew();
        self.csv.read_byte_record(record).map_err(|failure| unreadable(failure, record))
    }

    pub fn mapping(&self, said: &ColumnChoices, attributes: &[&str]) -> Result<Mapping, Refusal> {
        let names: Vec<&str> = self.header.iter().map(String::as_str).collect();
        Mapping::of(&names, said, attributes)
    }
}

/// How much of a file is looked at to guess its delimiter.
const START: u64 = 16 * 1024;

/// The sign that the first line has most of, outside quotes.
fn delimiter(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => counts
                .iter_mut()
                .filter(|(sign, _)| sign == byte)
                .for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    // The first of those that are equal wins: a comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

fn unreadable(failure: csv::Error, record: &ByteRecord) -> Refusal {
    let line = failure.position().or(record.position()).map_or(1, csv::Position::line);
    match failure.into_kind() {
        ErrorKind::Io(failure) => broken(&failure, line),
        _ => Refusal::new(Text::new("journey-file-damaged")).at_line(line),
    }
}

fn sample(column: &ColumnReading, value: &[u8]) -> String {
    let value = String::from_utf8_lossy(value);
    let sign = person::sign_in(&value);
    let hidden = match column.read_as.as_deref() {
        _ if column.person => true,
        Some("contact") => true,
        // Identifiers are often long numbers; times have many digits.
        Some("journey") => matches!(sign, Some(Sign::Email | Sign::Title)),
        _ => sign.is_some() && instant::parse(&value, &TimeZone::UTC, Day::First).is_err(),
    };
    if hidden { "…".to_owned() } else { value.chars().take(60).collect() }
}

#[cfg(test)]
mod tests {
    use crate::journey::table::*;

    #[test]
    fn a_preview_shows_the_mapping_and_nobody() {
        let text =
            "journey,step,end,employee,notes\nJ1,WORK,2026-07-06T12:00Z,Jean,vu par M. Dupont\n";
        let preview =
            preview(&Source::Bytes(text.as_bytes().into()), &ColumnChoices::default(), &[])
                .unwrap();
        assert_eq!(
            preview.columns.iter().map(|c| c.read_as.as_deref().unwrap_or("-")).collect::<Vec<_>>(),
            ["journey", "step", "end", "-", "-"]
        );
        assert_eq!(preview.rows, [["J1", "WORK", "2026-07-06T12:00Z", "…", "…"]]);
    }
}
