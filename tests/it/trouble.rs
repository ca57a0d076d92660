//! The database is locked, full or away: a truthful sentence in both languages, and nothing
//! half-stored.

use std::path::PathBuf;

use relais::db::Db;
use relais::error::{Error, Result};
use relais::i18n::Lang;
use relais::journey::import::{Format, Import, import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::report::Report;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::progress::silent;
use relais::schema::journey;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use crate::support::World;

/// A log of so many journeys of one event.
fn log(world: &World, journeys: u32) -> PathBuf {
    let mut text = String::from("journey,step,start,site\n");
    for n in 0..journeys {
        text.push_str(&format!("J{n},CALL,2026-11-0{}T08:00:00Z,S1\n", n % 9 + 1));
    }
    world.file("log.csv", text)
}

async fn take(world: &World, file: PathBuf) -> Result<Report> {
    let organisation =
        relais::organisation::store::ensure(&world.app.db, world.app.clock.now()).await?;
    let import_it = Import {
        organisation,
        journey_type: "repair".to_owned(),
        source: Source::File(file),
        format: Format::Csv,
        said: ColumnChoices::default(),
        site: None,
        arrival: Arrival::History,
    };
    import(&world.app, &import_it, &silent).await
}

async fn journeys(world: &World) -> u64 {
    journey::Entity::find().count(world.app.db.reader()).await.expect("a count")
}

fn said(error: &Error) -> String {
    assert_ne!(error.say(Lang::Fr), error.say(Lang::En), "both languages say it");
    error.say(Lang::En)
}

/// Runs one statement on the connection that writes.
async fn on_the_writer(world: &World, sql: &'static str) {
    let ran = world.app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    ran.await.expect("a statement");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_says_so_and_works_again_when_it_is_free() {
    let world = World::sqlite().await;
    take(&world, log(&world, 1)).await.expect("an import");
    let other = Db::open(&world.app.config.database_url).await.expect("the same file");
    let (hold, held) = tokio::sync::oneshot::channel::<()>();
    let (locked, is_locked) = tokio::sync::oneshot::channel::<()>();
    let holding = tokio::spawn(async move {
        let write = other.write(|_| {
            Box::pin(async move {
                let _ = locked.send(());
                let _ = held.await;
                Ok(())
            })
        });
        write.await
    });
    is_locked.await.expect("the lock");
    let refused = take(&world, log(&world, 50)).await.expect_err("the file is held");
    assert!(said(&refused).contains("Another program holds the database"), "{refused}");
    assert_eq!(journeys(&world).await, 1, "nothing is half-stored");
    hold.send(()).expect("the holder");
    holding.await.expect("the holder").expect("its write");
    assert_eq!(take(&world, log(&world, 50)).await.expect("an import").kept, 49);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_says_so_and_keeps_what_was_there() {
    let world = World::sqlite().await;
    take(&world, log(&world, 10)).await.expect("an import");
    on_the_writer(&world, "PRAGMA max_page_count = 1").await;
    let refused = take(&world, log(&world, 20_000)).await.expect_err("the disk is full");
    assert!(said(&refused).contains("is full"), "{refused}");
    assert_eq!(journeys(&world).await, 10, "nothing is half-stored");
    on_the_writer(&world, "PRAGMA max_page_count = 1000000").await;
    assert_eq!(take(&world, log(&world, 20_000)).await.expect("room again").kept, 19_990);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_says_so() {
    let url = format!("postgres://nobody@127.0.0.1:{}/none", crate::support::free_port());
    let refused = Db::open(&url).await.expect_err("nobody is there");
    assert!(said(&refused).contains("does not answer"), "{refused}");
}
