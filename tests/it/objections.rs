//! Who counts, and where, is proposed, read by everybody, and held by a staff representative who
//! does not want it.

use axum::http::StatusCode;
use relais::blueprint::file::Plan;
use relais::blueprint::store::apply;
use relais::clock::Instant;
use relais::id::OrganisationId;
use relais::journal::{Author, Entry, Reason, store as journal};
use relais::journey::store::following;
use relais::limits::PRIVACY_NOTICE;
use relais::organisation::settings;
use relais::organisation::store::{self, teams};
use relais::privacy;
use relais::team::Role;
use relais::{wiring, worker};

use crate::discussion::mails_of;
use crate::garage::sql;
use crate::support::{NOON, World, both};
use crate::visitor::{Visitor, signed_in};

const DAY: i64 = 86_400;

both!(
    more_heads_wait_for_an_objection_and_count_once_it_is_withdrawn,
    a_step_given_to_a_larger_team_counts_for_the_smaller_while_it_is_objected_to,
    a_setting_is_held_as_well_and_comes_into_force_without_a_hand,
    only_a_representative_objects_and_only_in_time,
    representatives_and_teams_are_written_to
);

fn blueprint(heads: i32, team: &str) -> String {
    format!(
        r#"reason = "so many work here now"
[journey_type]
code = "repair"
name = {{ fr = "Réparation", en = "Repair" }}
[[step]]
code = "RECEP"
team = "reception"
frontstage = true
[[step]]
code = "WORK"
team = "{team}"
frontstage = true
[[team]]
code = "reception"
sites = {{ S1 = {heads} }}
[[team]]
code = "workshop"
sites = {{ S1 = 5 }}
[[team]]
code = "bodywork"
sites = {{ S1 = 40 }}
[[site]]
code = "S1"
"#
    )
}

/// An organisation that has published something, with three people at the desk.
async fn published(world: &World) -> OrganisationId {
    let organisation = store::ensure(&world.app.db, world.app.clock.now()).await.expect("one");
    apply(world, organisation, &blueprint(3, "workshop")).await;
    sql(
        &world.app,
        "INSERT INTO release (organisation_id, journey_type, week, published_at, owners_from, sites) \
         VALUES (1, 'repair', 2900, 0, 0, '{}')",
    )
    .await;
    organisation
}

/// Applies a file as the command does; the number of its entry.
async fn apply(world: &World, organisation: OrganisationId, text: &str) -> i64 {
    let known = apply::known(world.app.db.reader(), organisation).await.expect("the codes");
    let plan = Plan::parse(text, "blueprint.toml", Some("repair"), &known).expect("a plan");
    let now = world.app.clock.now();
    let applied = world.app.db.write(move |tx| {
        Box::pin(async move {
            let change = following::apply(tx, organisation, &plan, now).await?.expect("a change");
            let entry = Entry {
                at: now,
                author: Author::command_line(),
                subject: "blueprint:repair".to_owned(),
                before: change.before,
                after: Some(change.after),
                reason: Reason::parse(&change.reason)?,
                effective_at: if change.waits { now + PRIVACY_NOTICE } else { now },
            };
            relais::journal::store::append(tx, organisation, entry).await
        })
    });
    applied.await.expect("applied")
}

/// The people behind a week that is closed at an instant, collected in the seven days before.
async fn counted(world: &World, organisation: OrganisationId, at: Instant) -> u32 {
    let heads = privacy::store::headcounts(world.app.db.reader(), organisation).await;
    let heads = heads.expect("headcounts");
    heads.fewest_behind(Some("S1"), ["reception"], (at - 7 * DAY, at)).of("reception")
}

async fn someone(world: &World, organisation: OrganisationId, role: Role) -> Visitor {
    let router = wiring::router(world.app.clone());
    let teams: &[_] = if role == Role::TeamMember { &[("reception", None)] } else { &[] };
    signed_in(&world.app, &router, organisation, role, teams).await
}

