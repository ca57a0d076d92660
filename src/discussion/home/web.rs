//! `/teams/{team}`: where a member begins.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;
use relais_analytics::chart::Weight;

use super::{Since, news, own_actions, own_measures, since};
use crate::app::App;
use crate::breakdown::evidence_links::{EvidenceLinks, query};
use crate::breakdown::request::{Catalogue, Question, RawQuestion};
use crate::breakdown::web::page::{View, looked_at, team_question};
use crate::breakdown::{Against, Breakdown, Line, evidence, read, store, story, titles};
use crate::calendar::date_in_words;
use crate::chart::phrases as chart_phrases;
use crate::chart::read::Series;
use crate::discussion::review::Standing;
use crate::discussion::{self, Action, Discussion, review, store as discussions, words as said};
use crate::i18n::{Lang, Words};
use crate::journal;
use crate::privacy::{Disclosed, Eyes, Place};
use crate::team::web::{SignedIn, frame, must_belong};
use crate::web::{Answer, Frame, Page, Routes, percent_encoded};

/// How long ago somebody may have looked for the page to say so, in seconds.
const LATELY: i64 = 28 * 86_400;

/// The routes of this page.
pub fn routes() -> Routes {
    Routes::new().route("/teams/{team}", get(home))
}

#[derive(Template)]
#[template(path = "discussion/home.html")]
struct HomePage {
    w: Words,
    frame: Frame,
    about: String,
    /// The same page about another service of the team.
    others: Vec<Link>,
    /// Changes of who counts that are not in force yet.
    waiting: usize,
    view: View<Home>,
}

/// What a team that may read anything reads.
struct Home {
    /// Since when something is new, in words; nothing before the second release.
    since: Option<String>,
    /// What is new beyond chance.
    news: Vec<(String, String)>,
    /// What the charts ask besides, as they do of quiet figures.
    usual: Vec<(String, String)>,
    /// Where the points are lost, and where that is looked into.
    lede: String,
    leading: Option<Link>,
    breakdown: String,
    chart: String,
    pack: String,
    next: NextDiscussion,
    actions: Vec<HomeAction>,
    /// Roles with how often each looked.
    looked: Vec<(String, String)>,
    discussions: String,
    readers: String,
}

/// A link with its words.
struct Link {
    href: String,
    words: String,
}

/// The next discussion.
enum NextDiscussion {
    /// It was opened: about which handoff, with whom, when.
    Open { about: Link, with: String, since: String },
    /// None is open: about which handoff one could be, and with whom.
    Proposed { about: Link, with: String },
    /// Nothing tells.
    Nothing,
}

/// An action.
struct HomeAction {
    text: String,
    address: String,
    figure: String,
    standing: String,
    chart: String,
}

async fn home(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<HomePage>> {
    let name = must_belong(&app, &me, &team).await?;
    let (known, mut question) = team_question(&app, &me, &team, asked).await?;
    // A part of the network is set against the rest of it: that is where a fault of its own shows.
    question.against =
        question.against.or((question.partition != Place::Network).then_some(Against::Rest));
    let reading = read::read(&app.db, me.organisation, &question, app.clock.now()).await?;
    let place = format!("team {} {}", question.blueprint.journey_type, question.partition);
    looked_at(&app, me.organisation, me.role.code(), place).await?;
    let view = match reading {
        Err(why) => View::Withheld(why.say(me.lang)),
        Ok(shown) => {
            let reader =
                Reader { app: &app, me: &me, team: &team, known: &known, question: &question };
            View::Shown(Box::new(reader.home(&shown).await?))
        }
    };
    let waiting =
        journal::store::objections::waiting(&app.db, me.organisation, app.clock.now()).await?;
    Ok(Page(HomePage {
        waiting: waiting.len(),
        w: Words(me.lang),
        frame: frame(&me, &uri, name),
        about: titles::about_question(&question, me.lang),
        others: others(&known, &question, &team, me.lang),
        view,
    }))
}

/// The other services that the team has a part in.
fn others(catalogue: &Catalogue, question: &Question, team: &str, lang: Lang) -> Vec<Link> {
    catalogue
        .blueprints
        .iter()
        .filter(|one| one.journey_type != question.blueprint.journey_type)
        .filter(|one| one.steps.iter().any(|step| step.team.as_deref() == Some(team)))
        .map(|one| Link {
            href: format!(
                "/teams/{}?journey_type={}",
                percent_encoded(team),
                percent_encoded(&one.journey_type)
            ),
            words: one.name.say(lang).to_owned(),
        })
        .collect()
}

/// Who reads what.
struct Reader<'a> {
    app: &'a App,
    me: &'a SignedIn,
    team: &'a str,
    known: &'a Catalogue,
    question: &'a Question,
}

