//! The outbox: taking mails in hand and writing down what became of them.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement, UpdateMany,
    Value,
};

use super::rules;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::{Lang, Names};
use crate::id::OrganisationId;
use crate::invitation::Rules;
use crate::limits;
use crate::schema::codes::MailState;
use crate::schema::{link, mail};
use crate::survey::store::you_said;
use crate::survey::you_said::{YouSaid, to_customer};

/// A mail in hand.
#[derive(Clone, Debug)]
pub struct Due {
    pub organisation: OrganisationId,
    pub invitation: Vec<u8>,
    /// 0 for the invitation, 1 for the reminder.
    pub wave: i32,
    /// How often it was tried, this time included.
    pub attempts: i32,
    /// The address, sealed.
    pub address: Vec<u8>,
    pub address_key: Option<Vec<u8>>,
    pub lang: Lang,
    /// Who asks.
    pub organisation_name: String,
    pub journey_type: String,
    /// What it is called: French, then English.
    pub journey_name: Names,
    /// When the journey's last event was.
    pub ended_at: Instant,
    pub expires_at: Instant,
    pub site: Option<String>,
    /// What was done about what customers said, in the customer's language.
    pub told: Option<String>,
    /// Where all this happens.
    pub zone: Zone,
}

/// Adds what was done about what customers said, read once for each journey type.
async fn tell(tx: &DatabaseTransaction, due: &mut [Due]) -> Result<()> {
    let mut known: BTreeMap<(OrganisationId, String), Vec<YouSaid>> = BTreeMap::new();
    for one in due {
        let of = (one.organisation, one.journey_type.clone());
        let told = match known.get(&of) {
            Some(told) => told,
            None => known.entry(of.clone()).or_insert(you_said::read(tx, of.0, &of.1).await?),
        };
        one.told = to_customer(told, one.site.as_deref(), one.lang, 1)
            .first()
            .map(|sentence| (*sentence).to_owned());
    }
    Ok(())
}

/// Takes the mails that have been due for longest. Hands back those that go out, and how many are
/// no longer wanted.
pub async fn lease(tx: &DatabaseTransaction, now: Instant) -> Result<(Vec<Due>, u64)> {
    give_up_interrupted(tx, now).await?;
    let mut due = Vec::new();
    let mut unwanted: BTreeMap<&'static str, Vec<Key>> = BTreeMap::new();
    for (organisation, taken) in by_organisation(take(tx, now).await?) {
        for (key, wanted) in look_up(tx, organisation, taken, now).await? {
            match wanted {
                Ok(one) => due.push(one),
                Err(why) => unwanted.entry(why).or_default().push(key),
            }
        }
    }
    tell(tx, &mut due).await?;
    let mut cancelled = 0;
    for (why, keys) in unwanted {
        cancelled += keys.len() as u64;
        set(tx, &keys, MailState::Cancelled, &[(mail::Column::Failure, why.into())]).await?;
    }
    Ok((due, cancelled))
}

/// The key of a mail: organisation, invitation, wave.
type Key = (OrganisationId, Vec<u8>, i32);
/// A mail that was taken, and how often it was tried by now.
type LeasedMail = (Key, i32);

// Written out, not bound: only then does SQLite see that its small partial indexes hold what is
// looked for.
const WAITING: &str = "state = 'waiting'";
const SENDING: &str = "state = 'sending'";

/// Whoever had them in hand has gone, and nobody knows how far they got.
async fn give_up_interrupted(tx: &DatabaseTransaction, now: Instant) -> Result<()> {
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(MailState::Unknown))
        .col_expr(mail::Column::Failure, Expr::value("interrupted"))
        .col_expr(mail::Column::LeasedUntil, Expr::value(None::<i64>))
        .filter(Expr::cust(SENDING))
        .filter(mail::Column::LeasedUntil.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}

