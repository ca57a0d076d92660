//! A log of objects and events comes in by the command line, one type of its objects as the
//! journeys.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::events::stored;
use crate::support::{World, both, shared};

both!(
    one_type_of_objects_comes_in_as_journeys,
    a_type_that_was_not_said_is_asked_for_in_both_languages
);

/// Imports a file and shows what the program wrote on its outputs.
fn import(world: &World, file: &Path, options: &[&str]) -> (bool, Value, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
    command
        .env("DATABASE_URL", &world.app.config.database_url)
        .env("LANG", "C")
        .stdin(Stdio::null());
    command.args(["import", "events"]).arg(file).args([
        "--journey-type",
        "order",
        "--json",
        "--data",
    ]);
    let done = command.arg(world.folder.path()).args(options).output().expect("the program");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.success(), serde_json::from_slice(&done.stdout).unwrap_or_default(), said)
}

async fn one_type_of_objects_comes_in_as_journeys(world: World) {
    let [json, xml] =
        ["jsonocel", "xmlocel"].map(|kind| shared(&format!("ocel/ocel20_example.{kind}")));
    let (Some(json), Some(xml)) = (json, xml) else { return };
    let options = ["--object-type", "Purchase Order"];
    let (_, planned, said) = import(&world, &json, &[&options[..], &["--dry-run"]].concat());
    assert_eq!((&planned["read"], &planned["passed_over"]), (&13.into(), &8.into()), "{said}");
    assert!(stored(&world).await.is_empty(), "a dry run stores nothing");

    let (done, report, said) = import(&world, &json, &options);
    assert!(done, "{said}");
    assert_eq!(
        (&report["kept"], &report["journeys"]["new"], &report["refused"]),
        (&5.into(), &2.into(), &0.into())
    );
    assert_eq!(
        report["persons_dropped"]["po_creator"], 2,
        "values about persons are told: {report}"
    );
    let before = stored(&world).await;
    let all = format!("{before:?}");
    assert!(!["Mike", "Tania", "Mario", "PO1"].iter().any(|word| all.contains(word)), "{all}");

    // Its times are local: the organisation lives where the log was written.
    let (done, again, said) = import(&world, &xml, &options);
    assert!(done, "{said}");
    assert_eq!(
        (&again["kept"], &again["repeated"]),
        (&0.into(), &5.into()),
        "the same in the other notation"
    );
    assert_eq!(stored(&world).await, before);
}

async fn a_type_that_was_not_said_is_asked_for_in_both_languages(world: World) {
    let Some(json) = shared("ocel/ocel20_example.jsonocel") else { return };
    for (lang, word) in [("fr", "parcours"), ("en", "journeys")] {
        let (done, _, said) = import(&world, &json, &["--lang", lang]);
        let types = "Invoice (3), Payment (3), Purchase Order (2), Purchase Requisition (1)";
        assert!(
            !done && said.contains(types) && said.contains(word) && said.contains("--object-type"),
            "{said}"
        );
    }
    let csv = world.file("events.csv", "journey,step,end\nJ1,CALL,2026-07-06\n");
    let (done, _, said) = import(&world, &csv, &["--object-type", "Invoice"]);
    assert!(!done && said.contains("OCEL"), "{said}");
    if let Some(sqlite) = shared("ocel/ocel20_example.sqlite") {
        let (done, _, said) = import(&world, &sqlite, &["--object-type", "Invoice"]);
        assert!(!done && said.contains(".jsonocel"), "{said}");
    }
    assert!(stored(&world).await.is_empty());
}
