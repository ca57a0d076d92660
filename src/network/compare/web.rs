//! `/network/compare`.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::routing::get;
use serde::Deserialize;

use super::panel::{self, ComparisonPanel};
use super::read::ComparisonQuestion;
use super::{By, read};
use crate::app::App;
use crate::breakdown::chooser::Choice;
use crate::breakdown::request;
use crate::breakdown::web::page::View;
use crate::chart::read::ChartQuestion;
use crate::error::Refusal;
use crate::i18n::{Text, Words};
use crate::network::web::visit::{ChoiceField, OwnerFrame, Visit};
use crate::publication;
use crate::team::web::ProcessOwner;
use crate::web::{Answer, Frame, Page, Routes};

/// The routes of comparing.
pub fn routes() -> Routes {
    Routes::new().route("/network/compare", get(of_network))
}

#[derive(Template)]
#[template(path = "network/compare.html")]
struct ComparePage {
    w: Words,
    frame: Frame,
    around: OwnerFrame,
    view: View<ComparisonPanel>,
}

/// What is asked beside service and time.
#[derive(Deserialize)]
struct ComparisonOptions {
    measure: Option<String>,
    by: Option<String>,
}

async fn of_network(
    ProcessOwner(me): ProcessOwner,
    State(app): State<App>,
    uri: Uri,
    Query(options): Query<ComparisonOptions>,
    Query(asked): Query<request::RawQuestion>,
) -> Answer<Page<ComparePage>> {
    let visit = Visit::of(&app, me, asked).await?;
    let asked = asked_of(&visit, &options)?;
    let reading = read::read(&app.db, visit.me.organisation, &asked, visit.now).await?;
    visit.looked(&app, &format!("compare {} by {}", asked.measure, asked.by.code())).await?;
    let lang = visit.lang();
    let view = View::of(reading, lang, |shown| ComparisonPanel::of(&shown, visit.known(), lang));
    let choosing = choosing(&app, &visit, &asked).await?;
    let (frame, around) = (visit.frame(&uri, "owner-compare-title"), visit.around(&uri, choosing));
    Ok(Page(ComparePage { w: Words(lang), frame, around, view }))
}

/// Checks what was typed, by the words of a chart.
fn asked_of(visit: &Visit, options: &ComparisonOptions) -> Answer<ComparisonQuestion> {
    let given = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
    let measure = given(&options.measure).unwrap_or_else(|| "outcome".to_owned());
    let checked = ChartQuestion::check(visit.question.clone(), &measure, None)?;
    let by = given(&options.by).map_or(Some(By::default()), |by| By::parse(&by));
    let unknown = || Refusal::new(Text::new("owner-compare-unknown-by")).in_field("by");
    let by = by.ok_or_else(|| crate::error::Error::from(unknown()))?;
    Ok(ComparisonQuestion::of(checked.question, checked.measure, by, visit.known()))
}

async fn choosing(
    app: &App,
    visit: &Visit,
    asked: &ComparisonQuestion,
) -> Answer<Vec<ChoiceField>> {
    let (lang, blueprint) = (visit.lang(), &visit.question.blueprint);
    let catalogue = publication::store::catalogue(
        app.db.reader(),
        visit.me.organisation,
        &blueprint.journey_type,
    )
    .await?;
    let known = |element: &crate::element::Element| {
        !element.steps().is_empty()
            && element.steps().iter().all(|step| blueprint.step(step).is_some())
    };
    let elements: Vec<_> = catalogue.into_values().filter(known).collect();
    let chosen = asked.measure.to_string();
    let measure = panel::measures(blueprint, &elements, lang).into_iter();
    let measures =
        measure.map(|(value, words)| Choice { chosen: value == chosen, value, words }).collect();
    let by = panel::places(lang).map(|(by, words)| Choice {
        value: by.code().to_owned(),
        words,
        chosen: by == asked.by,
    });
    let label = |key: &str| Words(lang).say(key);
    Ok(vec![
        ChoiceField { field: "measure", label: label("owner-compare-measure"), choices: measures },
        ChoiceField { field: "by", label: label("owner-compare-by"), choices: by.to_vec() },
    ])
}
