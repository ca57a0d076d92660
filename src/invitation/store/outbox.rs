//! The outbox: taking mails in hand and writing down what became of them.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, Statement, UpdateMany, Value,
};

use super::super::Rules;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Lang;
use crate::limits;
use crate::schema::{link, mail};

/// A mail in hand.
#[derive(Clone, Debug)]
pub struct Due {
    /// The tenant.
    pub organisation: i64,
    /// What it is about.
    pub invitation: Vec<u8>,
    /// 0 for the invitation, 1 for the reminder.
    pub wave: i32,
    /// How often it was tried, this time included.
    pub attempts: i32,
    /// The address, sealed.
    pub address: Vec<u8>,
    /// Its key.
    pub address_key: Option<Vec<u8>>,
    /// The customer's language.
    pub lang: Lang,
    /// Who asks.
    pub organisation_name: String,
    /// What the journey type is called: French, then English.
    pub journey_names: (String, String),
    /// When the journey's last event was.
    pub ended_at: Instant,
    /// When the link ends.
    pub expires_at: Instant,
    /// Where all this happens.
    pub zone: Zone,
    rules: Rules,
}

impl Due {
    /// When a reminder follows a mail that went out `now`; a reminder has none.
    pub fn reminder_at(&self, now: Instant) -> Option<Instant> {
        (self.wave == 0).then(|| self.rules.reminds_at(&self.zone, now, self.expires_at)).flatten()
    }
}

/// Takes the mails that have been due for longest. Hands back those that go out, and how many are no longer wanted.
pub async fn lease(tx: &DatabaseTransaction, now: Instant) -> Result<(Vec<Due>, u64)> {
    give_up_interrupted(tx, now).await?;
    let taken = take(tx, now).await?;
    let (mut due, mut cancelled) = (Vec::with_capacity(taken.len()), 0);
    for (key, attempts) in taken {
        match wanted(tx, &key, attempts, now).await? {
            Ok(one) => due.push(one),
            Err(why) => {
                set(tx, &key, "cancelled", &[(mail::Column::Failure, why.into())]).await?;
                cancelled += 1;
            }
        }
    }
    Ok((due, cancelled))
}

/// The key of a mail: organisation, invitation, wave.
type Key = (i64, Vec<u8>, i32);

// Written out, not bound: only then does SQLite see that its small partial indexes hold what is looked for.
const WAITING: &str = "state = 'waiting'";
const SENDING: &str = "state = 'sending'";

/// Whoever had them in hand has gone, and nobody knows how far he got.
async fn give_up_interrupted(tx: &DatabaseTransaction, now: Instant) -> Result<()> {
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value("unknown"))
        .col_expr(mail::Column::Failure, Expr::value("interrupted"))
        .col_expr(mail::Column::LeasedUntil, Expr::value(None::<i64>))
        .filter(Expr::cust(SENDING))
        .filter(mail::Column::LeasedUntil.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}

async fn take(tx: &DatabaseTransaction, now: Instant) -> Result<Vec<(Key, i32)>> {
    let due = mail::Entity::find()
        .filter(Expr::cust(WAITING))
        .filter(mail::Column::DueAt.lte(now))
        .order_by_asc(mail::Column::DueAt)
        .limit(limits::MAILS_AT_ONCE)
        .all(tx)
        .await?;
    let mut taken = Vec::with_capacity(due.len());
    for row in due {
        let (key, attempts) = ((row.organisation_id, row.invitation, row.wave), row.attempts + 1);
        // Somebody else may have taken it since it was seen: then it is his.
        let update = of_key(&key)
            .filter(mail::Column::State.eq("waiting"))
            .col_expr(mail::Column::State, Expr::value("sending"))
            .col_expr(mail::Column::LeasedUntil, Expr::value(now + limits::MAIL_LEASE))
            .col_expr(mail::Column::Attempts, Expr::value(attempts));
        if update.exec(tx).await?.rows_affected > 0 {
            taken.push((key, attempts));
        }
    }
    Ok(taken)
}

fn of_key(key: &Key) -> UpdateMany<mail::Entity> {
    mail::Entity::update_many()
        .filter(mail::Column::OrganisationId.eq(key.0))
        .filter(mail::Column::Invitation.eq(key.1.clone()))
        .filter(mail::Column::Wave.eq(key.2))
}

const WANTED: &str = "SELECT i.locale, i.expires_at, i.closed_at, i.address_key, c.address, o.since AS opted_out, \
    j.ended_at, t.name_fr, t.name_en, g.name, g.time_zone, a.rate_percent, a.delay_hours, a.quiet_from, a.quiet_until, \
    a.reminder_days, a.rest_days, a.link_days \
    FROM invitation i \
    JOIN journey_type t ON t.organisation_id = i.organisation_id AND t.code = i.journey_type \
    JOIN organisation g ON g.id = i.organisation_id \
    LEFT JOIN journey j ON j.organisation_id = i.organisation_id AND j.id = i.journey \
    LEFT JOIN contact c ON c.organisation_id = i.organisation_id AND c.journey = i.journey \
    LEFT JOIN opt_out o ON o.organisation_id = i.organisation_id AND o.address_key = i.address_key \
    LEFT JOIN asking a ON a.organisation_id = i.organisation_id AND a.journey_type = i.journey_type \
    WHERE i.organisation_id = $1 AND i.id = $2";