impl Reader<'_> {
    async fn home(&self, shown: &Disclosed<Breakdown>) -> Answer<Home> {
        let (db, organisation, now, lang) =
            (&self.app.db, self.me.organisation, self.app.clock.now(), self.me.lang);
        let series = Series::read(db, organisation, self.question, now).await?;
        let weeks =
            store::weeks(db.reader(), organisation, &self.question.blueprint.journey_type, None)
                .await?;
        // A team has a name at every site: what it discusses elsewhere is not this member's.
        let here = |of: &Discussion| self.me.reads_as_team(self.team, &of.place);
        let mut held = discussions::discussions(db.reader(), organisation).await?;
        held.retain(|discussion| here(discussion));
        let mut actions = discussions::actions(db.reader(), organisation).await?;
        actions.retain(|action| here(&action.discussion));
        let since = since(&held, self.team, &weeks);
        let looked = journal::store::looks_since(db, organisation, self.team, now - LATELY).await?;
        let links = EvidenceLinks::of_team(self.team, self.question);
        let w = Words(lang);
        Ok(Home {
            news: self.news(&series, since.as_ref(), Weight::BeyondChance),
            usual: self.news(&series, since.as_ref(), Weight::Usual),
            since: since.map(|since| since.say(lang)),
            lede: story::tell(shown, lang).lede,
            leading: shown.leading.as_ref().map(|element| Link {
                href: links.to(element),
                words: evidence::heading(self.question, element, lang).0,
            }),
            breakdown: links.back(),
            chart: self.page("chart"),
            pack: self.page("pack"),
            next: self.next(&held, shown),
            actions: self.actions(&actions, &series).await?,
            looked: looked
                .into_iter()
                .map(|(role, times)| {
                    (journal::phrases::role(&w, &role), w.with("home-times", "count", times))
                })
                .collect(),
            discussions: format!("/teams/{}/discussions", percent_encoded(self.team)),
            readers: format!("/teams/{}/readers", percent_encoded(self.team)),
        })
    }

    /// The address of a page of the team, about the same journeys. Charts and sheets compare with
    /// nothing.
    fn page(&self, page: &str) -> String {
        let alone = Question { against: None, ..self.question.clone() };
        format!("/teams/{}/{page}?{}", percent_encoded(self.team), query(&alone))
    }

    fn news(
        &self,
        series: &Series,
        since: Option<&Since>,
        weight: Weight,
    ) -> Vec<(String, String)> {
        let Some(since) = since else { return Vec::new() };
        let measures = own_measures(series, self.question, self.team);
        let told = news(series, self.question, measures, since.week(), self.me.lang);
        let links = told.into_iter().filter(|news| news.weight == weight).map(|news| {
            let measure = percent_encoded(&news.measure.to_string());
            (format!("{}&measure={measure}", self.page("chart")), news.words)
        });
        links.collect()
    }

    fn name(&self, team: &str) -> String {
        said::team(team, self.known, self.me.lang)
    }

    /// Where a discussion stands.
    fn discussion(&self, of: &Discussion) -> String {
        format!("/teams/{}/discussions/{}", percent_encoded(self.team), of.id)
    }

    /// The discussion that was opened in the last four weeks; else the handoff of the team's at
    /// which most met friction.
    fn next(&self, held: &[Discussion], shown: &Breakdown) -> NextDiscussion {
        let (blueprint, lang) = (&self.question.blueprint, self.me.lang);
        let label = |element| evidence::heading(self.question, element, lang).0;
        let first = self.me.zone.date(self.app.clock.now() - LATELY);
        let open = held.iter().find(|held| {
            held.has(self.team)
                && held.journey_type == blueprint.journey_type
                && held.opened_on >= first
        });
        if let Some(open) = open {
            let since = date_in_words(open.opened_on, lang);
            let about = Link { href: self.discussion(open), words: label(&open.handoff) };
            return NextDiscussion::Open { about, with: self.name(open.other(self.team)), since };
        }
        let own =
            shown.lines.iter().filter(|line| blueprint.teams(&line.element).contains(&self.team));
        let share = |line: &&Line| line.friction.as_ref().map_or(0.0, |all| all.any.value);
        let main = own
            .filter(|line| line.friction.is_some())
            .max_by(|one, other| share(one).total_cmp(&share(other)));
        let Some(line) = main else { return NextDiscussion::Nothing };
        let neighbour = blueprint
            .teams(&line.element)
            .into_iter()
            .find(|team| *team != self.team)
            .unwrap_or(self.team);
        let href = EvidenceLinks::of_team(self.team, self.question).to(&line.element);
        NextDiscussion::Proposed {
            about: Link { href, words: label(&line.element) },
            with: self.name(neighbour),
        }
    }

    async fn actions(&self, actions: &[Action], series: &Series) -> Answer<Vec<HomeAction>> {
        let own: Vec<Action> =
            own_actions(actions, self.team, &self.question.blueprint.journey_type)
                .into_iter()
                .cloned()
                .collect();
        let (eyes, now) = (Eyes::Team(self.team.to_owned()), self.app.clock.now());
        let (organisation, zone) = (self.me.organisation, &self.me.zone);
        let standings =
            review::standings(&self.app.db, organisation, &own, &eyes, zone, now).await?;
        let tried = own.iter().zip(&standings);
        Ok(tried.map(|(action, standing)| self.action(action, standing, series)).collect())
    }

    fn action(&self, action: &Action, found: &Standing, series: &Series) -> HomeAction {
        let lang = self.me.lang;
        let moves = said::direction(action.plan.direction, lang);
        let measure = &action.plan.measure;
        let blueprint = &self.question.blueprint;
        let figure = chart_phrases::measure(blueprint, measure, series.kind(measure), lang);
        let place = percent_encoded(&action.discussion.place.to_string());
        let journey_type = percent_encoded(&blueprint.journey_type);
        let measure = percent_encoded(&measure.to_string());
        HomeAction {
            text: action.plan.text.clone(),
            figure: format!("{figure} {moves}"),
            standing: standing(action, found, lang),
            address: self.discussion(&action.discussion),
            chart: format!(
                "/teams/{}/chart?measure={measure}&journey_type={journey_type}&partition={place}",
                percent_encoded(self.team)
            ),
        }
    }
}

/// Where an action stands, in few words: its page has them all.
fn standing(action: &Action, found: &Standing, lang: Lang) -> String {
    let found = match found {
        Standing::Judged(judged) => said::word(judged.verdict.conclusion, lang),
        waiting => said::standing(waiting, &action.plan, lang),
    };
    match action.state {
        discussion::State::Open => found,
        _ => format!("{found} · {}", said::state(action, lang)),
    }
}
