//! What deciding reads and writes: few, large statements for a batch of journeys.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::calendar::Week;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::invitation::{Channel, DAY, Decision};
use crate::limits;
use crate::schema::codes::MailState;
use crate::schema::{
    contact, contact_date, decision, invitation, journey, mail, opt_out, questionnaire,
};
use crate::survey::Design;
use crate::survey::drawing::Item;
use crate::token::JourneyId;

/// A journey that is over, with what deciding needs of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub journey: JourneyId,
    pub trace: String,
    pub finished_at: Instant,
    /// Its customer's address, sealed.
    pub address: Option<Vec<u8>>,
    pub locale: Option<Lang>,
}

/// What is known of an address.
#[derive(Clone, Copy, Debug, Default)]
pub struct History {
    /// Nobody may write to it.
    pub opted_out: bool,
    pub contacted_at: Option<Instant>,
}

/// An invitation that was made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// 16 random bytes.
    pub id: [u8; 16],
    pub journey: JourneyId,
    /// The week in which it was over.
    pub week: Week,
    pub version: i32,
    /// How the link reaches the customer.
    pub channel: Channel,
    pub locale: Lang,
    pub items: Vec<Item>,
    /// Whether the customer is asked if somebody suggested an answer.
    pub pressure: bool,
    pub address_key: Option<[u8; 16]>,
    /// The address itself, for whoever writes the links down; it is not stored here.
    pub address: Option<String>,
    pub due_at: Instant,
    pub expires_at: Instant,
}

