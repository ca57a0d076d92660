//! Reads one row of a file of answers, or says what is wrong with it: the column, and why.

use csv::ByteRecord;
use data_encoding::HEXLOWER;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

use super::IncomingResponse;
use super::columns::Columns;
use super::sites::Sites;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::Refusal;
use crate::i18n::Text;
use crate::journey::instant::{self, Day};
use crate::limits;
use crate::survey::Scale;
use crate::token::{JourneyId, Secret};

/// Reads the rows of one file, and remembers what later rows need of earlier ones.
pub struct RowReader {
    pub columns: Columns,
    /// The outcome's scale and the items'.
    pub scales: (Scale, Scale),
    pub journey_type: String,
    /// For times without an offset.
    pub zone: Zone,
    /// Nothing can have been answered after this.
    pub latest: Instant,
    pub secret: Secret,
    pub sites: Sites,
    /// How often each response that names no journey was seen, so that two equal ones are two.
    /// Grows with the file, by some 20 bytes for each of them.
    pub alike: FxHashMap<u64, u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Blank,
    DoesNotKnow,
    Rating(i32),
}

impl RowReader {
    pub fn row(&mut self, record: &ByteRecord, line: u64) -> Result<IncomingResponse, Refusal> {
        let row = Row { record, line };
        if record.len() != self.columns.width {
            let text = Text::new("response-wrong-width")
                .with("columns", self.columns.width)
                .with("fields", record.len());
            return Err(Refusal::new(text).at_line(line));
        }
        let answered_at = self.answered_at(row)?;
        let outcome = match row.value(self.columns.outcome, "outcome", self.scales.0)? {
            Value::Rating(rating) => Some(rating),
            Value::Blank | Value::DoesNotKnow => None,
        };
        let (asked, answers) = self.answers(row)?;
        let comment = row.comment(self.columns.comment)?;
        if outcome.is_none() && asked.is_empty() && comment.is_none() {
            return Err(Refusal::new(Text::new("response-nothing")).at_line(line));
        }
        let late = row.late(self.columns.late_days)?;
        let site = self
            .sites
            .named(row.text(self.columns.site, "site")?)
            .map_err(|text| row.no("site", text))?;
        let source = row.text(self.columns.journey, "journey")?;
        let mut answered = IncomingResponse {
            line,
            id: [0; 16],
            journey: JourneyId([0; 16]),
            answered_at,
            site,
            outcome,
            asked,
            answers,
            late,
            comment,
        };
        self.identify(&mut answered, source).map_err(|text| row.no("journey", text))?;
        Ok(answered)
    }

    fn answered_at(&self, row: Row<'_>) -> Result<Instant, Refusal> {
        let text = row.text(Some(self.columns.answered_at), "answered_at")?;
        let reason = if text.is_empty() {
            "response-no-time"
        } else {
            match instant::parse(text, self.zone.inner(), Day::First) {
                Ok(at) if at > self.latest => "response-future",
                Ok(at) => return Ok(at),
                Err(reason) => reason,
            }
        };
        Err(row.no("answered_at", Text::new(reason)))
    }

    /// The items that were asked, and the answers as a JSON object in the order of their codes.
    fn answers(&self, row: Row<'_>) -> Result<(Vec<usize>, String), Refusal> {
        let mut asked = Vec::new();
        let mut json = String::from("{");
        for (number, item) in self.columns.items.iter().enumerate() {
            let value = row.value(Some(item.place), &item.name, self.scales.1)?;
            if value == Value::Blank {
                continue;
            }
            if !asked.is_empty() {
                json.push(',');
            }
            json.push_str(&item.key);
            match value {
                // Writing to a String cannot fail.
                Value::Rating(rating) => _ = write!(json, "{rating}"),
                Value::Blank | Value::DoesNotKnow => json.push_str("null"),
            }
            asked.push(number);
        }
        json.push('}');
        Ok((asked, json))
    }

    /// The keys of a response. One that names its journey is the only one of that journey; one
    /// that names none is identified by its content and a count, so that the same row in the same
    /// file again is the same.
    fn identify(&mut self, answered: &mut IncomingResponse, source: &str) -> Result<(), Text> {
        if source.len() > limits::SOURCE_ID {
            return Err(Text::new("response-journey-too-long").with("most", limits::SOURCE_ID));
        }
        if !source.is_empty() {
            answered.journey = self.secret.journey_id(&self.journey_type, source);
            let journey = HEXLOWER.encode(&answered.journey.0);
            answered.id = self.secret.response_id(&[&self.journey_type, "journey", &journey]);
            return Ok(());
        }
        let content = self.content_id(answered);
        let mut short = [0; 8];
        short.copy_from_slice(&content[..8]);
        let seen = self.alike.entry(u64::from_le_bytes(short)).or_default();
        *seen += 1;
        answered.id = match *seen {
            1 => content,
            count => self.secret.response_id(&[&HEXLOWER.encode(&content), &count.to_string()]),
        };
        answered.journey = JourneyId(answered.id);
        Ok(())
    }

