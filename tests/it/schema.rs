//! The schema folder cannot drift from the migrations, and no table knows a person who works at the organisation.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryResult, Statement};

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

/// Every table with its columns, and nothing else: a new one is argued here. None is about a person who works at the
/// organisation. Accounts have an address, because somebody signs in with it, and are linked to nothing measured.
const CATALOGUE: &[(&str, &str)] = &[
    ("access_entry", "at hash number organisation_id place previous role team"),
    ("account", "created_at disabled email id locale organisation_id password_hash role"),
    ("api_key", "created_at digest label organisation_id revoked_at scope"),
    (
        "asking",
        "delay_hours journey_type link_days organisation_id quiet_from quiet_until rate_percent reminder_days rest_days",
    ),
    (
        "atom",
        "answers behind heads id invited journey_type journeys organisation_id owners_from place published_at region scope week",
    ),
    ("cell", "atom organisation_id replicate state variant version"),
    ("comment", "organisation_id response state text"),
    ("contact", "address expires_at journey locale organisation_id"),
    ("contacted", "address_key at organisation_id"),
    ("decision", "decided_at journey journey_type organisation_id outcome week"),
    ("element", "code journey_type organisation_id position"),
    ("faded", "journey_type organisation_id week"),
    ("headcount", "heads organisation_id since site team"),
    ("intake", "at id journey_type kind organisation_id report"),
    (
        "invitation",
        "address_key channel closed_at counted created_at expires_at finished_at id items journey journey_type locale opened_at organisation_id outcome_page parts_page pressure saved_at version week withdrawn_at words_page",
    ),
    ("job", "attempts done_at failure id key kind leased_until organisation_id payload run_at"),
    ("journal_entry", "after at author before effective_at hash number organisation_id previous reason subject"),
    ("journey", "atom attributes ended_at finished_at id journey_type organisation_id site started_at trace"),
    ("journey_type", "attributes buffer_minutes code created_at name_en name_fr organisation_id quiet_days"),
    ("link", "created_at digest invitation organisation_id"),
    ("mail", "attempts due_at failure invitation leased_until organisation_id sent_at state wave"),
    ("membership", "account organisation_id site team"),
    ("opt_out", "address_key organisation_id reason since"),
    ("organisation", "code created_at embargo_days id minimum_answers minimum_heads name pilot_until stage time_zone"),
    (
        "questionnaire",
        "created_at definition design item_high item_low journey_type organisation_id outcome_high outcome_low published_at version",
    ),
    ("release", "journey_type organisation_id owners_from published_at sites week"),
    (
        "response",
        "another answered_at answers atom chances id journey journey_type organisation_id outcome pressed site version",
    ),
    ("seaql_migrations", "applied_at version"),
    ("session", "account created_at digest organisation_id seen_at"),
    ("sign_in_link", "account digest expires_at organisation_id used_at"),
    ("site", "code name organisation_id region"),
    ("step", "activities code frontstage journey_type name_en name_fr organisation_id planned_by position team"),
    ("team", "code name_en name_fr organisation_id"),
    ("variant", "elements journey_type number organisation_id"),
];

/// Which table points at which. Nothing that is measured points at an account, and no account at anything measured.
const LINKS: &[(&str, &str)] = &[
    ("cell", "atom"),
    ("headcount", "team"),
    ("journey", "journey_type"),
    ("journey_type", "organisation"),
    ("membership", "account"),
    ("membership", "team"),
    ("questionnaire", "journey_type"),
    ("response", "journey_type"),
    ("session", "account"),
    ("sign_in_link", "account"),
    ("step", "journey_type"),
    ("step", "team"),
];

async fn the_catalogue_is_the_one_that_was_agreed(world: World) {
    let (columns, links) = match world.app.db.reader().get_database_backend() {
        DbBackend::Postgres => (POSTGRES_COLUMNS, POSTGRES_LINKS),
        _ => (SQLITE_COLUMNS, SQLITE_LINKS),
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in pairs(&world, columns).await {
        found.entry(table).or_default().insert(column);
    }
    let agreed: BTreeMap<String, BTreeSet<String>> = CATALOGUE
        .iter()
        .map(|(table, columns)| ((*table).to_owned(), columns.split(' ').map(str::to_owned).collect()))
        .collect();
    assert_eq!(found, agreed);
    let found: BTreeSet<_> = pairs(&world, links).await.into_iter().collect();
    let agreed: BTreeSet<_> = LINKS.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(found, agreed);
}

#[test]
fn nothing_measured_is_linked_to_an_account() {
    let access = ["account", "membership", "session", "sign_in_link"];
    for (from, to) in LINKS {
        let inside = access.contains(from) && (access.contains(to) || matches!(*to, "team" | "organisation"));
        assert!(inside || !access.contains(from) && !access.contains(to), "{from} points at {to}");
    }
    for (table, columns) in CATALOGUE.iter().filter(|(table, _)| !access.contains(table)) {
        assert!(!columns.split(' ').any(|column| column == "account"), "{table} knows an account");
    }
}

async fn pairs(world: &World, sql: &str) -> Vec<(String, String)> {
    let reader = world.app.db.reader();
    let rows = reader.query_all_raw(Statement::from_string(reader.get_database_backend(), sql)).await;
    let pair = |row: QueryResult| (row.try_get_by_index(0).expect("a name"), row.try_get_by_index(1).expect("a name"));
    rows.expect("the catalogue").into_iter().map(pair).collect()
}

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
const SQLITE_LINKS: &str = "SELECT m.name, k.\"table\" FROM sqlite_master m, pragma_foreign_key_list(m.name) k \
    WHERE m.type = 'table'";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
    WHERE table_schema = 'public'";
const POSTGRES_LINKS: &str = "SELECT f.relname::text, t.relname::text FROM pg_constraint k \
    JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid WHERE k.contype = 'f'";

both!(every_entity_reads, the_catalogue_is_the_one_that_was_agreed);
