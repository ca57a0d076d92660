//! `/teams/{team}/breakdown/{element}`, `/teams/{team}/chart` and `/network/chart`.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use crate::app::App;
use crate::breakdown::disclosure::Reading;
use crate::breakdown::evidence::{self, Evidence};
use crate::breakdown::evidence_links::{EvidenceLinks, query};
use crate::breakdown::request::{Catalogue, Question, RawQuestion};
use crate::breakdown::web::nav;
use crate::breakdown::web::page::{View, looked_at, team_question};
use crate::breakdown::{process, read, store, titles};
use crate::chart::panel::ChartPanel;
use crate::chart::phrases as chart_phrases;
use crate::chart::read::{ChartQuestion, Series};
use crate::chart::{Chart, Measure};
use crate::discussion::{Action, marks};
use crate::element::Element;
use crate::i18n::{Lang, Words};
use crate::privacy::{Eyes, NotShown};
use crate::team::web::{ProcessOwner, SignedIn, frame, must_belong};
use crate::web::{Answer, Failure, Frame, FrameLink, Page, Routes, percent_encoded};

/// The routes of these pages.
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
    view: View<Evidence>,
    charts: Vec<ElementChart>,
}

/// A link with its words.
struct Link {
    href: String,
    words: String,
}

/// A chart with its own page.
struct ElementChart {
    href: String,
    heading: String,
    view: View<ChartPanel>,
}

async fn of_element(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path((team, code)): Path<(String, String)>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<EvidencePage>> {
    must_belong(&app, &me, &team).await?;
    let (known, question) = team_question(&app, &me, &team, asked).await?;
    let element = element(&question, &code)?;
    let (organisation, now) = (me.organisation, app.clock.now());
    let reading = read::read(&app.db, organisation, &question, now).await?;
    let place =
        format!("part {} {element} {}", question.blueprint.journey_type, question.partition);
    looked_at(&app, organisation, me.role.code(), place).await?;
    let (title, about) = evidence::heading(&question, &element, me.lang);
    let links = EvidenceLinks::of_team(&team, &question);
    let page = EvidencePage {
        w: Words(me.lang),
        frame: frame(&me, &uri, title),
        about,
        back: links.back(),
        before: None,
        after: None,
        view: View::Withheld(String::new()),
        charts: Vec::new(),
    };
    let shown = match reading {
        Err(why) => {
            return Ok(Page(EvidencePage { view: View::Withheld(why.say(me.lang)), ..page }));
        }
        Ok(shown) => shown,
    };
    let parts = evidence::of_part(&question.blueprint, &element);
    let log = process::read(&app.db, organisation, &question, &parts, now).await?;
    let name = |code: &str| name_of(&known, code, me.lang);
    let along: Vec<Element> = shown.lines.iter().map(|line| line.element.clone()).collect();
    let [before, after] = neighbours(&along, &element);
    let link = |element: &Element| Link {
        href: links.to(element),
        words: evidence::heading(&question, element, me.lang).0,
    };
    Ok(Page(EvidencePage {
        about: titles::about(&shown, me.lang),
        before: before.map(link),
        after: after.map(link),
        view: View::Shown(Box::new(Evidence::new(&shown, &element, &log, &name, me.lang))),
        charts: charts(&app, &me, &team, &question, &element).await?,
        ..page
    }))
}

/// An element of the chain; one that it does not have is not found.
fn element(question: &Question, code: &str) -> Answer<Element> {
    let element: Element = code.parse().map_err(|_| Failure::not_found())?;
    let known = element.steps().iter().all(|step| question.blueprint.step(step).is_some());
    known.then_some(element).ok_or_else(Failure::not_found)
}

fn neighbours<'a>(along: &'a [Element], element: &Element) -> [Option<&'a Element>; 2] {
    let Some(at) = along.iter().position(|known| known == element) else { return [None, None] };
    [at.checked_sub(1).and_then(|before| along.get(before)), along.get(at + 1)]
}

fn name_of(known: &Catalogue, team: &str, lang: Lang) -> String {
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
) -> Answer<Vec<ElementChart>> {
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
    let charts = measures.into_iter().filter_map(|measure| {
        let asked = ChartQuestion { question: question.clone(), measure, baseline_until: None };
        let heading = chart_phrases::heading(
            &question.blueprint,
            &asked.measure,
            series.kind(&asked.measure),
            me.lang,
        );
        let href = format!("/teams/{}/chart?{}", percent_encoded(team), chart_query(&asked));
        // A figure that nobody ever recorded has no chart.
        let reading = series.chart(&asked);
        if reading == Err(NotShown::Unrecorded) {
            return None;
        }
        Some(ElementChart { href, heading, view: chart_view(reading, &asked, &actions, me.lang) })
    });
    Ok(charts.collect())
}

