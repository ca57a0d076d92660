//! Sends the mails that are due, each at most once.
//!
//! | state | means | next |
//! |---|---|---|
//! | `waiting` | it is due at some time, or was put off | `sending`, `cancelled` |
//! | `sending` | somebody has it in hand; written down before a server hears of it | any below, or `waiting` |
//! | `sent` | a server took it | |
//! | `refused` | a server will not take it, or put it off too often | |
//! | `unknown` | nobody can tell: the server fell silent after it had the mail, or we were interrupted | |
//! | `cancelled` | the customer answered, his link ended, or nobody may write to him | |
//!
//! Only `waiting` is ever sent, so a mail whose outcome is unknown does not go out twice. Each attempt has a link of its
//! own, whose secret exists in the mail alone; the link of an attempt that certainly failed is taken back.

use futures_util::{StreamExt, stream};

use super::store::outbox::{self as store, Due};
use super::{letter, store::opt_out};
use crate::app::App;
use crate::error::Result;
use crate::limits;
use crate::mail::Outcome;
use crate::token::Token;

/// What became of the mails that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Taken by a server.
    pub sent: u64,
    /// To be tried again.
    pub put_off: u64,
    /// Never to be sent.
    pub refused: u64,
    /// Nobody can tell.
    pub unknown: u64,
    /// No longer wanted.
    pub cancelled: u64,
}

/// Sends every mail that is due now.
pub async fn send_due(app: &App) -> Result<Tally> {
    let mut tally = Tally::default();
    loop {
        let (due, cancelled) = lease(app).await?;
        tally.cancelled += cancelled;
        if due.is_empty() && cancelled == 0 {
            return Ok(tally);
        }
        let sending = due.into_iter().map(|(due, token)| async move {
            let outcome = send(app, &due, &token).await;
            (due, token, outcome)
        });
        let outcomes: Vec<_> = stream::iter(sending).buffer_unordered(limits::MAILS_AT_ONCE).collect().await;
        record(app, outcomes, &mut tally).await?;
    }
}

/// Takes mails in hand, each with a new link.
async fn lease(app: &App) -> Result<(Vec<(Due, Token)>, u64)> {
    let (inside, now) = (app.clone(), app.clock.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let (due, cancelled) = store::lease(tx, now).await?;
                let due: Vec<(Due, Token)> = due.into_iter().map(|one| (one, inside.random(Token::random))).collect();
                let links = due.iter().map(|(one, token)| (one.organisation, one.invitation.clone(), token.digest()));
                store::add_links(tx, links.collect(), now).await?;
                Ok((due, cancelled))
            })
        })
        .await
}

async fn send(app: &App, due: &Due, token: &Token) -> Outcome {
    let Some(address) = app.secret.decrypt(&due.address) else {
        return Outcome::Refused { code: "unreadable", address: false };
    };
    match letter::compose(due, &address, token, &app.config.public_url) {
        Ok(letter) => app.mailer.send(&letter, app.clock.now(), app.random(rand::RngExt::random)).await,
        Err(failure) => {
            tracing::error!(%failure, "a mail could not be written");
            Outcome::Later("unwritten")
        }
    }
}

/// Writes down what became of them, in one transaction.
async fn record(app: &App, outcomes: Vec<(Due, Token, Outcome)>, tally: &mut Tally) -> Result<()> {
    for (due, _, outcome) in &outcomes {
        *match outcome {
            Outcome::Sent => &mut tally.sent,
            Outcome::Later(_) if due.attempts < limits::MAIL_ATTEMPTS => &mut tally.put_off,
            Outcome::Later(_) | Outcome::Refused { .. } => &mut tally.refused,
            Outcome::Unknown(_) => &mut tally.unknown,
        } += 1;
    }
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for (due, token, outcome) in &outcomes {
                    match outcome {
                        Outcome::Sent => {
                            store::sent(tx, due, now).await?;
                            if let Some(at) = due.reminder_at(now) {
                                store::remind(tx, due, at).await?;
                            }
                        }
                        Outcome::Later(code) => {
                            let again = (due.attempts < limits::MAIL_ATTEMPTS).then(|| now + pause(due.attempts));
                            store::put_off(tx, due, code, again).await?;
                            store::take_link_back(tx, &token.digest()).await?;
                        }
                        Outcome::Refused { code, address } => {
                            store::refused(tx, due, code).await?;
                            store::take_link_back(tx, &token.digest()).await?;
                            if let (true, Some(key)) = (*address, &due.address_key) {
                                opt_out::add(tx, due.organisation, key, "refused", now).await?;
                            }
                        }
                        Outcome::Unknown(code) => store::unknown(tx, due, code).await?,
                    }
                }
                Ok(())
            })
        })
        .await
}

/// How many seconds to wait after the nth attempt: five minutes, as a server that greylists wants, then twice as long
/// each time.
fn pause(attempts: i32) -> i64 {
    300_i64 << (attempts - 1).clamp(0, 10)
}
