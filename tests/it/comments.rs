//! Comments: held, then released without anybody in them, and the original in no file any more.

use relais::i18n::Lang;
use relais::journal::{Author, Reason};
use relais::privacy::redact::{StaffName, TeamNames, redact};
use relais::privacy::store::names::{self, By};
use relais::privacy::{Audience, NotShown, Place};
use relais::publication::Window;
use relais::publication::publish::publish;
use relais::publication::{CommentQuestion, comments};
use relais::schema::codes::CommentState;
use relais::schema::{comment, job, journal_entry, response, staff_name};
use relais::worker;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel};

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::{World, both, sql_in};

both!(
    a_released_comment_has_nobody_in_it_and_its_original_is_in_no_file,
    a_held_comment_is_read_by_nobody,
    fewer_than_three_comments_are_not_shown,
    a_comment_that_may_name_somebody_is_for_the_team_alone,
    a_name_that_a_team_added_is_masked_and_stored_nowhere,
    a_comment_that_is_withdrawn_is_gone_held_or_released,
);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 5, 7), ("S2", Some("R1"), 6, 6)];

/// So many answers of a garage, each with the comment that is made for its number.
async fn answered(
    world: &World,
    site: &'static str,
    over: i64,
    answers: u32,
    said: impl Fn(usize) -> Option<String>,
) {
    let before: Vec<Vec<u8>> = responses(world).await.into_iter().map(|row| row.id).collect();
    live(&world.app, Some(site), over, (answers, answers), over + DAY).await;
    let new =
        responses(world).await.into_iter().map(|row| row.id).filter(|id| !before.contains(id));
    let row = |(n, response): (usize, Vec<u8>)| {
        let text = said(n)?;
        let (state, organisation_id) = (CommentState::Held, ORGANISATION);
        Some(comment::Model {
            organisation_id,
            response,
            text,
            state,
            atom: None,
            lang: None,
            team_only: false,
        })
    };
    let rows: Vec<_> =
        new.enumerate().filter_map(row).map(|row| row.into_active_model().reset_all()).collect();
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            for row in rows {
                comment::Entity::insert(row).exec_without_returning(tx).await?;
            }
            Ok(())
        })
    });
    write.await.expect("comments");
}

async fn responses(world: &World) -> Vec<response::Model> {
    response::Entity::find().all(world.app.db.reader()).await.expect("responses")
}

async fn close(world: &World, at: i64) {
    world.app.clock.set(at);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    closed.await.expect("published");
}

async fn all(world: &World) -> Vec<comment::Model> {
    comment::Entity::find().all(world.app.db.reader()).await.expect("comments")
}

async fn read(world: &World, place: &Place, audience: Audience) -> Result<Vec<String>, NotShown> {
    let now = world.app.clock.now();
    let asked =
        CommentQuestion { journey_type: "repair", place, window: Window::default(), audience, now };
    let read = relais::breakdown::comments::read(&world.app.db, ORGANISATION, &asked)
        .await
        .expect("an answer");
    read.map(|shown| shown.iter().map(|comment| comment.text.clone()).collect())
}

/// How many of the surnames stand in the files of the database.
async fn originals_in_the_files(world: &World) -> usize {
    let pattern = regex::bytes::Regex::new("Qu[bdfglmnprtvz]a[bdfglmnprtvz]ou[bdfglmnprtvz]iac")
        .expect("a pattern");
    let found = |path: &std::path::Path| {
        pattern.find_iter(&std::fs::read(path).unwrap_or_default()).count()
    };
    if world.app.db.reader().get_database_backend() == DbBackend::Postgres {
        // The table and what it keeps outside of its rows, as they are on the server's disk after a
        // checkpoint.
        let reader = world.app.db.reader();
        reader.execute_unprepared("CHECKPOINT").await.expect("a checkpoint");
        let sql = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) FROM pg_class c \
            WHERE c.relname = 'comment' OR c.oid = (SELECT reltoastrelid FROM pg_class WHERE relname = 'comment')";
        let rows =
            reader.query_all_raw(sea_orm::Statement::from_string(DbBackend::Postgres, sql)).await;
        let paths = rows
            .expect("paths")
            .into_iter()
            .map(|row| row.try_get_by_index::<String>(0).expect("a path"));
        return paths.map(|path| found(path.as_ref())).sum();
    }
    ["relais.sqlite", "relais.sqlite-wal"]
        .iter()
        .map(|file| found(&world.folder.path().join(file)))
        .sum()
}

/// A surname that no other text holds.
fn surname(n: usize) -> String {
    let letters = b"bdfglmnprtvz";
    let pick = |n: usize| char::from(letters[n % letters.len()]);
    format!("Qu{}a{}ou{}iac", pick(n), pick(n / 12), pick(n / 144))
}