fn chart_query(asked: &ChartQuestion) -> String {
    format!("measure={}&{}", percent_encoded(&asked.measure.to_string()), query(&asked.question))
}

/// A chart with what was tried.
fn chart_view(
    reading: Reading<Chart>,
    asked: &ChartQuestion,
    actions: &[Action],
    lang: Lang,
) -> View<ChartPanel> {
    View::of(reading, lang, |chart| {
        let borne = marks::of_chart(actions, &asked.question, &asked.measure);
        ChartPanel::new(&chart, marks::marks(&borne, lang), lang)
    })
}

#[derive(Template)]
#[template(path = "discussion/chart.html")]
struct ChartPage {
    w: Words,
    frame: Frame,
    /// The owner's other pages; a team has none of them.
    nav: Vec<FrameLink>,
    about: String,
    /// The figures that can be options, as links.
    measures: Vec<(Link, bool)>,
    back: Option<Link>,
    view: View<ChartPanel>,
}

/// What a chart's page is asked beside whose journeys and when.
#[derive(Deserialize)]
struct ChartOptions {
    measure: Option<String>,
    baseline_until: Option<String>,
}

async fn chart_of_team(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Query(options): Query<ChartOptions>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<ChartPage>> {
    must_belong(&app, &me, &team).await?;
    let (_, question) = team_question(&app, &me, &team, asked).await?;
    chart_page(&app, &me, &uri, question, &options).await
}

async fn chart_of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(options): Query<ChartOptions>,
    Query(asked): Query<RawQuestion>,
) -> Answer<Page<ChartPage>> {
    let known = store::known(app.db.reader(), me.organisation).await?;
    let question = asked.check(&known, Eyes::Owner)?;
    chart_page(&app, &me, &uri, question, &options).await
}

async fn chart_page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    question: Question,
    options: &ChartOptions,
) -> Answer<Page<ChartPage>> {
    let measure =
        options.measure.as_deref().filter(|measure| !measure.is_empty()).unwrap_or("outcome");
    let until = options.baseline_until.as_deref().filter(|day| !day.is_empty());
    let asked = ChartQuestion::check(question, measure, until)?;
    let (organisation, lang) = (me.organisation, me.lang);
    let series = Series::read(&app.db, organisation, &asked.question, app.clock.now()).await?;
    looked_at(app, organisation, me.role.code(), asked.place()).await?;
    let actions = crate::discussion::store::actions(app.db.reader(), organisation).await?;
    let kind = series.kind(&asked.measure);
    let title = chart_phrases::heading(&asked.question.blueprint, &asked.measure, kind, lang);
    let links =
        asked.question.eyes.team().map(|team| EvidenceLinks::of_team(team, &asked.question));
    let back = links.as_ref().zip(asked.measure.element()).map(|(links, element)| Link {
        href: links.to(element),
        words: evidence::heading(&asked.question, element, lang).0,
    });
    Ok(Page(ChartPage {
        w: Words(lang),
        frame: frame(me, uri, title),
        nav: nav::of(&asked.question.eyes, (uri.path(), uri.query()), lang),
        about: titles::about_question(&asked.question, lang),
        measures: measures(&series, &asked, lang),
        back,
        view: chart_view(series.chart(&asked), &asked, &actions, lang),
    }))
}

/// The figures that can be options here, along the chain, each a link to its chart.
fn measures(series: &Series, asked: &ChartQuestion, lang: Lang) -> Vec<(Link, bool)> {
    let blueprint = &asked.question.blueprint;
    let of_elements = series.elements(blueprint).into_iter().map(Measure::Of);
    let measures = [Measure::Outcome, Measure::Promises].into_iter().chain(of_elements);
    let links = measures.map(|measure| {
        let here = measure == asked.measure;
        let words = chart_phrases::heading(blueprint, &measure, series.kind(&measure), lang);
        let one = ChartQuestion { question: asked.question.clone(), measure, baseline_until: None };
        (Link { href: format!("?{}", chart_query(&one)), words }, here)
    });
    links.collect()
}
