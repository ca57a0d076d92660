//! The blueprint file: written by a person, in force in one transaction, exported and applied again
//! without a change.

use relais::blueprint::file::{KnownCodes, Plan};
use relais::blueprint::store::apply::{self, Change};
use relais::error::Error;
use relais::i18n::Lang;
use relais::journey::store;
use relais::journey::store::following;
use relais::schema::{headcount, journey, journey_type, site, step, team};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use crate::events::{organisation, take};
use crate::support::{NOON, World, both};

const GARAGE: &str = r#"reason = "first set-up"
[journey_type]
code = "repair"
name = { fr = "Réparation", en = "Repair" }
quiet_days = 10
[[step]]
code = "RECEP"
team = "reception"
frontstage = true
activities = ["Car taken in"]
[[step]]
code = "WORK"
team = "workshop"
frontstage = true
planned_by = "RECEP"
[[step]]
code = "DELIV"
team = "reception"
frontstage = true
[[team]]
code = "reception"
sites = { S1 = 8, S2 = 9 }
[[team]]
code = "workshop"
central = 30
[[site]]
code = "S1"
region = "R1"
[[site]]
code = "S2"
[questionnaire]
"#;

/// Applies a file the way the command does, but for the journal.
pub(crate) async fn apply(world: &World, text: &str) -> Result<Option<Change>, Error> {
    let organisation = organisation(world).await;
    let known = apply::known(world.app.db.reader(), organisation).await?;
    let plan = Plan::parse(text, "blueprint.toml", Some("repair"), &known)?;
    let now = world.app.clock.now();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move { following::apply(tx, organisation, &plan, now).await })
        })
        .await
}

/// The garage is in force.
pub(crate) async fn applied(world: &World) {
    apply(world, GARAGE).await.expect("a blueprint").expect("a change");
}

both!(
    an_export_applied_changes_nothing,
    mistakes_change_nothing,
    journeys_follow_a_new_blueprint,
    headcounts_have_a_history
);

async fn an_export_applied_changes_nothing(world: World) {
    let change = apply(&world, GARAGE).await.expect("a blueprint").expect("a change");
    assert_eq!(
        (change.before.is_none(), change.reason.as_str(), change.wants_questionnaire),
        (true, "first set-up", true)
    );
    assert_eq!(change.after["teams"]["workshop"]["heads"][""], 30);
    let organisation = organisation(&world).await;
    let in_force = apply::in_force(world.app.db.reader(), organisation, "repair")
        .await
        .expect("a database")
        .expect("a type");
    let export = in_force.to_toml("an export");
    assert_eq!(apply(&world, &export).await.expect("the export"), None, "{export}");
    let known = KnownCodes::default();
    assert_eq!(
        Plan::parse(&export, "export.toml", None, &known).expect("the export alone").described,
        in_force
    );

    let moved = export.replace("S1\" = 8", "S1\" = 12");
    assert_ne!(moved, export);
    let change = apply(&world, &moved).await.expect("the change").expect("a change");
    assert_eq!(change.before.expect("what was")["teams"]["reception"]["heads"]["S1"], 8);
    assert_eq!(change.after["teams"]["reception"]["heads"]["S1"], 12);
}

async fn mistakes_change_nothing(world: World) {
    applied(&world).await;
    let counts = async || {
        let db = world.app.db.reader();
        let count = |n: Result<u64, sea_orm::DbErr>| n.expect("a count");
        [
            count(journey_type::Entity::find().count(db).await),
            count(step::Entity::find().count(db).await),
            count(team::Entity::find().count(db).await),
            count(site::Entity::find().count(db).await),
            count(headcount::Entity::find().count(db).await),
        ]
    };
    let before = counts().await;
    for (from, to, expected) in [
        (
            "team = \"workshop\"",
            "team = \"workhsop\"",
            "blueprint.toml, line 13, step.team: There is no team “workhsop”",
        ),
        (
            "planned_by = \"RECEP\"",
            "planned_by = \"PLAN\"",
            "blueprint.toml, line 15, step.planned_by: There is no step “PLAN”",
        ),
        ("S2 = 9", "S7 = 9", "blueprint.toml, line 22, team.sites: There is no site “S7”"),
        ("region = \"R1\"", "regoin = \"R1\"", "blueprint.toml, line 28: unknown field `regoin`"),
        ("reason = \"first set-up\"", "", "blueprint.toml, reason: Say why"),
        ("[questionnaire]", "[questionnaire", "blueprint.toml, line 31:"),
    ] {
        let Err(Error::Refused(refusal)) = apply(&world, &GARAGE.replacen(from, to, 1)).await
        else {
            panic!("{to} was taken")
        };
        let message = refusal.say(Lang::En);
        assert!(message.starts_with(expected), "{message}");
    }
    assert_eq!(counts().await, before);
}

