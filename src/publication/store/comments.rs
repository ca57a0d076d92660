//! Comments: the held ones whose answers were published, and the released ones of some atoms.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryResult, Statement, Value};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::limits;
use crate::publication::{Atom, Comment, CommentQuestion};
use crate::schema::codes::CommentState;
use crate::schema::comment;

/// A comment as it was written.
pub struct HeldComment {
    pub response: Vec<u8>,
    /// What was written.
    pub text: String,
    /// The atom that the response went into.
    pub atom: i64,
    /// The language of the page that it was written on, where it was written on one of ours.
    pub page: Option<Lang>,
}

/// A comment as it may be read.
pub struct Ready {
    pub response: Vec<u8>,
    /// The atom that the response went into.
    pub atom: i64,
    pub lang: Lang,
    pub text: String,
    /// Whether somebody may still be named in it.
    pub team_only: bool,
}

const HELD: &str = "SELECT c.response, c.text, r.atom, i.locale FROM comment c \
    JOIN response r ON r.organisation_id = c.organisation_id AND r.id = c.response \
    LEFT JOIN invitation i ON i.organisation_id = c.organisation_id AND i.id = c.response \
    WHERE c.organisation_id = $1 AND c.state = 'held' AND r.atom IS NOT NULL AND c.response > $2 \
    ORDER BY c.response LIMIT $3";

/// Some held comments whose answers were published, after a response in the order of their keys.
pub async fn held(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    after: &[u8],
) -> Result<Vec<HeldComment>> {
    let values: [Value; 3] =
        [organisation.into(), after.to_vec().into(), limits::COMMENTS_AT_ONCE.into()];
    let rows = connection.query_all_raw(Statement::from_sql_and_values(
        connection.get_database_backend(),
        HELD,
        values,
    ));
    rows.await?.iter().map(held_comment).collect()
}

fn held_comment(row: &QueryResult) -> Result<HeldComment> {
    Ok(HeldComment {
        response: row.try_get_by_index(0)?,
        text: row.try_get_by_index(1)?,
        atom: row.try_get_by_index(2)?,
        page: row.try_get_by_index(3)?,
    })
}

/// Writes what may be read over what was written; says how many there were. One that was withdrawn
/// meanwhile stays gone.
pub async fn release(db: &Db, organisation: OrganisationId, ready: Vec<Ready>) -> Result<u64> {
    db.write(move |tx| {
        Box::pin(async move {
            let mut released = 0;
            for one in ready {
                let update = comment::Entity::update_of(organisation)
                    .col_expr(comment::Column::Text, Expr::val(one.text))
                    .col_expr(comment::Column::State, Expr::val(CommentState::Released))
                    .col_expr(comment::Column::Atom, Expr::val(one.atom))
                    .col_expr(comment::Column::Lang, Expr::val(one.lang))
                    .col_expr(comment::Column::TeamOnly, Expr::val(one.team_only))
                    .filter(comment::Column::Response.eq(one.response))
                    .filter(comment::Column::State.eq(CommentState::Held));
                released += update.exec(tx).await?.rows_affected;
            }
            Ok(released)
        })
    })
    .await
}

/// Lets go of the originals of comments that were overwritten or deleted.
pub async fn let_go(db: &Db) -> Result<()> {
    db.let_go("comment").await
}

/// The atoms of all places that a reader may see in a window, and the released comments of one
/// place among them.
pub async fn released(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    asked: &CommentQuestion<'_>,
    visible_at: Option<Instant>,
) -> Result<(Vec<Atom>, Vec<Comment>)> {
    let releases =
        super::releases(connection, organisation, asked.journey_type, &asked.window, visible_at)
            .await?;
    let atoms = super::atoms(connection, organisation, asked.journey_type, &releases).await?;
    let here: Vec<i64> =
        atoms.iter().filter(|atom| atom.unit.is_in(asked.place)).map(|atom| atom.id).collect();
    let mut comments = Vec::new();
    for some in here.chunks(crate::db::most_values(connection.get_database_backend()) / 2) {
        let rows = comment::Entity::of(organisation)
            .filter(comment::Column::State.eq(CommentState::Released))
            .filter(comment::Column::Atom.is_in(some.iter().copied()));
        for row in rows.all(connection).await? {
            let (lang, team_only) = (row.lang.unwrap_or_default(), row.team_only);
            comments.push(Comment { text: row.text, lang, team_only });
        }
    }
    Ok((atoms, comments))
}
