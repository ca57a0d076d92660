//! The schema folder cannot drift from the migrations, and no table knows a person who works at the
//! organisation.

use std::collections::{BTreeMap, BTreeSet};

use relais::calendar::Week;
use relais::db::Db;
use relais::guarantee::store::catalogue;
use relais::i18n::Lang;
use relais::publication::{AnswerCell, Cells, PopulationCell, Published};
use relais::schema::allow_list::{ACCESS, CATALOGUE, LINKS};
use relais::schema::{account, asking_rule, contact_date, faded_week, feed_day, import_note};
use relais::team::Role;
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DbBackend, EntityTrait, QueryOrder};

use crate::support::{World, both, postgres, with_every_table};

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
        .map(|(table, columns)| {
            ((*table).to_owned(), columns.split(' ').map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(found, agreed);
    let agreed: BTreeSet<_> =
        LINKS.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(live.links, agreed);
    assert!(live.programs.is_empty(), "views or triggers: {:?}", live.programs);
}

#[test]
fn nothing_measured_is_linked_to_an_account() {
    for (from, to) in LINKS {
        let inside = ACCESS.contains(from)
            && (ACCESS.contains(to) || matches!(*to, "team" | "organisation"));
        assert!(inside || !ACCESS.contains(from) && !ACCESS.contains(to), "{from} points at {to}");
    }
    for (table, columns) in CATALOGUE.iter().filter(|(table, _)| !ACCESS.contains(table)) {
        assert!(!columns.split(' ').any(|column| column == "account"), "{table} knows an account");
    }
}

/// The cells of an organisation that was founded before they stood in one row an atom are those
/// that were published.
async fn gathered(url: String) {
    let db = Database::connect(url).await.expect("a database");
    Migrator::up(&db, Some(14)).await.expect("the schema before");
    let (mut cell, mut all) = (Cell::new(2), Population::new());
    cell.add(&Row { outcome: Some(2), lateness: 0, items: &[Some(1), None], time: &[] })
        .expect("in range");
    all.add(&Journey { lateness: 90, time: &[(4, 90, 0)], ..Journey::default() });
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (quote, [cell_hex, all_hex]) = (
        if db.get_database_backend() == DbBackend::Postgres { "'\\x" } else { "x'" },
        [hex(cell.encode()), hex(all.encode())],
    );
    let atom = "INSERT INTO atom (organisation_id, id, journey_type, week, scope, place, behind, answers, journeys, heads, \
                published_at, owners_from) VALUES";
    for sql in [
        "INSERT INTO organisation (id, code, name, time_zone, stage, pilot_until, minimum_answers, minimum_heads, \
         embargo_days, created_at) VALUES (1, 'house', 'House', 'Europe/Paris', 'running', 0, 10, 8, 7, 0)"
            .to_owned(),
        format!("{atom} (1, 7, 'repair', 2900, 'site', 'S1', '{{}}', 12, 18, 20, 0, 0)"),
        format!("{atom} (1, 8, 'repair', 2901, 'site', 'S1', '{{}}', 0, 0, 20, 0, 0)"),
        format!("INSERT INTO cell VALUES (1, 7, 3, 1, 8701, {quote}{cell_hex}')"),
        format!("INSERT INTO cell VALUES (1, 7, 3, 0, 8700, {quote}{all_hex}')"),
    ] {
        db.execute_unprepared(&sql).await.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    }
    Migrator::up(&db, None).await.expect("the newest schema");
    let rows = relais::schema::cells::Entity::find()
        .order_by_asc(relais::schema::cells::Column::Atom)
        .all(&db)
        .await;
    let cells: Vec<Cells> =
        rows.expect("rows").into_iter().map(|row| Cells::stored(row.states)).collect();
    let published = Published { cells, ..Published::default() };
    let answers: Vec<_> = published.answers(|_| true).map(|cell| cell.expect("a cell")).collect();
    assert_eq!(
        answers,
        [AnswerCell {
            atom: 0,
            variant: 3,
            version: 1,
            is_timed: true,
            replicate: 8701,
            state: cell
        }]
    );
    let journeys: Vec<_> = published.journeys(|_| true).map(|cell| cell.expect("a cell")).collect();
    assert_eq!(journeys, [PopulationCell { atom: 0, variant: 3, replicate: 8700, state: all }]);
    assert_eq!(
        published.cells.len(),
        2,
        "an atom without answers or journeys has a row all the same"
    );
}

#[tokio::test]
async fn older_cells_are_gathered_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    gathered(format!("{}?mode=rwc", Db::url_inside(folder.path()))).await;
}

#[tokio::test]
async fn older_cells_are_gathered_on_postgres() {
    gathered(postgres().new_database()).await;
}

/// What stood in tables of older names stands in those of the new ones, there and back.
async fn renamed(url: String) {
    let db = Database::connect(url).await.expect("a database");
    Migrator::up(&db, Some(15)).await.expect("the schema before");
    for sql in [
        "INSERT INTO organisation (id, code, name, time_zone, stage, pilot_until, minimum_answers, \
         minimum_heads, embargo_days, created_at) \
         VALUES (1, 'house', 'House', 'Europe/Paris', 'running', 0, 10, 8, 7, 0)",
        "INSERT INTO account (organisation_id, id, email, role, locale, disabled, created_at, letters) \
         VALUES (1, 1, 'a@example.org', 'owner', 'fr', FALSE, 0, FALSE)",
        "INSERT INTO asking VALUES (1, 'repair', 40, 24, 20, 8, 7, 90, 30)",
        "INSERT INTO fed (organisation_id, journey_type, step, day, events, promised, timed) \
         VALUES (1, 'repair', 'WORK', 20000, 5, 2, 3)",
        "INSERT INTO faded (organisation_id, journey_type, week) VALUES (1, 'repair', 2900)",
        "INSERT INTO contacted (organisation_id, address_key, at) VALUES (1, '', 7)",
        "INSERT INTO intake (organisation_id, id, at, kind, journey_type, report) \
         VALUES (1, 3, 8, 'events', 'repair', '{}')",
    ] {
        db.execute_unprepared(sql).await.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
    }
    Migrator::up(&db, None).await.expect("the newest schema");
    Migrator::down(&db, Some(1)).await.expect("the schema before");
    Migrator::up(&db, None).await.expect("the newest schema again");
    let holder = account::Entity::find().one(&db).await.expect("an account").expect("an account");
    assert_eq!((holder.mails, holder.role, holder.locale), (false, Role::ProcessOwner, Lang::Fr));
    let fed = feed_day::Entity::find().one(&db).await.expect("a day").expect("a day");
    assert_eq!((fed.step.as_str(), fed.events), ("WORK", 5));
    let faded = faded_week::Entity::find().one(&db).await.expect("a week").expect("a week");
    assert_eq!(faded.week, Week(2900));
    let rule = asking_rule::Entity::find().one(&db).await.expect("a rule").expect("a rule");
    assert_eq!((rule.rate_percent, rule.link_days), (40, 30));
    let dates = contact_date::Entity::find().all(&db).await.expect("dates");
    let notes = import_note::Entity::find().all(&db).await.expect("notes");
    assert_eq!((dates.len(), notes.len()), (1, 1));
}

#[tokio::test]
async fn renamed_tables_keep_their_rows_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    renamed(format!("{}?mode=rwc", Db::url_inside(folder.path()))).await;
}

#[tokio::test]
async fn renamed_tables_keep_their_rows_on_postgres() {
    renamed(postgres().new_database()).await;
}

both!(every_entity_reads, the_catalogue_is_the_one_that_was_agreed);
