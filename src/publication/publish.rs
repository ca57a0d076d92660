//! Closes the weeks that are over, oldest first, one transaction each.
//!
//! A run that was interrupted goes on where it stopped, and running twice changes nothing: a
//! closed week stays closed, and answers of it that come later wait for the next release.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::app::App;
use crate::blueprint;
use crate::calendar::Week;
use crate::clock::{Clock, Instant};
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::jobs::{Job, JobError, NewJob};
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::limits;
use crate::progress::{self, Progress};

use super::answers;
use super::catalogue::Catalogue;
use super::path_numbers::SequenceCounts;
use super::sharing::SiteMeetings;
use super::store::closing::{self, Closed};
use super::store::numbering::{self, SampledJourney};
use super::store::setting::{self, Setting};
use super::store::waiting;
use super::usual_times::UsualTimes;
use super::{Report, store};

/// The kind of job that closes weeks.
pub const JOB: &str = "publish";

/// How often a week is tried again when somebody changed the same rows meanwhile.
const TRIES: u32 = 20;

/// The job that closes the weeks of a journey type at an instant.
pub fn job(organisation: OrganisationId, journey_type: &str, run_at: Instant) -> Result<NewJob> {
    let payload = serde_json::to_string(&Payload { journey_type: journey_type.to_owned() });
    let payload = payload.map_err(|failure| Error::Internal(failure.to_string()))?;
    Ok(NewJob { organisation, kind: JOB, key: format!("{journey_type}:{run_at}"), payload, run_at })
}

#[derive(Deserialize, serde::Serialize)]
struct Payload {
    journey_type: String,
}

/// Does such a job; doing it twice changes nothing.
pub async fn run(app: &App, job: &Job) -> Result<(), JobError> {
    let payload: Payload = serde_json::from_str(&job.payload).map_err(|failure| {
        JobError::GiveUp(Error::Internal(format!("a job to publish names no type: {failure}")))
    })?;
    publish(&app.db, &app.clock, job.organisation, &payload.journey_type, None, &progress::silent)
        .await?;
    Ok(announce(app, job.organisation, payload.journey_type).await?)
}

/// The kind of job that follows from a release: other domains announce it.
pub const RELEASED: &str = "released";

#[derive(Debug, Deserialize, serde::Serialize)]
pub struct ReleaseNotice {
    pub journey_type: String,
    pub week: i32,
}

/// Lets the newest release be announced, once, if it is news: whoever imports years of history
/// publishes no news.
async fn announce(app: &App, organisation: OrganisationId, journey_type: String) -> Result<()> {
    let newest = store::newest(app.db.reader(), organisation, &journey_type).await?;
    let now = app.clock.now();
    let Some(newest) = newest.filter(|release| now - release.published_at < limits::NEWS) else {
        return Ok(());
    };
    let key = format!("{journey_type}:{}", newest.week.0);
    let payload = serde_json::to_string(&ReleaseNotice { journey_type, week: newest.week.0 });
    let payload = payload.map_err(|failure| Error::Internal(failure.to_string()))?;
    let job = NewJob { organisation, kind: RELEASED, key, payload, run_at: now };
    app.db.write(move |tx| Box::pin(crate::jobs::enqueue(tx, vec![job]))).await
}

/// Closes every week of a journey type that is over and ends by `through`, if that is given.
pub async fn publish(
    db: &Db,
    clock: &Clock,
    organisation: OrganisationId,
    journey_type: &str,
    through: Option<Date>,
    progress: Progress<'_>,
) -> Result<Report> {
    let mut setting = setting(db, organisation, journey_type).await?;
    let mut report = Report::default();
    let Some(first) = closing::next_week(db.reader(), &setting).await? else { return Ok(report) };
    if let Some(text) =
        pilot_forbids(&setting, clock.now()).or_else(|| nothing_could_pass(&setting))
    {
        report.waiting = waiting::all(db.reader(), organisation, journey_type).await?;
        report.withheld = Some(text);
        return Ok(report);
    }
    let last = last_week(&setting, clock, through);
    let all = u64::try_from(last.0 - first.0 + 1).unwrap_or(0);
    if all == 0 {
        report.waiting = waiting::all(db.reader(), organisation, journey_type).await?;
        return Ok(report);
    }
    let mut catalogue = grown(db, &mut setting).await?;
    let setting = Arc::new(setting);
    let mut week = first;
    while week <= last {
        if let Some((closed, next)) =
            close(db, &setting, week, catalogue.clone(), clock.now()).await?
        {
            catalogue = next;
            report.add(week, closed);
        } else {
            // Somebody else closes weeks of this type, and so adds numbers.
            catalogue = numbering::load(db.reader(), organisation, journey_type).await?;
        }
        week = week.next();
        progress(u64::try_from(week.0 - first.0).unwrap_or(all), Some(all));
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, week: Week, closed: Closed) {
        self.weeks.push(week);
        self.atoms += closed.atoms;
        self.answers += closed.answers;
        self.journeys += closed.journeys;
        self.waiting = closed.waiting;
    }
}

