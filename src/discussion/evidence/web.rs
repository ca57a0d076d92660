//! `/teams/{team}/breakdown/{element}`, `/teams/{team}/chart` and `/network/chart`.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use crate::app::App;
use crate::breakdown::evidence::{self, Evidence};
use crate::breakdown::evidence_links::{EvidenceLinks, query};
use crate::breakdown::read::{self, Reading};
use crate::breakdown::request::{Asked, Known, Question};
use crate::breakdown::web::{asked_by, looked_at};
use crate::breakdown::{Eyes, process, store, words};
use crate::chart::read::{Asked as Charted, Series};
use crate::chart::view::View;
use crate::chart::words as chart_words;
use crate::chart::{Gap, Measure};
use crate::discussion::{Action, marks};
use crate::element::Element;
use crate::i18n::{Lang, Text, Words};
use crate::network;
use crate::team::web::{ProcessOwner, SignedIn, frame, must_belong};
use crate::web::{Answer, Failure, Frame, FrameLink, Page, Routes, percent_encoded};

pub fn routes() -> Routes {
    Routes::new()
        .route("/teams/{team}/breakdown/{element}", get(of_element))
        .route("/teams/{team}/chart", get(chart_of_team))
        .route("/network/chart", get(chart_of_network))
}

#[derive(Template)]
#[template(path = "discussion/evidence.html")]
struct EvidencePage {
    w: Words,
    frame: Frame,
    about: String,
    back: String,
    /// The parts before and after it along the chain.
    before: Option<Link>,
    after: Option<Link>,
    view: Shown<Evidence>,
    charts: Vec<Drawn>,
}

/// What may be shown, or why it is not.
enum Shown<T> {
    Whole(Box<T>),
    Withheld(String),
}

struct Link {
    href: String,
    words: String,
}

struct Drawn {
    href: String,
    heading: String,
    view: Shown<View>,
}

async fn of_element(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path((team, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer<Page<EvidencePage>> {
    must_belong(&app, &me, &team).await?;
    let (known, question) = asked_by(&app, &me, &team, asked).await?;
    let element = element(&question, &code)?;
    let (organisation, now) = (me.organisation, app.clock.now());
    let reading = read::read(&app.db, organisation, &question, now).await?;
    let place = format!("part {} {element} {}", question.chain.code, question.partition);
    looked_at(&app, organisation, me.role.code(), place).await?;
    let (title, about) = evidence::heading(&question, &element, me.lang);
    let leads = EvidenceLinks::of_team(&team, &question);
    let page = EvidencePage {
        w: Words(me.lang),
        frame: frame(&me, &uri, title),
        about,
        back: leads.back(),
        before: None,
        after: None,
        view: Shown::Withheld(String::new()),
        charts: Vec::new(),
    };
    let shown = match reading {
        Reading::Withheld(why) => {
            return Ok(Page(EvidencePage {
                view: Shown::Withheld(why.say(&me.zone, me.lang)),
                ..page
            }));
        }
        Reading::Shown(shown) => shown,
    };
    let parts = evidence::of_part(&question.chain, &element);
    let log = process::read(&app.db, organisation, &question, &parts, now).await?;
    let name = |code: &str| name_of(&known, code, me.lang);
    let along: Vec<Element> = shown.lines.iter().map(|line| line.element.clone()).collect();
    let [before, after] = neighbours(&along, &element);
    let link = |element: &Element| Link {
        href: leads.to(element),
        words: evidence::heading(&question, element, me.lang).0,
    };
    Ok(Page(EvidencePage {
        about: words::about(&shown, me.lang),
        before: before.map(link),
        after: after.map(link),
        view: Shown::Whole(Box::new(Evidence::new(&shown, &element, &log, &name, me.lang))),
        charts: charts(&app, &me, &team, &question, &element).await?,
        ..page
    }))
}

/// An element of the chain; one that it does not have is not found.
fn element(question: &Question, code: &str) -> Answer<Element> {
    let element: Element = code.parse().map_err(|_| Failure::not_found())?;
    let known = element.steps().iter().all(|step| question.chain.stop(step).is_some());
    known.then_some(element).ok_or_else(Failure::not_found)
}

fn neighbours<'a>(along: &'a [Element], element: &Element) -> [Option<&'a Element>; 2] {
    let Some(at) = along.iter().position(|known| known == element) else { return [None, None] };
    [at.checked_sub(1).and_then(|before| along.get(before)), along.get(at + 1)]
}

fn name_of(known: &Known, team: &str, lang: Lang) -> String {
    let names = known.teams.iter().find(|(code, _)| code == team);
    names.map_or_else(|| team.to_owned(), |(_, names)| names.say(lang).to_owned())
}

/// The charts of a part: a step as it was rated and its dates; a handoff.
async fn charts(
    app: &App,
    me: &SignedIn,
    team: &str,
    question: &Question,
    element: &Element,
) -> Answer<Vec<Drawn>> {
    let series = Series::read(&app.db, me.organisation, question, app.clock.now()).await?;
    let actions = crate::discussion::store::actions(app.db.reader(), me.organisation).await?;
    let measures = match element {
        Element::Step(code) | Element::Promise(code) => {
            vec![
                Measure::Of(Element::Step(code.clone())),
                Measure::Of(Element::Promise(code.clone())),
            ]
        }
        handoff => vec![Measure::Of(handoff.clone())],
    };
    let drawn = |measure: Measure| {
        let asked = Charted { question: question.clone(), measure, baseline_until: None };
        let heading = chart_words::heading(
            &question.chain,
            &asked.measure,
            series.kind(&asked.measure),
            me.lang,
        );
        let href = format!("/teams/{}/chart?{}", percent_encoded(team), chart_query(&asked));
        let view = drawn(&series, &asked, &actions, me.lang)?;
        Some(Drawn { href, heading, view })
    };
    Ok(measures.into_iter().filter_map(drawn).collect())
}

fn chart_query(asked: &Charted) -> String {
    format!("measure={}&{}", percent_encoded(&asked.measure.to_string()), query(&asked.question))
}

/// A chart with what was tried; `None` where nobody ever recorded such a figure.
fn drawn(series: &Series, asked: &Charted, actions: &[Action], lang: Lang) -> Option<Shown<View>> {
    match series.chart(asked) {
        Ok(chart) => {
            let borne = marks::of_chart(actions, &asked.question, &asked.measure);
            Some(Shown::Whole(Box::new(View::new(&chart, marks::marks(&borne, lang), lang))))
        }
        Err(Gap::Unrecorded) => None,
        Err(gap) => Some(Shown::Withheld(chart_words::gap(&gap, lang))),
    }
}

#[derive(Template)]
#[template(path = "discussion/chart.html")]
struct ChartPage {
    w: Words,
    frame: Frame,
    /// The owner's other pages; a team has none of them.
    nav: Vec<FrameLink>,
    about: String,
    measures: Vec<(Link, bool)>,
    back: Option<Link>,
    view: Shown<View>,
}

/// What a chart's page is asked beside whose journeys and when.
#[derive(Deserialize)]
struct Followed {
    measure: Option<String>,
    baseline_until: Option<String>,
}

async fn chart_of_team(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(followed): Query<Followed>,
    Query(asked): Query<Asked>,
) -> Answer<Page<ChartPage>> {
    must_belong(&app, &me, &team).await?;
    let (_, question) = asked_by(&app, &me, &team, asked).await?;
    chart_page(&app, &me, &uri, question, &followed).await
}

async fn chart_of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(followed): Query<Followed>,
    Query(asked): Query<Asked>,
) -> Answer<Page<ChartPage>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let question = asked.check(&known, Eyes::Owner)?;
    chart_page(&app, &me, &uri, question, &followed).await
}