/// Since when customers of a journey type are asked; `None` when they are not.
pub async fn asking_since(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<Instant>> {
    let first: Option<Option<Instant>> = questionnaire::Entity::of(organisation)
        .select_only()
        .column_as(questionnaire::Column::PublishedAt.min(), "since")
        .filter(questionnaire::Column::JourneyType.eq(journey_type))
        .filter(questionnaire::Column::Design.eq(Design::Drawn.code()))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(first.flatten())
}

/// The journeys of these keys with their customers' addresses.
pub async fn candidates(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    ids: &[JourneyId],
) -> Result<Vec<Candidate>> {
    let keys = || ids.iter().map(|id| id.0.to_vec());
    let journeys = journey::Entity::of(organisation)
        .filter(journey::Column::Id.is_in(keys()))
        .order_by_asc(journey::Column::FinishedAt)
        .order_by_asc(journey::Column::Id)
        .all(conn)
        .await?;
    let contacts = contact::Entity::of(organisation)
        .filter(contact::Column::Journey.is_in(keys()))
        .all(conn)
        .await?;
    let mut reach: HashMap<Vec<u8>, (Vec<u8>, Option<Lang>)> =
        contacts.into_iter().map(|row| (row.journey, (row.address, row.locale))).collect();
    let candidate = |row: journey::Model| {
        let (address, locale) =
            reach.remove(&row.id).map_or((None, None), |(address, tag)| (Some(address), tag));
        let journey = JourneyId::from_key(&row.id).ok_or_else(damaged)?;
        Ok(Candidate { journey, trace: row.trace, finished_at: row.finished_at, address, locale })
    };
    journeys.into_iter().map(candidate).collect()
}

/// Journeys with an address that were over in a span of time and that nobody decided about.
pub async fn undecided(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    span: RangeInclusive<Instant>,
    most: u64,
) -> Result<Vec<JourneyId>> {
    let sql = "SELECT c.journey FROM contact c \
        JOIN journey j ON j.organisation_id = c.organisation_id AND j.id = c.journey \
        WHERE c.organisation_id = $1 AND j.journey_type = $2 AND j.finished_at >= $3 \
        AND j.finished_at <= $4 \
        AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.organisation_id = c.organisation_id \
        AND d.journey = c.journey) \
        ORDER BY j.finished_at, c.journey LIMIT $5";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = [
        organisation.into(),
        journey_type.into(),
        (*span.start()).into(),
        (*span.end()).into(),
        most.into(),
    ];
    let rows = conn
        .query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .await?;
    let id = |row: &sea_orm::QueryResult| {
        let key: Vec<u8> = row.try_get_by_index(0)?;
        JourneyId::from_key(&key).ok_or_else(damaged)
    };
    rows.iter().map(id).collect()
}

/// What is known of these addresses.
pub async fn histories(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    keys: &[[u8; 16]],
) -> Result<HashMap<[u8; 16], History>> {
    let mut known: HashMap<[u8; 16], History> = HashMap::new();
    let of = |key: Vec<u8>| <[u8; 16]>::try_from(key).map_err(|_| damaged());
    let wanted = || keys.iter().map(|key| key.to_vec());
    let out = opt_out::Entity::of(organisation)
        .filter(opt_out::Column::AddressKey.is_in(wanted()))
        .all(tx)
        .await?;
    for row in out {
        known.entry(of(row.address_key)?).or_default().opted_out = true;
    }
    let written = contact_date::Entity::of(organisation)
        .filter(contact_date::Column::AddressKey.is_in(wanted()))
        .all(tx)
        .await?;
    for row in written {
        let history = known.entry(of(row.address_key)?).or_default();
        history.contacted_at = history.contacted_at.max(Some(row.at));
    }
    Ok(known)
}

/// Those of the journeys that were decided about. Another sender may still reach whom our mails
/// could not.
pub async fn decided(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    ids: &[JourneyId],
    by_link: bool,
) -> Result<HashSet<JourneyId>> {
    let mut rows = decision::Entity::of(organisation)
        .filter(decision::Column::Journey.is_in(ids.iter().map(|id| id.0.to_vec())));
    if by_link {
        rows = rows
            .filter(decision::Column::Outcome.is_not_in([Decision::Phone, Decision::NoAddress]));
    }
    let rows = rows.all(tx).await?;
    rows.iter().map(|row| JourneyId::from_key(&row.journey).ok_or_else(damaged)).collect()
}

/// Rows of one statement.
const ROWS: usize = 500;

/// Writes down what was decided, with the invitations and their mails.
pub async fn write(
    tx: &DatabaseTransaction,
    (organisation, journey_type): (OrganisationId, &str),
    now: Instant,
    decisions: &[(JourneyId, Week, Decision)],
    made: &[NewInvitation],
) -> Result<()> {
    let row = |(journey, week, outcome): &(JourneyId, Week, Decision)| decision::Model {
        organisation_id: organisation,
        journey: journey.0.to_vec(),
        journey_type: journey_type.to_owned(),
        week: *week,
        outcome: *outcome,
        decided_at: now,
    };
    let again = OnConflict::columns([decision::Column::OrganisationId, decision::Column::Journey])
        .update_columns([decision::Column::Outcome, decision::Column::DecidedAt])
        .to_owned();
    for some in decisions.chunks(ROWS) {
        let rows = some.iter().map(|one| row(one).into_active_model().reset_all());
        decision::Entity::insert_many(rows)
            .on_conflict(again.clone())
            .exec_without_returning(tx)
            .await?;
    }
    for some in made.chunks(ROWS) {
        write_some(tx, (organisation, journey_type), now, some).await?;
    }
    Ok(())
}

async fn write_some(
    tx: &DatabaseTransaction,
    (organisation, journey_type): (OrganisationId, &str),
    now: Instant,
    made: &[NewInvitation],
) -> Result<()> {
    let rows = made.iter().map(|one| invitation_row(organisation, journey_type, now, one));
    let rows: Vec<invitation::ActiveModel> = rows.collect::<Result<_>>()?;
    invitation::Entity::insert_many(rows).exec_without_returning(tx).await?;
    let mails = made
        .iter()
        .filter(|one| one.channel == Channel::Mail)
        .map(|one| mail_row(organisation, one));
    let mails: Vec<_> = mails.collect();
    if !mails.is_empty() {
        mail::Entity::insert_many(mails).exec_without_returning(tx).await?;
    }
    let written = made.iter().filter_map(|one| {
        let row = contact_date::Model {
            organisation_id: organisation,
            address_key: one.address_key?.to_vec(),
            at: one.due_at,
        };
        Some(row.into_active_model().reset_all())
    });
    let written: Vec<_> = written.collect();
    if !written.is_empty() {
        let same = OnConflict::new().do_nothing().to_owned();
        contact_date::Entity::insert_many(written)
            .on_conflict(same)
            .exec_without_returning(tx)
            .await?;
    }
    keep_addresses(tx, organisation, made).await
}

/// An address is needed until its link has ended and everything about it can have been settled.
async fn keep_addresses(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    made: &[NewInvitation],
) -> Result<()> {
    let Some(last) = made.iter().map(|one| one.expires_at).max() else { return Ok(()) };
    contact::Entity::update_of(organisation)
        .col_expr(contact::Column::ExpiresAt, Expr::value(last + limits::ADDRESS_DAYS * DAY))
        .filter(contact::Column::Journey.is_in(made.iter().map(|one| one.journey.0.to_vec())))
        .exec(tx)
        .await?;
    Ok(())
}

fn invitation_row(
    organisation: OrganisationId,
    journey_type: &str,
    now: Instant,
    one: &NewInvitation,
) -> Result<invitation::ActiveModel> {
    let items = serde_json::to_string(&one.items);
    let row = invitation::Model {
        organisation_id: organisation,
        id: one.id.to_vec(),
        journey_type: journey_type.to_owned(),
        journey: Some(one.journey.0.to_vec()),
        week: one.week,
        version: one.version,
        channel: one.channel.code().to_owned(),
        locale: one.locale,
        items: items
            .map_err(|failure| Error::Internal(format!("items cannot be written: {failure}")))?,
        pressure: one.pressure,
        address_key: one.address_key.map(|key| key.to_vec()),
        created_at: now,
        expires_at: one.expires_at,
        answered_through: None,
        outcome_page: None,
        parts_page: None,
        words_page: None,
        opened_at: None,
        saved_at: None,
        finished_at: None,
        closed_at: None,
        withdrawn_at: None,
        counted: None,
    };
    Ok(row.into_active_model().reset_all())
}

fn mail_row(organisation: OrganisationId, one: &NewInvitation) -> mail::ActiveModel {
    let row = mail::Model {
        organisation_id: organisation,
        invitation: one.id.to_vec(),
        wave: 0,
        state: MailState::Waiting,
        due_at: one.due_at,
        attempts: 0,
        leased_until: None,
        sent_at: None,
        failure: None,
    };
    row.into_active_model().reset_all()
}

pub(super) fn damaged() -> Error {
    Error::Internal("a stored key is not 16 bytes long".to_owned())
}