/// The mail as it is to be written, or why it is no longer wanted.
async fn wanted(
    tx: &DatabaseTransaction,
    key: &Key,
    attempts: i32,
    now: Instant,
) -> Result<std::result::Result<Due, &'static str>> {
    let values = [key.0.into(), key.1.clone().into()];
    let row = tx.query_one_raw(Statement::from_sql_and_values(tx.get_database_backend(), WANTED, values)).await?;
    let Some(row) = row else { return Ok(Err("gone")) };
    let (ended_at, address): (Option<Instant>, Option<Vec<u8>>) =
        (row.try_get("", "ended_at")?, row.try_get("", "address")?);
    if row.try_get::<Option<Instant>>("", "closed_at")?.is_some() {
        return Ok(Err("answered"));
    }
    if row.try_get::<Option<Instant>>("", "opted_out")?.is_some() {
        return Ok(Err("opted-out"));
    }
    let expires_at: Instant = row.try_get("", "expires_at")?;
    if expires_at <= now {
        return Ok(Err("expired"));
    }
    let (Some(ended_at), Some(address)) = (ended_at, address) else { return Ok(Err("no-address")) };
    Ok(Ok(Due {
        organisation: key.0,
        invitation: key.1.clone(),
        wave: key.2,
        attempts,
        address,
        address_key: row.try_get("", "address_key")?,
        lang: Lang::of_tag(&row.try_get::<String>("", "locale")?).unwrap_or_default(),
        organisation_name: row.try_get("", "name")?,
        journey_names: (row.try_get("", "name_fr")?, row.try_get("", "name_en")?),
        ended_at,
        expires_at,
        zone: Zone::named(&row.try_get::<String>("", "time_zone")?)?,
        rules: rules(&row)?,
    }))
}

fn rules(row: &QueryResult) -> Result<Rules> {
    let Some(rate_percent) = row.try_get("", "rate_percent")? else { return Ok(Rules::default()) };
    Ok(Rules {
        rate_percent,
        delay_hours: row.try_get("", "delay_hours")?,
        quiet_from: row.try_get("", "quiet_from")?,
        quiet_until: row.try_get("", "quiet_until")?,
        reminder_days: row.try_get("", "reminder_days")?,
        rest_days: row.try_get("", "rest_days")?,
        link_days: row.try_get("", "link_days")?,
    })
}

/// Adds links by their digests: organisation, invitation, digest.
pub async fn add_links(tx: &DatabaseTransaction, links: Vec<(i64, Vec<u8>, Vec<u8>)>, now: Instant) -> Result<()> {
    for some in links.chunks(500) {
        let row = |(organisation_id, invitation, digest): &(i64, Vec<u8>, Vec<u8>)| {
            let row = link::Model {
                digest: digest.clone(),
                organisation_id: *organisation_id,
                invitation: invitation.clone(),
                created_at: now,
            };
            row.into_active_model().reset_all()
        };
        link::Entity::insert_many(some.iter().map(row)).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes the link of an attempt back that certainly reached nobody.
pub async fn take_link_back(tx: &DatabaseTransaction, digest: &[u8]) -> Result<()> {
    link::Entity::delete_by_id(digest.to_vec()).exec(tx).await?;
    Ok(())
}

/// A server took it.
pub async fn sent(tx: &DatabaseTransaction, due: &Due, now: Instant) -> Result<()> {
    set(tx, &due.key(), "sent", &[(mail::Column::SentAt, now.into())]).await
}

/// It is to be tried again at `again`, or was put off too often.
pub async fn put_off(tx: &DatabaseTransaction, due: &Due, code: &str, again: Option<Instant>) -> Result<()> {
    let failure = (mail::Column::Failure, code.into());
    match again {
        Some(at) => set(tx, &due.key(), "waiting", &[failure, (mail::Column::DueAt, at.into())]).await,
        None => set(tx, &due.key(), "refused", &[failure]).await,
    }
}

/// No server will take it.
pub async fn refused(tx: &DatabaseTransaction, due: &Due, code: &str) -> Result<()> {
    set(tx, &due.key(), "refused", &[(mail::Column::Failure, code.into())]).await
}

/// Nobody can tell whether a server took it.
pub async fn unknown(tx: &DatabaseTransaction, due: &Due, code: &str) -> Result<()> {
    set(tx, &due.key(), "unknown", &[(mail::Column::Failure, code.into())]).await
}

/// Puts the reminder into the outbox.
pub async fn remind(tx: &DatabaseTransaction, due: &Due, at: Instant) -> Result<()> {
    let row = mail::Model {
        organisation_id: due.organisation,
        invitation: due.invitation.clone(),
        wave: 1,
        state: "waiting".to_owned(),
        due_at: at,
        attempts: 0,
        leased_until: None,
        sent_at: None,
        failure: None,
    };
    let same = OnConflict::new().do_nothing().to_owned();
    mail::Entity::insert(row.into_active_model().reset_all()).on_conflict(same).exec_without_returning(tx).await?;
    Ok(())
}

impl Due {
    fn key(&self) -> Key {
        (self.organisation, self.invitation.clone(), self.wave)
    }
}

async fn set(tx: &DatabaseTransaction, key: &Key, state: &str, columns: &[(mail::Column, Value)]) -> Result<()> {
    let mut update = of_key(key)
        .col_expr(mail::Column::State, Expr::value(state))
        .col_expr(mail::Column::LeasedUntil, Expr::value(None::<i64>));
    for (column, value) in columns {
        update = update.col_expr(*column, Expr::value(value.clone()));
    }
    update.exec(tx).await?;
    Ok(())
}
