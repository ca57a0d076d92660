//! An import of answers as a whole: it breaks off, is undone, is tried, and says how to go on.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use relais::error::Error;
use relais::progress::silent;
use relais::response::import::import;
use relais::response::report::Report;
use sea_orm::ConnectionTrait;

use crate::answers::{answers, imported, organisation, refusal, rows};
use crate::support::{World, both};

both!(
    a_file_that_cannot_be_read_leaves_nothing,
    a_batch_that_fails_is_undone_as_a_whole,
    an_import_that_breaks_off_says_how_to_go_on,
    a_trial_says_the_same_and_stores_nothing,
);

async fn a_file_that_cannot_be_read_leaves_nothing(world: World) {
    organisation(&world).await;
    let before = rows(&world).await;
    let rows_of = |count| "J1,2026-11-20,7,8\n".repeat(count);
    let whole = format!("journey,answered_at,outcome,step.A\n{}", rows_of(60_000));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(whole.as_bytes()).expect("gzip");
    let packed = packed.finish().expect("gzip");
    let latin: Vec<u8> = [whole.as_bytes(), b"J2,2026-11-20,7,8,caf\xe9\n"].concat();
    let quote =
        format!("journey,answered_at,outcome,step.A\n{}J2,\"{}", rows_of(3), "x".repeat(3 << 20));
    let column = "journey,answered_at,outcome,colour\nJ1,2026-11-20,7,red\n";
    for (name, content, line, field, key) in [
        ("cut.csv.gz", &packed[..packed.len() - 9], None, None, "journey-file-truncated"),
        ("latin.csv", &latin, Some(60_002), None, "journey-encoding-latin1"),
        ("empty.csv", b"", None, None, "journey-file-empty"),
        ("quote.csv", quote.as_bytes(), Some(5), None, "journey-line-too-long"),
        ("column.csv", column.as_bytes(), Some(1), Some("colour"), "response-unknown-column"),
        ("times.csv", b"journey,outcome\nJ1,3\n", Some(1), None, "response-no-answered-at"),
    ] {
        let expected = (Some(name.to_owned()), line, field.map(str::to_owned), key);
        assert_eq!(refusal(imported(&world, name, content).await), expected);
    }
    let missing =
        import(&world.app, &answers(&world.folder.path().join("missing.csv")), &silent).await;
    assert_eq!(refusal(missing).3, "journey-file-not-found");
    assert_eq!(rows(&world).await, before, "something was left behind");
}

async fn rename(world: &World, sql: &'static str) {
    let renamed = world.app.db.write(move |tx| {
        Box::pin(async move { Ok(tx.execute_unprepared(sql).await.map(|_| ())?) })
    });
    renamed.await.expect("a renamed table");
}

async fn a_batch_that_fails_is_undone_as_a_whole(world: World) {
    organisation(&world).await;
    let before = rows(&world).await;
    rename(&world, "ALTER TABLE comment RENAME TO away").await;
    let csv = "journey,answered_at,site,outcome,step.A,comment\nJ1,2026-11-20,S1,7,8,\nJ2,2026-11-20,S1,7,8,slow\n";
    let failed = imported(&world, "answers.csv", csv).await;
    assert!(matches!(failed, Err(Error::Database(_))), "{failed:?}");
    rename(&world, "ALTER TABLE away RENAME TO comment").await;
    assert_eq!(rows(&world).await, before, "something was left behind");
    let report = imported(&world, "answers.csv", csv).await.expect("an import");
    assert_eq!((report.kept, report.comments_held), (2, 1));
}

async fn an_import_that_breaks_off_says_how_to_go_on(world: World) {
    organisation(&world).await;
    let mut csv = "journey,answered_at,outcome,comment\n".to_owned();
    (0..20_100).for_each(|n| {
        csv.push_str(&format!("J{n},2026-11-20,7,{}\n", if n == 20_050 { "slow" } else { "" }))
    });
    rename(&world, "ALTER TABLE comment RENAME TO away").await;
    assert_eq!(refusal(imported(&world, "answers.csv", &csv).await).3, "response-broke-off");
    rename(&world, "ALTER TABLE away RENAME TO comment").await;
    assert_eq!(rows(&world).await[0], 20_000, "the first batch stays and the second is undone");
    let report = imported(&world, "answers.csv", &csv).await.expect("the rest");
    assert_eq!((report.kept, report.repeated, report.comments_held), (100, 20_000, 1));
}

async fn a_trial_says_the_same_and_stores_nothing(world: World) {
    organisation(&world).await;
    let mut csv = "journey,answered_at,outcome,step.A,site\n".to_owned();
    (0..25_000).for_each(|n| csv.push_str(&format!("J{n},2026-11-20,7,8,S{}\n", n % 3)));
    csv.push_str("J1,2026-11-20,7,8,S1\nJ2,2026-11-20,6,8,S2\nJX,2026-11-20,99,8,S1\n");
    let before = rows(&world).await;
    let mut trial = answers(&world.file("answers.csv", csv));
    trial.dry_run = true;
    let said = import(&world.app, &trial, &silent).await.expect("a trial");
    assert_eq!(rows(&world).await, before);
    trial.dry_run = false;
    let heard = AtomicU64::new(0);
    let hear = |done: u64, all: Option<u64>| {
        assert!(all.is_some_and(|all| done <= all));
        heard.fetch_add(1, Ordering::Relaxed);
    };
    let report = import(&world.app, &trial, &hear).await.expect("an import");
    assert!(heard.into_inner() >= 2);
    assert_eq!((report.kept, report.repeated, report.refused), (25_000, 1, 2));
    assert_eq!(Report { version: report.version, ..said }, report);
    assert_eq!(rows(&world).await, [25_000, 25_000, 0, 1, 1, 1, 3, 1]);
}