async fn take(tx: &DatabaseTransaction, now: Instant) -> Result<Vec<LeasedMail>> {
    let due = mail::Entity::find()
        .filter(Expr::cust(WAITING))
        .filter(mail::Column::DueAt.lte(now))
        .order_by_asc(mail::Column::DueAt)
        .limit(limits::MAILS_AT_ONCE)
        .all(tx)
        .await?;
    let mut keys: Vec<Key> =
        due.into_iter().map(|row| (row.organisation_id, row.invitation, row.wave)).collect();
    // Those of one organisation and wave beside each other.
    keys.sort_unstable_by_key(|key| (key.0, key.2));
    let mut taken = Vec::with_capacity(keys.len());
    for same in keys.chunk_by(alike) {
        // Somebody else may have taken one since it was seen: then it is not among those that come
        // back.
        let update = of_keys(same)
            .filter(mail::Column::State.eq(MailState::Waiting))
            .col_expr(mail::Column::State, Expr::value(MailState::Sending))
            .col_expr(mail::Column::LeasedUntil, Expr::value(now + limits::MAIL_LEASE))
            .col_expr(mail::Column::Attempts, Expr::col(mail::Column::Attempts).add(1));
        let rows = update.exec_with_returning(tx).await?;
        taken.extend(
            rows.into_iter()
                .map(|row| ((row.organisation_id, row.invitation, row.wave), row.attempts)),
        );
    }
    Ok(taken)
}

/// Whether two mails are of the same organisation and wave, so that one statement can speak of
/// both.
fn alike(one: &Key, other: &Key) -> bool {
    (one.0, one.2) == (other.0, other.2)
}

/// The mails of keys that are alike.
fn of_keys(same: &[Key]) -> UpdateMany<mail::Entity> {
    let (organisation, wave) =
        same.first().map_or_else(Default::default, |first| (first.0, first.2));
    mail::Entity::update_of(organisation)
        .filter(mail::Column::Invitation.is_in(same.iter().map(|key| key.1.clone())))
        .filter(mail::Column::Wave.eq(wave))
}

fn by_organisation(taken: Vec<LeasedMail>) -> BTreeMap<OrganisationId, Vec<LeasedMail>> {
    let mut all: BTreeMap<OrganisationId, Vec<LeasedMail>> = BTreeMap::new();
    for one in taken {
        all.entry(one.0.0).or_default().push(one);
    }
    all
}

const WANTED: &str = "SELECT i.id, i.locale, i.expires_at, i.closed_at, i.address_key, c.address, \
    o.since AS opted_out, i.journey_type, j.ended_at, j.site, t.name_fr, t.name_en, g.name, \
    g.time_zone \
    FROM invitation i \
    JOIN journey_type t ON t.organisation_id = i.organisation_id AND t.code = i.journey_type \
    JOIN organisation g ON g.id = i.organisation_id \
    LEFT JOIN journey j ON j.organisation_id = i.organisation_id AND j.id = i.journey \
    LEFT JOIN contact c ON c.organisation_id = i.organisation_id AND c.journey = i.journey \
    LEFT JOIN opt_out o ON o.organisation_id = i.organisation_id \
    AND o.address_key = i.address_key \
    WHERE i.organisation_id = $1 AND i.id IN";

/// Each mail as it is to be written, or why it is no longer wanted.
async fn look_up(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    taken: Vec<LeasedMail>,
    now: Instant,
) -> Result<Vec<(Key, std::result::Result<Due, &'static str>)>> {
    let places: Vec<String> = (2..taken.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!("{WANTED} ({})", places.join(", "));
    let ids = taken.iter().map(|(key, _)| Value::from(key.1.clone()));
    let values: Vec<Value> = [organisation.into()].into_iter().chain(ids).collect();
    let rows = tx
        .query_all_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    let mut known: BTreeMap<Vec<u8>, QueryResult> = BTreeMap::new();
    for row in rows {
        known.insert(row.try_get("", "id")?, row);
    }
    let judge = |(key, attempts): LeasedMail| {
        let wanted =
            known.get(&key.1).map_or(Ok(Err("gone")), |row| wanted(row, &key, attempts, now))?;
        Ok((key, wanted))
    };
    taken.into_iter().map(judge).collect()
}

fn wanted(
    row: &QueryResult,
    key: &Key,
    attempts: i32,
    now: Instant,
) -> Result<std::result::Result<Due, &'static str>> {
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
        lang: row.try_get("", "locale")?,
        journey_type: row.try_get("", "journey_type")?,
        organisation_name: row.try_get("", "name")?,
        journey_name: Names { fr: row.try_get("", "name_fr")?, en: row.try_get("", "name_en")? },
        ended_at,
        expires_at,
        site: row.try_get("", "site")?,
        told: None,
        zone: Zone::named(&row.try_get::<String>("", "time_zone")?)?,
    }))
}

