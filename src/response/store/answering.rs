//! What a customer's pages read and write. The invitation holds what they saved until it becomes a
//! response.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement, Value,
};

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::limits;
use crate::response::invitation::{CustomerInvitation, ResponseContent};
use crate::schema::codes::CommentState;
use crate::schema::{comment, invitation, response};

/// An invitation with its journey, as a link finds it.
#[derive(Clone, Debug)]
pub struct Row {
    pub organisation: OrganisationId,
    pub invitation: Vec<u8>,
    pub journey_type: String,
    pub trace: Option<String>,
    /// Where.
    pub site: Option<String>,
    pub version: i32,
    /// `fr` or `en`.
    pub lang: Lang,
    /// JSON of the parts that were drawn.
    pub items: String,
    /// Whether the pressure question is asked.
    pub pressure: bool,
    pub expires_at: Instant,
    /// JSON of the first page.
    pub outcome_page: Option<String>,
    /// JSON of the second page.
    pub parts_page: Option<String>,
    /// JSON of the third page.
    pub words_page: Option<String>,
    pub finished_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
    /// Whether it had gone into something published by then.
    pub counted: Option<bool>,
    /// The digest of the link that pages were saved through, where any were.
    pub answered_through: Option<Vec<u8>>,
}

const FIND: &str = "SELECT i.organisation_id, i.id, i.journey_type, j.trace, i.version, i.locale, \
    i.items, i.pressure, \
    i.expires_at, i.outcome_page, i.parts_page, i.words_page, i.finished_at, i.closed_at, \
    i.withdrawn_at, i.counted, j.site, i.answered_through \
    FROM link l JOIN invitation i ON i.organisation_id = l.organisation_id \
    AND i.id = l.invitation \
    LEFT JOIN journey j ON j.organisation_id = i.organisation_id AND j.id = i.journey WHERE l.digest = $1";

/// Where the link of a digest leads.
pub async fn find(conn: &impl ConnectionTrait, digest: Vec<u8>) -> Result<Option<Row>> {
    let statement =
        Statement::from_sql_and_values(conn.get_database_backend(), FIND, [digest.into()]);
    let Some(row) = conn.query_one_raw(statement).await? else { return Ok(None) };
    Ok(Some(Row {
        organisation: row.try_get_by_index(0)?,
        invitation: row.try_get_by_index(1)?,
        journey_type: row.try_get_by_index(2)?,
        trace: row.try_get_by_index(3)?,
        version: row.try_get_by_index(4)?,
        lang: row.try_get_by_index(5)?,
        items: row.try_get_by_index(6)?,
        pressure: row.try_get_by_index(7)?,
        expires_at: row.try_get_by_index(8)?,
        outcome_page: row.try_get_by_index(9)?,
        parts_page: row.try_get_by_index(10)?,
        words_page: row.try_get_by_index(11)?,
        finished_at: row.try_get_by_index(12)?,
        closed_at: row.try_get_by_index(13)?,
        withdrawn_at: row.try_get_by_index(14)?,
        counted: row.try_get_by_index(15)?,
        site: row.try_get_by_index(16)?,
        answered_through: row.try_get_by_index(17)?,
    }))
}

/// The key of an invitation.
#[derive(Clone, Debug)]
pub struct Key(OrganisationId, Vec<u8>);

impl Key {
    /// That of an invitation that was opened.
    pub fn of(opened: &CustomerInvitation) -> Self {
        Self(opened.organisation, opened.invitation.clone())
    }
}

/// Whether the response of an invitation has gone into what is published.
pub async fn is_released(conn: &impl ConnectionTrait, key: &Key) -> Result<bool> {
    let sql = "SELECT 1 FROM response WHERE organisation_id = $1 AND id = $2 AND atom IS NOT NULL";
    let values = [key.0.into(), key.1.clone().into()];
    Ok(conn
        .query_one_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values))
        .await?
        .is_some())
}

/// A page's column.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Outcome,
    Parts,
    Words,
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome_page",
            Self::Parts => "parts_page",
            Self::Words => "words_page",
        }
    }
}

