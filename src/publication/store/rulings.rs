//! Reads what each release may show, or decides it again; searches what it shows.

use std::collections::{BTreeMap, BTreeSet};

use ring::digest::{Context, SHA256};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use crate::blueprint::Blueprint;
use crate::calendar::Week;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Floors, Ruling, Rulings, Search, Unit, by_release};
use crate::publication::recount::{PartsShown, Recount, parts_shown};
use crate::publication::rulings::{decide, presence};
use crate::publication::{Atom, Cells, Published, Release, Window};
use crate::report_cache::Memory;
use crate::schema::release;

/// The rulings about the releases of some atoms, at these minimum sizes.
pub async fn rulings(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    frame: &Published,
    atoms: &[Atom],
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Rulings> {
    let stored = Stored::read(connection, organisation, journey_type, &frame.releases).await?;
    let (mut ruled, mut open) = (Vec::new(), BTreeSet::new());
    for (release, units) in by_release(atoms.iter().map(|atom| &atom.unit)) {
        match stored.ruling(Week(release), &units, floors) {
            Some(ruling) => ruled.push((release, ruling)),
            None => {
                open.insert(release);
            }
        }
    }
    if !open.is_empty() {
        let atoms = atoms.iter().filter(|atom| open.contains(&atom.unit.release));
        let atoms: Vec<Atom> = atoms.cloned().collect();
        let cells = super::cells(connection, organisation, &atoms, |_| true).await?;
        ruled.extend(decide(&Published { atoms, cells, ..frame.clone() }, teams, floors)?);
    }
    Ok(Rulings::of(ruled, teams.clone()))
}

/// A release as it was searched.
#[derive(Clone, Debug)]
pub struct SearchedRelease {
    pub release: Release,
    /// `None` where something can be worked out of too few people.
    pub search: Option<Search>,
    /// What it shows of steps that share a team.
    pub parts: PartsShown,
}

/// Searches the releases of a journey type again, as they are shown; one at a time, so that a long
/// history takes no more memory than a short one. `again` says who shares whom. A release of which
/// nothing at all has changed since `memory` was told of it is not searched anew.
pub async fn search(
    connection: &impl ConnectionTrait,
    memory: &Memory,
    organisation: OrganisationId,
    blueprint: &Blueprint,
    window: &Window,
    floors: Floors,
    again: &Recount,
) -> Result<Vec<SearchedRelease>> {
    let (journey_type, teams) = (blueprint.journey_type.as_str(), blueprint.team_of_steps());
    let mut published = super::frame(connection, organisation, journey_type, window, None).await?;
    let releases = published.releases.clone();
    let stored = Stored::read(connection, organisation, journey_type, &releases).await?;
    let (catalogue, variants) = (&published.catalogue, &published.variants);
    let frame = format!("{catalogue:?} {variants:?} {teams:?} {floors:?}");
    let mut searched = Vec::with_capacity(releases.len());
    for release in &releases {
        let only = std::slice::from_ref(release);
        published.atoms = super::atoms(connection, organisation, journey_type, only).await?;
        if published.atoms.is_empty() {
            continue;
        }
        published.cells =
            super::cells(connection, organisation, &published.atoms, |_| true).await?;
        let ruling = stored.0.get(&release.week).map_or("", String::as_str);
        let again = again.plain_parts(blueprint, release.week);
        let rows = format!("{:?} {again:?}", published.atoms);
        let fingerprint = fingerprint(&[&frame, ruling, &rows], &published.cells);
        let found = match memory.find::<Vec<u8>, ReleaseSearch>(&fingerprint) {
            Some(found) => found,
            None => {
                let presence = presence(&published)?;
                let units: Vec<&Unit> = published.atoms.iter().map(|atom| &atom.unit).collect();
                let matter = presence.matter(&units, &teams, floors);
                let shown = stored.ruling(release.week, &units, floors);
                let shown = shown.unwrap_or_else(|| Ruling::of(&matter));
                let parts = parts_shown(&shown, &matter, &again);
                memory.keep(fingerprint, ReleaseSearch { search: shown.searched(&matter), parts })
            }
        };
        let ReleaseSearch { search, parts } = (*found).clone();
        searched.push(SearchedRelease { release: *release, search, parts });
    }
    Ok(searched)
}

/// What a search of one release found.
#[derive(Clone)]
struct ReleaseSearch {
    search: Option<Search>,
    parts: PartsShown,
}

/// Of everything that a search is made from: where one byte of it differs, it is another.
fn fingerprint(texts: &[&str], cells: &[Cells]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    let cells = cells.iter().map(Cells::bytes);
    for part in texts.iter().map(|text| text.as_bytes()).chain(cells) {
        context.update(&part.len().to_le_bytes());
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

/// The texts of rulings, as they were stored when their releases were made.
struct Stored(BTreeMap<Week, String>);

impl Stored {
    async fn read(
        connection: &impl ConnectionTrait,
        organisation: OrganisationId,
        journey_type: &str,
        releases: &[Release],
    ) -> Result<Self> {
        let (Some(first), Some(last)) = (releases.first(), releases.last()) else {
            return Ok(Self(BTreeMap::new()));
        };
        let query = release::Entity::of(organisation)
            .select_only()
            .columns([release::Column::Week, release::Column::Ruling])
            .filter(release::Column::JourneyType.eq(journey_type))
            .filter(release::Column::Week.between(first.week, last.week))
            .filter(release::Column::Ruling.is_not_null());
        Ok(Self(query.into_tuple::<(Week, String)>().all(connection).await?.into_iter().collect()))
    }

    /// The ruling of a release, where there is one at these minimum sizes.
    fn ruling(&self, week: Week, units: &[&Unit], floors: Floors) -> Option<Ruling> {
        let ruling = Ruling::decode(self.0.get(&week)?, units, floors);
        ruling.filter(|ruling| ruling.heads == floors.heads())
    }
}

#[cfg(test)]
mod tests {
    use crate::publication::store::rulings::*;

    #[test]
    fn one_byte_that_differs_or_moved_is_another_release() {
        let cells = |bytes: &[u8]| Cells::stored(bytes.to_vec());
        let of = |texts: &[&str], states: &[&[u8]]| {
            fingerprint(texts, &states.iter().map(|bytes| cells(bytes)).collect::<Vec<_>>())
        };
        let one = of(&["a", "b"], &[&[1, 2], &[3]]);
        assert_eq!(one, of(&["a", "b"], &[&[1, 2], &[3]]));
        for other in [
            of(&["ab", ""], &[&[1, 2], &[3]]),
            of(&["a", "b"], &[&[1], &[2, 3]]),
            of(&["a", "b"], &[&[1, 2], &[4]]),
        ] {
            assert_ne!(one, other);
        }
    }
}
