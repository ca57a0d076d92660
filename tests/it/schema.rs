//! The schema folder cannot drift from the migrations, and no table knows a person who works at the organisation.

use std::collections::{BTreeMap, BTreeSet};

use relais::guarantee::store::catalogue;
use relais::schema::agreed::{ACCESS, CATALOGUE, LINKS};
use sea_orm::EntityTrait;

use crate::support::{World, both, with_every_table};

macro_rules! read_each {
    ($db:expr, $($table:ident),+ $(,)?) => {$(
        let rows = relais::schema::$table::Entity::find().all($db).await;
        assert!(rows.is_ok(), "{}: {rows:?}", stringify!($table));
    )+};
}

async fn every_entity_reads(world: World) {
    with_every_table!(read_each, world.app.db.reader());
    read_each!(world.app.db.reader(), access_entry);
}

async fn the_catalogue_is_the_one_that_was_agreed(world: World) {
    let live = catalogue::read(world.app.db.reader()).await.expect("the catalogue");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for column in live.columns {
        found.entry(column.table).or_default().insert(column.name);
    }
    let agreed: BTreeMap<String, BTreeSet<String>> = CATALOGUE
        .iter()
        .map(|(table, columns)| ((*table).to_owned(), columns.split(' ').map(str::to_owned).collect()))
        .collect();
    assert_eq!(found, agreed);
    let agreed: BTreeSet<_> = LINKS.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(live.links, agreed);
    assert!(live.programs.is_empty(), "views or triggers: {:?}", live.programs);
}

#[test]
fn nothing_measured_is_linked_to_an_account() {
    for (from, to) in LINKS {
        let inside = ACCESS.contains(from) && (ACCESS.contains(to) || matches!(*to, "team" | "organisation"));
        assert!(inside || !ACCESS.contains(from) && !ACCESS.contains(to), "{from} points at {to}");
    }
    for (table, columns) in CATALOGUE.iter().filter(|(table, _)| !ACCESS.contains(table)) {
        assert!(!columns.split(' ').any(|column| column == "account"), "{table} knows an account");
    }
}

both!(every_entity_reads, the_catalogue_is_the_one_that_was_agreed);