/// Saves a page; false when the invitation is no longer open. `unlink` parts it from its journey
/// for ever.
pub async fn save(
    tx: &DatabaseTransaction,
    key: &Key,
    column: Column,
    text: &str,
    (lang, unlink): (Lang, bool),
    (through, now): (&[u8], Instant),
) -> Result<bool> {
    // Items drawn from somebody else's journey are not asked about.
    let unlinked = if unlink { ", journey = NULL" } else { "" };
    let others = [Column::Outcome, Column::Parts, Column::Words];
    let others = others.into_iter().filter(|other| other.name() != column.name());
    let kept = others.map(|other| match other {
        Column::Parts if unlink => "parts_page = NULL".to_owned(),
        other => kept_through(other, "$6"),
    });
    let sql = format!(
        "UPDATE invitation SET {} = $1, {}, answered_through = $6, locale = $2, saved_at = $3, \
         opened_at = COALESCE(opened_at, $3){unlinked} \
         WHERE organisation_id = $4 AND id = $5 AND closed_at IS NULL AND expires_at > $3",
        column.name(),
        kept.collect::<Vec<_>>().join(", ")
    );
    let values: [Value; 6] = [
        text.into(),
        lang.tag().into(),
        now.into(),
        key.0.into(),
        key.1.clone().into(),
        through.to_vec().into(),
    ];
    let done = tx
        .execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps a page that was saved through the same link. Who has another one is not shown what was
/// saved, so it must not become part of what they send.
fn kept_through(page: Column, link: &str) -> String {
    let name = page.name();
    format!(
        "{name} = CASE WHEN answered_through IS NULL OR answered_through = {link} THEN {name} END"
    )
}

/// What an invitation holds when it becomes a response.
#[derive(Clone, Debug)]
pub struct Saved {
    organisation: OrganisationId,
    invitation: Vec<u8>,
    journey_type: String,
    journey: Option<Vec<u8>>,
    version: i32,
    /// JSON of the parts that were drawn.
    pub items: String,
    /// JSON of the first page.
    pub outcome_page: Option<String>,
    /// JSON of the second page.
    pub parts_page: Option<String>,
    /// JSON of the third page.
    pub words_page: Option<String>,
    pub saved_at: Option<Instant>,
}

const SAVED: &str = "organisation_id, id, journey_type, journey, version, items, outcome_page, \
    parts_page, words_page, \
    saved_at";

impl Saved {
    fn read(row: &QueryResult) -> Result<Self> {
        Ok(Self {
            organisation: row.try_get_by_index(0)?,
            invitation: row.try_get_by_index(1)?,
            journey_type: row.try_get_by_index(2)?,
            journey: row.try_get_by_index(3)?,
            version: row.try_get_by_index(4)?,
            items: row.try_get_by_index(5)?,
            outcome_page: row.try_get_by_index(6)?,
            parts_page: row.try_get_by_index(7)?,
            words_page: row.try_get_by_index(8)?,
            saved_at: row.try_get_by_index(9)?,
        })
    }
}

/// Closes an invitation whose last page was sent, and hands over what it holds; `None` when it was
/// not open any more.
pub async fn finish(
    tx: &DatabaseTransaction,
    key: &Key,
    lang: Lang,
    (through, now): (&[u8], Instant),
) -> Result<Option<Saved>> {
    let sql = format!(
        "UPDATE invitation SET finished_at = $1, closed_at = $1, saved_at = $1, \
         opened_at = COALESCE(opened_at, $1), {}, {}, answered_through = $5, \
         locale = $2 WHERE organisation_id = $3 AND id = $4 AND closed_at IS NULL \
         AND expires_at > $1 RETURNING {SAVED}",
        kept_through(Column::Outcome, "$5"),
        kept_through(Column::Parts, "$5"),
    );
    let values: [Value; 5] = [
        now.into(),
        lang.tag().into(),
        key.0.into(),
        key.1.clone().into(),
        through.to_vec().into(),
    ];
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values))
        .await?;
    row.as_ref().map(Saved::read).transpose()
}

