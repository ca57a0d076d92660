//! Reads CSV: one row an event, in any order, of any of the usual delimiters.

use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use csv::ByteRecord;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::batcher::Outlet;
use super::column::Column;
use super::interpret::{Fields, Interpreter};
use super::mapping::{ColumnChoices, Mapping};
use super::pairing::{Alike, PairOutcome, Pairing};
use super::source::Source;
pub use super::table::{Preview, Table, preview};
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::limits;

/// Reads all rows into `outlet`; `read` is told how far it has come.
pub fn read(
    source: &Source,
    said: &ColumnChoices,
    outlet: &mut Outlet<'_>,
    read: Arc<AtomicU64>,
) -> Result<()> {
    let mut table = Table::open(source, read)?;
    let attributes: Vec<Arc<str>> = outlet.interpreter.attributes().to_vec();
    let attributes: Vec<&str> = attributes.iter().map(AsRef::as_ref).collect();
    let mapping = table.mapping(said, &attributes).map_err(|refusal| source.named(refusal))?;
    let mut rows = Rows::new(&mapping, &attributes, source.name());
    let mut record = ByteRecord::new();
    loop {
        match table.next(&mut record) {
            Ok(false) => break,
            Ok(true) => rows.row(&record, outlet)?,
            Err(refusal) => {
                outlet.report.read += 1;
                outlet.report.refuse(source.named(refusal));
                break;
            }
        }
    }
    rows.finish(outlet)
}

/// Turns records into rows, pairing them where the file has a lifecycle.
struct Rows<'a> {
    names: Vec<&'a str>,
    places: Places,
    mapping: &'a Mapping,
    attributes: &'a [&'a str],
    file: Option<String>,
    /// Values seen in columns that are not read.
    dropped: Vec<(usize, u64)>,
    pairing: Option<Pairing>,
}

/// Where the columns stand; absent ones stand beyond every record.
struct Places {
    journey: usize,
    step: usize,
    start: usize,
    end: usize,
    time: usize,
    promised_start: usize,
    promised: usize,
    requested: usize,
    site: usize,
    contact: usize,
    locale: usize,
    lifecycle: usize,
    instance: usize,
    group: usize,
    attributes: Vec<(usize, usize)>,
}

impl Places {
    fn of(mapping: &Mapping, attributes: usize) -> Self {
        let place = |meaning| mapping.place(&meaning).unwrap_or(usize::MAX);
        Self {
            journey: place(Column::Journey),
            step: place(Column::Step),
            start: place(Column::Start),
            end: place(Column::End),
            time: place(Column::Time),
            promised_start: place(Column::PromisedStart),
            promised: place(Column::Promised),
            requested: place(Column::Requested),
            site: place(Column::Site),
            contact: place(Column::Contact),
            locale: place(Column::Locale),
            lifecycle: place(Column::Lifecycle),
            instance: place(Column::Instance),
            group: place(Column::Group),
            attributes: (0..attributes)
                .filter_map(|n| Some((n, mapping.place(&Column::Attribute(n))?)))
                .collect(),
        }
    }
}

/// What a lifecycle transition says of the row's single time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Transition {
    Start,
    /// It was completed; also what a log means that says nothing.
    Complete,
    /// Anything else: scheduled, assigned, suspended.
    Other,
}

impl Transition {
    pub(super) fn of(value: &str) -> Self {
        match value.trim() {
            v if v.eq_ignore_ascii_case("start") => Self::Start,
            v if v.is_empty()
                || v.eq_ignore_ascii_case("complete")
                || v.eq_ignore_ascii_case("end") =>
            {
                Self::Complete
            }
            _ => Self::Other,
        }
    }
}

