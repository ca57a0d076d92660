//! Reads what was published. What was not released yet is read by [`closing`] alone, which
//! releases it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use relais_analytics::design::Design;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::calendar::Week;
use crate::clock::Instant;
use crate::element::Element;
use crate::error::{DatabaseFailure, Error, Result};
use crate::id::OrganisationId;
use crate::privacy::{HeadsBehind, Place, Unit};
use crate::schema::{atom, cells, channel, element, release, variant};
use crate::survey::{self, Questionnaire};

use super::{Atom, Cells, Published, Release, Version, Window};

pub mod closing;
pub mod comments;
mod flows;
mod gathering;
pub mod numbering;
pub mod recount;
pub mod rulings;
pub mod setting;
pub mod traffic;
pub mod waiting;

pub use flows::flows;

/// Everything that was published of a journey type in a window: see [`frame()`], [`atoms()`] and
/// [`cells()`].
pub async fn published(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    window: &Window,
    visible_at: Option<Instant>,
) -> Result<Published> {
    let frame = frame(connection, organisation, journey_type, window, visible_at).await?;
    let atoms = atoms(connection, organisation, journey_type, &frame.releases).await?;
    let cells = cells(connection, organisation, &atoms, |_| true).await?;
    Ok(Published { atoms, cells, ..frame })
}

/// The releases of a journey type in a window, and what the numbers of their cells mean; no atom
/// and no cell. A team sees a release at once (`visible_at` is `None`); everyone else only those
/// whose time for the teams alone is over at that instant.
pub async fn frame(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    window: &Window,
    visible_at: Option<Instant>,
) -> Result<Published> {
    Ok(Published {
        catalogue: catalogue(connection, organisation, journey_type).await?,
        variants: variants(connection, organisation, journey_type).await?,
        channels: channels(connection, organisation, journey_type).await?,
        versions: versions(connection, organisation, journey_type).await?,
        releases: releases(connection, organisation, journey_type, window, visible_at).await?,
        ..Published::default()
    })
}

async fn releases(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    window: &Window,
    visible_at: Option<Instant>,
) -> Result<Vec<Release>> {
    let mut query = release::Entity::of(organisation)
        .select_only()
        .columns([release::Column::Week, release::Column::PublishedAt, release::Column::OwnersFrom])
        .filter(release::Column::JourneyType.eq(journey_type))
        .order_by_asc(release::Column::Week);
    if let Some(from) = window.from {
        query = query.filter(release::Column::Week.gte(from));
    }
    if let Some(to) = window.to {
        query = query.filter(release::Column::Week.lte(to));
    }
    if let Some(now) = visible_at {
        query = query.filter(release::Column::OwnersFrom.lte(now));
    }
    let rows: Vec<(Week, Instant, Instant)> = query.into_tuple().all(connection).await?;
    Ok(rows
        .into_iter()
        .map(|(week, published_at, owners_from)| Release { week, published_at, owners_from })
        .collect())
}