/// Closes some invitations whose links have ended, and hands over what they hold.
pub async fn ended(tx: &DatabaseTransaction, now: Instant) -> Result<Vec<Saved>> {
    let ended = invitation::Entity::find()
        .select_only()
        .columns([invitation::Column::OrganisationId, invitation::Column::Id])
        .filter(invitation::Column::ClosedAt.is_null())
        .filter(invitation::Column::ExpiresAt.lte(now))
        .order_by_asc(invitation::Column::ExpiresAt)
        .limit(limits::DECIDED_AT_ONCE as u64)
        .into_tuple::<(OrganisationId, Vec<u8>)>()
        .all(tx)
        .await?;
    let sql = format!(
        "UPDATE invitation SET closed_at = $1 WHERE organisation_id = $2 AND id = $3 \
         AND closed_at IS NULL \
         RETURNING {SAVED}"
    );
    let mut closed = Vec::with_capacity(ended.len());
    for (organisation, id) in ended {
        let values: [Value; 3] = [now.into(), organisation.into(), id.into()];
        let row = tx
            .query_one_raw(Statement::from_sql_and_values(tx.get_database_backend(), &sql, values))
            .await?;
        closed.extend(row.as_ref().map(Saved::read).transpose()?);
    }
    Ok(closed)
}

/// Makes a response of what was said, and blanks the pages. Where nothing was said there is no
/// response.
pub async fn respond(
    tx: &DatabaseTransaction,
    saved: &Saved,
    said: Option<ResponseContent>,
) -> Result<()> {
    let Some(said) = said else { return Ok(()) };
    let backend = tx.get_database_backend();
    let values: [Value; 11] = [
        saved.organisation.into(),
        saved.invitation.clone().into(),
        saved.journey_type.as_str().into(),
        saved.journey.clone().into(),
        saved.version.into(),
        said.answered_at.into(),
        said.outcome.into(),
        said.answers.into(),
        said.chances.into(),
        said.another.into(),
        said.pressed.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(backend, RESPOND, values)).await?;
    if let Some(text) = said.comment {
        let row = comment::Model {
            team_only: false,
            organisation_id: saved.organisation,
            response: saved.invitation.clone(),
            text,
            state: CommentState::Held,
            atom: None,
            lang: None,
        };
        comment::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(tx)
            .await?;
    }
    blank(tx, &Key(saved.organisation, saved.invitation.clone())).await
}

const RESPOND: &str = "INSERT INTO response (organisation_id, id, journey_type, journey, site, \
    version, answered_at, \
    outcome, answers, chances, another, pressed) VALUES ($1, $2, $3, $4, \
    (SELECT site FROM journey WHERE organisation_id = $1 AND id = $4), $5, $6, $7, $8, $9, $10, $11)";

async fn blank(tx: &DatabaseTransaction, key: &Key) -> Result<()> {
    let sql = "UPDATE invitation SET outcome_page = NULL, parts_page = NULL, words_page = NULL \
        WHERE organisation_id = $1 AND id = $2";
    let values = [key.0.into(), key.1.clone().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Deletes a response with its comment, whatever its invitation holds, and how to reach who takes
/// it back.
pub async fn withdraw(tx: &DatabaseTransaction, key: &Key, now: Instant) -> Result<()> {
    let counted = is_released(tx, key).await?;
    comment::Entity::delete_by_id((key.0, key.1.clone())).exec(tx).await?;
    response::Entity::delete_by_id((key.0, key.1.clone())).exec(tx).await?;
    let sql = "UPDATE invitation SET withdrawn_at = $1, closed_at = COALESCE(closed_at, $1), \
        counted = $2 \
        WHERE organisation_id = $3 AND id = $4 AND withdrawn_at IS NULL";
    let values: [Value; 4] = [now.into(), counted.into(), key.0.into(), key.1.clone().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    let address = "DELETE FROM contact WHERE organisation_id = $1 AND journey IN \
        (SELECT journey FROM invitation WHERE organisation_id = $1 AND id = $2)";
    let values = [key.0.into(), key.1.clone().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), address, values))
        .await?;
    blank(tx, key).await
}
