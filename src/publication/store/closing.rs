//! Closes one week in one transaction: decides the atoms, sums their rows, marks them, stores the
//! sums.

use std::collections::BTreeMap;
use std::sync::Arc;

use relais_analytics::cell::{Cell, Population};
use rustc_hash::FxHashMap;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder};

use crate::calendar::Week;
use crate::clock::Instant;
use crate::db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::jobs;
use crate::limits;
use crate::privacy::{Place, Ruling, Unit, embargo};
use crate::publication::atoms::{self, NewAtom, PACE, SiteQueue};
use crate::publication::catalogue::Catalogue;
use crate::publication::cells::Cells;
use crate::publication::rulings::Presence;
use crate::publication::sharing::Volumes;
use crate::publication::tally::{Key, Tally};
use crate::publication::{Release, comments};
use crate::schema::{atom, cells, release};

use super::gathering::{Journeys, gather};
use super::setting::{self, Setting};
use super::waiting::{self, Origin, Table, Waiting};

/// The week after the last closed one; before the first release, the first week that has anything.
pub async fn next_week(
    connection: &impl ConnectionTrait,
    setting: &Setting,
) -> Result<Option<Week>> {
    let last = releases(setting).order_by_desc(release::Column::Week).one(connection).await?;
    if let Some(last) = last {
        return Ok(Some(last.week.next()));
    }
    let earliest =
        waiting::earliest(connection, setting.organisation, &setting.blueprint.journey_type)
            .await?;
    Ok(earliest.map(|instant| setting.zone.week(instant)))
}

fn releases(setting: &Setting) -> sea_orm::Select<release::Entity> {
    release::Entity::of(setting.organisation)
        .filter(release::Column::JourneyType.eq(&setting.blueprint.journey_type))
}

/// What a week's close released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Atoms.
    pub atoms: u64,
    /// Answers in them.
    pub answers: u64,
    /// Journeys in them.
    pub journeys: u64,
    /// Answers that wait for a later week.
    pub waiting: u64,
}

/// Closes a week that is over; the numbers of elements and variants go in and come out, because
/// the next week needs them. `None` when somebody else has closed it.
pub async fn close(
    tx: &DatabaseTransaction,
    setting: Arc<Setting>,
    week: Week,
    mut catalogue: Catalogue,
    now: Instant,
) -> Result<Option<(Closed, Catalogue)>> {
    waiting::one_state(tx).await?;
    let before = past(tx, &setting, week).await?;
    if before.closed {
        return Ok(None);
    }
    let (origin, waits) = waiting_at(tx, &setting, week, &before).await?;
    let mut forming = atoms::form(week, &waits, setting.floors, setting.central_only);
    let mut tally = Tally::new(
        &setting.blueprint,
        &setting.zone,
        &setting.questionnaires,
        &setting.usual_times,
        catalogue,
    );
    let mut closed = Closed {
        waiting: waits.iter().map(|here| u64::from(here.answers + here.others)).sum(),
        ..Closed::default()
    };
    let days = embargo::days(&setting.alone, setting.zone.week_start(week), now);
    let keys: Vec<i64> = forming.iter().map(|atom| key_of(&setting, week, &atom.place)).collect();
    let gathered = gather(tx, setting.due(week, origin), &forming, &keys, &mut tally).await?;
    let elements = tally.catalogue.elements();
    for atom in forming.iter_mut().filter(|atom| atom.sites.len() > 1) {
        let sites = waits.iter().filter(|here| atom.sites.contains(&here.site));
        let sites: Vec<_> = sites.map(|here| (here.site.as_deref(), &here.behind)).collect();
        atom.behind = gathered.met.behind(&sites, &elements, setting.floors);
    }
    let ruling = ruling(&setting, week, &forming, &keys, &tally);
    let release = Release { week, published_at: now, owners_from: now + i64::from(days) * 86_400 };
    let mut rows = Vec::with_capacity(forming.len());
    for ((atom, key), journeys) in forming.iter().zip(&keys).zip(gathered.journeys) {
        rows.push(atom_row(&setting, release, atom, *key, journeys)?);
        closed.atoms += 1;
        closed.answers += u64::from(atom.answers);
        closed.waiting -= u64::from(atom.answers);
        closed.journeys += journeys.all;
    }
    db::insert_all(tx, rows).await?;
    catalogue = tally.catalogue;
    super::numbering::save(
        tx,
        setting.organisation,
        &setting.blueprint.journey_type,
        &mut catalogue,
    )
    .await?;
    super::flows::save(tx, setting.organisation, &keys, &tally.flows).await?;
    let cells = cells_rows(setting.organisation, &keys, &tally.cells, &tally.populations);
    db::insert_all(tx, cells).await?;
    let row = release_row(&setting, release, &waits, &forming, &before)?;
    let ruling = Some(ruling.encode().map_err(|failure| internal(&failure))?);
    db::insert_all(tx, [release::Model { ruling, ..row }]).await?;
    if closed.answers > 0 {
        let job = comments::job(setting.organisation, &setting.blueprint.journey_type, week.0, now);
        jobs::enqueue(tx, vec![job]).await?;
    }
    Ok(Some((closed, catalogue)))
}

