//! Lives the demo's year, an evening at a time: the systems' feed tells what happened, the service does what is due, its
//! mails go out, and customers answer.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::path::PathBuf;

use crate::calendar::{Week, Zone};
use crate::error::Result;
use crate::i18n::Text;
use crate::journey::import::{self, Format, Import};
use crate::journey::mapping::ColumnChoices;
use crate::journey::source::Source;
use crate::journey::store::batch::Arrival;
use crate::progress::silent;
use crate::worker;
use rand::rngs::StdRng;

use super::customers::{self, Arrived};
use super::meetings::Meetings;
use super::network::JOURNEY_TYPE;
use super::year::{self, Mood, Planned, WEEKS};
use crate::command::Here;
use crate::command::output::Output;

/// The hour of the evening at which the day's work is done.
const EVENING: i32 = 18;

/// What is long past is lived every third evening: it saves most of the time and changes no figure of the year.
const EVERY: i32 = 3;
/// The last days are lived one by one, so that what is new is as new as in a real service.
const LATELY: i32 = 12;

/// Lives from the year's first day to now. Hands back the link that is still to be answered.
pub(super) async fn live(
    here: &Here,
    planned: &[Planned],
    log: &[(i64, String)],
    (running, now, zone): (Week, i64, &Zone),
    random: &mut StdRng,
    out: &Output,
) -> Result<Option<String>> {
    let bar = out.bar(&Text::new("demo-living"));
    let mut life = Life::new(here, planned, log, running);
    let first = Week(running.0 - WEEKS).monday();
    let days = (zone.date(now) - first).get_days();
    let mut day = first;
    for lived in 0..=days {
        let evening = zone.at_hour(day, EVENING).min(now);
        day = day.tomorrow().unwrap_or(day);
        if lived % EVERY != 0 && days - lived > LATELY {
            continue;
        }
        here.app.clock.set(evening);
        life.evening(evening, random).await?;
        life.meetings.hold(&here.app, here.organisation, zone).await?;
        bar.at(lived.unsigned_abs().into(), Some(days.unsigned_abs().into()));
    }
    here.app.clock.set(now);
    life.evening(now, random).await?;
    worker::schedule(&here.app).await?;
    worker::do_jobs(&here.app).await?;
    bar.done();
    Ok(life.unanswered)
}

struct Life<'a> {
    here: &'a Here,
    planned: &'a [Planned],
    log: &'a [(i64, String)],
    /// How much of the log was sent.
    sent: usize,
    /// Mails that were read.
    read: HashSet<OsString>,
    /// Who answers when.
    answering: BTreeMap<i64, Vec<Arrived>>,
    /// What the teams do with what they read.
    meetings: Meetings,
    unanswered: Option<String>,
}

impl<'a> Life<'a> {
    fn new(
        here: &'a Here,
        planned: &'a [Planned],
        log: &'a [(i64, String)],
        running: Week,
    ) -> Self {
        let (sent, read, meetings) = (0, HashSet::new(), Meetings::of(running));
        Self {
            here,
            planned,
            log,
            sent,
            read,
            answering: BTreeMap::new(),
            meetings,
            unanswered: None,
        }
    }

    async fn evening(&mut self, now: i64, random: &mut StdRng) -> Result<()> {
        self.feed(now).await?;
        worker::do_jobs(&self.here.app).await?;
        worker::send_mails(&self.here.app).await?;
        self.receive(now)?;
        let later = self.answering.split_off(&(now + 1));
        let due: Vec<Arrived> =
            std::mem::replace(&mut self.answering, later).into_values().flatten().collect();
        customers::answer(&self.here.app, self.planned, due, random).await?;
        Ok(())
    }

    /// Sends what happened since the evening before.
    async fn feed(&mut self, now: i64) -> Result<()> {
        let until = self.log.partition_point(|(at, _)| *at <= now);
        let lines = &self.log[self.sent..until];
        self.sent = until;
        if lines.is_empty() {
            return Ok(());
        }
        let feed = Import {
            organisation: self.here.organisation,
            journey_type: JOURNEY_TYPE.to_owned(),
            format: Format::Csv,
            source: Source::Bytes(year::file(lines).into_bytes().into()),
            said: ColumnChoices::default(),
            site: None,
            arrival: Arrival::Live,
        };
        let report = import::import(&self.here.app, &feed, &silent).await?;
        super::all_kept(&report)
    }

    /// Looks at the mails of the evening.
    fn receive(&mut self, now: i64) -> Result<()> {
        let Some(folder) = self.here.app.mailer.folder() else { return Ok(()) };
        for mail in customers::read(&day(folder, now), &mut self.read)? {
            if mail.number == year::unanswered(self.planned) {
                self.unanswered = Some(mail.token.clone());
            }
            if let Some(Mood::Answers { days, .. }) =
                self.planned.get(mail.number).map(|who| who.mood)
            {
                self.answering.entry(now + days * 86_400).or_default().push(mail);
            }
        }
        Ok(())
    }
}

/// The folder of a day's mails.
fn day(folder: &std::path::Path, now: i64) -> PathBuf {
    let date = Zone::utc().date(now);
    folder.join(date.strftime("%Y%m%d").to_string())
}