    fn content_id(&self, answered: &IncomingResponse) -> [u8; 16] {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        self.secret.response_id(&[
            &self.journey_type,
            "said",
            &answered.answered_at.to_string(),
            answered.site.as_deref().unwrap_or_default(),
            &number(answered.outcome.map(i64::from)),
            &answered.answers,
            &number(answered.late),
            answered.comment.as_deref().unwrap_or_default(),
        ])
    }
}

#[derive(Clone, Copy)]
struct Row<'a> {
    record: &'a ByteRecord,
    line: u64,
}

impl<'a> Row<'a> {
    fn no(self, column: &str, text: Text) -> Refusal {
        Refusal::new(text).at_line(self.line).in_field(column)
    }

    /// The trimmed text of a column; an absent column is blank.
    fn text(self, place: Option<usize>, column: &str) -> Result<&'a str, Refusal> {
        let bytes = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        let text = std::str::from_utf8(bytes)
            .map_err(|_| self.no(column, Text::new("response-not-utf8")))?;
        Ok(text.trim())
    }

    fn value(self, place: Option<usize>, column: &str, scale: Scale) -> Result<Value, Refusal> {
        let text = self.text(place, column)?;
        if text.is_empty() {
            return Ok(Value::Blank);
        }
        if text.eq_ignore_ascii_case("na") {
            return Ok(Value::DoesNotKnow);
        }
        // The value itself stays out of the message: it may be somebody's name in the wrong
        // column.
        let ends = |key| Text::new(key).with("low", scale.low()).with("high", scale.high());
        match whole(text) {
            None => Err(self.no(column, ends("response-not-whole"))),
            Some(rating) if scale.holds(rating) => Ok(Value::Rating(rating)),
            Some(_) => Err(self.no(column, ends("response-outside-scale"))),
        }
    }

    /// Minutes of lateness; below zero where the promise was kept early.
    fn late(self, place: Option<usize>) -> Result<Option<i64>, Refusal> {
        const COLUMN: &str = "promise.late_days";
        let text = self.text(place, COLUMN)?;
        if text.is_empty() || text.eq_ignore_ascii_case("na") {
            return Ok(None);
        }
        let number = text.replace(',', ".");
        // Rust also reads `inf` and `nan`.
        let plain =
            number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
        match number.parse::<f64>().ok().filter(|_| plain) {
            None => Err(self.no(COLUMN, Text::new("response-not-days"))),
            Some(days) if days.abs() > f64::from(limits::LATE_DAYS) => Err(self
                .no(COLUMN, Text::new("response-late-impossible").with("most", limits::LATE_DAYS))),
            #[expect(clippy::cast_possible_truncation, reason = "a few million minutes at most")]
            Some(days) => Ok(Some((days * 1_440.0).round() as i64)),
        }
    }

    fn comment(self, place: Option<usize>) -> Result<Option<Box<str>>, Refusal> {
        let text = self.text(place, "comment")?;
        match text.len() {
            0 => Ok(None),
            length if length > limits::COMMENT => Err(self.no(
                "comment",
                Text::new("response-comment-too-long").with("most", limits::COMMENT),
            )),
            _ => Ok(Some(text.into())),
        }
    }
}