/// What the releases before a week say of the sites.
#[derive(Debug, Default)]
struct Past {
    /// Whether the week itself is closed.
    closed: bool,
    /// By site, answers that came in each of the last weeks since it is known.
    came: BTreeMap<String, Vec<u32>>,
    /// By site, answers that the last release left waiting.
    left: BTreeMap<String, u32>,
}

async fn past(tx: &DatabaseTransaction, setting: &Setting, week: Week) -> Result<Past> {
    let first = Week(week.0 - i32::try_from(PACE).unwrap_or(0));
    let rows = releases(setting)
        .filter(release::Column::Week.between(first, week))
        .order_by_asc(release::Column::Week)
        .all(tx)
        .await?;
    let mut past = Past { closed: rows.iter().any(|row| row.week == week), ..Past::default() };
    for row in rows {
        let sites: BTreeMap<String, (u32, u32)> = serde_json::from_str(&row.sites)
            .map_err(|_| super::damaged("release", row.week.monday()))?;
        past.left = sites.iter().map(|(site, (_, left))| (site.clone(), *left)).collect();
        for (site, (came, _)) in sites {
            past.came.entry(site).or_default().push(came);
        }
    }
    Ok(past)
}

async fn waiting_at(
    tx: &DatabaseTransaction,
    setting: &Setting,
    week: Week,
    past: &Past,
) -> Result<(Origin, Vec<SiteQueue>)> {
    let due = setting.due(week, Origin::Asked);
    let asked = waiting::counts(tx, due, Table::Response).await?;
    let imported = setting.due(week, Origin::Imported);
    let imported = waiting::counts(tx, imported, Table::Response).await?;
    // Of whom more wait: they are gone then, and next week it is the turn of the others.
    let origin = if all_of(&asked) >= all_of(&imported) { Origin::Asked } else { Origin::Imported };
    let (answers, mut others) = match origin {
        Origin::Asked => (asked, imported),
        Origin::Imported => (imported, asked),
    };
    let absent = others.keys().filter(|site| !answers.contains_key(*site));
    let absent: Vec<_> = absent.map(|site| (site.clone(), Waiting::default())).collect();
    let mut journeys = waiting::counts(tx, due, Table::Journey).await?;
    let volumes = if setting.shares_a_team() {
        setting::volumes(tx, setting.organisation, (due.end - limits::VOLUME, due.end)).await?
    } else {
        Volumes::new()
    };
    let waits = answers.into_iter().chain(absent).map(|(site, answers)| {
        let known = site.as_ref();
        let journeys = journeys.remove(&site).unwrap_or_default();
        let since = answers.since.min(journeys.since);
        SiteQueue {
            region: known.and_then(|site| setting.sites.get(site).cloned().flatten()),
            answers: answers.count,
            others: others.remove(&site).unwrap_or_default().count,
            journeys: journeys.count,
            pace: known.and_then(|site| past.came.get(site).cloned()).unwrap_or_default(),
            behind: setting.behind(site.as_deref(), (since, due.end), &volumes),
            site,
        }
    });
    Ok((origin, waits.collect()))
}

fn all_of(waiting: &BTreeMap<Option<String>, Waiting>) -> u64 {
    waiting.values().map(|waiting| u64::from(waiting.count)).sum()
}

fn key_of(setting: &Setting, week: Week, place: &Place) -> i64 {
    let (organisation, week) = (setting.organisation.to_string(), week.0.to_string());
    crate::id::of_key(&[
        "atom",
        &organisation,
        &setting.blueprint.journey_type,
        &week,
        &place.to_string(),
    ])
}

