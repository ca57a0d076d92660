//! Reads what each release may show, or decides it again; searches what it shows.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use crate::calendar::Week;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Floors, Matter, Ruling, Rulings, Search, Unit};
use crate::publication::rulings::{by_release, decide, presence};
use crate::publication::{Atom, Published, Window};

/// The rulings about the releases of some atoms, at these minimum sizes.
pub async fn rulings(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    frame: &Published,
    atoms: &[Atom],
    teams: &BTreeMap<String, String>,
    floors: Floors,
) -> Result<Rulings> {
    let (mut stored, mut open) = (Vec::new(), Vec::new());
    for (release, atoms) in by_release(atoms) {
        let units: Vec<&Unit> = atoms.iter().map(|atom| &atom.unit).collect();
        let known = frame.releases.iter().find(|known| known.week.0 == release);
        let ruling = known
            .and_then(|known| Ruling::decode(known.ruling.as_deref()?, &units, floors))
            .filter(|ruling| ruling.heads == floors.heads());
        match ruling {
            Some(ruling) => stored.push((release, ruling)),
            None => open.extend(atoms.into_iter().cloned()),
        }
    }
    let cells = super::cells(connection, organisation, &open, |_| true).await?;
    let decided = decide(&Published { atoms: open, cells, ..frame.clone() }, teams, floors)?;
    Ok(Rulings::of(stored.into_iter().chain(decided), teams.clone()))
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
    let frame = super::frame(connection, organisation, journey_type, &everything, None).await?;
    let mut searched = Vec::with_capacity(frame.releases.len());
    for release in frame.releases.clone() {
        let only = std::slice::from_ref(&release);
        let atoms = super::atoms(connection, organisation, journey_type, only).await?;
        if atoms.is_empty() {
            continue;
        }
        let shown = rulings(connection, organisation, &frame, &atoms, teams, floors).await?;
        let cells = super::cells(connection, organisation, &atoms, |_| true).await?;
        let published = Published { atoms, cells, ..frame.clone() };
        let presence = presence(&published)?;
        let units: Vec<&Unit> = published.atoms.iter().map(|atom| &atom.unit).collect();
        let (elements, parts) = (&presence.elements, &presence.parts);
        let matter = Matter { units: &units, elements, parts, teams, floors };
        searched.push((release.week, shown.searched(release.week.0, &matter)));
    }
    Ok(searched)
}
