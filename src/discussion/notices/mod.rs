//! Mails to the teams and to the process owner: that a review is due, that a discussion was opened
//! with them, that a period was published; to the staff representatives as well that a change waits
//! which touches privacy.
//!
//! They go to the members' own addresses and not to a mailbox of the team: each is written to in
//! their own language, can say that they want no more, and is written to no more once they have
//! left; and no address has to be kept that nobody looks after. No figure is in a mail,
//! only where to read it. What was sent is known by team, never by member: a notice is claimed
//! before its mails go, so that none goes twice; when no server took any of them the claim is given
//! back and the job tries again. A member whose own server put the mail off meanwhile does without
//! this one.

mod mail;

use serde::{Deserialize, Serialize};

use super::{Action, State, store, words};
use crate::app::App;
use crate::blueprint::Blueprint;
use crate::breakdown;
use crate::breakdown::titles::{named, placed};
use crate::calendar::{Week, Zone, date_in_words};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::id::OrganisationId;
use crate::jobs::{Job, JobError, NewJob};
use crate::journal;
use crate::limits::MORNING;
use crate::mail::Outcome;
use crate::organisation;
use crate::privacy::Place;
use crate::publication::publish;
use crate::team::account::store::{Reader, Readership, readers};
use crate::web::percent_encoded;

use mail::{Message, NoticeMail};

/// The kind of job that reminds of a review.
pub const REVIEW: &str = "review";
/// The kind of job that tells the process owner of a period once it is open to others than the
/// teams.
pub const OPENED: &str = "opened";

/// The kind of job that invites the neighbour to a discussion that was opened.
pub const INVITED: &str = "invited";

#[derive(Deserialize, Serialize)]
struct Invited {
    discussion: i64,
}

/// The job that invites the neighbour, at once.
pub fn invitation_job(organisation: OrganisationId, id: i64, now: Instant) -> Result<NewJob> {
    let payload = json(&Invited { discussion: id })?;
    Ok(NewJob { organisation, kind: INVITED, key: id.to_string(), payload, run_at: now })
}

/// Invites the neighbour of a discussion, unless it takes part already.
pub async fn invited(app: &App, job: &Job) -> Result<(), JobError> {
    let Invited { discussion } = read(job)?;
    let found = store::discussion(app.db.reader(), job.organisation, discussion).await?;
    let Some(of) = found.filter(|of| of.joined_on.is_none() && of.team != of.neighbour) else {
        return Ok(());
    };
    let known = breakdown::store::known(app.db.reader(), job.organisation).await?;
    let Some(blueprint) =
        known.blueprints.iter().find(|blueprint| blueprint.journey_type == of.journey_type)
    else {
        return Ok(());
    };
    let path = format!("/teams/{}/discussions/{}", percent_encoded(&of.neighbour), of.id);
    let say = |lang: Lang| Message {
        subject: Text::new("discussion-mail-invited-subject")
            .with("team", words::team(&of.team, &known, lang)),
        lead: Text::new("discussion-mail-invited-lead")
            .with("team", words::team(&of.team, &known, lang))
            .with("handoff", named(blueprint, &of.handoff, lang))
            .with("place", placed(&of.place, &known, lang)),
        button: Text::new("discussion-mail-invited-button"),
    };
    let about = of.id.to_string();
    let to = Readership::Team(&of.neighbour);
    let notice = Notice { kind: INVITED, about, to, place: Some(&of.place) };
    Ok(send(app, job.organisation, &notice, &path, &say).await?)
}

#[derive(Deserialize, Serialize)]
struct Reviewed {
    action: i64,
}

/// The job that reminds both teams on the morning of a review.
pub fn review_job(organisation: OrganisationId, action: &Action, zone: &Zone) -> Result<NewJob> {
    let payload = json(&Reviewed { action: action.id })?;
    let run_at = zone.at_hour(action.plan.review_on, MORNING);
    Ok(NewJob { organisation, kind: REVIEW, key: action.id.to_string(), payload, run_at })
}