/// The newest release of a journey type.
pub async fn newest(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Release>> {
    let query = release::Entity::of(organisation)
        .filter(release::Column::JourneyType.eq(journey_type))
        .order_by_desc(release::Column::Week);
    Ok(query.one(connection).await?.map(|row| Release {
        week: row.week,
        published_at: row.published_at,
        owners_from: row.owners_from,
    }))
}

/// The elements of a journey type by their position.
pub async fn catalogue(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<BTreeMap<u16, Element>> {
    let rows =
        element::Entity::of(organisation).filter(element::Column::JourneyType.eq(journey_type));
    let mut elements = BTreeMap::new();
    for row in rows.all(connection).await? {
        let position = u16::try_from(row.position).map_err(|_| damaged("element", row.position))?;
        elements.insert(position, row.code.parse().map_err(|_| damaged("element", &row.code))?);
    }
    Ok(elements)
}

/// The variants of a journey type by their number.
pub async fn variants(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<BTreeMap<i32, Vec<u16>>> {
    let rows =
        variant::Entity::of(organisation).filter(variant::Column::JourneyType.eq(journey_type));
    let mut variants = BTreeMap::new();
    for row in rows.all(connection).await? {
        let elements =
            serde_json::from_str(&row.elements).map_err(|_| damaged("variant", row.number))?;
        variants.insert(row.number, elements);
    }
    Ok(variants)
}

/// The channels of a journey type by their number.
pub async fn channels(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<BTreeMap<u16, String>> {
    let rows =
        channel::Entity::of(organisation).filter(channel::Column::JourneyType.eq(journey_type));
    let mut channels = BTreeMap::new();
    for row in rows.all(connection).await? {
        let number = u16::try_from(row.number).map_err(|_| damaged("channel", row.number))?;
        channels.insert(number, row.code);
    }
    Ok(channels)
}

async fn versions(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<BTreeMap<i32, Version>> {
    let asked = survey::store::versions(connection, organisation, journey_type).await?;
    Ok(asked.iter().map(|questionnaire| (questionnaire.version, version(questionnaire))).collect())
}

fn version(asked: &Questionnaire) -> Version {
    Version {
        design: match asked.design {
            survey::Design::Drawn => Design::Drawn { asked: asked.wording.parts_asked },
            survey::Design::Observed => Design::Observed,
        },
        outcome_range: asked.outcome.range(),
        step_range: asked.item.range(),
        handoff_range: asked.scale(&Element::HandoffOther).range(),
    }
}

/// The atoms of some releases: week by week.
pub async fn atoms(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    releases: &[Release],
) -> Result<Vec<Atom>> {
    let (Some(first), Some(last)) = (releases.first(), releases.last()) else {
        return Ok(Vec::new());
    };
    let rows = atom::Entity::of(organisation)
        .filter(atom::Column::JourneyType.eq(journey_type))
        .filter(atom::Column::Week.between(first.week, last.week))
        .order_by_asc(atom::Column::Week)
        .order_by_asc(atom::Column::Scope)
        .order_by_asc(atom::Column::Place);
    // A site has the same heads for many weeks: each text is read, and kept, once.
    let mut known: HashMap<String, Arc<HeadsBehind>> = HashMap::new();
    let mut atoms = Vec::new();
    for mut row in rows.all(connection).await? {
        // A release in between may still be the teams' alone.
        if releases.binary_search_by_key(&row.week, |release| release.week).is_err() {
            continue;
        }
        let text = std::mem::take(&mut row.behind);
        let behind = match known.get(&text) {
            Some(behind) => behind.clone(),
            None => {
                let behind = serde_json::from_str(&text).map_err(|_| damaged("atom", row.id))?;
                known.entry(text).or_insert(Arc::new(behind)).clone()
            }
        };
        atoms.push(read_atom(row, behind)?);
    }
    Ok(atoms)
}

fn read_atom(row: atom::Model, behind: Arc<HeadsBehind>) -> Result<Atom> {
    let place = match row.scope.as_str() {
        "site" => Place::Site(row.place),
        "region" => Place::Region(row.place),
        "network" => Place::Network,
        other => return Err(damaged("atom", other)),
    };
    let answers = u32::try_from(row.answers).map_err(|_| damaged("atom", row.id))?;
    let journeys = u32::try_from(row.journeys).map_err(|_| damaged("atom", row.id))?;
    let invited =
        row.invited.map(u32::try_from).transpose().map_err(|_| damaged("atom", row.id))?;
    let unit = Unit { release: row.week.0, place, region: row.region, answers, behind };
    Ok(Atom { id: row.id, unit, journeys, invited })
}

/// The cells of the atoms that are chosen, by their place in the list; the others have none.
pub async fn cells(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    atoms: &[Atom],
    chosen: impl Fn(&Atom) -> bool,
) -> Result<Vec<Cells>> {
    let places = atoms.iter().zip(0..).filter(|(atom, _)| chosen(atom));
    let places: BTreeMap<i64, usize> = places.map(|(atom, at)| (atom.id, at)).collect();
    let ids: Vec<i64> = places.keys().copied().collect();
    let mut cells = vec![Cells::default(); atoms.len()];
    for ids in ids.chunks(limit_of_list(connection)) {
        let rows = cells::Entity::of(organisation)
            .select_only()
            .columns([cells::Column::Atom, cells::Column::States])
            .filter(cells::Column::Atom.is_in(ids.iter().copied()))
            .into_tuple::<(i64, Vec<u8>)>();
        for (atom, states) in rows.all(connection).await? {
            let place = places.get(&atom).ok_or_else(|| damaged("cell", atom))?;
            cells[*place] = Cells::stored(states);
        }
    }
    Ok(cells)
}

fn limit_of_list(connection: &impl ConnectionTrait) -> usize {
    crate::db::most_values(connection.get_database_backend()) / 2
}

fn damaged(what: &str, which: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a published {what} is damaged: {which}"))
}

/// Whether a transaction failed only because another one changed the same rows: then it may be
/// tried again.
pub fn is_conflict(failure: &Error) -> bool {
    let Error::Database(failure) = failure else { return false };
    DatabaseFailure::of(failure) == DatabaseFailure::Conflict
}
