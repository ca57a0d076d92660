//! Every route × everybody who may come × objects of one's own and of another organisation.
//!
//! The routes are those of the table that the router is made of; each has its policy here, and one
//! without fails the story. So does a method that answers without being in the policy. An object of
//! another organisation must answer what one that never was answers, word for word.

mod policy;

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::http::Method;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::privacy::Eyes;
use relais::publication::publish::publish;
use relais::schema::{account, journey_type, organisation, site, team};
use relais::team::{Grant, Role, key};
use relais::token::Token;
use relais::{wiring, worker};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::garage::{Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::dump::dump;
use crate::support::{World, both, figure};
use crate::visitor::{Visitor, admission, signed_in};
use policy::Who::{
    self, Administrator, KeyOfEvents, KeyOfOwner, KeyOfTeam, Member, Nobody, OtherMember, Owner,
    Representative,
};
use policy::{ALL, Others, PERSONS, POLICY, Rule};

both!(everybody_comes_as_far_as_the_policy_says);

/// What is theirs, of each kind of object: an account, a team, a journey type and a site of the
/// same name, a key.
const THEIRS: [&str; 4] = ["77", "their-team", "their-type", "their-key"];
/// What nobody has, in the same order.
const NOBODYS: [&str; 4] = ["78", "nobodys-team", "nobodys-type", "nobodys-key"];

/// One who comes: a browser with its cookies, and a key where it is a program.
struct Guest {
    who: Who,
    visitor: Visitor,
    key: Option<String>,
}

impl Guest {
    async fn asks(&mut self, method: &str, address: &str, form: &str) -> (u16, String, String) {
        let method: Method = method.parse().expect("a method");
        let bearer = self.key.as_ref().map(|key| format!("Bearer {key}"));
        let mut headers = vec![("sec-fetch-site", "same-origin")];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        let answered = self.visitor.send(method, address, &headers, form).await;
        (answered.status.as_u16(), answered.header("location").to_owned(), answered.body)
    }
}

const GARAGES: &[Garage] = &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 9, 9)];

/// An organisation with published figures, and another organisation beside it.
async fn two_organisations(world: &World) -> Router {
    found(&world.app, GARAGES).await;
    for week in 0..3 {
        for site in ["S1", "S2"] {
            live(
                &world.app,
                Some(site),
                MONDAY + week * WEEK,
                (40, 18),
                MONDAY + week * WEEK + 7_200,
            )
            .await;
        }
    }
    world.app.clock.set(MONDAY + 5 * WEEK);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert!(closed.await.expect("published").atoms > 0);
    world.app.clock.set(MONDAY + 7 * WEEK);
    world
        .app
        .db
        .write(|tx| Box::pin(async move { Ok(neighbours(tx).await?) }))
        .await
        .expect("another organisation");
    worker::check_guarantees(&world.app).await.expect("a check");
    let theirs = world.app.random(Token::random);
    let made = key::add(
        &world.app.db,
        OrganisationId::new(2),
        THEIRS[3],
        Grant::events(),
        theirs,
        admission(&world.app),
    );
    made.await.expect("their key");
    wiring::router(world.app.clone())
}