/// Reminds of a review that is due, unless the teams have decided already.
pub async fn review(app: &App, job: &Job) -> Result<(), JobError> {
    let due: Reviewed = read(job)?;
    let Some(action) = store::action(app.db.reader(), job.organisation, due.action).await? else {
        return Ok(());
    };
    if action.state != State::Open {
        return Ok(());
    }
    let of = &action.discussion;
    let mut teams = vec![of.team.as_str(), of.neighbour.as_str()];
    teams.dedup();
    for team in teams {
        let path = format!("/teams/{}/discussions/{}", percent_encoded(team), of.id);
        let say = |lang: Lang| Message {
            subject: Text::new("discussion-mail-review-subject"),
            lead: Text::new("discussion-mail-review-lead")
                .with("date", date_in_words(action.plan.review_on, lang))
                .with("text", action.plan.text.as_str()),
            button: Text::new("discussion-mail-review-button"),
        };
        let notice = Notice {
            kind: REVIEW,
            about: action.id.to_string(),
            to: Readership::Team(team),
            place: Some(&of.place),
        };
        send(app, job.organisation, &notice, &path, &say).await?;
    }
    Ok(())
}

/// Tells the teams of a journey type that a period was published, and the process owner when it is
/// open to them.
pub async fn released(app: &App, job: &Job) -> Result<(), JobError> {
    let released: publish::ReleaseNotice = read(job)?;
    super::sentence_release::look_again(app, job.organisation, &released.journey_type).await?;
    let known = breakdown::store::known(app.db.reader(), job.organisation).await?;
    let Some(blueprint) =
        known.blueprints.iter().find(|blueprint| blueprint.journey_type == released.journey_type)
    else {
        return Ok(());
    };
    let mut teams: Vec<&str> =
        blueprint.steps.iter().filter_map(|step| step.team.as_deref()).collect();
    teams.sort_unstable();
    teams.dedup();
    for team in teams {
        let path = format!("/teams/{}/breakdown", percent_encoded(team));
        let to = Readership::Team(team);
        published(app, job.organisation, &released, blueprint, to, &path).await?;
    }
    let reader = app.db.reader();
    let opening = breakdown::store::open_through(
        reader,
        job.organisation,
        &blueprint.journey_type,
        Week(released.week),
    )
    .await?;
    if let Some(run_at) = opening {
        let key = format!("{}:{}", released.journey_type, released.week);
        let payload = job.payload.clone();
        let later = NewJob { organisation: job.organisation, kind: OPENED, key, payload, run_at };
        app.db.write(move |tx| Box::pin(crate::jobs::enqueue(tx, vec![later]))).await?;
    }
    Ok(())
}

/// Tells the process owner that a period is open to them; not in pilot, in which nothing is.
pub async fn opened(app: &App, job: &Job) -> Result<(), JobError> {
    let released: publish::ReleaseNotice = read(job)?;
    let settings = organisation::store::settings(app.db.reader(), job.organisation).await?;
    if !settings.is_some_and(|settings| settings.stage.tells_management()) {
        return Ok(());
    }
    let known = breakdown::store::known(app.db.reader(), job.organisation).await?;
    let Some(blueprint) =
        known.blueprints.iter().find(|blueprint| blueprint.journey_type == released.journey_type)
    else {
        return Ok(());
    };
    let to = Readership::ProcessOwners;
    Ok(published(app, job.organisation, &released, blueprint, to, "/network").await?)
}

async fn published(
    app: &App,
    organisation: OrganisationId,
    released: &publish::ReleaseNotice,
    blueprint: &Blueprint,
    to: Readership<'_>,
    path: &str,
) -> Result<()> {
    let week = Week(released.week);
    let say = |lang: Lang| Message {
        subject: Text::new("discussion-mail-published-subject")
            .with("journey", blueprint.name.say(lang)),
        lead: Text::new(if to.team().is_some() {
            "discussion-mail-published-lead"
        } else {
            "discussion-mail-opened-lead"
        })
        .with("journey", blueprint.name.say(lang))
        .with("date", date_in_words(week.end().yesterday().unwrap_or(week.end()), lang)),
        button: Text::new("discussion-mail-published-button"),
    };
    let about = format!("{} {}", released.journey_type, released.week);
    send(app, organisation, &Notice { kind: "published", about, to, place: None }, path, &say).await
}

#[derive(Deserialize)]
struct Announced {
    number: i64,
}

