//! Every route × everybody who may come × objects of one's own and of another organisation.
//!
//! The routes are those of the table that the router is made of; each has its policy here, and one without fails the story.
//! So does a method that answers without being in the policy. An object of another organisation must answer what one that
//! never was answers, word for word.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::http::Method;
use relais::publication::publish::publish;
use relais::schema::{account, journey_type, organisation, site, team};
use relais::team::{Eyes, Grant, Role, key};
use relais::token::Token;
use relais::wiring;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::garage::{Garage, HOUSE, MONDAY, WEEK, found, live};
use crate::support::dump::dump;
use crate::support::{World, both, figure};
use crate::visitor::{Visitor, admission, signed_in};

both!(everybody_comes_as_far_as_the_policy_says);

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Nobody,
    Member,
    OtherMember,
    Owner,
    Representative,
    Administrator,
    KeyOfEvents,
    KeyOfOwner,
    KeyOfTeam,
}

use Who::{Administrator, KeyOfEvents, KeyOfOwner, KeyOfTeam, Member, Nobody, OtherMember, Owner, Representative};

const ALL: [Who; 9] =
    [Nobody, Member, OtherMember, Owner, Representative, Administrator, KeyOfEvents, KeyOfOwner, KeyOfTeam];
const PERSONS: [Who; 5] = [Member, OtherMember, Owner, Representative, Administrator];

/// What whoever may not is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    /// There are no others.
    None,
    /// A page of the staff: persons are refused, everybody else signs in first.
    Page,
    /// A route of programs: everybody without a key needs one, other keys are refused.
    Program,
    /// A route that programs and persons read.
    Both,
}

struct Rule {
    method: &'static str,
    /// As the router writes it.
    path: &'static str,
    /// The address of an object of one's own; the path itself when it is empty.
    own: &'static str,
    form: &'static str,
    may: &'static [Who],
    /// What those are answered.
    answer: u16,
    others: Others,
    /// The same for an object of another organisation, with a form that changes it if anything does: its address has
    /// `THEIRS`, which becomes theirs and then one that nobody has.
    foreign: Option<(&'static str, &'static str, u16)>,
}

const fn rule(method: &'static str, path: &'static str, may: &'static [Who], answer: u16, others: Others) -> Rule {
    Rule { method, path, own: "", form: "", may, answer, others, foreign: None }
}

impl Rule {
    const fn at(self, own: &'static str) -> Self {
        Self { own, ..self }
    }

    const fn sending(self, form: &'static str) -> Self {
        Self { form, ..self }
    }

    const fn foreign(self, address: &'static str, form: &'static str, answer: u16) -> Self {
        Self { foreign: Some((address, form, answer)), ..self }
    }
}

const ADMINISTRATOR: &[Who] = &[Administrator];
const READERS: &[Who] = &[Administrator, Representative];
const ASKING: &[Who] = &[Administrator, Owner];

