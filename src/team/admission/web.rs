//! `/accounts`: the administrator invites people, makes their accounts something else, and removes
//! them.

use askama::Template;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};

use super::message::{Invitee, compose};
use super::{Admission, add_account, change, remove, renew_link};
use crate::app::App;
use crate::error::{Refusal, Result};
use crate::i18n::{Lang, Text, Words};
use crate::journal::{Reason, phrases};
use crate::limits;
use crate::mail::Outcome;
use crate::organisation::store as organisations;
use crate::schema::account;
use crate::team::account::Email;
use crate::team::account::store::{self, NewAccount, Standing};
use crate::team::form::Form;
use crate::team::web::{Administrator, SignedIn, frame};
use crate::team::{Role, factor};
use crate::token::Token;
use crate::web::{Answer, Failure, Frame, Page, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .route("/accounts", get(list).post(invite))
        .route("/accounts/{number}", get(show).post(alter))
        .route("/accounts/{number}/link", post(link))
        .route("/accounts/{number}/remove", post(take_away))
}

type Pairs = Sent<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "team/accounts.html")]
struct ListPage {
    w: Words,
    frame: Frame,
    form: Form,
    accounts: Vec<Row>,
    places: Choices,
    mails: bool,
}

struct Row {
    number: i64,
    email: String,
    role: String,
    teams: String,
    /// Whether the account has signed in and can do so again.
    is_used: bool,
    has_factor: bool,
}

/// The teams and sites that an account may read for, and what is chosen.
struct Choices {
    roles: Vec<(&'static str, String, bool)>,
    teams: Vec<(String, String)>,
    sites: Vec<String>,
    /// The team and the site of each line of the form; the last one is empty.
    chosen: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "team/account.html")]
struct AccountPage {
    w: Words,
    frame: Frame,
    number: i64,
    email: String,
    form: Form,
    places: Choices,
    mails: bool,
    itself: bool,
}

#[derive(Template)]
#[template(path = "team/handed.html")]
struct HandedPage {
    w: Words,
    frame: Frame,
    email: String,
    /// `None` where a mail brings it.
    link: Option<String>,
}

async fn list(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
) -> Answer<Page<ListPage>> {
    list_page(&app, &me, &uri, Form::default()).await
}

async fn list_page(app: &App, me: &SignedIn, uri: &Uri, form: Form) -> Answer<Page<ListPage>> {
    let (w, reader) = (Words(me.lang), app.db.reader());
    let factors = factor::store::confirmed(reader, me.organisation).await?;
    let mut accounts = Vec::new();
    for row in store::all(reader, me.organisation).await? {
        let standing = store::standing(reader, &row).await?;
        accounts.push(Row {
            number: row.id,
            email: row.email,
            role: phrases::role(&w, standing.role.code()),
            teams: standing.memberships.iter().map(place).collect::<Vec<_>>().join(", "),
            is_used: row.password_hash.is_some() || row.subject.is_some(),
            has_factor: factors.contains(&row.id),
        });
    }
    let places = places(app, me, &form, None).await?;
    let frame = frame(me, uri, w.say("team-accounts-title"));
    Ok(Page(ListPage { w, frame, form, accounts, places, mails: app.mailer.reaches_people() }))
}

fn place((team, site): &(String, Option<String>)) -> String {
    site.as_ref().map_or_else(|| team.clone(), |site| format!("{team} {site}"))
}

/// What the form offers, with what was typed or what holds.
async fn places(
    app: &App,
    me: &SignedIn,
    form: &Form,
    standing: Option<&Standing>,
) -> Result<Choices> {
    let reader = app.db.reader();
    let teams = organisations::teams(reader, me.organisation).await?;
    let w = Words(me.lang);
    let role = match (form.get("role"), standing) {
        ("", Some(standing)) => standing.role.code(),
        ("", None) => Role::TeamMember.code(),
        (typed, _) => typed,
    };
    let typed = lines(form);
    let mut chosen = match standing {
        Some(standing) if typed.is_empty() => standing.memberships.clone(),
        _ => typed,
    };
    chosen.push(Default::default());
    Ok(Choices {
        roles: Role::ALL
            .map(|one| (one.code(), phrases::role(&w, one.code()), one.code() == role))
            .to_vec(),
        teams: teams.into_iter().map(|(code, name)| (code, name.say(me.lang).to_owned())).collect(),
        sites: organisations::sites::codes(reader, me.organisation).await?,
        chosen: chosen.into_iter().map(|(team, site)| (team, site.unwrap_or_default())).collect(),
    })
}

/// The teams that were chosen, each with its site; lines without a team say nothing.
fn lines(form: &Form) -> Vec<(String, Option<String>)> {
    let lines = form.all("team").zip(form.all("site")).filter(|(team, _)| !team.is_empty());
    let places = lines.map(|(team, site)| {
        (team.to_owned(), Some(site.to_owned()).filter(|site| !site.is_empty()))
    });
    places.collect()
}

fn standing_of(form: &Form) -> Result<Standing> {
    let role: Role = form.get("role").parse()?;
    // Other roles read for no team, whatever the lines still say.
    let memberships = if role == Role::TeamMember { lines(form) } else { Vec::new() };
    Ok(Standing { role, memberships })
}