/// Adds links by their digests: organisation, invitation, digest.
pub async fn add_links(
    tx: &DatabaseTransaction,
    links: Vec<(OrganisationId, Vec<u8>, Vec<u8>)>,
    now: Instant,
) -> Result<()> {
    for some in links.chunks(500) {
        let row = |(organisation_id, invitation, digest): &(OrganisationId, Vec<u8>, Vec<u8>)| {
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

/// A server took them; a reminder follows each invitation, where the rules want one.
pub async fn sent(tx: &DatabaseTransaction, all: &[&Due], now: Instant) -> Result<()> {
    set(tx, &keys(all), MailState::Sent, &[(mail::Column::SentAt, now.into())]).await?;
    let mut known: BTreeMap<(OrganisationId, &str), Rules> = BTreeMap::new();
    let mut reminders = Vec::new();
    for due in all.iter().filter(|due| due.wave == 0) {
        let of = (due.organisation, due.journey_type.as_str());
        let rules = match known.get(&of) {
            Some(rules) => rules,
            None => known.entry(of).or_insert(rules::read(tx, of.0, of.1).await?),
        };
        let at = rules.reminds_at(&due.zone, now, due.expires_at);
        reminders.extend(at.map(|at| reminder(due, at)));
    }
    if reminders.is_empty() {
        return Ok(());
    }
    let same = OnConflict::new().do_nothing().to_owned();
    mail::Entity::insert_many(reminders).on_conflict(same).exec_without_returning(tx).await?;
    Ok(())
}

fn reminder(due: &Due, at: Instant) -> mail::ActiveModel {
    let row = mail::Model {
        organisation_id: due.organisation,
        invitation: due.invitation.clone(),
        wave: 1,
        state: MailState::Waiting,
        due_at: at,
        attempts: 0,
        leased_until: None,
        sent_at: None,
        failure: None,
    };
    row.into_active_model().reset_all()
}

/// It is to be tried again at `again`, or was put off too often.
pub async fn put_off(
    tx: &DatabaseTransaction,
    due: &Due,
    code: &str,
    again: Option<Instant>,
) -> Result<()> {
    let failure = (mail::Column::Failure, code.into());
    match again {
        Some(at) => {
            set(tx, &keys(&[due]), MailState::Waiting, &[failure, (mail::Column::DueAt, at.into())])
                .await
        }
        None => set(tx, &keys(&[due]), MailState::Refused, &[failure]).await,
    }
}

/// No server will take it.
pub async fn refused(tx: &DatabaseTransaction, due: &Due, code: &str) -> Result<()> {
    set(tx, &keys(&[due]), MailState::Refused, &[(mail::Column::Failure, code.into())]).await
}

/// Nobody can tell whether a server took it.
pub async fn unknown(tx: &DatabaseTransaction, due: &Due, code: &str) -> Result<()> {
    set(tx, &keys(&[due]), MailState::Unknown, &[(mail::Column::Failure, code.into())]).await
}

fn keys(all: &[&Due]) -> Vec<Key> {
    let mut keys: Vec<Key> =
        all.iter().map(|due| (due.organisation, due.invitation.clone(), due.wave)).collect();
    keys.sort_unstable_by_key(|key| (key.0, key.2));
    keys
}

async fn set(
    tx: &DatabaseTransaction,
    keys: &[Key],
    state: MailState,
    columns: &[(mail::Column, Value)],
) -> Result<()> {
    for same in keys.chunk_by(alike) {
        let mut update = of_keys(same)
            .col_expr(mail::Column::State, Expr::value(state))
            .col_expr(mail::Column::LeasedUntil, Expr::value(None::<i64>));
        for (column, value) in columns {
            update = update.col_expr(*column, Expr::value(value.clone()));
        }
        update.exec(tx).await?;
    }
    Ok(())
}