async fn a_released_comment_has_nobody_in_it_and_its_original_is_in_no_file(world: World) {
    found(&world.app, NETWORK).await;
    if world.app.db.reader().get_database_backend() == DbBackend::Postgres {
        // Compressed, a long one could not be found in the files whether it is there or not.
        let plain = "ALTER TABLE comment ALTER COLUMN text SET STORAGE EXTERNAL";
        world.app.db.reader().execute_unprepared(plain).await.expect("kept as written");
    }
    // Long ones leave their page, and so many at random keys move others about.
    let long = "Le dossier a été transmis sans explication. ".repeat(120);
    let said = |n: usize| {
        let more = if n.is_multiple_of(7) { long.as_str() } else { "" };
        Some(format!("M. {} m'a bien reçu, tél. 06 12 34 56 {:02}. {more}", surname(n), n % 100))
    };
    answered(&world, "S1", MONDAY + DAY, 600, said).await;
    assert!(originals_in_the_files(&world).await >= 600, "held, they are there");
    close(&world, MONDAY + WEEK).await;
    assert_eq!(worker::do_jobs(&world.app).await.expect("jobs"), 1);
    let rows = all(&world).await;
    assert!(
        rows.iter().all(|row| row.state == CommentState::Released && row.lang == Some(Lang::Fr))
    );
    assert!(
        rows.iter().all(|row| row.text.starts_with("[nom] m'a bien reçu, tél. [téléphone].")),
        "{:?}",
        rows[0]
    );
    let atoms: std::collections::BTreeMap<_, _> =
        responses(&world).await.into_iter().map(|row| (row.id, row.atom)).collect();
    assert!(
        rows.iter().all(|row| row.atom.is_some() && row.atom == atoms[&row.response]),
        "each with its answer's atom"
    );
    assert_eq!(originals_in_the_files(&world).await, 0, "originals in the files");
    assert_eq!(
        comments::release(&world.app, ORGANISATION).await.expect("a release"),
        0,
        "nothing is left to release"
    );
}

async fn a_held_comment_is_read_by_nobody(world: World) {
    found(&world.app, NETWORK).await;
    answered(&world, "S1", MONDAY + DAY, 14, |n| (n < 5).then(|| format!("Merci à Sandrine {n}")))
        .await;
    let site = Place::Site("S1".to_owned());
    assert_eq!(read(&world, &site, Audience::Team).await, Err(NotShown::NothingReleased));
    close(&world, MONDAY + WEEK).await;
    assert_eq!(
        read(&world, &site, Audience::Team).await,
        Err(NotShown::FewComments(3)),
        "published, and still held"
    );
    worker::do_jobs(&world.app).await.expect("jobs");
    let five = (0..5).map(|n| format!("Merci à [nom] {n}")).collect::<Vec<_>>();
    assert_eq!(read(&world, &site, Audience::Team).await, Ok(five.clone()));
    assert_eq!(
        read(&world, &site, Audience::Management).await,
        Err(NotShown::NothingReleased),
        "the teams read first"
    );
    // A late one of the same garage waits with its answer.
    answered(&world, "S1", MONDAY + DAY, 2, |_| Some("Encore Sandrine".to_owned())).await;
    worker::do_jobs(&world.app).await.expect("jobs");
    comments::release(&world.app, ORGANISATION).await.expect("a release");
    assert_eq!(all(&world).await.iter().filter(|row| row.state == CommentState::Held).count(), 2);
    assert_eq!(read(&world, &site, Audience::Team).await, Ok(five.clone()));
    world.app.clock.set(MONDAY + 3 * WEEK);
    assert_eq!(read(&world, &site, Audience::Management).await, Ok(five.clone()));
    assert_eq!(read(&world, &Place::Network, Audience::Management).await, Ok(five));
}

async fn fewer_than_three_comments_are_not_shown(world: World) {
    found(&world.app, NETWORK).await;
    answered(&world, "S1", MONDAY + DAY, 14, |n| (n < 2).then(|| "Bien".to_owned())).await;
    answered(&world, "S2", MONDAY + DAY, 14, |n| (n < 1).then(|| "Mal".to_owned())).await;
    answered(&world, "S2", MONDAY + WEEK + DAY, 9, |_| Some("Jamais".to_owned())).await;
    close(&world, MONDAY + 2 * WEEK).await;
    worker::do_jobs(&world.app).await.expect("jobs");
    let site = Place::Site("S1".to_owned());
    assert_eq!(read(&world, &site, Audience::Team).await, Err(NotShown::FewComments(3)));
    let region = Place::Region("R1".to_owned());
    assert_eq!(
        read(&world, &region, Audience::Team).await,
        Ok(["Bien", "Bien", "Mal"].map(str::to_owned).to_vec())
    );
}