async fn setting(db: &Db, organisation: OrganisationId, journey_type: &str) -> Result<Setting> {
    let unknown = || Error::from(Text::new("publication-unknown-type").with("type", journey_type));
    let blueprint = blueprint::store::blueprint(db.reader(), organisation, journey_type).await?;
    let setting =
        setting::setting(db.reader(), organisation, blueprint.ok_or_else(unknown)?).await?;
    setting.ok_or_else(unknown)
}

/// Why an organisation in pilot may not close weeks: it has lasted long enough, or measures enough
/// services.
fn pilot_forbids(setting: &Setting, now: Instant) -> Option<Text> {
    let until = setting.pilot_until?;
    if until <= now {
        return Some(Text::new("publication-pilot-over"));
    }
    let many = setting.other_types >= limits::PILOT_JOURNEY_TYPES;
    many.then(|| Text::new("publication-pilot-types").with("most", limits::PILOT_JOURNEY_TYPES))
}

/// Why closing weeks would release nothing, ever: then they stay open until the headcounts are
/// entered.
fn nothing_could_pass(setting: &Setting) -> Option<Text> {
    if setting.headcounts.most(setting.teams(), setting.central_only) >= setting.floors.heads() {
        return None;
    }
    let missing = setting.headcounts.missing(setting.blueprint.steps_and_teams());
    Some(if missing.is_empty() {
        Text::new("publication-too-few-heads").with("floor", setting.floors.heads())
    } else {
        missing.text()
    })
}

/// The last week that is over, here and by the wish of who asks.
fn last_week(setting: &Setting, clock: &Clock, through: Option<Date>) -> Week {
    let over = setting.zone.week(clock.now()).0 - 1;
    Week(through.map_or(over, |day| over.min(Week::of(day.saturating_add(1.day())).0 - 1)))
}

/// The numbers of elements and paths, with those that have become common. The same sample of
/// journeys tells which steps share a team.
async fn grown(db: &Db, setting: &mut Setting) -> Result<Catalogue> {
    let (organisation, journey_type) = (setting.organisation, &setting.blueprint.journey_type);
    let mut catalogue = numbering::load(db.reader(), organisation, journey_type).await?;
    let (mut counts, mut met) = (SequenceCounts::default(), SiteMeetings::default());
    let mut usual_times = UsualTimes::default();
    let of = |trace: &Trace, site: Option<&str>, met: &mut SiteMeetings| {
        let parts = trace.parts.iter().flat_map(Element::steps);
        met.add(site, &elements::step_codes(trace).chain(parts).collect());
    };
    let sample = numbering::sample(db.reader(), organisation, journey_type, |sample, journey| {
        let trace = Trace::parse(&journey.trace)?;
        counts.add(&trace);
        usual_times.add(&trace);
        of(&trace, journey.site.as_deref(), &mut met);
        sample.add(
            elements::rated(&trace, &setting.blueprint),
            answers::channel(journey.attributes.as_deref())?.as_deref(),
        );
        Ok(())
    });
    let sample = sample.await?;
    catalogue.grow(&sample);
    if sample.is_full() {
        let mut newest = SiteMeetings::default();
        let read = |journey: &SampledJourney| {
            of(&Trace::parse(&journey.trace)?, journey.site.as_deref(), &mut newest);
            Ok(())
        };
        numbering::unreleased(db.reader(), organisation, journey_type, read).await?;
        met.learn(&newest);
    }
    catalogue.path_numbers.grow(&setting.blueprint, &counts);
    setting.usual_times = usual_times;
    setting.division = met.division(&setting.blueprint);
    Ok(catalogue)
}

async fn close(
    db: &Db,
    setting: &Arc<Setting>,
    week: Week,
    catalogue: Catalogue,
    now: Instant,
) -> Result<Option<(Closed, Catalogue)>> {
    let mut tries = TRIES;
    loop {
        let (setting, catalogue) = (Arc::clone(setting), catalogue.clone());
        match db.write(move |tx| Box::pin(closing::close(tx, setting, week, catalogue, now))).await
        {
            Err(failure) if tries > 1 && store::is_conflict(&failure) => tries -= 1,
            ended => return ended,
        }
    }
}