/// A log comes first and names the steps; the blueprint then says what they are, and what is there
/// follows.
async fn journeys_follow_a_new_blueprint(world: World) {
    let log = "journey,step,start,end\nA,Car taken in,2026-11-01T08:00:00Z,2026-11-01T09:00:00Z\n\
               A,WORK,2026-11-01T10:00:00Z,2026-11-01T11:00:00Z\nA,DELIV,2026-11-01T16:00:00Z,2026-11-01T17:00:00Z\n\
               B,Car taken in,2026-11-02T08:00:00Z,2026-11-02T09:00:00Z\n";
    take(&world, "log.csv", log).await.expect("an import");
    let organisation = organisation(&world).await;
    let open = relais::blueprint::store::blueprint(world.app.db.reader(), organisation, "repair")
        .await
        .expect("a database")
        .expect("a type");
    assert!(open.is_open());
    assert_eq!(
        open.steps.iter().map(|step| step.code.as_str()).collect::<Vec<_>>(),
        ["Car taken in", "WORK", "DELIV"]
    );

    applied(&world).await;
    let rows = journey::Entity::find()
        .order_by_asc(journey::Column::StartedAt)
        .all(world.app.db.reader())
        .await
        .expect("journeys");
    assert!(
        rows.iter().all(|row| row.trace.contains("\"RECEP\"") && !row.trace.contains("taken in")),
        "{rows:?}"
    );
    assert_eq!(rows[0].finished_at, rows[0].ended_at, "A reached the last step");
    assert_eq!(
        rows[1].finished_at,
        rows[1].ended_at + 10 * 86_400,
        "B is over after ten quiet days"
    );
    let again = take(&world, "log.csv", log).await.expect("the same log");
    assert_eq!((again.kept, again.repeated), (0, 4), "the old names still mean the same steps");
    let discovery = store::discover(world.app.db.reader(), organisation, open)
        .await
        .expect("a discovery")
        .report();
    assert_eq!((discovery.journeys, discovery.variant_count), (2, 2));
}

async fn headcounts_have_a_history(world: World) {
    applied(&world).await;
    world.app.clock.set(NOON + 86_400);
    apply(&world, &GARAGE.replace("S1 = 8, S2 = 9", "S1 = 10"))
        .await
        .expect("a blueprint")
        .expect("a change");
    world.app.clock.set(NOON + 2 * 86_400);
    apply(
        &world,
        &GARAGE.replace("central = 30", "sites = { S1 = 15 }").replace("S1 = 8, S2 = 9", "S1 = 10"),
    )
    .await
    .expect("a blueprint")
    .expect("a change");
    let rows = headcount::Entity::find()
        .order_by_asc(headcount::Column::Since)
        .all(world.app.db.reader())
        .await
        .expect("heads");
    let mut told: Vec<_> = rows
        .iter()
        .map(|row| ((row.since - NOON) / 86_400, row.team.as_str(), row.site.as_str(), row.heads))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (0, "reception", "S1", 8),
            (0, "reception", "S2", 9),
            (0, "workshop", "", 30),
            (1, "reception", "S1", 10),
            (1, "reception", "S2", 0),
            (2, "workshop", "", 0),
            (2, "workshop", "S1", 15),
        ],
        "a team that moves to the sites is not counted twice"
    );
}