impl<'a> Rows<'a> {
    fn new(mapping: &'a Mapping, attributes: &'a [&'a str], file: Option<String>) -> Self {
        let places = Places::of(mapping, attributes.len());
        Self {
            names: mapping.columns.iter().map(|column| column.name.as_str()).collect(),
            dropped: mapping
                .columns
                .iter()
                .enumerate()
                .filter_map(|(place, column): (usize, &super::mapping::SourceColumn)| {
                    column.meaning.is_none().then_some((place, 0))
                })
                .collect(),
            pairing: (places.lifecycle != usize::MAX)
                .then(|| Pairing::new(Alike::Repeat, limits::HALVES_WAITING)),
            places,
            mapping,
            attributes,
            file,
        }
    }

    fn row(&mut self, record: &ByteRecord, outlet: &mut Outlet<'_>) -> Result<()> {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != self.names.len() {
            let text = Text::new("journey-wrong-width")
                .with("expected", self.names.len())
                .with("found", record.len());
            return self.refuse(Refusal::new(text).at_line(line), outlet);
        }
        let text = |place: usize| record.get(place).map_or(Ok(""), std::str::from_utf8);
        for (place, count) in &mut self.dropped {
            *count += u64::from(record.get(*place).is_some_and(|value| !value.is_empty()));
        }
        let (Ok(lifecycle), Ok(instance), Ok(group)) =
            (text(self.places.lifecycle), text(self.places.instance), text(self.places.group))
        else {
            return self
                .refuse(Refusal::new(Text::new("journey-encoding-latin1")).at_line(line), outlet);
        };
        if !group.is_empty() {
            outlet.report.group(group);
        }
        let transition = Transition::of(lifecycle);
        if transition == Transition::Other {
            outlet.report.read += 1;
            outlet.report.passed_over += 1;
            return Ok(());
        }
        match self.fields(record, line, transition, &mut outlet.interpreter) {
            Ok(event) => {
                outlet.report.read += 1;
                self.pass(event, FxBuildHasher.hash_one(instance), outlet)
            }
            Err(refusal) => self.refuse(refusal, outlet),
        }
    }

    fn fields(
        &self,
        record: &ByteRecord,
        line: u64,
        transition: Transition,
        interpreter: &mut Interpreter,
    ) -> Result<super::event::Incoming, Refusal> {
        let text = |place: usize| -> Result<&str, Refusal> {
            let bytes = record.get(place).unwrap_or_default();
            std::str::from_utf8(bytes)
                .map_err(|_| Refusal::new(Text::new("journey-encoding-latin1")).at_line(line))
        };
        let at = &self.places;
        let (mut start, mut end, time) = (text(at.start)?, text(at.end)?, text(at.time)?);
        if transition == Transition::Start && start.is_empty() {
            start = time;
        } else if transition == Transition::Complete && end.is_empty() {
            end = time;
        }
        let mut attributes = SmallVec::<[(usize, &str); 4]>::new();
        for (attribute, place) in &at.attributes {
            attributes.push((*attribute, text(*place)?));
        }
        interpreter.event(&Fields {
            line,
            journey: text(at.journey)?,
            step: text(at.step)?,
            start,
            end,
            promised_start: text(at.promised_start)?,
            promised: text(at.promised)?,
            requested: text(at.requested)?,
            site: text(at.site)?,
            contact: text(at.contact)?,
            locale: text(at.locale)?,
            attributes: &attributes,
        })
    }

    fn pass(
        &mut self,
        event: super::event::Incoming,
        instance: u64,
        outlet: &mut Outlet<'_>,
    ) -> Result<()> {
        let half = event.event.start.is_none() || event.event.end.is_none();
        let Some(pairing) = self.pairing.as_mut().filter(|_| half) else {
            return outlet.event(event);
        };
        match pairing.half(event, instance) {
            PairOutcome::Waits => {}
            PairOutcome::Repeats => outlet.report.repeated += 1,
            PairOutcome::Whole(event) => {
                outlet.report.joined += 1;
                outlet.event(*event)?;
            }
        }
        while let Some(event) = pairing.overdue() {
            outlet.event(event)?;
        }
        Ok(())
    }

    /// Notes a refusal under the file's own name of the column.
    fn refuse(&self, mut refusal: Refusal, outlet: &mut Outlet<'_>) -> Result<()> {
        let field = refusal.place.field.take();
        refusal.place.field = field.map(|field: String| {
            self.mapping.column_of(&field, self.attributes).map_or(field.clone(), str::to_owned)
        });
        refusal.place.file.clone_from(&self.file);
        outlet.report.read += 1;
        outlet.report.refuse(refusal);
        Ok(())
    }