/// Makes an account and hands its link over, by mail or on the page.
async fn invite(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    sent: Pairs,
) -> Answer {
    let mut form = Form::of(sent.0);
    let email = Email::parse(form.get("email"))
        .ok_or_else(|| Refusal::new(Text::new("team-bad-email")).into());
    let email = form.take("email", email, me.lang)?;
    let standing = form.take("role", standing_of(&form), me.lang)?;
    let reason = form.take("reason", Reason::parse(form.get("reason")), me.lang)?;
    let lang = Lang::of_tag(form.get("lang")).unwrap_or(me.lang);
    if let (Some(email), Some(standing), Some(reason)) = (email, standing, reason) {
        let new = NewAccount { email: email.clone(), standing, lang };
        let link = app.random(Token::random);
        let made =
            add_account(&app.db, me.organisation, new, link.clone(), admission(&app, &me, reason))
                .await;
        if form.take("email", made, me.lang)?.is_some() {
            return hand_over(&app, &me, &uri, (email.as_str(), lang), &link).await;
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, list_page(&app, &me, &uri, form).await?).into_response())
}

fn admission(app: &App, me: &SignedIn, reason: Reason) -> Admission {
    Admission { author: me.author(), reason, now: app.clock.now() }
}

/// Sends the link, or shows it where no mail leaves, or where nobody can tell whether it did.
async fn hand_over(app: &App, me: &SignedIn, uri: &Uri, to: (&str, Lang), link: &Token) -> Answer {
    let url = format!("{}/sign-in/{}", app.config.public_url, link.expose());
    let sent = app.mailer.reaches_people() && send(app, me, to, url.clone()).await?;
    let w = Words(me.lang);
    let frame = frame(me, uri, w.say("team-handed-title"));
    let link = (!sent).then_some(url);
    Ok(Page(HandedPage { w, frame, email: to.0.to_owned(), link }).into_response())
}

async fn send(app: &App, me: &SignedIn, (email, lang): (&str, Lang), url: String) -> Result<bool> {
    let now = app.clock.now();
    let organisation = organisations::settings(app.db.reader(), me.organisation).await?;
    let organisation = organisation.map(|settings| settings.name).unwrap_or_default();
    let until = me.zone.date(now + limits::SIGN_IN_LINK);
    let mail = compose(Invitee { email, lang, organisation: &organisation, url, until })?;
    let nonce = app.random(|random| {
        let mut bytes = [0; 16];
        rand::Rng::fill_bytes(random, &mut bytes);
        bytes
    });
    let outcome =
        tokio::time::timeout(limits::ACCOUNT_MAIL, app.mailer.send(&mail, now, nonce)).await;
    Ok(matches!(outcome, Ok(Outcome::Sent)))
}

async fn found(app: &App, me: &SignedIn, number: &str) -> Answer<account::Model> {
    let number = number.parse().map_err(|_| Failure::not_found())?;
    let row = store::account(app.db.reader(), me.organisation, number).await?;
    row.filter(|row| !row.disabled).ok_or_else(Failure::not_found)
}

async fn show(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<String>,
) -> Answer<Page<AccountPage>> {
    let row = found(&app, &me, &number).await?;
    account_page(&app, &me, &uri, row, Form::default()).await
}

async fn account_page(
    app: &App,
    me: &SignedIn,
    uri: &Uri,
    row: account::Model,
    form: Form,
) -> Answer<Page<AccountPage>> {
    let standing = store::standing(app.db.reader(), &row).await?;
    let places = places(app, me, &form, Some(&standing)).await?;
    let w = Words(me.lang);
    let frame = frame(me, uri, w.with("team-account-title", "number", row.id.to_string()));
    let (mails, itself) = (app.mailer.reaches_people(), row.id == me.account);
    Ok(Page(AccountPage {
        w,
        frame,
        number: row.id,
        email: row.email,
        form,
        places,
        mails,
        itself,
    }))
}

async fn refused(app: &App, me: &SignedIn, uri: &Uri, row: account::Model, form: Form) -> Answer {
    let page = account_page(app, me, uri, row, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn alter(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<String>,
    sent: Pairs,
) -> Answer {
    let row = found(&app, &me, &number).await?;
    let mut form = Form::of(sent.0);
    let standing = form.take("role", standing_of(&form), me.lang)?;
    let reason = form.take("reason", Reason::parse(form.get("reason")), me.lang)?;
    if let (Some(standing), Some(reason)) = (standing, reason) {
        let changed =
            change(&app.db, me.organisation, row.id, standing, admission(&app, &me, reason)).await;
        if form.take("role", changed, me.lang)?.is_some() {
            return Ok(Redirect::to("/accounts").into_response());
        }
    }
    refused(&app, &me, &uri, row, form).await
}

/// A new link, for who lost the password or never used the first one.
async fn link(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<String>,
    sent: Pairs,
) -> Answer {
    let row = found(&app, &me, &number).await?;
    let mut form = Form::of(sent.0);
    let Some(reason) = form.take("link-reason", Reason::parse(form.get("link-reason")), me.lang)?
    else {
        return refused(&app, &me, &uri, row, form).await;
    };
    let link = app.random(Token::random);
    renew_link(&app.db, me.organisation, row.id, link.clone(), admission(&app, &me, reason))
        .await?;
    let lang = row.locale;
    hand_over(&app, &me, &uri, (&row.email, lang), &link).await
}

async fn take_away(
    Administrator(me): Administrator,
    State(app): State<App>,
    uri: Uri,
    Path(number): Path<String>,
    sent: Pairs,
) -> Answer {
    let row = found(&app, &me, &number).await?;
    let mut form = Form::of(sent.0);
    let reason = form.take("remove-reason", Reason::parse(form.get("remove-reason")), me.lang)?;
    if let Some(reason) = reason {
        let removed = remove(&app.db, me.organisation, row.id, admission(&app, &me, reason)).await;
        if form.take("role", removed, me.lang)?.is_some() {
            return Ok(Redirect::to("/accounts").into_response());
        }
    }
    refused(&app, &me, &uri, row, form).await
}
