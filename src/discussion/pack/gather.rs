//! Reads a pack: from the gate, and in the order of the sheet.

use super::quotes::Quotes;
use super::sheet::{Sheet, quoted_from};
use super::{ACTIONS, NAME, Pack, PackReader, RELEASES, ShortText};
use crate::app::App;
use crate::breakdown::picture::timetable;
use crate::breakdown::request::{Catalogue, Question};
use crate::breakdown::{Against, comments, read, store, titles};
use crate::chart::read::Series;
use crate::discussion::{Action, review};
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::journal;
use crate::power;
use crate::privacy::{self, Audience, NotShown, Place};
use crate::publication::CommentQuestion as CommentsAsked;
use crate::publication::Window;

/// How long ago somebody may have looked for the foot to say so, in seconds.
const LATELY: i64 = 28 * 86_400;

/// The same question, about the last [`RELEASES`] where no period was asked for.
pub async fn lately(
    app: &App,
    organisation: OrganisationId,
    mut question: Question,
) -> Result<Question> {
    if question.window == Window::default() {
        let visible_at = question.eyes.visible_at(app.clock.now());
        let weeks = store::weeks(
            app.db.reader(),
            organisation,
            &question.blueprint.journey_type,
            visible_at,
        )
        .await?;
        let first = weeks.len().checked_sub(RELEASES).and_then(|first| weeks.get(first));
        question.window.from = first.copied();
    }
    // A part of the network is set against the rest of it: that is where a fault of its own shows.
    question.against =
        question.against.or((question.partition != Place::Network).then_some(Against::Rest));
    Ok(question)
}

/// The pack of a team, or why nothing of it may be shown.
pub async fn gather(
    app: &App,
    whose: PackReader<'_>,
    known: &Catalogue,
    question: &Question,
) -> Result<std::result::Result<Pack, NotShown>> {
    let (organisation, now) = (whose.organisation, app.clock.now());
    let shown = match read::read(&app.db, organisation, question, now).await? {
        Ok(shown) => shown,
        Err(why) => return Ok(Err(why)),
    };
    // A chart needs more weeks than a sheet is about: what quiet weeks stay within was set long
    // before.
    let window = Window { from: None, ..question.window };
    let alone = Question { window, against: None, ..question.clone() };
    let series = Series::read(&app.db, organisation, &alone, now).await?;
    let connection = app.db.reader();
    let actions = crate::discussion::store::actions(connection, organisation).await?;
    let sentences = crate::discussion::store::sentences(connection, organisation).await?;
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings =
        settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let lookers =
        journal::store::looks_since(&app.db, organisation, whose.team, now - LATELY).await?;
    let asked = CommentsAsked {
        journey_type: &question.blueprint.journey_type,
        place: &question.partition,
        window: Window { from: quoted_from(&series, question), ..question.window },
        audience: Audience::Team,
        now,
    };
    let comments = comments::read(&app.db, organisation, &asked).await?;
    let sheet = Sheet { whose, known, question, shown: &shown };
    let actions = sheet.actions(&actions);
    let told: Vec<Action> = actions.iter().take(ACTIONS).map(|action| (*action).clone()).collect();
    let (eyes, zone) = (&question.eyes, whose.zone);
    let standings = review::standings(&app.db, organisation, &told, eyes, zone, now).await?;
    let seen = could_be_seen(app, whose, question).await?;
    let Quotes { quotes, rule, team_only } = sheet.quotes(comments, &series);
    let lines = told.iter().zip(&standings).enumerate();
    let lines = lines
        .map(|(place, (action, standing))| sheet.line(place, action, standing, &series))
        .collect();
    let strip = timetable::draw(&shown, Some(whose.team), whose.lang);
    let mut pack = Pack {
        lang: whose.lang,
        team: ShortText::of(&sheet.name(whose.team), NAME).shown,
        about: titles::about(&shown, whose.lang),
        lede: sheet.lede(),
        map_notes: sheet.map_notes(&strip),
        map: strip.svg,
        chart: sheet.chart(&series, &actions),
        quotes,
        rule,
        team_only,
        actions: lines,
        sentence: sheet.sentence(&sentences),
        foot: sheet.foot(settings.floors, &lookers, seen),
        cut: Vec::new(),
    };
    pack.cut = sheet.cut(&pack, actions.len());
    Ok(Ok(pack))
}

/// What could be seen of the team's own part with a quarter's answers; nothing of the network,
/// which has no rest to stand out from.
async fn could_be_seen(
    app: &App,
    whose: PackReader<'_>,
    question: &Question,
) -> Result<Option<String>> {
    if question.against.is_none() {
        return Ok(None);
    }
    let (db, now) = (&app.db, app.clock.now());
    let reading = power::read::read(db, whose.organisation, question, now).await?;
    Ok(reading.ok().and_then(|power| power::panel::foot(&power, whose.team, whose.lang)))
}

/// What is looked at, as the access log names it.
pub fn place(question: &Question) -> String {
    format!("pack {} {}", question.blueprint.journey_type, question.partition)
}
