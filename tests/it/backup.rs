//! A backup of a service that is being written to, restored where nothing was: the rehearsal of a
//! lost machine.

use std::path::Path;
use std::process::{Command, Output};

use relais::app::App;
use relais::clock::Clock;
use relais::config::Config;

use crate::garage::{DAY, Garage, MONDAY, found, live};
use crate::support::dump::dump;
use crate::support::{World, both, postgres};

both!(a_backup_restores_everything, a_damaged_backup_restores_nothing);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 9, 9), ("S2", Some("R2"), 8, 8)];

/// The program, in a folder, on the database of a world or, where that is SQLite, on the folder's
/// own.
fn relais(folder: &Path, database: Option<&str>, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command.args(args).arg("--data").arg(folder).env_remove("DATABASE_URL").env("LANG", "C");
    if let Some(url) = database.filter(|url| !url.starts_with("sqlite:")) {
        command.env("DATABASE_URL", url);
    }
    command.output().expect("the program")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// All rows; a copy of the file has other bytes.
async fn rows(world: &World) -> Vec<String> {
    let all = dump(world).await.into_iter();
    all.filter(|row| !row.starts_with("relais.sqlite")).collect()
}

/// Somewhere with nothing: a folder, and on PostgreSQL a database.
fn elsewhere(world: &World) -> (tempfile::TempDir, Option<String>) {
    let url = &world.app.config.database_url;
    let other = (!url.starts_with("sqlite:")).then(|| postgres().new_database());
    (tempfile::tempdir().expect("a folder"), other)
}

async fn a_backup_restores_everything(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY + DAY, (40, 20), MONDAY + 2 * DAY).await;
    world.app.random(|random| world.app.secret.begin_rotation(random)).expect("a second key");
    let away = tempfile::tempdir().expect("a folder");
    let file = away.path().join("relais.backup");
    let (url, path) = (&world.app.config.database_url, file.display().to_string());
    // The application still has its database open, as a service has.
    let made = relais(world.folder.path(), Some(url), &["backup", &path]);
    assert!(made.status.success(), "{}", said(&made));
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("it").permissions())
            & 0o077,
        0
    );
    let again = relais(world.folder.path(), Some(url), &["backup", &path]);
    assert!(!again.status.success() && said(&again).contains("exists already"), "{}", said(&again));

    let (folder, database) = elsewhere(&world);
    let restored = relais(folder.path(), database.as_deref(), &["restore", &path, "--json"]);
    assert!(restored.status.success(), "{}", said(&restored));
    let told: serde_json::Value = serde_json::from_slice(&restored.stdout).expect("one document");
    assert_eq!(
        (&told["journal_whole"], &told["restored"]["version"]),
        (&true.into(), &env!("CARGO_PKG_VERSION").into())
    );
    let before = rows(&world).await;
    let mut options = vec![("data", folder.path().display().to_string())];
    options.extend(database.clone().map(|url| ("database_url", url)));
    let app = App::open(Config::read(&options, |_| None).expect("settings"), Clock::System)
        .await
        .expect("an application");
    let sealed = world
        .app
        .random(|random| world.app.secret.encrypt("a@example.org", random))
        .expect("sealed");
    assert_eq!(
        app.secret.decrypt(&sealed).as_deref(),
        Some("a@example.org"),
        "the keys came along"
    );
    let after = rows(&World { app, folder }).await;
    assert!(!before.is_empty());
    assert!(before == after, "{} rows were {}", after.len(), before.len());

    let (there, there_too) = (world.folder.path(), Some(url.as_str()));
    let refused = relais(there, there_too, &["restore", &path]);
    assert!(
        !refused.status.success() && said(&refused).contains("There is something already"),
        "{}",
        said(&refused)
    );
    assert!(rows(&world).await == before, "what was there is there");
    assert_eq!(std::fs::read_dir(away.path()).expect("the folder").count(), 1, "no draft is left");
}

async fn a_damaged_backup_restores_nothing(world: World) {
    found(&world.app, NETWORK).await;
    let away = tempfile::tempdir().expect("a folder");
    let file = away.path().join("relais.backup");
    let path = file.display().to_string();
    let made =
        relais(world.folder.path(), Some(&world.app.config.database_url), &["backup", &path]);
    assert!(made.status.success(), "{}", said(&made));
    let whole = std::fs::read(&file).expect("the backup");
    let mut flipped = whole.clone();
    *flipped.last_chunk_mut::<2_000>().expect("long enough").first_mut().expect("a byte") ^= 1;
    let cut = whole[..whole.len() * 2 / 3].to_vec();
    let without_trailer = whole[..whole.len() - 8].to_vec();
    let without_a_byte = whole[..whole.len() - 1].to_vec();
    for (name, bytes) in [
        ("one bit", flipped),
        ("cut off", cut),
        ("the trailer is missing", without_trailer),
        ("the last byte is missing", without_a_byte),
        ("something else", b"no archive".to_vec()),
    ] {
        std::fs::write(&file, bytes).expect("written");
        let (folder, database) = elsewhere(&world);
        let refused = relais(folder.path(), database.as_deref(), &["restore", &path]);
        assert!(!refused.status.success(), "{name}: {}", said(&refused));
        assert!(said(&refused).contains("damaged"), "{name}: {}", said(&refused));
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .expect("the folder")
            .flatten()
            .map(|e| e.file_name())
            .collect();
        assert!(left.iter().all(|name| name != "relais.sqlite"), "{name}: {left:?}");
        std::fs::write(&file, &whole).expect("written");
        let restored = relais(folder.path(), database.as_deref(), &["restore", &path]);
        assert!(
            restored.status.success(),
            "after {name} the whole one is taken: {}",
            said(&restored)
        );
    }
}