async fn a_comment_that_may_name_somebody_is_for_the_team_alone(world: World) {
    found(&world.app, NETWORK).await;
    let doubtful = "Le technicien de Laval m'a bien reçu hier";
    answered(&world, "S1", MONDAY + DAY, 14, |n| match n {
        0..4 => Some(format!("La voiture était prête à l'heure, merci, numéro {n}")),
        4 => Some(doubtful.to_owned()),
        _ => None,
    })
    .await;
    close(&world, MONDAY + WEEK).await;
    worker::do_jobs(&world.app).await.expect("jobs");
    world.app.clock.set(MONDAY + 3 * WEEK);
    let site = Place::Site("S1".to_owned());
    let team = read(&world, &site, Audience::Team).await.expect("shown to the team");
    assert_eq!((team.len(), team.iter().any(|text| text == doubtful)), (5, true));
    for place in [site, Place::Network] {
        let others = read(&world, &place, Audience::Management).await.expect("shown");
        assert_eq!((others.len(), others.iter().any(|text| text == doubtful)), (4, false));
    }
}

async fn a_name_that_a_team_added_is_masked_and_stored_nowhere(world: World) {
    found(&world.app, NETWORK).await;
    let lines: Vec<_> = ["Élan Vital-Tournesol", "Petitpas"]
        .iter()
        .map(|line| StaffName::parse(line).expect("a name"))
        .collect();
    let by = || By {
        author: Author::command_line(),
        reason: Reason::parse("asked for by the team").expect("a reason"),
        at: MONDAY,
    };
    let (db, secret) = (&world.app.db, &world.app.secret);
    assert!(
        names::add(db, (ORGANISATION, "nobody"), secret, &lines, by()).await.is_err(),
        "a team that there is not"
    );
    assert!(
        names::add(db, (ORGANISATION, "reception"), secret, &lines, by()).await.expect("added")
    );
    assert!(
        !names::add(db, (ORGANISATION, "reception"), secret, &lines, by()).await.expect("known"),
        "twice changes nothing"
    );
    let known = names::all(db.reader(), ORGANISATION, secret).await.expect("names");
    for (text, masked) in [
        ("vu avec petitpas hier", "vu avec [nom] hier"),
        ("c'est elan vital tournesol qui gère", "c'est [nom] qui gère"),
        ("Demandez TOURNESOL", "Demandez [nom]"),
        ("un bel élan", "un bel élan"),
    ] {
        assert_eq!(redact(text, Lang::Fr, &known).text, masked, "{text}");
    }
    assert_eq!(
        redact("vu avec petitpas hier", Lang::Fr, &TeamNames::default()).text,
        "vu avec petitpas hier"
    );
    let journal = journal_entry::Entity::find().all(db.reader()).await.expect("the journal");
    assert_eq!((journal.len(), journal[0].subject.as_str()), (1, "names:reception"));
    assert_eq!(journal[0].after.as_deref(), Some("{\"added\":2}"));
    let stored = format!("{journal:?}{:?}", staff_name::Entity::find().all(db.reader()).await)
        .to_lowercase();
    assert!(
        ["petitpas", "vital", "tournesol"].iter().all(|name| !stored.contains(name)),
        "{stored}"
    );
    // The released comment is masked by it, too.
    answered(&world, "S1", MONDAY + DAY, 12, |_| {
        Some("bravo, petitpas connaît son métier".to_owned())
    })
    .await;
    close(&world, MONDAY + WEEK).await;
    worker::do_jobs(&world.app).await.expect("jobs");
    assert!(all(&world).await.iter().all(|row| row.text == "bravo, [nom] connaît son métier"));
    assert!(names::clear(db, (ORGANISATION, "reception"), by()).await.expect("cleared"));
    assert_eq!(staff_name::Entity::find().all(db.reader()).await.expect("hashes").len(), 0);
}

async fn a_comment_that_is_withdrawn_is_gone_held_or_released(world: World) {
    found(&world.app, NETWORK).await;
    answered(&world, "S1", MONDAY + DAY, 12, |n| Some(format!("Très bien, numéro {n}"))).await;
    let first = all(&world).await.remove(0).response;
    let delete = format!("DELETE FROM comment WHERE response = {}", literal(&world, &first));
    let gone = world.app.db.write(move |tx| Box::pin(async move { sql_in(tx, &delete).await }));
    gone.await.expect("withdrawn while it was held");
    close(&world, MONDAY + WEEK).await;
    worker::do_jobs(&world.app).await.expect("jobs");
    let rows = all(&world).await;
    assert_eq!(
        (rows.len(), rows.iter().all(|row| row.state == CommentState::Released)),
        (11, true)
    );
    let unfinished = job::Entity::find().all(world.app.db.reader()).await.expect("jobs");
    assert!(
        unfinished.iter().all(|job| job.done_at.is_some() && job.payload == "{}"),
        "jobs carry no comment"
    );
}

fn literal(world: &World, bytes: &[u8]) -> String {
    let hex = data_encoding::HEXLOWER.encode(bytes);
    match world.app.db.reader().get_database_backend() {
        DbBackend::Postgres => format!("'\\x{hex}'"),
        _ => format!("x'{hex}'"),
    }
}
