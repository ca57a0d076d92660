//! Reads a comparison: one pass over the cells for all measures, then every place through the gate.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{By, Comparison, Frame};
use crate::breakdown::attribution::period;
use crate::breakdown::disclosure::{Gate, Reading};
use crate::breakdown::request::{Catalogue, Question};
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::chart::ledger::{Counts, Ledger};
use crate::chart::{Kind, Measure};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, NotShown, Place, PlaceFigure};
use crate::publication::Published;

/// What somebody asks to see side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonQuestion {
    /// Of which service, when.
    pub question: Question,
    /// What is compared.
    pub measure: Measure,
    /// Which places.
    pub by: By,
    /// All of them, so that those of which nothing was released are counted too.
    pub places: Vec<Place>,
}

impl ComparisonQuestion {
    /// The measure at all places of a kind that there are.
    pub fn of(question: Question, measure: Measure, by: By, known: &Catalogue) -> Self {
        let sites = known.sites.iter();
        let places: BTreeSet<Place> = match by {
            By::Sites => sites.map(|site| Place::Site(site.code.clone())).collect(),
            By::Regions => {
                sites.filter_map(|site| site.region.clone()).map(Place::Region).collect()
            }
        };
        Self { question, measure, by, places: places.into_iter().collect() }
    }
}

/// The ledger of every site and of every region.
#[derive(Clone, PartialEq)]
struct ByPlace;

/// Reads a comparison as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &ComparisonQuestion,
    now: Instant,
) -> Result<Reading<Comparison>> {
    let question = &asked.question;
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let answer: Arc<Reading<Comparison>> = match snapshot.remembered(db, asked) {
        Some(answer) => answer,
        None => {
            let all = |_: &ByPlace, _: &Snapshot, published: &Published| {
                Ledger::of(published, |atom| published.atoms[atom].unit.counts_in())
            };
            let (outline, ledger) =
                (snapshot.outline(db).await?, snapshot.clone().answer(db, ByPlace, all).await?);
            let make = move |asked: &ComparisonQuestion, snapshot: &Snapshot| {
                Ok(compared(asked, &outline, &ledger, &snapshot.gate(&asked.question)))
            };
            snapshot.keep(db, asked.clone(), make).await?
        }
    };
    teams_first(db, organisation, question, answer.as_ref().clone(), now).await
}

/// What may be shown of the places, which may be none of them; or why nothing of the network may.
fn compared(
    asked: &ComparisonQuestion,
    published: &Published,
    ledger: &Ledger<Place>,
    gate: &Gate,
) -> Reading<Comparison> {
    let units = published.units();
    // Dates that are kept or not make a funnel; days that are lost, with their long tails, make
    // none.
    let kind = match ledger.kind(&asked.measure) {
        Kind::Days => Kind::Shares,
        kind => kind,
    };
    let network = gate.whole(&units, &Place::Network, || ())?;
    let (mut places, mut shown, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
    for (place, figure) in gate.each(&units, &asked.measure.subject(), figures(asked, ledger, kind))
    {
        match figure {
            Ok(counts) => {
                places.push(place);
                shown.push(counts);
            }
            Err(why) => hidden.push(why),
        }
    }
    let frame = Frame {
        blueprint: asked.question.blueprint.clone(),
        measure: asked.measure.clone(),
        kind,
        by: asked.by,
        period: period(published),
        hidden: counted(hidden),
    };
    let counts = Disclosed::together(shown, |counts| counts);
    Ok(match counts {
        Some(counts) => {
            counts.map(|counts| Comparison::of(frame, places.into_iter().zip(counts).collect()))
        }
        None => network.map(|()| Comparison::of(frame, Vec::new())),
    })
}

/// What each place would show, in the order of their codes.
fn figures(
    asked: &ComparisonQuestion,
    ledger: &Ledger<Place>,
    kind: Kind,
) -> Vec<PlaceFigure<Counts>> {
    let by = |place: &&Place| match asked.by {
        By::Sites => matches!(place, Place::Site(_)),
        By::Regions => matches!(place, Place::Region(_)),
    };
    let all: BTreeSet<&Place> = asked.places.iter().chain(ledger.keys().filter(by)).collect();
    let own = |place: &Place| {
        let content = ledger.counts(&asked.measure, kind, std::slice::from_ref(place));
        PlaceFigure { place: place.clone(), answers: content.count as u64, content }
    };
    all.into_iter().map(own).collect()
}

/// Each reason with the number of its places, in the order of its words: that of the places would
/// tell them.
fn counted(hidden: Vec<NotShown>) -> Vec<(NotShown, usize)> {
    let mut reasons: BTreeMap<String, (NotShown, usize)> = BTreeMap::new();
    for why in hidden {
        reasons.entry(why.say(Lang::En)).or_insert((why, 0)).1 += 1;
    }
    reasons.into_values().collect()
}
