//! Figures of other programs, read from the shared data where it is at hand.

use relais_analytics::interval::{net_promoter, wilson};
use serde_json::Value;
use std::path::PathBuf;

/// A file of the shared data; where it is absent the test says that it was skipped.
pub(crate) fn shared(file: &str, test: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(file);
    let found = std::fs::read(path).ok();
    if found.is_none() {
        eprintln!("skipped: {test}");
    }
    found
}

/// The numbers of a JSON array.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

#[test]
fn wilson_intervals_are_the_published_ones() {
    let Some(file) = shared("golden/misc_golden.json", "wilson_intervals_are_the_published_ones")
    else {
        return;
    };
    let golden: Value = serde_json::from_slice(&file).expect("the golden file is JSON");
    let cases = golden["wilson"].as_array().expect("there are cases");
    assert!(cases.len() >= 10);
    for case in cases {
        let count = |name: &str| case[name].as_i64().expect("a count");
        for (name, level) in [("w90", 0.9), ("w95", 0.95)] {
            let found = wilson(count("x"), count("n"), level).expect("there are trials");
            let expected = numbers(&case[name]);
            let off = (found.low - expected[0]).abs().max((found.high - expected[1]).abs());
            assert!(off < 1e-9, "{case}: {found:?}");
        }
    }
}

#[test]
fn net_promoter_scores_are_those_of_another_program() {
    let Some(file) =
        shared("golden/misc_golden.json", "net_promoter_scores_are_those_of_another_program")
    else {
        return;
    };
    let golden: Value = serde_json::from_slice(&file).expect("the golden file is JSON");
    let cases = golden["nps"].as_array().expect("there are cases");
    assert!(cases.len() >= 8);
    for case in cases {
        let count = |name: &str| case[name].as_i64().expect("a count");
        let found = net_promoter(count("pro"), count("pas"), count("det"), 0.95)
            .expect("there are answers");
        let expected = numbers(&case["adj_wald"]);
        let off = [
            found.value - case["nps"].as_f64().expect("a score"),
            found.interval.low - expected[0],
            found.interval.high - expected[1],
        ];
        assert!(off.iter().all(|off| off.abs() < 1e-9), "{case}: {found:?}");
    }
}
