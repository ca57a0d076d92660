//! Sends the mails that are due, each at most once.
//!
//! | state | means | next |
//! |---|---|---|
//! | `waiting` | it is due at some time, or was put off | `sending`, `cancelled` |
//! | `sending` | leased; written down before a server hears of it | any below, or `waiting` |
//! | `sent` | a server took it | |
//! | `refused` | a server will not take it, or put it off too often | |
//! | `unknown` | the server fell silent after it had the mail, or we were interrupted | |
//! | `cancelled` | the customer answered, the link ended, or nobody may write to them | |
//!
//! Only `waiting` is ever sent, so a mail whose outcome is unknown does not go out twice. Each
//! attempt has a link of its own, whose secret exists in the mail alone; the link of an attempt
//! that certainly failed is taken back.

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};

use super::message;
use super::store::opt_out;
use super::store::outbox::{self as store, Due};
use crate::app::App;
use crate::error::Result;
use crate::limits;
use crate::mail::Outcome;
use crate::token::Token;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sent: u64,
    pub put_off: u64,
    pub refused: u64,
    pub unknown: u64,
    pub cancelled: u64,
}

pub async fn send_due(app: &App) -> Result<Tally> {
    let mut tally = Tally::default();
    loop {
        let (due, cancelled) = lease(app).await?;
        tally.cancelled += cancelled;
        if due.is_empty() && cancelled == 0 {
            return Ok(tally);
        }
        send_all(app, due, &mut tally).await?;
    }
}

/// Sends mails in parallel. Outcomes are stored as they come, those that came together in one
/// transaction: a server that keeps one mail waiting leaves no doubt about the others.
async fn send_all(app: &App, due: Vec<(Due, Token)>, tally: &mut Tally) -> Result<()> {
    let mut sending: FuturesUnordered<_> =
        due.into_iter().map(|(due, token)| one(app, due, token)).collect();
    while let Some(first) = sending.next().await {
        let mut ended = vec![first];
        while let Some(Some(next)) = sending.next().now_or_never() {
            ended.push(next);
        }
        ended.iter().for_each(|(.., outcome)| tally.count(*outcome));
        record(app, ended).await?;
    }
    Ok(())
}

async fn one(app: &App, due: Due, token: Token) -> (Due, Token, Outcome) {
    let outcome = send(app, &due, &token).await;
    (due, token, outcome)
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Sent => &mut self.sent,
            Outcome::Later(_) => &mut self.put_off,
            Outcome::Refused { .. } => &mut self.refused,
            Outcome::Unknown(_) => &mut self.unknown,
        } += 1;
    }
}

/// Leases mails, each with a new link.
async fn lease(app: &App) -> Result<(Vec<(Due, Token)>, u64)> {
    let (inside, now) = (app.clone(), app.clock.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let (due, cancelled) = store::lease(tx, now).await?;
                let due: Vec<(Due, Token)> =
                    due.into_iter().map(|one| (one, inside.random(Token::random))).collect();
                let links = due
                    .iter()
                    .map(|(one, token)| (one.organisation, one.invitation.clone(), token.digest()));
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
    match message::compose(due, &address, token, &app.config.public_url) {
        Ok(mail) => app.mailer.send(&mail, app.clock.now(), app.random(rand::RngExt::random)).await,
        Err(failure) => {
            tracing::error!(%failure, "a mail could not be written");
            Outcome::Later("unwritten")
        }
    }
}

async fn record(app: &App, ended: Vec<(Due, Token, Outcome)>) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let sent = ended.iter().filter(|(.., outcome)| *outcome == Outcome::Sent);
                let sent: Vec<&Due> = sent.map(|(due, ..)| due).collect();
                if !sent.is_empty() {
                    store::sent(tx, &sent, now).await?;
                }
                for (due, token, outcome) in &ended {
                    match outcome {
                        Outcome::Sent => {}
                        Outcome::Later(code) => {
                            // Who cannot be talked to at all has not refused this mail; its link's
                            // end ends the trying.
                            let may =
                                due.attempts < limits::MAIL_ATTEMPTS || is_about_the_server(code);
                            store::put_off(tx, due, code, may.then(|| now + pause(due.attempts)))
                                .await?;
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

/// Whether a failure came before the server was asked for this mail.
fn is_about_the_server(code: &str) -> bool {
    ["connect-", "starttls-", "auth-"].iter().any(|phase| code.starts_with(phase))
}

/// Seconds to wait after the nth attempt: five minutes, as a server that greylists wants, then
/// twice as long each time, and never longer than a working day.
fn pause(attempts: i32) -> i64 {
    (300_i64 << (attempts - 1).clamp(0, 10)).min(limits::MAIL_PAUSE)
}

#[cfg(test)]
mod tests {
    use crate::invitation::outbox::*;
    use crate::mail::Patience;

    #[test]
    fn no_conversation_with_a_server_outlives_the_lease_of_its_mail() {
        assert!(
            i64::try_from(Patience::default().longest().as_secs()).unwrap() < limits::MAIL_LEASE
        );
        assert_eq!((pause(1), pause(2), pause(40)), (300, 600, limits::MAIL_PAUSE));
    }
}
