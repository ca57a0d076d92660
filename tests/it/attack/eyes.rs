//! The other eyes: a key of a program and the command line are told what a team is, and nothing
//! else.

use std::process::{Command, Stdio};

use axum::http::Method;
use relais::id::OrganisationId;
use relais::privacy::Eyes;
use relais::team::{Grant, key};
use relais::token::Token;
use relais::wiring;
use serde_json::Value;

use crate::support::World;
use crate::visitor::{Visitor, admission};

/// A question as it is typed, with the document that a team is shown, if it is shown any.
pub(super) type Told = (Vec<(&'static str, String)>, Option<Value>);

/// Asks the same through a program's key.
pub(super) async fn through_a_key(world: &World, organisation: OrganisationId, told: &[Told]) {
    let secret = world.app.random(Token::random);
    let grant = Grant::reading(Eyes::Team("shop".to_owned()));
    let (db, by) = (&world.app.db, admission(&world.app));
    let label = &told[0].0[0].1;
    key::add(db, organisation, label, grant, secret.clone(), by).await.expect("a key");
    let mut program = Visitor::new(&wiring::router(world.app.clone()));
    let bearer = format!("Bearer {}", secret.expose());
    for (question, document) in told {
        let fields = question.iter().map(|(name, value)| format!("{name}={value}"));
        let path = format!("/api/v1/breakdown?{}", fields.collect::<Vec<_>>().join("&"));
        let headers = [("authorization", bearer.as_str())];
        let answered = program.send(Method::GET, &path, &headers, "").await;
        let body: Value = serde_json::from_str(&answered.body).expect("JSON");
        match document {
            Some(document) => assert_eq!(body, *document, "{path}"),
            None => assert_eq!(answered.status, 403, "{path}: {body}"),
        }
    }
}

/// Asks the same on the command line, which stands beside the service.
pub(super) async fn on_the_command_line(world: &World, (question, document): &Told) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command.args(["breakdown", "--json", "--lang", "en", "--as-team", "shop", "--data"]);
    command.arg(world.folder.path()).env("DATABASE_URL", &world.app.config.database_url);
    for (name, value) in question {
        command.arg(format!("--{}", name.replace('_', "-"))).arg(value);
    }
    command.stdin(Stdio::null());
    let told = tokio::task::spawn_blocking(move || command.output()).await.expect("a task");
    let told = told.expect("the program");
    assert_eq!(told.status.success(), document.is_some(), "{question:?}: {told:?}");
    if let Some(document) = document {
        let printed: Value = serde_json::from_slice(&told.stdout).expect("one JSON document");
        assert_eq!(printed, *document, "{question:?}");
    }
}
