//! What customers said of one element lately, for those whose work it is: a small question that needs no fit.

use relais_analytics::cell::FrictionCounts;

use super::read::Why;
use super::request::Question;
use super::{Frictions, beside};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::privacy::store::Settings;
use crate::privacy::{self, Disclosed, Figure, Headcounts, Request, disclose};
use crate::publication::{self, Published};

/// What customers said of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Seam {
    /// Answers to its own item.
    pub answers: u64,
    /// What was ticked, where it is a handoff that was asked by frictions.
    pub frictions: Option<Frictions>,
}

/// What customers said of an element in the question's weeks, or why it is not shown.
pub async fn read(
    db: &Db,
    organisation: i64,
    question: &Question,
    element: &Element,
    now: Instant,
) -> Result<std::result::Result<Disclosed<Seam>, Why>> {
    let connection = db.reader();
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let headcounts = privacy::store::headcounts(connection, organisation).await?;
    let (code, visible_at) = (&question.chain.code, question.eyes.visible_at(now));
    let published = publication::store::published(connection, organisation, code, &question.window, visible_at).await?;
    Ok(seam(question, element, &published, (settings, &headcounts)))
}

fn seam(
    question: &Question,
    element: &Element,
    published: &Published,
    (settings, headcounts): (Settings, &Headcounts),
) -> std::result::Result<Disclosed<Seam>, Why> {
    let said = said(question, element, published);
    let teams = question.chain.team_of_steps();
    let stops = question.chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref()));
    let figures = [Figure { element: element.clone(), answers: said.answers }];
    let request = Request {
        floors: settings.floors,
        audience: question.eyes.audience(),
        pilot: settings.pilot,
        units: &published.units(),
        place: &question.partition,
        against_rest: false,
        teams: &teams,
        figures: &figures,
        missing: &headcounts.missing(stops),
    };
    let passed = disclose(&request, |shown| shown.objection(element).map_or(Ok(said), Err)).map_err(Why::Gate)?;
    passed.transposed().map_err(Why::Hidden)
}

fn said(question: &Question, element: &Element, published: &Published) -> Seam {
    let position = published.catalogue.iter().find(|(_, known)| *known == element).map(|(position, _)| *position);
    let here = published.cells.iter().filter(|cell| published.is_in(cell.atom, &question.partition));
    let (mut answers, mut ticked) = (0_i64, None::<FrictionCounts>);
    for (cell, position) in here.filter_map(|cell| Some((cell, position?))) {
        let variant = published.variants.get(&cell.variant);
        let place = variant.and_then(|known| known.iter().position(|known| *known == position));
        answers += place.map_or(0, |k| cell.state.losses(k).count);
        if let Some(counts) = cell.state.beside().frictions(position) {
            ticked = Some(ticked.map_or(counts, |sum| sum.plus(&counts)));
        }
    }
    let asked = ticked.map_or(0, |counts| counts.asked);
    Seam { answers: u64::try_from(answers.max(asked)).unwrap_or(0), frictions: ticked.and_then(beside::shares) }
}