/// The policy. A form is one that is refused, so that the story leaves everything as it is.
const POLICY: &[Rule] =
    &[
        rule("GET", "/", &PERSONS, 303, Others::Page),
        rule("GET", "/sign-in", &ALL, 200, Others::None),
        rule("POST", "/sign-in", &ALL, 403, Others::None).sending("email=x&password=y"),
        rule("GET", "/sign-in/{link}", &ALL, 200, Others::None).at("/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("POST", "/sign-in/{link}", &ALL, 404, Others::None).at("/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/sign-in/code", &PERSONS, 303, Others::Page),
        rule("POST", "/sign-in/code", &PERSONS, 303, Others::Page).sending("code=1"),
        rule("GET", "/sign-in/provider", &ALL, 404, Others::None),
        rule("GET", "/sign-in/provider/back", &ALL, 404, Others::None),
        rule("POST", "/sign-in/provider/back", &ALL, 404, Others::None),
        rule("GET", "/password", &PERSONS, 200, Others::Page),
        rule("POST", "/password", &PERSONS, 422, Others::Page).sending("new=a&again=b"),
        rule("GET", "/second-factor", &PERSONS, 200, Others::Page),
        rule("POST", "/second-factor", &PERSONS, 303, Others::Page),
        rule("POST", "/second-factor/confirm", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("POST", "/second-factor/codes", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("POST", "/second-factor/remove", &PERSONS, 422, Others::Page).sending("code=1"),
        rule("GET", "/sessions", &PERSONS, 200, Others::Page),
        rule("POST", "/sessions", &PERSONS, 303, Others::Page).sending("end=none"),
        rule("GET", "/accounts", ADMINISTRATOR, 200, Others::Page),
        rule("POST", "/accounts", ADMINISTRATOR, 422, Others::Page),
        rule("GET", "/accounts/{number}", ADMINISTRATOR, 200, Others::Page).at("/accounts/1").foreign(
            "/accounts/THEIRS",
            "",
            404,
        ),
        rule("POST", "/accounts/{number}", ADMINISTRATOR, 422, Others::Page).at("/accounts/1").foreign(
            "/accounts/THEIRS",
            "role=owner&reason=x",
            404,
        ),
        rule("POST", "/accounts/{number}/link", ADMINISTRATOR, 422, Others::Page).at("/accounts/1/link").foreign(
            "/accounts/THEIRS/link",
            "link-reason=x",
            404,
        ),
        rule("POST", "/accounts/{number}/remove", ADMINISTRATOR, 422, Others::Page).at("/accounts/1/remove").foreign(
            "/accounts/THEIRS/remove",
            "remove-reason=x",
            404,
        ),
        rule("GET", "/keys", ADMINISTRATOR, 200, Others::Page),
        rule("POST", "/keys", ADMINISTRATOR, 422, Others::Page).foreign(
            "/keys",
            "label=x&scope=breakdown%3Aread&eyes=team%3ATHEIRS&reason=x",
            422,
        ),
        rule("POST", "/keys/revoke", ADMINISTRATOR, 422, Others::Page).foreign(
            "/keys/revoke",
            "revoke=THEIRS&revoke-reason=x",
            422,
        ),
        rule("GET", "/setup", ADMINISTRATOR, 200, Others::Page),
        rule("GET", "/journal", &PERSONS, 200, Others::Page),
        rule("GET", "/readers", READERS, 200, Others::Page),
        rule("GET", "/teams/{team}/readers", &[Administrator, Representative, Member], 200, Others::Page)
            .at("/teams/reception/readers")
            .foreign("/teams/THEIRS/readers", "", 404),
        rule("GET", "/teams/{team}/breakdown", &[Member], 200, Others::Page).at("/teams/reception/breakdown").foreign(
            "/teams/THEIRS/breakdown",
            "",
            404,
        ),
        rule("GET", "/network", &[Owner], 200, Others::Page).foreign("/network?journey_type=THEIRS", "", 422),
        rule("GET", "/api/v1/breakdown", &[Member, OtherMember, Owner, KeyOfOwner, KeyOfTeam], 200, Others::Both)
            .foreign("/api/v1/breakdown?journey_type=THEIRS", "", 422),
        rule("POST", "/api/v1/events", &[KeyOfEvents], 415, Others::Program).foreign(
            "/api/v1/events?journey_type=THEIRS",
            "",
            404,
        ),
        rule("GET", "/asking", ASKING, 303, Others::Page),
        rule("GET", "/asking/{journey_type}", ASKING, 200, Others::Page).at("/asking/repair").foreign(
            "/asking/THEIRS",
            "",
            404,
        ),
        rule("POST", "/asking/{journey_type}", ADMINISTRATOR, 422, Others::Page).at("/asking/repair").foreign(
            "/asking/THEIRS",
            "rate_percent=10&reason=x",
            404,
        ),
        rule("GET", "/questionnaires/{type}", ADMINISTRATOR, 200, Others::Page).at("/questionnaires/repair").foreign(
            "/questionnaires/THEIRS",
            "",
            404,
        ),
        rule("POST", "/questionnaires/{type}", ADMINISTRATOR, 422, Others::Page)
            .at("/questionnaires/repair")
            .sending("do=publish")
            .foreign("/questionnaires/THEIRS", "do=save", 404),
        rule("GET", "/r/{token}", &ALL, 404, Others::None).at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/r/{token}/{page}", &ALL, 404, Others::None).at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1"),
        rule("POST", "/r/{token}/{page}", &ALL, 404, Others::None).at("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/1"),
        rule("GET", "/u/{token}", &ALL, 200, Others::None).at("/u/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("POST", "/u/{token}", &ALL, 200, Others::None).at("/u/aaaaaaaaaaaaaaaaaaaaaaaaaa"),
        rule("GET", "/privacy", &ALL, 200, Others::None),
        rule("GET", "/healthz", &ALL, 200, Others::None),
        rule("GET", "/assets/style.css", &ALL, 200, Others::None),
        rule("GET", "/assets/survey.css", &ALL, 200, Others::None),
        rule("POST", "/sign-out", &ALL, 303, Others::None),
    ];

/// What is theirs, of each kind of object: an account, a team, a journey type, a key.
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

/// A house with published figures, and another organisation beside it.
async fn houses(world: &World) -> Router {
    found(&world.app, GARAGES).await;
    for week in 0..3 {
        for site in ["S1", "S2"] {
            live(&world.app, Some(site), MONDAY + week * WEEK, (40, 18), MONDAY + week * WEEK + 7_200).await;
        }
    }
    world.app.clock.set(MONDAY + 5 * WEEK);
    let closed = publish(&world.app.db, &world.app.clock, HOUSE, "repair", None, &relais::progress::silent);
    assert!(closed.await.expect("published").atoms > 0);
    world.app.clock.set(MONDAY + 7 * WEEK);
    world.app.db.write(|tx| Box::pin(async move { Ok(neighbours(tx).await?) })).await.expect("another organisation");
    let theirs = world.app.random(Token::random);
    let made = key::add(&world.app.db, 2, THEIRS[3], Grant::events(), theirs, admission(&world.app));
    made.await.expect("their key");
    wiring::router(world.app.clone())
}

async fn neighbours(tx: &DatabaseTransaction) -> Result<(), sea_orm::DbErr> {
    let text = str::to_owned;
    let ours = organisation::Entity::find_by_id(HOUSE).one(tx).await?.expect("our house");
    let house = organisation::Model { id: 2, code: text("neighbours"), name: text("Neighbours"), ..ours };
    organisation::Entity::insert(house.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let kind = journey_type::Entity::find().one(tx).await?.expect("our journey type");
    let kind = journey_type::Model { organisation_id: 2, code: text(THEIRS[2]), ..kind };
    journey_type::Entity::insert(kind.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let desk = text(THEIRS[1]);
    let desk = team::Model { organisation_id: 2, code: desk.clone(), name_fr: desk.clone(), name_en: desk };
    team::Entity::insert(desk.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let place = site::Model { organisation_id: 2, code: text("their-site"), region: None, name: None };
    site::Entity::insert(place.into_active_model().reset_all()).exec_without_returning(tx).await?;
    let them = account::Model {
        organisation_id: 2,
        id: 77,
        email: text("them@example.org"),
        password_hash: None,
        role: text("owner"),
        locale: text("en"),
        disabled: false,
        created_at: 0,
        subject: None,
    };
    account::Entity::insert(them.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

async fn guests(world: &World, router: &Router) -> Vec<Guest> {
    let mut guests = Vec::new();
    // The first account is the administrator's, the object of the routes about accounts.
    for who in [Administrator, Nobody, Member, OtherMember, Owner, Representative, KeyOfEvents, KeyOfOwner, KeyOfTeam] {
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
            visitor = signed_in(&world.app, router, HOUSE, role, teams).await;
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
    let made = key::add(&world.app.db, HOUSE, &label, grant, key.clone(), by);
    made.await.expect("a key");
    key.expose().to_owned()
}

/// What the policy says that somebody is answered, and where a redirection leads when that matters.
fn expected(rule: &Rule, who: Who) -> (u16, Option<&'static str>) {
    if rule.may.contains(&who) {
        return (rule.answer, None);
    }
    let (person, program) = (PERSONS.contains(&who), matches!(who, KeyOfEvents | KeyOfOwner | KeyOfTeam));
    match rule.others {
        Others::Page if person => (403, None),
        Others::Page => (303, Some("/sign-in")),
        Others::Program if program => (403, None),
        Others::Both if program || person => (403, None),
        Others::Program | Others::Both => (401, None),
        Others::None => unreachable!("everybody may"),
    }
}

/// Of a foreign object: who could not come to one of his own is told the same, and so is who could; or that there is none.
fn expected_abroad(rule: &Rule, who: Who, answer: u16) -> Vec<u16> {
    let (own, _) = expected(rule, who);
    // Pages of a team are not found before it is asked whose they are.
    if rule.may.contains(&who) { vec![answer] } else { vec![own, 404] }
}

async fn everybody_comes_as_far_as_the_policy_says(world: World) {
    let router = houses(&world).await;
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
                wrong.push(format!("{} {address} as {:?}: {status} {location}, not {right}", rule.method, guest.who));
            }
            let Some((address, form, answer)) = rule.foreign else { continue };
            abroad += 1;
            let mut told = BTreeSet::new();
            for names in [THEIRS, NOBODYS] {
                let name = names[kind_of(rule, form)];
                let fill = |text: &str| text.replace("THEIRS", name);
                let (status, _, body) = guest.asks(rule.method, &fill(address), &fill(form)).await;
                if !expected_abroad(rule, guest.who, answer).contains(&status) {
                    wrong.push(format!("{} {} as {:?}: {status}, not {answer}", rule.method, fill(address), guest.who));
                }
                told.insert((status, body.replace(name, "…")));
            }
            if told.len() != 1 {
                wrong.push(format!("{} {address} tells {:?} what is theirs: {told:#?}", rule.method, guest.who));
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
    let ruled: BTreeSet<_> = POLICY.iter().map(|rule| rule.path).filter(|path| exists(path)).collect();
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
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter().filter(|method| !methods.contains(method)) {
            for guest in guests.iter_mut().filter(|guest| matches!(guest.who, Administrator | Nobody)) {
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
    let theirs = |row: &String| THEIRS.iter().any(|name| row.contains(name)) || row.contains("them@example.org");
    let not_a_file = |row: &String| !row.starts_with("relais.sqlite");
    dump(world).await.into_iter().filter(not_a_file).filter(theirs).collect()
}
