//! What `blueprint discover --json` prints of a real log: pm4py's nodes, edges, waits and rework.

use serde_json::Value;

/// Checks the document of a log against the golden file's figures, and what must hold of any log.
pub(crate) fn check(name: &str, document: &Value, golden: &Value) {
    consistent(name, document);
    match name {
        "running-example.xes" | "receipt.xes.gz" | "helpdesk.xes.gz" => {
            same(name, document, &golden[name], true)
        }
        // The same log in another format.
        "receipt.csv.gz" => same(name, document, &golden["receipt.xes.gz"], true),
        // pm4py's waits are between completions there, ours from a completion to the next start.
        "eventdataR_patients.csv.gz" => {
            same(name, document, &golden["eventdataR_patients (complete events)"], false)
        }
        // pm4py counts a start and its completion as two events, so that only some of its figures
        // are ours.
        "repairExample.xes.gz" => {
            assert_eq!(document["journeys"], golden[name]["cases"]);
            assert_eq!(list(document, "nodes").len() as u64, number(&golden[name], "activities"));
            near(
                name,
                &document["duration"]["mean"],
                &golden[name]["case_duration_seconds"]["mean"],
            );
        }
        _ => {}
    }
}

fn same(name: &str, document: &Value, golden: &Value, waits: bool) {
    let pairs = [
        ("journeys", "cases"),
        ("events", "events"),
        ("variant_count", "variants"),
        ("reworked", "rework_cases"),
        ("repeats", "rework_extra_events"),
        ("self_loops", "self_loops"),
    ];
    for (ours, theirs) in pairs {
        assert_eq!(document[ours], golden[theirs], "{name}: {ours}");
    }
    assert_eq!(list(document, "nodes").len() as u64, number(golden, "activities"), "{name}");
    assert_eq!(list(document, "edges").len() as u64, number(golden, "dfg_edges"), "{name}");
    for (key, ours) in [("start", "first"), ("end", "last")] {
        for node in list(document, "nodes") {
            let expected = golden[key][text(node, "code")].as_u64().unwrap_or(0);
            assert_eq!(number(node, ours), expected, "{name} {key} {node}");
        }
    }
    let mut compared = 0;
    for edge in list(document, "edges") {
        let way = format!("{} -> {}", text(edge, "from"), text(edge, "to"));
        // The golden file names the most frequent edges alone.
        if let Some(count) = golden["dfg"][&way].as_u64() {
            assert_eq!(number(edge, "count"), count, "{name} {way}");
            compared += 1;
        }
        let wait = &golden["seam_wait_seconds"][&way];
        if waits && wait["n"].is_u64() {
            assert_eq!(edge["wait"]["count"], wait["n"], "{name} {way}");
            near(&way, &edge["wait"]["mean"], &wait["mean"]);
        }
    }
    assert_eq!(
        Some(compared),
        golden["dfg"].as_object().map(serde_json::Map::len),
        "{name}: every golden edge is found"
    );
    let top =
        list(document, "variants").iter().find(|path| path["steps"] == golden["top_variant"][0]);
    assert_eq!(top.map(|path| &path["journeys"]), Some(&golden["top_variant"][1]), "{name}");
}

/// What comes to a step leaves it or ends there, and what is repeated is not new.
fn consistent(name: &str, document: &Value) {
    let (nodes, edges) = (list(document, "nodes"), list(document, "edges"));
    for node in nodes {
        let through = |end: &str| {
            edges
                .iter()
                .filter(|edge| edge[end] == node["code"])
                .map(|edge| number(edge, "count"))
                .sum::<u64>()
        };
        let (count, code) = (number(node, "count"), &node["code"]);
        assert_eq!(count, number(node, "first") + through("to"), "{name}: what comes to {code}");
        assert_eq!(count, number(node, "last") + through("from"), "{name}: what leaves {code}");
        assert_eq!(
            count,
            number(node, "journeys") + number(node, "repeats"),
            "{name}: what repeats {code}"
        );
    }
    let all = |key: &str| nodes.iter().map(|node| number(node, key)).sum::<u64>();
    assert_eq!(
        (all("count"), all("repeats")),
        (number(document, "events"), number(document, "repeats")),
        "{name}"
    );
    let journeys = number(document, "journeys");
    assert_eq!((all("first"), all("last")), (journeys, journeys), "{name}");
}

fn list<'a>(of: &'a Value, key: &str) -> &'a Vec<Value> {
    of[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

fn number(of: &Value, key: &str) -> u64 {
    of[key].as_u64().unwrap_or_else(|| panic!("{key} is no number in {of}"))
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {of}"))
}

/// Times here are whole seconds; beyond that a mean is exact.
fn near(what: &str, ours: &Value, golden: &Value) {
    let (ours, golden) =
        (ours.as_f64().expect("a figure"), golden.as_f64().expect("a golden figure"));
    assert!((ours - golden).abs() <= 1.0, "{what}: {ours} for {golden}");
}
