//! Where a person of the staff begins, and what every page of the staff has around it.

use axum::http::Uri;
use axum::response::Redirect;
use axum::routing::get;

pub use super::session::web::{
    Administrator, ApiCaller, ProcessOwner, SignInState, SignedIn, Visitor, layer,
};
use super::{Role, account, admission, factor, key, session};
use crate::app::App;
use crate::i18n::{Lang, Text, Words};
use crate::organisation;
use crate::web::{Answer, Failure, Frame, FrameLink, Routes, in_language, percent_encoded};

pub fn routes() -> Routes {
    let routes = Routes::new()
        .route("/", get(start))
        .merge(account::web::routes())
        .merge(account::notices::web::routes())
        .merge(factor::web::routes())
        .merge(session::own::web::routes())
        .merge(admission::web::routes())
        .merge(key::web::routes());
    #[cfg(feature = "oidc")]
    let routes = routes.merge(super::provider::web::routes());
    routes
}

async fn start(me: SignedIn) -> Redirect {
    Redirect::to(&home(&me))
}

fn home(me: &SignedIn) -> String {
    match me.role {
        Role::Administrator => "/setup".to_owned(),
        Role::ProcessOwner => "/network".to_owned(),
        Role::TeamMember => {
            me.teams.first().map_or("/journal".to_owned(), |first| home_of(&first.team))
        }
        Role::Representative => "/journal".to_owned(),
    }
}

fn home_of(team: &str) -> String {
    format!("/teams/{}", percent_encoded(team))
}

/// The frame of a page of the staff: where this person may go, the other language, and whether it
/// is a pilot.
pub fn frame(me: &SignedIn, uri: &Uri, title: String) -> Frame {
    let w = Words(me.lang);
    let mut links = role_links(me, uri, &w);
    links.push(link(uri, "/journal", w.say("base-to-journal")));
    if matches!(me.role, Role::Administrator | Role::Representative) {
        links.push(link(uri, "/readers", w.say("base-to-access-log")));
    }
    links.push(link(uri, "/guarantees", w.say("guarantee-title")));
    let own = ["/password", "/second-factor", "/sessions"];
    let here = own.iter().any(|page| is_within(uri, page));
    links.push(FrameLink { href: "/password".to_owned(), words: w.say("team-to-own"), here });
    let switch = in_language(uri, me.lang.other());
    Frame { title, links, switch, pilot: !me.stage.tells_management(), signed_in: true }
}

fn role_links(me: &SignedIn, uri: &Uri, w: &Words) -> Vec<FrameLink> {
    let asking = within(uri, "/asking", w.say("asking-nav"));
    match me.role {
        Role::Administrator => vec![
            link(uri, &home(me), w.say("team-to-setup")),
            asking,
            within(uri, "/accounts", w.say("team-accounts-title")),
            within(uri, "/keys", w.say("team-keys-title")),
            within(uri, "/erasure", w.say("erasure-nav")),
        ],
        Role::ProcessOwner => vec![
            within(uri, "/network", w.say("base-to-network")),
            within(uri, "/network/actions", w.say("discussion-nav-owner")),
            asking,
        ],
        Role::Representative => Vec::new(),
        Role::TeamMember => team_links(me, uri, w),
    }
}

fn link(uri: &Uri, href: &str, words: String) -> FrameLink {
    FrameLink { here: href == uri.path(), href: href.to_owned(), words }
}

fn within(uri: &Uri, href: &str, words: String) -> FrameLink {
    FrameLink { here: is_within(uri, href), href: href.to_owned(), words }
}

fn is_within(uri: &Uri, href: &str) -> bool {
    let rest = uri.path().strip_prefix(href);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The frame of a page that everybody may read, signed in or not.
pub fn open_frame(me: Option<&SignedIn>, lang: Lang, uri: &Uri, title: String) -> Frame {
    let Some(me) = me else {
        let switch = in_language(uri, lang.other());
        return Frame { title, links: Vec::new(), switch, pilot: false, signed_in: false };
    };
    frame(me, uri, title)
}

fn team_links(me: &SignedIn, uri: &Uri, w: &Words) -> Vec<FrameLink> {
    let mut teams: Vec<_> =
        me.teams.iter().map(|member| (&member.team, member.name.say(me.lang))).collect();
    teams.sort_unstable();
    teams.dedup();
    let [(team, _)] = teams.as_slice() else {
        let links = teams.iter().map(|(team, name)| link(uri, &home_of(team), (*name).to_owned()));
        return links.collect();
    };
    let home = home_of(team);
    vec![
        link(uri, &home, w.say("base-to-team")),
        within(uri, &format!("{home}/breakdown"), w.say("breakdown-title")),
        within(uri, &format!("{home}/discussions"), w.say("discussion-nav")),
        link(uri, &format!("{home}/feeds"), w.say("journey-feeds-nav")),
        link(uri, &format!("{home}/readers"), w.say("base-to-access-log")),
    ]
}

/// The name of a team in the reader's language. A team that the organisation does not have is not
/// found, and neither is another organisation's.
pub async fn team_name(app: &App, me: &SignedIn, team: &str) -> Answer<String> {
    let name = organisation::store::team_name(app.db.reader(), me.organisation, team).await?;
    Ok(name.ok_or_else(Failure::not_found)?.say(me.lang).to_owned())
}

/// Refuses who is not of the team, with a text that says who may. For pages with a team's own
/// figures.
pub async fn must_belong(app: &App, me: &SignedIn, team: &str) -> Answer<String> {
    let name = team_name(app, me, team).await?;
    if me.belongs_to(team) {
        return Ok(name);
    }
    let text = Text::new("team-only-member").with("team", name);
    Err(Failure::new(axum::http::StatusCode::FORBIDDEN, text))
}
