//! Somebody with a browser: keeps cookies, sends what a browser sends, follows nothing by itself.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use relais::app::App;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::journal::{Author, Reason};
use relais::schema::{site, team};
use relais::team::Role;
use relais::team::account::Email;
use relais::team::account::store::{NewAccount, Standing};
use relais::team::admission::{self, Admission};
use relais::token::Token;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use tower::ServiceExt;

/// What a page answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A browser of its own.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub(crate) fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: BTreeMap::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answered {
        self.send(Method::GET, path, &[], "").await
    }

    /// A form sent by a page of ours.
    pub(crate) async fn post(&mut self, path: &str, form: &str) -> Answered {
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin")], form).await
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        form: &str,
    ) -> Answered {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request =
            Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
        request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept-language", "en");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        self.remember(&parts.headers);
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    fn remember(&mut self, headers: &HeaderMap) {
        for line in headers.get_all("set-cookie") {
            let line = line.to_str().expect("a cookie of plain characters");
            let (name, value) =
                line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match line.contains("Max-Age=0") {
                true => _ = self.cookies.remove(name),
                false => _ = self.cookies.insert(name.to_owned(), value.to_owned()),
            }
        }
    }

    /// Spends a one-time link as its reader does: looks at the page, then presses the button.
    pub(crate) async fn spend(&mut self, link: &Token) -> Answered {
        let path = format!("/sign-in/{}", link.expose());
        assert_eq!(self.get(&path).await.status, StatusCode::OK);
        self.post(&path, "").await
    }
}

/// Why, by whom and when accounts are made in the stories.
pub(crate) fn admission(app: &App) -> Admission {
    let reason = Reason::parse("for the story").expect("a reason");
    Admission { author: Author::command_line(), reason, now: app.clock.now() }
}

/// An account, and somebody who is signed in with it.
pub(crate) async fn signed_in(
    app: &App,
    router: &Router,
    organisation: OrganisationId,
    role: Role,
    memberships: &[(&str, Option<&str>)],
) -> Visitor {
    let link = app.random(Token::random);
    let email = Email::parse(&format!("{}-{}@example.org", role.code(), &link.expose()[..6]))
        .expect("an address");
    let memberships =
        memberships.iter().map(|(team, site)| (team.to_string(), site.map(Into::into))).collect();
    let new = NewAccount { email, standing: Standing { role, memberships }, lang: Lang::En };
    admission::add_account(&app.db, organisation, new, link.clone(), admission(app))
        .await
        .expect("an account");
    let mut visitor = Visitor::new(router);
    assert_eq!(visitor.spend(&link).await.status, StatusCode::SEE_OTHER);
    visitor
}

/// Two teams and two sites in two regions.
pub(crate) async fn teams_and_sites(app: &App, organisation: OrganisationId) {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for code in ["reception", "planning"] {
                    let (name_fr, name_en) = (format!("{code} (fr)"), format!("{code} (en)"));
                    let row = team::Model {
                        organisation_id: organisation,
                        code: code.into(),
                        name_fr,
                        name_en,
                    };
                    team::Entity::insert(row.into_active_model().reset_all())
                        .exec_without_returning(tx)
                        .await?;
                }
                for (code, region) in [("S1", "R1"), ("S2", "R2")] {
                    let region = Some(region.to_owned());
                    let row = site::Model {
                        organisation_id: organisation,
                        code: code.into(),
                        region,
                        name: None,
                    };
                    site::Entity::insert(row.into_active_model().reset_all())
                        .exec_without_returning(tx)
                        .await?;
                }
                Ok(())
            })
        })
        .await
        .expect("teams and sites");
}
