//! Where a person of the staff begins, and what every page of the staff has around it.

use axum::http::Uri;
use axum::response::Redirect;
use axum::routing::get;

pub use super::session::web::{
    Administrator, ApiCaller, ProcessOwner, SignInState, SignedIn, Visitor, layer,
};
use super::{Role, account, admission, factor, key, session, setup};
use crate::app::App;
use crate::i18n::{Lang, Text, Words};
use crate::team::store;
use crate::web::{Answer, Failure, Frame, FrameLink, Routes, in_language, percent_encoded};

pub fn routes() -> Routes {
    let routes = Routes::new()
        .route("/", get(start))
        .merge(account::web::routes())
        .merge(account::notices::web::routes())
        .merge(factor::web::routes())
        .merge(session::own::web::routes())
        .merge(admission::web::routes())
        .merge(key::web::routes())
        .merge(setup::web::routes());
    #[cfg(feature = "oidc")]
    let routes = routes.merge(super::provider::web::routes());
    routes
}

async fn start(me: SignedIn) -> Redirect {
    Redirect::to(&home(&me))
}

/// Where a role begins.
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
    let link = |href: String, words: String| FrameLink { here: href == uri.path(), href, words };
    let within = |href: &str, words: String| FrameLink {
        here: uri.path() == href
            || uri.path().strip_prefix(href).is_some_and(|rest| rest.starts_with('/')),
        href: href.to_owned(),
        words,
    };
    let asking = within("/asking", w.say("asking-nav"));
    let mut links = Vec::new();
    match me.role {
        Role::Administrator => {
            let (accounts, keys) = (w.say("team-accounts-title"), w.say("team-keys-title"));
            links.extend([link(home(me), w.say("team-to-setup")), asking]);
            let erasure = w.say("erasure-nav");
            links.extend([
                within("/accounts", accounts),
                within("/keys", keys),
                within("/erasure", erasure),
            ]);
        }
        Role::ProcessOwner => {
            let actions = within("/network/actions", w.say("discussion-nav-owner"));
            links.extend([within("/network", w.say("base-to-network")), actions, asking]);
        }
        Role::Representative => {}
        Role::TeamMember => links.extend(team_links(me, &w, (&link, &within))),
    }
    links.push(link("/journal".to_owned(), w.say("base-to-journal")));
    if matches!(me.role, Role::Administrator | Role::Representative) {
        links.push(link("/readers".to_owned(), w.say("base-to-access-log")));
    }
    let own = ["/password", "/second-factor", "/sessions"];
    let here = own.iter().any(|page| within(page, String::new()).here);
    links.push(FrameLink { href: "/password".to_owned(), words: w.say("team-to-own"), here });
    let switch = in_language(uri, me.lang.other());
    Frame { title, links, switch, pilot: !me.stage.tells_management(), signed_in: true }
}

/// The frame of a page that everybody may read, signed in or not.
pub fn open_frame(me: Option<&SignedIn>, lang: Lang, uri: &Uri, title: String) -> Frame {
    let Some(me) = me else {
        let switch = in_language(uri, lang.other());
        return Frame { title, links: Vec::new(), switch, pilot: false, signed_in: false };
    };
    frame(me, uri, title)
}

fn team_links(
    me: &SignedIn,
    w: &Words,
    (link, within): (&impl Fn(String, String) -> FrameLink, &impl Fn(&str, String) -> FrameLink),
) -> Vec<FrameLink> {
    let mut teams: Vec<_> =
        me.teams.iter().map(|member| (&member.team, member.name(me.lang))).collect();
    teams.sort_unstable();
    teams.dedup();
    match teams.as_slice() {
        [(team, _)] => vec![
            link(home_of(team), w.say("base-to-team")),
            within(&format!("{}/breakdown", home_of(team)), w.say("breakdown-title")),
            within(&format!("{}/discussions", home_of(team)), w.say("discussion-nav")),
            link(format!("{}/feeds", home_of(team)), w.say("journey-feeds-nav")),
            link(format!("{}/readers", home_of(team)), w.say("base-to-access-log")),
        ],
        several => {
            several.iter().map(|(team, name)| link(home_of(team), (*name).to_owned())).collect()
        }
    }
}

/// The name of a team in the reader's language. A team that the organisation does not have is not
/// found, and neither is another organisation's.
pub async fn team_name(app: &App, me: &SignedIn, team: &str) -> Answer<String> {
    let names = store::team_names(app.db.reader(), me.organisation, team)
        .await?
        .ok_or_else(Failure::not_found)?;
    Ok(me.lang.of(&names.0, &names.1).clone())
}

/// Refuses who is not of the team, with a text that says who may. For pages with a team's own
/// figures.
pub async fn must_belong(app: &App, me: &SignedIn, team: &str) -> Answer<String> {
    let name = team_name(app, me, team).await?;
    match me.belongs_to(team) {
        true => Ok(name),
        false => {
            let text = Text::new("team-only-member").with("team", name);
            Err(Failure::new(axum::http::StatusCode::FORBIDDEN, text))
        }
    }
}