async fn more_heads_wait_for_an_objection_and_count_once_it_is_withdrawn(world: World) {
    let organisation = published(&world).await;
    let number = apply(&world, organisation, &blueprint(100, "workshop")).await;
    let mut camille = someone(&world, organisation, Role::Representative).await;
    let page = camille.get("/journal").await.body;
    assert!(page.contains("People of reception at S1: 100 instead of 3"), "{page}");
    assert!(page.contains("At least twice as many at once"), "{page}");

    let objection = format!("/journal/{number}/objection");
    let refused = camille.post(&objection, "reason=+").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("A change needs a reason"), "{}", refused.body);
    let raised = camille.post(&objection, "reason=three+work+there").await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
    let mut member = someone(&world, organisation, Role::TeamMember).await;
    assert!(member.get("/journal").await.body.contains("three work there"));

    let later = NOON + 30 * DAY;
    world.app.clock.set(later);
    assert_eq!(counted(&world, organisation, later).await, 3, "nobody withdrew the objection");
    let in_force =
        teams::heads_at(world.app.db.reader(), organisation, later).await.expect("heads");
    assert_eq!(in_force["reception"]["S1"], 3);

    let mut camille = signed_in_again(&world, camille).await;
    let withdrawal = format!("/journal/{number}/withdrawal");
    let withdrawn = camille.post(&withdrawal, "reason=they+were+hired").await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{}", withdrawn.body);
    assert_eq!(counted(&world, organisation, later + DAY).await, 3, "collected before");
    assert_eq!(counted(&world, organisation, later + 8 * DAY).await, 100);
    assert!(!camille.get("/journal").await.body.contains("id=\"waiting\""), "nothing waits");
}

/// A session ends by itself after hours; who comes back is the same account.
async fn signed_in_again(world: &World, visitor: Visitor) -> Visitor {
    let mut visitor = visitor;
    let link = world.app.random(relais::token::Token::random);
    let account = account_of(world, Role::Representative).await;
    let by = relais::team::admission::Admission {
        author: Author::command_line(),
        reason: Reason::parse("for the story").expect("a reason"),
        now: world.app.clock.now(),
    };
    relais::team::admission::renew_link(
        &world.app.db,
        OrganisationId::new(1),
        account,
        link.clone(),
        by,
    )
    .await
    .expect("a link");
    assert_eq!(visitor.spend(&link).await.status, StatusCode::SEE_OTHER);
    visitor
}

async fn account_of(world: &World, role: Role) -> i64 {
    use relais::schema::account;
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
    let row = account::Entity::of(OrganisationId::new(1))
        .filter(account::Column::Role.eq(role))
        .order_by_asc(account::Column::Id)
        .one(world.app.db.reader())
        .await;
    row.expect("a database").expect("an account").id
}

async fn a_step_given_to_a_larger_team_counts_for_the_smaller_while_it_is_objected_to(
    world: World,
) {
    let organisation = published(&world).await;
    let number = apply(&world, organisation, &blueprint(3, "bodywork")).await;
    let mut camille = someone(&world, organisation, Role::Representative).await;
    let page = camille.get("/journal").await.body;
    assert!(page.contains("Team of the step WORK: bodywork instead of workshop"), "{page}");
    let raised = camille.post(&format!("/journal/{number}/objection"), "reason=no").await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
    let blueprint =
        relais::blueprint::store::blueprint(world.app.db.reader(), organisation, "repair");
    let blueprint = blueprint.await.expect("a database").expect("a blueprint");
    let setting = relais::publication::store::setting::setting(
        world.app.db.reader(),
        organisation,
        blueprint,
    );
    let setting = setting.await.expect("a database").expect("an organisation");
    assert_eq!(setting.former.len(), 1);
    assert_eq!(setting.former[0].until, Instant::MAX, "until nobody objects any more");
}

