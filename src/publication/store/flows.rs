//! The stored flows, and the numbers of the steps and paths that they are about.

use std::collections::BTreeMap;

use relais_analytics::Flow;
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::publication::Atom;
use crate::publication::flows::Flows;
use crate::publication::path_numbers::{Additions, PathNumbers};
use crate::schema::{flow, flow_path, flow_step};

/// The flows of the atoms that are chosen, by their place in the list: those of
/// [`Published`](crate::publication::Published), as far as the reader may see them. The others
/// have none.
pub async fn flows(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    atoms: &[Atom],
    chosen: impl Fn(&Atom) -> bool,
) -> Result<Flows> {
    let places = atoms.iter().zip(0..).filter(|(atom, _)| chosen(atom));
    let places: BTreeMap<i64, usize> = places.map(|(atom, place)| (atom.id, place)).collect();
    let mut flows = Flows {
        steps: steps(connection, organisation, journey_type).await?,
        paths: paths(connection, organisation, journey_type).await?,
        states: vec![None; atoms.len()],
    };
    let ids: Vec<i64> = places.keys().copied().collect();
    for ids in ids.chunks(super::limit_of_list(connection)) {
        let rows = flow::Entity::of(organisation)
            .select_only()
            .columns([flow::Column::Atom, flow::Column::State])
            .filter(flow::Column::Atom.is_in(ids.iter().copied()))
            .into_tuple::<(i64, Vec<u8>)>();
        for (atom, state) in rows.all(connection).await? {
            let place = places.get(&atom).ok_or_else(|| super::damaged("flow", atom))?;
            flows.states[*place] = Some(state);
        }
    }
    Ok(flows)
}

/// The numbers as they are stored.
pub(super) async fn path_numbers(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<PathNumbers> {
    let steps = steps(connection, organisation, journey_type).await?;
    Ok(PathNumbers::known(steps, paths(connection, organisation, journey_type).await?))
}

async fn steps(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<String>> {
    let rows = flow_step::Entity::of(organisation)
        .filter(flow_step::Column::JourneyType.eq(journey_type))
        .order_by_asc(flow_step::Column::Number);
    in_order(rows.all(connection).await?.into_iter().map(|row| (row.number, row.code)))
}

async fn paths(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<Vec<u16>>> {
    let rows = flow_path::Entity::of(organisation)
        .filter(flow_path::Column::JourneyType.eq(journey_type))
        .order_by_asc(flow_path::Column::Number);
    let steps =
        in_order(rows.all(connection).await?.into_iter().map(|row| (row.number, row.steps)))?;
    let paths = steps
        .into_iter()
        .map(|steps| serde_json::from_str(&steps).map_err(|_| super::damaged("path", steps)));
    paths.collect()
}

/// Numbers are places: a row that is missing would give all that follow another meaning.
fn in_order<T>(rows: impl Iterator<Item = (i32, T)>) -> Result<Vec<T>> {
    let mut things = Vec::new();
    for (number, thing) in rows {
        if usize::try_from(number) != Ok(things.len()) {
            return Err(super::damaged("number", number));
        }
        things.push(thing);
    }
    Ok(things)
}

/// Stores the numbers that are new.
pub(super) async fn save_path_numbers(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    added: Additions,
) -> Result<()> {
    let steps = added.steps.into_iter().map(|(number, code)| flow_step::Model {
        organisation_id: organisation,
        journey_type: journey_type.to_owned(),
        number: i32::from(number),
        code,
    });
    let paths = added.paths.into_iter().map(|(number, steps)| {
        let steps = serde_json::to_string(&steps)
            .map_err(|failure| Error::Internal(failure.to_string()))?;
        Ok(flow_path::Model {
            organisation_id: organisation,
            journey_type: journey_type.to_owned(),
            number: i32::from(number),
            steps,
        })
    });
    db::insert_all(tx, steps).await?;
    db::insert_all(tx, paths.collect::<Result<Vec<_>>>()?).await
}

/// Stores the flow of each atom; one of an atom without any event is empty, and there all the
/// same.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    atoms: &[i64],
    flows: &FxHashMap<i64, Flow>,
) -> Result<()> {
    let rows = atoms.iter().map(|atom| flow::Model {
        organisation_id: organisation,
        atom: *atom,
        state: flows.get(atom).map_or_else(|| Flow::default().encode(), Flow::encode),
    });
    db::insert_all(tx, rows).await
}
