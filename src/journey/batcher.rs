//! Where readers put what they have read: batches of bounded size, and the report.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::event::Incoming;
use super::interpret::{Additions, Fields, Interpreter};
use super::report::Report;
use crate::clock::{Clock, Instant};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;

#[derive(Debug, Default)]
pub struct Batch {
    /// The events, in order of arrival.
    pub events: Vec<Incoming>,
    pub added: Additions,
}

/// Takes what a reader reads and passes it on in batches.
pub struct Outlet<'a> {
    pub interpreter: Interpreter,
    pub report: Report,
    batch: Vec<Incoming>,
    give: &'a mut dyn FnMut(Batch) -> Result<()>,
    clock: Clock,
    deadline: Instant,
}

impl<'a> Outlet<'a> {
    /// Batches go to `give`, which may wait; the clock watches over the time it all takes.
    pub fn new(
        interpreter: Interpreter,
        clock: Clock,
        give: &'a mut dyn FnMut(Batch) -> Result<()>,
    ) -> Self {
        let deadline =
            clock.now() + i64::try_from(limits::IMPORT.as_secs()).unwrap_or(i64::MAX / 2);
        Self { interpreter, report: Report::default(), batch: Vec::new(), give, clock, deadline }
    }

    /// Reads one row, which is counted, and passes the event on or notes why not.
    pub fn row(&mut self, fields: &Fields<'_>) -> Result<()> {
        self.report.read += 1;
        match self.interpreter.event(fields) {
            Ok(event) => self.event(event),
            Err(refusal) => {
                self.report.refuse(refusal);
                Ok(())
            }
        }
    }

    pub fn event(&mut self, event: Incoming) -> Result<()> {
        if self.batch.capacity() == 0 {
            self.batch.reserve_exact(limits::EVENTS_BATCH);
        }
        self.batch.push(event);
        if self.batch.len() < limits::EVENTS_BATCH { Ok(()) } else { self.flush() }
    }

    /// Passes the last batch on; what was counted.
    pub fn finish(mut self) -> Result<Report> {
        self.flush()?;
        Ok(self.report)
    }

    fn flush(&mut self) -> Result<()> {
        if self.clock.now() > self.deadline {
            return Err(Text::new("journey-import-too-long").into());
        }
        let added = self.interpreter.added();
        if self.batch.is_empty() && added.is_empty() {
            return Ok(());
        }
        (self.give)(Batch { events: std::mem::take(&mut self.batch), added })
    }
}

/// Counts lines, columns and bytes as they are read, and stops where one piece (a record, a tag)
/// takes more than its share of the memory.
#[derive(Debug)]
pub struct Measured<R> {
    inner: R,
    line: u64,
    column: u64,
    left: usize,
    read: Arc<AtomicU64>,
}

impl<R: BufRead> Measured<R> {
    /// At the first line; `read` is told how many bytes have gone through.
    pub fn new(inner: R, read: Arc<AtomicU64>) -> Self {
        Self { inner, line: 1, column: 1, left: limits::LINE, read }
    }

    pub fn renew(&mut self) {
        self.left = limits::LINE;
    }

    /// The line that is being read, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The byte within it, counted from 1.
    pub fn column(&self) -> u64 {
        self.column
    }
}

/// The error of a piece that is too long.
fn too_long() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}

impl<R: BufRead> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(too_long());
        }
        let available = self.inner.fill_buf()?;
        Ok(&available[..available.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(bytes) = self.inner.fill_buf() {
            let bytes = &bytes[..amount.min(bytes.len())];
            match bytes.iter().rposition(|byte| *byte == b'\n') {
                Some(last) => {
                    self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
                    self.column = (bytes.len() - last) as u64;
                }
                None => self.column += bytes.len() as u64,
            }
        }
        self.inner.consume(amount);
        self.left = self.left.saturating_sub(amount);
        self.read.fetch_add(amount as u64, Ordering::Relaxed);
    }
}

/// The refusal of a piece at that line that reading could not get past.
pub fn broken(failure: &io::Error, line: u64) -> Refusal {
    let key = match failure.kind() {
        io::ErrorKind::FileTooLarge => "journey-line-too-long",
        io::ErrorKind::UnexpectedEof => "journey-file-truncated",
        _ => "journey-file-damaged",
    };
    Refusal::new(Text::new(key)).at_line(line)
}

#[cfg(test)]
mod tests {
    use crate::journey::batcher::*;

    #[test]
    fn places_are_those_an_editor_shows() {
        let mut measured = Measured::new(&b"ab\ncde\nf"[..], Arc::default());
        let mut buffer = [0; 5];
        measured.read_exact(&mut buffer).unwrap();
        assert_eq!((measured.line(), measured.column()), (2, 3));
        measured.read_exact(&mut buffer[..2]).unwrap();
        assert_eq!((measured.line(), measured.column()), (3, 1));
    }

    #[test]
    fn one_piece_cannot_fill_the_memory() {
        let endless = io::BufReader::new(io::repeat(b'"'));
        let mut measured = Measured::new(endless, Arc::default());
        let mut piece = Vec::new();
        assert!(measured.read_to_end(&mut piece).is_err());
        assert!(piece.len() < 2 * limits::LINE);
        measured.renew();
        assert!(measured.fill_buf().is_ok());
    }
}