/// Tells the staff representatives and every team of a change that touches privacy, while it still
/// waits and can be objected to.
pub async fn announced(app: &App, job: &Job) -> Result<(), JobError> {
    let Announced { number } = read(job)?;
    let waiting =
        journal::store::objections::waiting(&app.db, job.organisation, app.clock.now()).await?;
    let Some((change, _)) = waiting.into_iter().find(|(change, _)| change.number == number) else {
        return Ok(());
    };
    let zone = organisation::store::zone(app.db.reader(), job.organisation).await?;
    let say = |lang: Lang| Message {
        subject: Text::new("discussion-mail-waiting-subject"),
        lead: Text::new("discussion-mail-waiting-lead")
            .with("what", journal::phrases::subject(&Words(lang), &change.subject))
            .with("reason", change.reason.as_str())
            .with("date", date_in_words(zone.date(change.effective_at), lang)),
        button: Text::new("discussion-mail-waiting-button"),
    };
    let teams = organisation::store::teams(app.db.reader(), job.organisation).await?;
    let teams = teams.iter().map(|(code, _)| Readership::Team(code));
    for to in std::iter::once(Readership::Representatives).chain(teams) {
        let about = number.to_string();
        let notice = Notice { kind: journal::ANNOUNCED, about, to, place: None };
        send(app, job.organisation, &notice, "/journal#waiting", &say).await?;
    }
    Ok(())
}

/// What is sent once.
struct Notice<'a> {
    kind: &'static str,
    about: String,
    to: Readership<'a>,
    /// Of a team's members, only those at this place.
    place: Option<&'a Place>,
}

/// Claims a notice and sends it to everybody who reads for the team and wants mail.
async fn send(
    app: &App,
    organisation: OrganisationId,
    notice: &Notice<'_>,
    path: &str,
    say: &(dyn Fn(Lang) -> Message + Sync),
) -> Result<()> {
    let all = readers(app.db.reader(), organisation, notice.to).await?;
    let to: Vec<Reader> = all
        .into_iter()
        .filter(|reader| notice.place.is_none_or(|place| reader.covers(place)))
        .collect();
    let now = app.clock.now();
    if to.is_empty() || !claim(app, organisation, notice, now).await? {
        return Ok(());
    }
    let name = organisation::store::settings(app.db.reader(), organisation)
        .await?
        .map(|settings| settings.name);
    let mut later = 0;
    for reader in &to {
        let message = say(reader.lang);
        let name = name.as_deref().unwrap_or_default();
        let content = NoticeMail::of(app, organisation, reader, name, path, &message);
        let mail = mail::compose(&reader.address, reader.lang, content)?;
        let outcome = app.mailer.send(&mail, now, app.random(rand::RngExt::random)).await;
        later += usize::from(matches!(outcome, Outcome::Later(_)));
    }
    if later < to.len() {
        return Ok(());
    }
    let (kind, about, team) =
        (notice.kind, notice.about.clone(), notice.to.team().unwrap_or_default().to_owned());
    app.db
        .write_once(move |tx| {
            Box::pin(async move {
                store::notices::give_back(tx, organisation, kind, &about, &team).await
            })
        })
        .await?;
    Err(Error::Internal("no mail server took a notice; it is tried again".to_owned()))
}

async fn claim(
    app: &App,
    organisation: OrganisationId,
    notice: &Notice<'_>,
    now: Instant,
) -> Result<bool> {
    let (kind, about, team) =
        (notice.kind, notice.about.clone(), notice.to.team().unwrap_or_default().to_owned());
    let on = Zone::utc().date(now);
    app.db
        .write_once(move |tx| {
            Box::pin(async move {
                store::notices::claim(tx, organisation, kind, &about, &team, on).await
            })
        })
        .await
}

fn json(payload: &impl Serialize) -> Result<String> {
    serde_json::to_string(payload).map_err(|failure| Error::Internal(failure.to_string()))
}

fn read<T: serde::de::DeserializeOwned>(job: &Job) -> Result<T, JobError> {
    serde_json::from_str(&job.payload).map_err(|failure| {
        let why = format!("a job of {} cannot be read: {failure}", job.kind);
        JobError::GiveUp(Error::Internal(why))
    })
}
