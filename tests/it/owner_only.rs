//! The data folder and everything in it are their owner's alone, as the file system says.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::demo::relais;

/// Every path inside a folder, the folder first, with its rights.
fn rights(path: &Path) -> Vec<(String, u32)> {
    let metadata = std::fs::symlink_metadata(path).expect("the path");
    let mut found = vec![(path.display().to_string(), metadata.permissions().mode() & 0o777)];
    if metadata.is_dir() {
        for entry in std::fs::read_dir(path).expect("the folder").flatten() {
            found.extend(rights(&entry.path()));
        }
    }
    found
}

fn must_be_closed(data: &Path) {
    let open: Vec<_> = rights(data)
        .into_iter()
        .filter(|(path, mode)| {
            let wanted = if Path::new(path).is_dir() { 0o700 } else { 0o600 };
            *mode != wanted
        })
        .map(|(path, mode)| format!("{path} {mode:o}"))
        .collect();
    assert!(open.is_empty(), "others may read {open:#?}");
}

/// Runs the program under a umask that keeps nothing from anybody.
fn openly(data: &Path, command: &str) {
    let script = format!("umask 000; exec \"$0\" {command} --data \"$1\"");
    let told = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_relais")])
        .arg(data)
        .env_remove("DATABASE_URL")
        .output()
        .expect("the program");
    assert!(told.status.success(), "{command}: {}", String::from_utf8_lossy(&told.stderr));
}

#[test]
fn nobody_else_reads_a_new_data_folder_whatever_the_umask() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    openly(&data, "init --administrator a@example.org");
    openly(&data, "guarantees");
    openly(&data, &format!("backup {}", data.join("relais.backup").display()));
    assert!(data.join("relais.sqlite").exists() && data.join("relais.backup").exists());
    must_be_closed(&data);
    let restored = folder.path().join("restored");
    openly(&restored, &format!("restore {}", data.join("relais.backup").display()));
    must_be_closed(&restored);
}

#[test]
fn a_data_folder_that_was_open_to_everybody_is_closed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    assert!(relais(&data, &["init", "--administrator", "a@example.org"]).status.success());
    let day = data.join("mails").join("20260101");
    std::fs::create_dir(&day).expect("a day of mails");
    std::fs::write(day.join("a.eml"), "To: c@example.org").expect("a mail");
    std::fs::write(data.join("relais.toml"), "log = \"info\"").expect("settings");
    for (path, _) in rights(&data) {
        let mode = if Path::new(&path).is_dir() { 0o755 } else { 0o644 };
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("wider rights");
    }
    assert!(relais(&data, &["journal", "verify"]).status.success());
    must_be_closed(&data);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_and_index_of_an_open_database_are_closed_too() {
    let world = crate::support::World::sqlite().await;
    world.sql("UPDATE organisation SET name = name").await;
    let files = rights(world.folder.path());
    for ending in ["-wal", "-shm"] {
        let file = files.iter().find(|(path, _)| path.ends_with(ending)).expect("SQLite's file");
        assert_eq!(file.1, 0o600, "{}", file.0);
    }
    must_be_closed(world.folder.path());
}
