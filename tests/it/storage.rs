//! The database: what was refused leaves nothing, what was acknowledged stays, and jobs are done
//! once.

use relais::error::{DatabaseFailure, Error};
use relais::id::OrganisationId;
use relais::jobs::{self, JobError, NewJob};
use relais::schema::site;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::support::{NOON, World, both};

fn new_site(code: &str) -> site::ActiveModel {
    site::ActiveModel {
        organisation_id: Set(OrganisationId::new(1)),
        code: Set(code.to_owned()),
        ..Default::default()
    }
}

async fn sites(world: &World) -> Vec<String> {
    let rows = site::Entity::find().all(world.app.db.reader()).await.expect("the sites");
    let mut codes: Vec<_> = rows.into_iter().map(|row| row.code).collect();
    codes.sort();
    codes
}

async fn a_failing_write_undoes_itself_alone(world: World) {
    let writes = (0..40).map(|n| {
        let db = world.app.db.clone();
        tokio::spawn(async move {
            db.write(move |tx| {
                Box::pin(async move {
                    site::Entity::insert(new_site(&format!("S{n:02}")))
                        .exec_without_returning(tx)
                        .await?;
                    match n % 4 {
                        3 => Err(Error::Internal("on purpose".to_owned())),
                        2 => panic!("on purpose"),
                        _ => Ok(()),
                    }
                })
            })
            .await
            .is_ok()
        })
    });
    let mut kept = Vec::new();
    for (n, write) in writes.enumerate().collect::<Vec<_>>() {
        if write.await.unwrap_or(false) {
            kept.push(format!("S{n:02}"));
        }
    }
    assert_eq!(kept.len(), 20);
    assert_eq!(sites(&world).await, kept);
}

async fn a_job_is_leased_once_and_retried_later(world: World) {
    let db = &world.app.db;
    for _ in 0..2 {
        let new = NewJob {
            organisation: OrganisationId::new(1),
            kind: "test",
            key: "a".into(),
            payload: "{}".into(),
            run_at: NOON,
        };
        db.write(move |tx| Box::pin(jobs::enqueue(tx, vec![new]))).await.expect("enqueue");
    }
    let (one, two) = tokio::join!(jobs::lease(db, NOON), jobs::lease(db, NOON));
    let mut leased: Vec<_> =
        [one, two].into_iter().filter_map(|lease| lease.expect("a lease")).collect();
    assert_eq!(leased.len(), 1, "the same job was leased twice");
    let job = leased.remove(0);
    let failure = JobError::Retry(Error::Internal("away".to_owned()));
    let failed = job.clone();
    db.write(move |tx| Box::pin(async move { jobs::failed(tx, &failed, &failure, NOON).await }))
        .await
        .expect("noted");
    assert!(jobs::lease(db, NOON).await.expect("a lease").is_none(), "it must rest first");
    let again = jobs::lease(db, NOON + 3600).await.expect("a lease").expect("the job again");
    assert_eq!(again.attempts, 2);
    let ended =
        db.write(move |tx| Box::pin(async move { jobs::done(tx, &[again.id], NOON).await }));
    ended.await.expect("done");
    assert!(jobs::unfinished(db).await.expect("the jobs").is_empty());
}

#[tokio::test]
async fn sqlite_readers_cannot_write_and_the_file_is_safe() {
    let world = World::sqlite().await;
    let reader = world.app.db.reader();
    let refused =
        reader.execute_unprepared("DELETE FROM site").await.expect_err("a reader that writes");
    assert_eq!(DatabaseFailure::of(&refused), DatabaseFailure::ReadOnly, "{refused}");
    let modes = world.app.db.write(|tx| {
        Box::pin(async move {
            let mut told = Vec::new();
            for pragma in ["journal_mode", "synchronous", "foreign_keys"] {
                let row = tx
                    .query_one_raw(sea_orm::Statement::from_string(
                        tx.get_database_backend(),
                        format!("PRAGMA {pragma}"),
                    ))
                    .await?;
                let row = row.expect("a pragma has a value");
                told.push(
                    row.try_get_by_index::<String>(0)
                        .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))?,
                );
            }
            Ok(told)
        })
    });
    assert_eq!(
        modes.await.expect("the pragmas"),
        ["wal", "2", "1"],
        "WAL, synchronous FULL, foreign keys"
    );
}

both!(a_failing_write_undoes_itself_alone, a_job_is_leased_once_and_retried_later);