async fn a_setting_is_held_as_well_and_comes_into_force_without_a_hand(world: World) {
    let organisation = published(&world).await;
    let reason = Reason::parse("nothing happens").expect("a reason");
    let change = settings::Change::parse("embargo_days", 0, "works council", reason);
    let (app, author) = (&world.app, Author::command_line());
    let from = store::announce(&app.db, organisation, change.expect("a change"), author, NOON);
    let from = from.await.expect("announced");
    let number =
        journal::entries(&app.db, organisation, None).await.expect("the journal")[0].number;
    let mut camille = someone(&world, organisation, Role::Representative).await;
    camille.post(&format!("/journal/{number}/objection"), "reason=no").await;
    let days = async || {
        worker::do_jobs(app).await.expect("the jobs");
        let settings = store::settings(app.db.reader(), organisation).await.expect("a database");
        settings.expect("an organisation").embargo_days
    };
    app.clock.set(from + DAY);
    assert_eq!(days().await, 7, "objected to");
    let announced = privacy::store::announced(app.db.reader(), organisation).await;
    assert_eq!(announced.expect("the journal"), [], "nor for what is published meanwhile");
    let mut camille = signed_in_again(&world, camille).await;
    let back = camille.post(&format!("/journal/{number}/withdrawal"), "reason=agreed").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(days().await, 0);
}

async fn only_a_representative_objects_and_only_in_time(world: World) {
    let organisation = published(&world).await;
    let number = apply(&world, organisation, &blueprint(100, "workshop")).await;
    let objection = format!("/journal/{number}/objection");
    for role in [Role::Administrator, Role::ProcessOwner, Role::TeamMember] {
        let mut other = someone(&world, organisation, role).await;
        assert_eq!(other.post(&objection, "reason=x").await.status, StatusCode::FORBIDDEN);
    }
    let mut camille = someone(&world, organisation, Role::Representative).await;
    let mut dominique = someone(&world, organisation, Role::Representative).await;
    let refused = async |who: &mut Visitor, path: &str, why: &str| {
        let refused = who.post(path, "reason=x").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.body.contains(why), "{why}: {}", refused.body);
    };
    refused(&mut camille, "/journal/999/objection", "no entry no. 999").await;
    refused(&mut camille, &format!("/journal/{}/objection", number - 1), "in force already").await;
    assert_eq!(camille.post(&objection, "reason=no").await.status, StatusCode::SEE_OTHER);
    refused(&mut dominique, &objection, "objected to this change already").await;
    let withdrawal = format!("/journal/{number}/withdrawal");
    refused(&mut dominique, &withdrawal, "Only who raised").await;
    // Whoever wants it nonetheless proposes it anew, and everybody sees that.
    world.app.clock.set(NOON + 60);
    apply(&world, organisation, &blueprint(3, "workshop")).await;
    let again = apply(&world, organisation, &blueprint(50, "workshop")).await;
    assert_eq!(counted(&world, organisation, NOON + 6 * DAY).await, 3);
    assert_eq!(counted(&world, organisation, NOON + 15 * DAY).await, 50);
    assert_eq!(camille.post(&withdrawal, "reason=x").await.status, StatusCode::SEE_OTHER);
    assert_eq!(counted(&world, organisation, NOON + 15 * DAY).await, 50, "the older one is gone");
    world.app.clock.set(NOON + 8 * DAY);
    let mut camille = signed_in_again(&world, camille).await;
    refused(&mut camille, &format!("/journal/{again}/objection"), "in force already").await;
}

async fn representatives_and_teams_are_written_to(world: World) {
    let organisation = published(&world).await;
    someone(&world, organisation, Role::Representative).await;
    someone(&world, organisation, Role::TeamMember).await;
    someone(&world, organisation, Role::ProcessOwner).await;
    apply(&world, organisation, &blueprint(100, "workshop")).await;
    worker::do_jobs(&world.app).await.expect("the jobs");
    let count = |role| mails_of(&world, role).len();
    assert_eq!([count("member"), count("representative"), count("owner")], [1, 1, 0]);
    let mail = &mails_of(&world, "representative")[0];
    assert!(mail.text.contains("so many work here now"), "{}", mail.text);
    assert!(mail.text.contains("/journal#waiting"), "{}", mail.text);
}