    fn finish(self, outlet: &mut Outlet<'_>) -> Result<()> {
        for (place, values) in &self.dropped {
            outlet.report.drop_column(self.names[*place], *values);
        }
        for event in self.pairing.map(Pairing::rest).unwrap_or_default() {
            outlet.event(event)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Clock;
    use crate::journey::event::Incoming;
    use crate::journey::interpret::tests::interpreter;
    use crate::journey::read_csv::*;
    use crate::journey::report::Report;

    fn import(text: &str, steps: &[&str]) -> (Vec<Incoming>, Report) {
        let mut events = Vec::new();
        let mut give = |batch: crate::journey::batcher::Batch| {
            events.extend(batch.events);
            Ok(())
        };
        let mut outlet = Outlet::new(interpreter(steps), Clock::manual(0), &mut give);
        super::read(
            &Source::Bytes(text.as_bytes().into()),
            &ColumnChoices::default(),
            &mut outlet,
            Arc::default(),
        )
        .unwrap();
        let report = outlet.finish().unwrap();
        (events, report)
    }

    fn told(report: &Report) -> Vec<String> {
        report
            .refusals
            .iter()
            .map(|r| {
                format!(
                    "{}:{} {}",
                    r.place.line.unwrap(),
                    r.place.field.clone().unwrap_or_default(),
                    r.text.key()
                )
            })
            .collect()
    }

    #[test]
    fn columns_in_any_order_and_any_delimiter() {
        for text in [
            "journey,step,start,end,site\nJ1,WORK,2026-07-06T10:00:00Z,2026-07-06T12:00:00Z,S1\n",
            "site;Fin;Début;étape;parcours\r\nS1;2026-07-06 12:00;2026-07-06 10:00;WORK;J1\r\n",
            "\"end\"\t\"start\"\t\"a;b,c;d,e\"\t\"step\"\t\"journey\"\tsite\n2026-07-06T12:00Z\t2026-07-06T10:00Z\t\tWORK\tJ1\tS1",
        ] {
            let (events, report) = import(text, &["WORK"]);
            assert_eq!((report.read, report.refused), (1, 0), "{:?}", told(&report));
            assert_eq!(
                (events[0].event.start, events[0].event.end),
                (Some(1_783_332_000), Some(1_783_339_200))
            );
            assert_eq!(events[0].site.as_deref(), Some("S1"));
        }
    }

    #[test]
    fn bad_rows_are_refused_one_by_one_by_line_and_column() {
        let (events, report) = import(
            "Dossier,Étape,Début,Fin,Technicien,channel\n\
             J1,WORK,2026-07-06T10:00Z,2026-07-06T12:00Z,Jean,web\n\
             J1,WORK,2026-07-06T14:00Z,2026-07-06T12:00Z,Jean,web\n\
             J1,PAINT,2026-07-06T10:00Z,,Jean,web\n\
             J1,\"WORK\n\",2026-02-30T10:00Z,,Jean,web\n\
             J1,WORK,2026-07-06T10:00Z\n\
             J1,WORK,2026-07-06T10:00Z,,,Mme Durand\n",
            &["WORK"],
        );
        assert_eq!(events.len(), 1);
        assert_eq!(
            told(&report),
            [
                "3:Fin journey-end-before-start",
                "4:Étape journey-unknown-step",
                "5:Début journey-time-impossible",
                "7: journey-wrong-width",
                "8:channel journey-person-title"
            ]
        );
        assert_eq!(report.read, 6);
        assert_eq!(report.persons["Technicien"], 4, "dropped and counted");
        assert!(
            !format!("{report:?}").contains("Durand") && !format!("{report:?}").contains("Jean")
        );
    }

    #[test]
    fn starts_and_completions_of_instances_are_paired_in_any_order() {
        let (events, report) = import(
            "handling,patient,employee,handling_id,registration_type,time\n\
             X-Ray,1,r1,1,start,2017-01-02 11:41:53\n\
             X-Ray,1,r1,2,complete,2017-01-02 13:00:00\n\
             X-Ray,1,r1,1,complete,2017-01-02 12:40:20\n\
             X-Ray,1,r1,2,start,2017-01-02 11:50:00\n\
             X-Ray,1,r1,1,start,2017-01-02 11:41:53\n\
             X-Ray,1,r1,3,suspend,2017-01-02 11:41:53\n",
            &[],
        );
        let minutes: Vec<_> = events
            .iter()
            .map(|e| e.event.end.map(|end| (end - e.event.start.unwrap()) / 60))
            .collect();
        assert_eq!(minutes, [Some(58), Some(70), None]);
        assert_eq!((report.read, report.joined, report.passed_over, events.len()), (6, 2, 1, 3));
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_memory() {
        let mut text = "journey,step,end\nJ1,WORK,2026-07-06T12:00Z\nJ2,\"WORK,".to_owned();
        text.push_str(&"x".repeat(3 * limits::LINE));
        let (events, report) = import(&text, &["WORK"]);
        assert_eq!(events.len(), 1);
        assert_eq!(told(&report), ["3: journey-line-too-long"]);
    }
}
