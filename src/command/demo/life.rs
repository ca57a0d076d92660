//! Lives the demo's year, an evening at a time: the systems' feed tells what happened, the service
//! does what is due, its mails go out, and customers answer.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::path::PathBuf;

use crate::calendar::Zone;
use crate::error::Result;
use crate::i18n::Text;
use crate::journey::import::{self, Format, Import};
use crate::journey::mapping::ColumnChoices;
use crate::journey::source::Source;
use crate::journey::store::batch::Arrival;
use crate::progress::silent;
use crate::response::answering::{self, Link};
use crate::worker;
use rand::rngs::StdRng;

use super::customers::{self, SurveyMail};
use super::meetings::Meetings;
use super::network::JOURNEY_TYPE;
use super::year::{self, JourneyPlan, Mood, Year};
use crate::command::context::Here;
use crate::command::output::Output;

/// The hour of the evening at which the day's work is done.
const EVENING: i32 = 18;

/// What is long past is lived every third evening: it saves most of the time and changes no figure
/// of the year.
const EVERY: i32 = 3;
/// The last days are lived one by one, so that what is new is as new as in a real service.
const LATELY: i32 = 12;

/// Lives from the year's first day to now. Hands back the secret of a link that can be answered.
pub(super) async fn live(
    here: &Here,
    planned: &[JourneyPlan],
    log: &[(i64, String)],
    year: &Year,
    random: &mut StdRng,
    out: &Output,
) -> Result<Option<String>> {
    let bar = out.bar(&Text::new("demo-living"));
    let mut life = Life::new(here, planned, log, year);
    let (zone, now) = (&year.zone, year.now);
    let first = year.first_week().monday();
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
    life.open_link().await
}

struct Life<'a> {
    here: &'a Here,
    planned: &'a [JourneyPlan],
    log: &'a [(i64, String)],
    sent: usize,
    read: HashSet<OsString>,
    answering: BTreeMap<i64, Vec<SurveyMail>>,
    /// Mails that nobody answers, the oldest first.
    silent: Vec<SurveyMail>,
    meetings: Meetings,
}

impl<'a> Life<'a> {
    fn new(
        here: &'a Here,
        planned: &'a [JourneyPlan],
        log: &'a [(i64, String)],
        year: &Year,
    ) -> Self {
        Self {
            here,
            planned,
            log,
            sent: 0,
            read: HashSet::new(),
            answering: BTreeMap::new(),
            silent: Vec::new(),
            meetings: Meetings::of(year),
        }
    }

    async fn evening(&mut self, now: i64, random: &mut StdRng) -> Result<()> {
        self.feed(now).await?;
        worker::do_jobs(&self.here.app).await?;
        worker::send_mails(&self.here.app).await?;
        self.receive(now)?;
        let later = self.answering.split_off(&(now + 1));
        let due: Vec<SurveyMail> =
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
        year::all_kept(&report)
    }

    /// Looks at the mails of the evening.
    fn receive(&mut self, now: i64) -> Result<()> {
        let Some(folder) = self.here.app.mailer.folder() else { return Ok(()) };
        for mail in customers::read(&day(folder, now), &mut self.read)? {
            match self.planned.get(mail.number).map(|who| who.mood) {
                Some(Mood::Answers { days, .. }) => {
                    self.answering.entry(now + days * 86_400).or_default().push(mail);
                }
                Some(Mood::Silent) => self.silent.push(mail),
                None => {}
            }
        }
        Ok(())
    }

    /// The secret of a link that can be answered now. Whom the service asks is left to its chance
    /// and its hours, so the customer of the story may not have been asked, and another's link
    /// does as well.
    async fn open_link(&self) -> Result<Option<String>> {
        for mail in in_turn(&self.silent, year::latest_story(self.planned)) {
            if let Link::Open(_) = answering::open(&self.here.app, &mail.token).await? {
                return Ok(Some(mail.token.clone()));
            }
        }
        Ok(None)
    }
}

/// In which order the links of silent customers are tried: the story's first, then from the newest
/// on.
fn in_turn(silent: &[SurveyMail], story: usize) -> impl Iterator<Item = &SurveyMail> {
    let told = silent.iter().rev().filter(move |mail| mail.number == story);
    told.chain(silent.iter().rev().filter(move |mail| mail.number != story))
}

/// The folder of a day's mails.
fn day(folder: &std::path::Path, now: i64) -> PathBuf {
    let date = Zone::utc().date(now);
    folder.join(date.strftime("%Y%m%d").to_string())
}

#[cfg(test)]
mod tests {
    use crate::app::App;
    use crate::calendar::Zone;
    use crate::clock::Clock;
    use crate::command::demo::life::*;
    use crate::command::demo::set_up;
    use crate::config::Config;
    use crate::db::Durability;
    use crate::i18n::Lang;
    use crate::organisation::store::{NewOrganisation, found};
    use rand::SeedableRng;

    /// Monday 30 November 2026, 0:00 in Paris.
    const MONDAY: i64 = 1_795_993_200;
    const HOUR: i64 = 3_600;

    fn mail(number: usize) -> SurveyMail {
        SurveyMail { number, token: String::new() }
    }

    #[test]
    fn the_link_of_the_story_comes_first_and_then_the_newest() {
        let silent = [1, 7, 2, 3].map(mail);
        let order: Vec<usize> = in_turn(&silent, 7).map(|mail| mail.number).collect();
        assert_eq!(order, [7, 3, 2, 1]);
        let order: Vec<usize> = in_turn(&silent, 9).map(|mail| mail.number).collect();
        assert_eq!(order, [3, 2, 7, 1], "the story's customer was not asked");
    }

    /// A fortnight of the demo as it ends at an instant.
    async fn fortnight(now: i64, seed: u64) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let data = ("data", folder.path().display().to_string());
        let config = Config::read(&[data], |_| None).unwrap();
        let (clock, mut random) = (Clock::manual(now), StdRng::seed_from_u64(seed));
        let chance = StdRng::seed_from_u64(seed);
        let app = App::open_as(config, clock, chance, Durability::MadeUp).await.unwrap();
        let organisation =
            found(&app.db, NewOrganisation::default(), now - 400 * 24 * HOUR).await.unwrap();
        let zone = Zone::named("Europe/Paris").unwrap();
        let year = Year { weeks: 1, ..Year::until(now, zone) };
        let planned = year::plan(&year, &mut random);
        let log = year::log(&planned);
        let out = Output::new(false, Lang::En).silent();
        let here = Here { app, organisation, out };
        here.app.clock.set(now - 380 * 24 * HOUR);
        set_up(&here, &log, now).await.unwrap();
        let out = Output::new(false, Lang::En).silent();
        live(&here, &planned, &log, &year, &mut random, &out).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_demo_has_a_link_at_three_at_night_on_a_monday_and_late_on_a_sunday() {
        for (now, seed) in [(MONDAY + 3 * HOUR, 1), (MONDAY - HOUR / 2, 2)] {
            let link = fortnight(now, seed).await;
            assert!(link.is_some(), "no link at {now} with seed {seed}");
        }
    }
}
