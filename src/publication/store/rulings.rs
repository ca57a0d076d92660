//! Reads what each release may show, or decides it again; searches what it shows.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use crate::calendar::Week;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Floors, Ruling, Rulings, Search, Unit, by_release};
use crate::publication::rulings::{decide, presence};
use crate::publication::{Atom, Published, Release, Window};
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

/// Searches every release of a journey type again, as it is shown; one at a time, so that a long
/// history takes no more memory than a short one. `None` is a release that opens something.
pub async fn search(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Vec<(Week, Option<Search>)>> {
    let everything = Window::default();
    let mut published =
        super::frame(connection, organisation, journey_type, &everything, None).await?;
    let releases = published.releases.clone();
    let stored = Stored::read(connection, organisation, journey_type, &releases).await?;
    let mut searched = Vec::with_capacity(releases.len());
    for release in &releases {
        let only = std::slice::from_ref(release);
        published.atoms = super::atoms(connection, organisation, journey_type, only).await?;
        if published.atoms.is_empty() {
            continue;
        }
        published.cells =
            super::cells(connection, organisation, &published.atoms, |_| true).await?;
        let presence = presence(&published)?;
        let units: Vec<&Unit> = published.atoms.iter().map(|atom| &atom.unit).collect();
        let matter = presence.matter(&units, teams, floors);
        let shown = stored.ruling(release.week, &units, floors);
        let shown = shown.unwrap_or_else(|| Ruling::of(&matter));
        searched.push((release.week, shown.searched(&matter)));
    }
    Ok(searched)
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
