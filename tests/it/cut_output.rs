//! A command whose output is cut off, as by `head`, ends quietly and says so by its exit code.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::demo::{demo, relais};

/// What a shell says of a program that SIGPIPE ended.
const CUT_OFF: i32 = 141;

/// Runs a command into a pipe that nobody reads any more; its exit code and what it said of it.
fn unread(data: &Path, command: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let told = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(command)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(writer)
        .output()
        .expect("the program");
    (told.status.code(), String::from_utf8_lossy(&told.stderr).into_owned())
}

#[test]
fn no_command_complains_when_its_output_is_cut_off() {
    let data = demo().copy();
    let commands: [&[&str]; 16] = [
        &["--help"],
        &["breakdown", "--help"],
        &["breakdown", "--as-owner"],
        &["breakdown", "--as-owner", "--json"],
        &["chart", "--measure", "outcome", "--as-owner"],
        &["chart", "--measure", "outcome", "--as-owner", "--json"],
        &["map", "--as-owner"],
        &["blueprint", "export"],
        &["blueprint", "discover", "--journey-type", "repair", "--json"],
        &["questionnaire", "show", "--journey-type", "repair"],
        &["rates", "--journey-type", "repair"],
        &["account", "list", "--json"],
        &["key", "add", "--label", "a", "--scope", "events:write", "--reason", "x"],
        &["journal", "verify"],
        &["guarantees"],
        &["init", "--administrator", "other@example.org", "--json"],
    ];
    for command in commands {
        let (code, said) = unread(data.path(), command);
        // An administrator is there already: that is refused, and has no output.
        let wanted = if command[0] == "init" { 1 } else { CUT_OFF };
        assert_eq!(code, Some(wanted), "{command:?}: {said}");
        if wanted == CUT_OFF {
            assert!(!said.contains("relais:") && !said.contains("panicked"), "{command:?}: {said}");
        }
    }
}

#[test]
fn what_head_has_seen_is_whole_and_the_rest_costs_nothing() {
    let data = demo().copy();
    let mut program = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(["breakdown", "--as-owner", "--json", "--data"])
        .arg(data.path())
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut first = [0];
    let mut out = program.stdout.take().expect("its output");
    out.read_exact(&mut first).expect("a byte");
    drop(out);
    assert_eq!(&first, b"{");
    let told = program.wait_with_output().expect("its end");
    assert!(matches!(told.status.code(), Some(0 | CUT_OFF)), "{:?}", told.status);
    assert!(!String::from_utf8_lossy(&told.stderr).contains("relais:"));
    assert!(relais(data.path(), &["journal", "verify"]).status.success());
}
