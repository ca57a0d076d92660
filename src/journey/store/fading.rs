//! Lets times fade, some journeys at a time, so that nobody who writes has to wait for all of them.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::FINISHED;
use crate::journey::fading::week_of;
use crate::journey::trace::Trace;
use crate::limits;

/// Which atoms are meant: published long enough ago, of releases that have not faded.
const ATOMS: &str = "SELECT a.id FROM atom a WHERE a.organisation_id = $1 AND a.published_at <= $2 AND NOT EXISTS \
    (SELECT 1 FROM faded f WHERE f.organisation_id = a.organisation_id AND f.journey_type = a.journey_type AND f.week = a.week)";

/// Lets fade what was published by an instant; says how many journeys.
pub async fn fade(db: &Db, organisation: OrganisationId, until: Instant) -> Result<u64> {
    let due =
        statement(db.reader(), format!("{ATOMS} LIMIT 1"), [organisation.into(), until.into()]);
    if db.reader().query_one_raw(due).await?.is_none() {
        return Ok(0);
    }
    let (mut last, mut faded) = (Vec::new(), 0);
    loop {
        let from = last.clone();
        let (seen, some) =
            db.write(move |tx| Box::pin(journeys(tx, organisation, until, from))).await?;
        faded += some;
        match seen {
            Some(seen) => last = seen,
            None => break,
        }
    }
    db.write(move |tx| Box::pin(close(tx, organisation, until))).await?;
    Ok(faded)
}

/// The next journeys after one; the last that was seen, and how many faded.
async fn journeys(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    until: Instant,
    from: Vec<u8>,
) -> Result<(Option<Vec<u8>>, u64)> {
    let sql = format!(
        "SELECT id, trace, started_at, ended_at, finished_at FROM journey \
         WHERE organisation_id = $1 AND id > $3 AND atom IN ({ATOMS}) ORDER BY id LIMIT {}",
        limits::FADED_AT_ONCE
    );
    let rows = tx
        .query_all_raw(statement(tx, sql, [organisation.into(), until.into(), from.into()]))
        .await?;
    let (mut last, mut faded) = (None, 0);
    for row in rows {
        let id: Vec<u8> = row.try_get_by_index(0)?;
        let mut trace = Trace::parse(&row.try_get_by_index::<String>(1)?)?;
        let times: [i64; 3] =
            [row.try_get_by_index(2)?, row.try_get_by_index(3)?, row.try_get_by_index(4)?];
        // Of a journey without events only an answer is known; its times are those of the answer.
        let without = times[0] - week_of(times[0]);
        let by = trace.fade().or_else(|| (without != 0).then_some(without));
        if let Some(by) = by {
            let [started, ended, finished] = times.map(|time| Value::from(time - by));
            let sql = "UPDATE journey SET trace = $3, started_at = $4, ended_at = $5, finished_at = $6 \
                WHERE organisation_id = $1 AND id = $2";
            let values = [
                organisation.into(),
                id.clone().into(),
                trace.to_json().into(),
                started,
                ended,
                finished,
            ];
            tx.execute_raw(statement(tx, sql.to_owned(), values)).await?;
            faded += 1;
        }
        last = Some(id);
    }
    Ok((last, faded))
}

/// The times of the answers, and a note of the releases that have faded.
async fn close(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    until: Instant,
) -> Result<()> {
    let week = |column: &str| format!("{column} = {column} - ({column} + 259200) % 604800");
    let answers = format!(
        "UPDATE response SET {} WHERE organisation_id = $1 AND atom IN ({ATOMS})",
        week("answered_at")
    );
    let pages = ["opened_at", "saved_at", "finished_at", "closed_at"].map(week).join(", ");
    let invitations = format!(
        "UPDATE invitation SET {pages} WHERE organisation_id = $1 AND id IN \
         (SELECT r.id FROM response r WHERE r.organisation_id = $1 AND r.atom IN ({ATOMS}))"
    );
    let note = "INSERT INTO faded (organisation_id, journey_type, week) \
        SELECT r.organisation_id, r.journey_type, r.week FROM release r WHERE r.organisation_id = $1 \
        AND r.published_at <= $2 AND NOT EXISTS (SELECT 1 FROM faded f WHERE f.organisation_id = r.organisation_id \
        AND f.journey_type = r.journey_type AND f.week = r.week)";
    let mails = format!(
        "UPDATE mail SET {}, {} WHERE organisation_id = $1 AND invitation IN \
         (SELECT r.id FROM response r WHERE r.organisation_id = $1 AND r.atom IN ({ATOMS}))",
        week("due_at"),
        week("sent_at")
    );
    let decisions = format!(
        "UPDATE decision SET {} WHERE organisation_id = $1 AND journey IN \
         (SELECT j.id FROM journey j WHERE j.organisation_id = $1 AND j.atom IN ({ATOMS}))",
        week("decided_at")
    );
    // The key of such a job is the journey's, and it ran when the journey ended.
    let jobs = format!(
        "UPDATE job SET {}, {} WHERE organisation_id = $1 AND kind = '{FINISHED}' AND done_at <= $2",
        week("run_at"),
        week("done_at")
    );
    for sql in [mails, invitations, answers, decisions, jobs, note.to_owned()] {
        tx.execute_raw(statement(tx, sql, [organisation.into(), until.into()])).await?;
    }
    Ok(())
}

fn statement<const N: usize>(
    conn: &impl ConnectionTrait,
    sql: String,
    values: [Value; N],
) -> Statement {
    Statement::from_sql_and_values(conn.get_database_backend(), sql, values)
}
