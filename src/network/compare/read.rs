//! Reads a comparison: one pass over the cells for all measures, then every place through the gate.

use std::collections::{BTreeMap, BTreeSet};

use super::{By, Comparison, Frame};
use crate::breakdown::attribution::period;
use crate::breakdown::read::Why;
use crate::breakdown::request::{Known, Question};
use crate::breakdown::snapshot::{Snapshot, why};
use crate::chart::ledger::{Counts, Ledger};
use crate::chart::{Kind, Measure};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::privacy::{
    Disclosed, Objection, Place, PlaceFigure, Request, Withheld, disclose, disclose_each,
};
use crate::publication::Published;

/// What somebody asks to see side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Of which service, when.
    pub question: Question,
    /// What is compared.
    pub measure: Measure,
    /// Which places.
    pub by: By,
    /// All of them, so that those of which nothing was released are counted too.
    pub places: Vec<Place>,
}

impl Asked {
    /// The measure at all places of a kind that there are.
    pub fn of(question: Question, measure: Measure, by: By, known: &Known) -> Self {
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

/// What it comes to.
#[derive(Debug)]
pub enum Reading {
    /// The places side by side.
    Shown(Box<Disclosed<Comparison>>),
    /// None of the places may be shown; the reasons with how many each.
    Nobody(Vec<(Text, usize)>),
    /// Nothing of the network may be shown.
    Withheld(Why),
}

/// The ledger of every site and of every region.
#[derive(Clone, PartialEq)]
struct ByPlace;

/// Reads a comparison as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &Asked,
    now: Instant,
) -> Result<Reading> {
    let question = &asked.question;
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let answer = match snapshot.remembered(db, asked) {
        Some(answer) => answer,
        None => {
            let all = |_: &ByPlace, _: &Snapshot, published: &Published| {
                Ledger::of(published, |atom| published.atoms[atom].unit.counts_in())
            };
            let (outline, ledger) =
                (snapshot.outline(db).await?, snapshot.clone().answer(db, ByPlace, all).await?);
            let make = move |asked: &Asked, snapshot: &Snapshot| {
                Ok(compared(asked, snapshot, (&outline, &ledger)))
            };
            snapshot.keep(db, asked.clone(), make).await?
        }
    };
    Ok(match answer.as_ref() {
        Ok(Ok(shown)) => Reading::Shown(Box::new(shown.clone())),
        Ok(Err(hidden)) => Reading::Nobody(hidden.clone()),
        Err(withheld) => {
            Reading::Withheld(why(db, organisation, question, withheld.clone(), now).await?)
        }
    })
}

/// What may be shown of the places, or why none of them may.
type Answer =
    std::result::Result<std::result::Result<Disclosed<Comparison>, Vec<(Text, usize)>>, Withheld>;

fn compared(
    asked: &Asked,
    snapshot: &Snapshot,
    (published, ledger): (&Published, &Ledger<Place>),
) -> Answer {
    let (chain, units) = (&asked.question.chain, published.units());
    // Dates that are kept or not make a funnel; days that are lost, with their long tails, make none.
    let kind = match ledger.kind(&asked.measure) {
        Kind::Days => Kind::Shares,
        kind => kind,
    };
    let missing = snapshot
        .headcounts
        .missing(chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref())));
    let request = Request {
        floors: snapshot.settings.floors,
        audience: asked.question.eyes.audience(),
        pilot: snapshot.settings.pilot,
        units: &units,
        place: &Place::Network,
        against_rest: false,
        teams: &chain.team_of_steps(),
        figures: &[],
        missing: &missing,
    };
    disclose(&request, |_| ())?;
    let figures = figures(asked, ledger, kind);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for (place, passed) in disclose_each(&request, asked.measure.element(), figures) {
        match passed {
            Ok(counts) => shown.push((place, counts)),
            Err(objection) => hidden.push(objection),
        }
    }
    let hidden = counted(hidden);
    let (places, counts): (Vec<Place>, Vec<Disclosed<Counts>>) = shown.into_iter().unzip();
    let frame = Frame {
        chain: chain.clone(),
        measure: asked.measure.clone(),
        kind,
        by: asked.by,
        period: period(published),
        hidden: hidden.clone(),
    };
    let together = Disclosed::together(counts, |counts| {
        Comparison::of(frame, places.into_iter().zip(counts).collect())
    });
    Ok(together.ok_or(hidden))
}

/// What each place would show, in the order of their codes.
fn figures(asked: &Asked, ledger: &Ledger<Place>, kind: Kind) -> Vec<PlaceFigure<Counts>> {
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

/// Each reason with the number of its places, in the order of its words: that of the places would tell them.
fn counted(hidden: Vec<Objection>) -> Vec<(Text, usize)> {
    let mut reasons: BTreeMap<String, (Text, usize)> = BTreeMap::new();
    for objection in hidden {
        let text = objection.text();
        reasons.entry(text.say(Lang::En)).or_insert((text, 0)).1 += 1;
    }
    reasons.into_values().collect()
}
