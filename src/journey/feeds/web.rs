//! `/teams/{team}/feeds`: what the events of a team's steps made visible since yesterday and in
//! the last weeks, for those whose systems tell of them; and which of them have stopped.
//!
//! Counts are of the whole network, rounded down to tens, and only where there are as many people
//! in the team as anything shown needs: they say that feeding pays, and nothing of anybody's work.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::get;

use super::{Arrivals, USUAL_DAYS, silence};
use crate::app::App;
use crate::blueprint;
use crate::calendar::{Day, date_in_words};
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words};
use crate::id::OrganisationId;
use crate::journal::{self, Look};
use crate::journey::store::feeds;
use crate::limits::MINIMUM_ANSWERS;
use crate::privacy::{self, NotShown};
use crate::team::web::{SignedIn, frame, must_belong};
use crate::web::{Answer, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new().route("/teams/{team}/feeds", get(show))
}

/// Days of which is told what arrived.
const DAYS: i32 = 28;

#[derive(Template)]
#[template(path = "journey/feeds.html")]
struct FeedsPage {
    w: Words,
    frame: Frame,
    team: String,
    withheld: Option<String>,
    steps: Vec<StepRow>,
}

struct StepRow {
    name: String,
    silent: Option<String>,
    newest: String,
    counts: Vec<(String, String, String)>,
}

async fn show(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
) -> Answer<Page<FeedsPage>> {
    let name = must_belong(&app, &me, &team).await?;
    let (w, now) = (Words(me.lang), app.clock.now());
    let look = Look {
        at: now,
        role: me.role.code().to_owned(),
        team: Some(team.clone()),
        place: "feeds".to_owned(),
    };
    journal::store::looked(&app.db, me.organisation, look).await?;
    let settings = privacy::store::settings(app.db.reader(), me.organisation).await?;
    let floor = settings
        .ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?
        .floors
        .heads();
    let headcounts = privacy::store::headcounts(app.db.reader(), me.organisation).await?;
    let central = headcounts.are_central([team.as_str()], app.clock.now());
    let few = headcounts.most([team.as_str()], central) < floor;
    let steps = steps(&app, me.organisation, &team, few, me.lang).await?;
    let withheld = few.then(|| NotShown::FewHeads(floor).say(me.lang));
    Ok(Page(FeedsPage {
        w,
        frame: frame(&me, &uri, w.say("journey-feeds-title")),
        team: name,
        withheld,
        steps,
    }))
}

async fn steps(
    app: &App,
    organisation: OrganisationId,
    team: &str,
    few: bool,
    lang: Lang,
) -> Result<Vec<StepRow>> {
    let today = feeds::day_of(app.clock.now());
    let mut rows = Vec::new();
    for blueprint in blueprint::store::all(app.db.reader(), organisation).await? {
        let (code, since) = (&blueprint.journey_type, today - 2 * USUAL_DAYS);
        let fed = feeds::since(app.db.reader(), organisation, code, since).await?;
        for step in blueprint.steps.iter().filter(|step| step.team.as_deref() == Some(team)) {
            let days: Vec<(i32, Arrivals)> = fed
                .get(&step.code)
                .into_iter()
                .flatten()
                .map(|(day, arrived)| (*day, *arrived))
                .collect();
            rows.push(row(step.name.say(lang), &days, today, few, lang));
        }
    }
    Ok(rows)
}

fn row(name: &str, days: &[(i32, Arrivals)], today: i32, few: bool, lang: Lang) -> StepRow {
    let said = |day: i32| date_in_words(Day(day).into(), lang);
    let on: Vec<i32> = days.iter().map(|(day, _)| *day).collect();
    let silent = silence(&on, today).map(|silence| {
        let text = Text::new("journey-feeds-silent")
            .with("date", said(silence.last))
            .with("days", silence.days);
        text.with("usual", silence.usual).say(lang)
    });
    let sum = |first: i32| {
        let mut all = Arrivals::default();
        days.iter().filter(|(day, _)| *day >= first).for_each(|(_, arrived)| all.add(*arrived));
        all
    };
    let (lately, weeks) = (sum(today - 1), sum(today - DAYS + 1));
    let count = |key: &str, of: fn(&Arrivals) -> i64| {
        (Words(lang).say(key), tens(of(&lately), lang), tens(of(&weeks), lang))
    };
    let counts = vec![
        count("journey-feeds-events", |arrived| arrived.events),
        count("journey-feeds-promised", |arrived| arrived.promised),
        count("journey-feeds-timed", |arrived| arrived.timed),
    ];
    let newest = on.last().map_or_else(|| Words(lang).say("journey-feeds-never"), |day| said(*day));
    StepRow { name: name.to_owned(), silent, newest, counts: if few { Vec::new() } else { counts } }
}

/// A count down to tens; what is under the floor says so.
fn tens(count: i64, lang: Lang) -> String {
    match count {
        0 => "0".to_owned(),
        few if few < i64::from(MINIMUM_ANSWERS) => {
            Text::new("journey-feeds-few").with("floor", MINIMUM_ANSWERS).say(lang)
        }
        many => crate::i18n::count(lang, u64::try_from(many / 10 * 10).unwrap_or(0)),
    }
}