async fn neighbours(tx: &DatabaseTransaction) -> Result<(), sea_orm::DbErr> {
    let text = str::to_owned;
    let ours =
        organisation::Entity::find_by_id(ORGANISATION).one(tx).await?.expect("our organisation");
    let other = organisation::Model {
        id: OrganisationId::new(2),
        code: text("neighbours"),
        name: text("Neighbours"),
        ..ours
    };
    organisation::Entity::insert(other.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let kind = journey_type::Entity::find().one(tx).await?.expect("our journey type");
    let kind = journey_type::Model {
        organisation_id: OrganisationId::new(2),
        code: text(THEIRS[2]),
        ..kind
    };
    journey_type::Entity::insert(kind.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let desk = text(THEIRS[1]);
    let desk = team::Model {
        organisation_id: OrganisationId::new(2),
        code: desk.clone(),
        name_fr: desk.clone(),
        name_en: desk,
    };
    team::Entity::insert(desk.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let place = site::Model {
        organisation_id: OrganisationId::new(2),
        code: text(THEIRS[2]),
        region: None,
        name: None,
    };
    site::Entity::insert(place.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let them = account::Model {
        organisation_id: OrganisationId::new(2),
        id: 77,
        email: text("them@example.org"),
        password_hash: None,
        role: Role::ProcessOwner,
        locale: Lang::En,
        disabled: false,
        created_at: 0,
        subject: None,
        mails: true,
    };
    account::Entity::insert(them.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn guests(world: &World, router: &Router) -> Vec<Guest> {
    let mut guests = Vec::new();
    // The first account is the administrator's, the object of the routes about accounts.
    for who in [
        Administrator,
        Nobody,
        Member,
        OtherMember,
        Owner,
        Representative,
        KeyOfEvents,
        KeyOfOwner,
        KeyOfTeam,
    ] {
        let (mut visitor, mut key) = (Visitor::new(router), None);
        let person = match who {
            Administrator => Some((Role::Administrator, &[][..])),
            Member => Some((Role::TeamMember, &[("reception", None)][..])),
            OtherMember => Some((Role::TeamMember, &[("planning", None)][..])),
            Owner => Some((Role::ProcessOwner, &[][..])),
            Representative => Some((Role::Representative, &[][..])),
            Nobody | KeyOfEvents | KeyOfOwner | KeyOfTeam => None,
        };
        if let Some((role, teams)) = person {
            visitor = signed_in(&world.app, router, ORGANISATION, role, teams).await;
        }
        match who {
            KeyOfEvents => key = Some(Grant::events()),
            KeyOfOwner => key = Some(Grant::reading(Eyes::Owner)),
            KeyOfTeam => key = Some(Grant::reading(Eyes::Team("planning".to_owned()))),
            _ => {}
        }
        let key = match key {
            Some(grant) => Some(made_key(world, who, grant).await),
            None => None,
        };
        guests.push(Guest { who, visitor, key });
    }
    guests
}

async fn made_key(world: &World, who: Who, grant: Grant) -> String {
    let key = world.app.random(Token::random);
    let (label, by) = (format!("{who:?}"), admission(&world.app));
    let made = key::add(&world.app.db, ORGANISATION, &label, grant, key.clone(), by);
    made.await.expect("a key");
    key.expose().to_owned()
}

/// What the policy says that somebody is answered, and where a redirection leads when that matters.
fn expected(rule: &Rule, who: Who) -> (u16, Option<&'static str>) {
    if rule.may.contains(&who) {
        return (rule.answer, None);
    }
    let (person, program) =
        (PERSONS.contains(&who), matches!(who, KeyOfEvents | KeyOfOwner | KeyOfTeam));
    match rule.others {
        Others::Page if person => (403, None),
        Others::Page => (303, Some("/sign-in")),
        Others::Program if program => (403, None),
        Others::Both if program || person => (403, None),
        Others::Program | Others::Both => (401, None),
        Others::None => unreachable!("everybody may"),
    }
}

/// Of a foreign object: who could not come to one of their own is told the same, and so is who
/// could; or that there is none.
fn expected_abroad(rule: &Rule, who: Who, answer: u16) -> Vec<u16> {
    let (own, _) = expected(rule, who);
    // Pages of a team are not found before it is asked whose they are.
    if rule.may.contains(&who) { vec![answer] } else { vec![own, 404] }
}

async fn everybody_comes_as_far_as_the_policy_says(world: World) {
    let router = two_organisations(&world).await;
    every_route_has_a_policy();
    let mut guests = guests(&world, &router).await;
    let before = of_neighbours(&world).await;
    let (mut cells, mut abroad, mut wrong) = (0, 0, Vec::new());
    for rule in POLICY {
        for guest in &mut guests {
            world.app.clock.set(world.app.clock.now() + 1);
            let address = if rule.own.is_empty() { rule.path } else { rule.own };
            let (status, location, _) = guest.asks(rule.method, address, rule.form).await;
            let (right, to) = expected(rule, guest.who);
            cells += 1;
            if status != right || to.is_some_and(|to| !location.starts_with(to)) {
                wrong.push(format!(
                    "{} {address} as {:?}: {status} {location}, not {right}",
                    rule.method, guest.who
                ));
            }
            let Some((address, form, answer)) = rule.foreign else { continue };
            abroad += 1;
            let mut told = BTreeSet::new();
            for names in [THEIRS, NOBODYS] {
                let name = names[kind_of(rule, form)];
                let fill = |text: &str| text.replace("THEIRS", name);
                let (status, _, body) = guest.asks(rule.method, &fill(address), &fill(form)).await;
                if !expected_abroad(rule, guest.who, answer).contains(&status) {
                    wrong.push(format!(
                        "{} {} as {:?}: {status}, not {answer}",
                        rule.method,
                        fill(address),
                        guest.who
                    ));
                }
                told.insert((status, body.replace(name, "…")));
            }
            if told.len() != 1 {
                wrong.push(format!(
                    "{} {address} tells {:?} what is theirs: {told:#?}",
                    rule.method, guest.who
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(of_neighbours(&world).await, before, "something of theirs was touched");
    let undeclared = no_other_method_answers(&mut guests).await;
    let (database, routes) = (world.app.db.reader().get_database_backend(), wiring::paths().len());
    figure(&format!(
        "matrix, {database:?}: {routes} paths, {} rules, {} roles: {cells} answers as the policy says, {abroad} about \
         another organisation, {undeclared} methods that nobody declared, 0 surprises",
        POLICY.len(),
        ALL.len()
    ));
}

/// Which kind of object a rule is about.
fn kind_of(rule: &Rule, form: &str) -> usize {
    match rule.path {
        path if path.starts_with("/accounts") => 0,
        path if path.starts_with("/teams") || form.contains("eyes=team") => 1,
        path if path.starts_with("/keys") => 3,
        _ => 2,
    }
}

fn every_route_has_a_policy() {
    let routes: BTreeSet<_> = wiring::paths().into_iter().collect();
    let ruled: BTreeSet<_> =
        POLICY.iter().map(|rule| rule.path).filter(|path| exists(path)).collect();
    assert_eq!(routes, ruled, "a route without a policy, or a policy without a route");
    let placed = |rule: &&Rule| rule.path.contains('{') && rule.own.is_empty();
    assert!(POLICY.iter().find(placed).is_none(), "a rule about an object names none");
}

/// Routes of a feature are there where it is built in.
fn exists(path: &str) -> bool {
    cfg!(feature = "oidc") || !path.starts_with("/sign-in/provider")
}

/// Every method of every path that has no rule is refused as such, also to who may the most.
async fn no_other_method_answers(guests: &mut [Guest]) -> usize {
    let mut declared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in POLICY.iter().filter(|rule| exists(rule.path)) {
        declared.entry(rule.path).or_default().insert(rule.method);
    }
    let mut tried = 0;
    for (path, methods) in declared {
        let own = POLICY.iter().find(|rule| rule.path == path).map_or("", |rule| rule.own);
        let address = if own.is_empty() { path } else { own };
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
            .into_iter()
            .filter(|method| !methods.contains(method))
        {
            for guest in
                guests.iter_mut().filter(|guest| matches!(guest.who, Administrator | Nobody))
            {
                let (status, ..) = guest.asks(method, address, "").await;
                assert_eq!(status, 405, "{method} {address} as {:?}", guest.who);
                tried += 1;
            }
        }
    }
    tried
}

/// What the database holds of the other organisation.
async fn of_neighbours(world: &World) -> Vec<String> {
    let theirs = |row: &String| {
        THEIRS[1..].iter().chain(&["them@example.org"]).any(|name| row.contains(name))
    };
    let not_a_file = |row: &String| !row.starts_with("relais.sqlite");
    dump(world).await.into_iter().filter(not_a_file).filter(theirs).collect()
}