async fn chart_page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    question: Question,
    followed: &Followed,
) -> Answer<Page<ChartPage>> {
    let measure =
        followed.measure.as_deref().filter(|measure| !measure.is_empty()).unwrap_or("outcome");
    let until = followed.baseline_until.as_deref().filter(|day| !day.is_empty());
    let asked = Charted::check(question, measure, until)?;
    let (organisation, lang) = (me.organisation, me.lang);
    let series = Series::read(&app.db, organisation, &asked.question, app.clock.now()).await?;
    looked_at(app, organisation, me.role.code(), asked.place()).await?;
    let actions = crate::discussion::store::actions(app.db.reader(), organisation).await?;
    let kind = series.kind(&asked.measure);
    let title = chart_words::heading(&asked.question.chain, &asked.measure, kind, lang);
    let leads =
        asked.question.eyes.team().map(|team| EvidenceLinks::of_team(team, &asked.question));
    let back = leads.as_ref().zip(asked.measure.element()).map(|(leads, element)| Link {
        href: leads.to(element),
        words: evidence::heading(&asked.question, element, lang).0,
    });
    Ok(Page(ChartPage {
        w: Words(lang),
        frame: frame(me, uri, title),
        nav: network::nav::of(&asked.question.eyes, (uri.path(), uri.query()), lang),
        about: words::about_question(&asked.question, lang),
        measures: measures(&series, &asked, lang),
        back,
        view: drawn(&series, &asked, &actions, lang)
            .unwrap_or_else(|| Shown::Withheld(Text::new("chart-unrecorded").say(lang))),
    }))
}

/// The figures that can be followed here, along the chain, each a link to its chart.
fn measures(series: &Series, asked: &Charted, lang: Lang) -> Vec<(Link, bool)> {
    let chain = &asked.question.chain;
    let of_elements = series.elements(chain).into_iter().map(Measure::Of);
    [Measure::Outcome, Measure::Promises]
        .into_iter()
        .chain(of_elements)
        .map(|measure: Measure| {
            let here = measure == asked.measure;
            let words = chart_words::heading(chain, &measure, series.kind(&measure), lang);
            let one = Charted { question: asked.question.clone(), measure, baseline_until: None };
            (Link { href: format!("?{}", chart_query(&one)), words }, here)
        })
        .collect()
}