/// A whole number, also written as tools do whose columns with blanks are decimal: `4.0`.
fn whole(text: &str) -> Option<i32> {
    let digits = match text.split_once('.') {
        Some((digits, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => digits,
        Some(_) => return None,
        None => text,
    };
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Blueprint;
    use crate::response::row_reader::*;
    use proptest::prelude::*;

    const HEADER: &str =
        "journey|answered_at|site|outcome|step.A|step.B|handoff.A.B|promise.late_days|comment";
    const NOON: Instant = 1_795_262_400;

    fn reading(items: &str) -> RowReader {
        let header: Vec<String> = HEADER.split('|').map(str::to_owned).collect();
        let mut sites = Sites::new(&["S1".to_owned()], false);
        sites.default = Some("HERE".into());
        RowReader {
            columns: Columns::of(&header, &Blueprint::unknown("repair")).unwrap(),
            scales: (Scale::TEN, items.parse().unwrap()),
            journey_type: "repair".to_owned(),
            zone: Zone::named("Europe/Paris").unwrap(),
            latest: NOON,
            secret: Secret::parse(&"A".repeat(52)).unwrap(),
            sites,
            alike: FxHashMap::default(),
        }
    }

    fn record(row: &str) -> ByteRecord {
        row.split('|').map(str::as_bytes).collect()
    }

    fn read(row: &str) -> Result<IncomingResponse, Refusal> {
        reading("1-5").row(&record(row), 7)
    }

    fn refused(row: &str) -> (String, &'static str) {
        let refusal = read(row).unwrap_err();
        assert_eq!(refusal.place.line, Some(7));
        (refusal.place.field.unwrap_or_default(), refusal.text.key())
    }

    #[test]
    fn blank_is_not_asked_and_na_is_asked_and_not_known() {
        let row = read("J1|2026-07-06 12:00| S1 |7|4.0|NA||0,5| good ").unwrap();
        assert_eq!(row.answers, r#"{"step:A":4,"step:B":null}"#);
        assert_eq!(
            (row.outcome, row.late, row.comment.as_deref()),
            (Some(7), Some(720), Some("good"))
        );
        assert_eq!((row.answered_at, row.site.as_deref()), (1_783_332_000, Some("S1")));
        let partial = read("J1|2026-07-06||||||-1.25|ok").unwrap();
        assert_eq!(
            (partial.outcome, partial.answers.as_str(), partial.late),
            (None, "{}", Some(-1_800))
        );
        assert_eq!(partial.site.as_deref(), Some("HERE"));
        let items = read("J1|2026-07-06||na|1|5|3||").unwrap();
        assert_eq!(
            items.answers, r#"{"handoff:A:B":3,"step:A":1,"step:B":5}"#,
            "in the order of their codes"
        );
    }

    #[test]
    fn each_wrong_value_is_named_by_its_column() {
        for (row, column, key) in [
            ("J1|2026-07-06||11||||| ", "outcome", "response-outside-scale"),
            ("J1|2026-07-06||7|0||||", "step.A", "response-outside-scale"),
            ("J1|2026-07-06||7||6|||", "step.B", "response-outside-scale"),
            ("J1|2026-07-06||7|||-1||", "handoff.A.B", "response-outside-scale"),
            ("J1|2026-07-06||7|||2.5||", "handoff.A.B", "response-not-whole"),
            ("J1|2026-07-06||Mme Durand|||||", "outcome", "response-not-whole"),
            ("J1|2026-07-06||99999999999|||||", "outcome", "response-not-whole"),
            ("J1|||7|||||", "answered_at", "response-no-time"),
            ("J1|2026-02-30||7|||||", "answered_at", "journey-time-impossible"),
            ("J1|06/07/2026||7|||||", "answered_at", "journey-time-malformed"),
            ("J1|2026-11-22||7|||||", "answered_at", "response-future"),
            ("J1|2026-07-06|S9|7|||||", "site", "response-unknown-site"),
            ("J1|2026-07-06|Mme Durand|7|||||", "site", "journey-person-title"),
            ("J1|2026-07-06||7||||soon|", "promise.late_days", "response-not-days"),
            ("J1|2026-07-06||7||||inf|", "promise.late_days", "response-not-days"),
            ("J1|2026-07-06||7||||1e300|", "promise.late_days", "response-late-impossible"),
            ("J1|2026-07-06|||||||", "", "response-nothing"),
            ("J1|2026-07-06||7", "", "response-wrong-width"),
        ] {
            assert_eq!(refused(row), (column.to_owned(), key), "{row}");
        }
        let long = "x".repeat(limits::COMMENT + 1);
        assert_eq!(refused(&format!("J1|2026-07-06||7|||||{long}")).0, "comment");
        assert_eq!(refused(&format!("{long}|2026-07-06||7|||||")).0, "journey");
        assert!(!format!("{:?}", read("J1|2026-07-06||Mme Durand|||||")).contains("Durand"));
    }

    #[test]
    fn a_journey_has_one_response_and_equal_ones_without_a_journey_are_counted() {
        let mut first = reading("0-10");
        let id = |reading: &mut RowReader, row: &str| reading.row(&record(row), 2).unwrap().id;
        let named = id(&mut first, "J1|2026-07-06||7|||||");
        assert_eq!(
            named,
            id(&mut first, "J1|2026-07-09||2|||||"),
            "the second answer of a journey meets the first"
        );
        let nameless = "|2026-07-06||7|||||";
        let (one, two) = (id(&mut first, nameless), id(&mut first, nameless));
        assert_ne!(one, two);
        let mut again = reading("0-10");
        assert_ne!(id(&mut again, "|2026-07-06||8|||||"), one);
        assert_eq!(
            (id(&mut again, nameless), id(&mut again, nameless)),
            (one, two),
            "the same rows, the same keys"
        );
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_row_is_read_or_refused_with_its_column(
            fields in proptest::collection::vec("\\PC{0,12}|[0-9.,na-]{0,4}", 9..10)
        ) {
            let record: ByteRecord = fields.iter().map(String::as_bytes).collect();
            let known = HEADER.split('|').collect::<Vec<_>>();
            match reading("1-5").row(&record, 3) {
                Ok(answered) => prop_assert!(answered.outcome.is_none_or(|rating| Scale::TEN.holds(rating))),
                Err(refusal) => prop_assert!(refusal.place.field.is_none_or(|field| known.contains(&field.as_str()))),
            }
        }
    }
}