fn atom_row(
    setting: &Setting,
    release: Release,
    atom: &NewAtom,
    id: i64,
    journeys: Journeys,
) -> Result<atom::Model> {
    let (scope, place) = match &atom.place {
        Place::Site(site) => ("site", site.clone()),
        Place::Region(region) => ("region", region.clone()),
        Place::Network => ("network", String::new()),
    };
    Ok(atom::Model {
        organisation_id: setting.organisation,
        id,
        journey_type: setting.blueprint.journey_type.clone(),
        week: release.week,
        scope: scope.to_owned(),
        place,
        region: atom.region.clone(),
        behind: json(&atom.behind)?,
        answers: small(atom.answers),
        journeys: small(journeys.all),
        invited: journeys.invited.map(small),
        heads: small(atom.behind.heads(setting.central_only)),
        published_at: release.published_at,
        owners_from: release.owners_from,
    })
}

/// What the release may show.
fn ruling(
    setting: &Setting,
    week: Week,
    forming: &[NewAtom],
    keys: &[i64],
    tally: &Tally<'_>,
) -> Ruling {
    let units: Vec<Unit> = forming
        .iter()
        .map(|atom| Unit {
            release: week.0,
            place: atom.place.clone(),
            region: atom.region.clone(),
            answers: atom.answers,
            behind: atom.behind.clone().into(),
        })
        .collect();
    let (elements, variants) = (tally.catalogue.elements(), tally.catalogue.variants());
    let mut presence = Presence::of(&elements, &variants, units.len());
    let places: FxHashMap<i64, usize> = keys.iter().copied().zip(0..).collect();
    for (key, cell) in &tally.populations {
        presence.journeys(places[&key.atom], key.variant, cell);
    }
    for (key, cell) in &tally.cells {
        presence.answers(places[&key.atom], key.variant, cell);
    }
    let units: Vec<&Unit> = units.iter().collect();
    let teams = setting.blueprint.team_of_steps();
    Ruling::of(&presence.matter(&units, &teams, setting.floors))
}

/// The cells of each atom, the lowest key first.
fn cells_rows(
    organisation: OrganisationId,
    atoms: &[i64],
    answers: &FxHashMap<Key, Cell>,
    journeys: &FxHashMap<Key, Population>,
) -> Vec<cells::Model> {
    let answers = answers.iter().map(|(key, cell)| (*key, cell.encode()));
    let journeys = journeys.iter().map(|(key, population)| (*key, population.encode()));
    let mut states: Vec<(Key, Vec<u8>)> = answers.chain(journeys).collect();
    states.sort_unstable_by_key(|(key, _)| *key);
    let mut of_atoms: FxHashMap<i64, Cells> =
        atoms.iter().map(|atom| (*atom, Cells::default())).collect();
    for (key, state) in states {
        of_atoms
            .entry(key.atom)
            .or_default()
            .push((key.variant, version(key), key.replicate), &state);
    }
    let rows = of_atoms.into_iter().map(|(atom, cells)| cells::Model {
        organisation_id: organisation,
        atom,
        states: cells.into_bytes(),
    });
    rows.collect()
}

/// As it is stored: see [`Cells`].
fn version(key: Key) -> i32 {
    if key.is_timed { key.version } else { -key.version }
}

fn release_row(
    setting: &Setting,
    release: Release,
    waits: &[SiteQueue],
    forming: &[NewAtom],
    past: &Past,
) -> Result<release::Model> {
    // Every site that was ever heard of stays in the list: a week without answers is known, too.
    let mut sites: BTreeMap<&str, (u32, u32)> =
        past.came.keys().map(|site| (site.as_str(), (0, 0))).collect();
    for here in waits {
        if let Some(site) = here.site.as_deref() {
            let all = here.answers + here.others;
            let came = all.saturating_sub(past.left.get(site).copied().unwrap_or(0));
            let released = forming.iter().any(|atom| atom.sites.contains(&here.site));
            sites.insert(site, (came, if released { here.others } else { all }));
        }
    }
    Ok(release::Model {
        organisation_id: setting.organisation,
        journey_type: setting.blueprint.journey_type.clone(),
        week: release.week,
        published_at: release.published_at,
        owners_from: release.owners_from,
        sites: json(&sites)?,
        ruling: None,
    })
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|failure| internal(&failure))
}

fn internal(failure: &serde_json::Error) -> Error {
    Error::Internal(failure.to_string())
}

fn small(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
