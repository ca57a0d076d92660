//! Control charts against other programs, a textbook and a published worked example.

use crate::golden::{numbers, shared};
use relais_analytics::Direction;
use relais_analytics::chart::{
    Chart, Finding, Frequency, Period, Point, RANGE_PER_SIGMA, Rule, Status, XMR_LIMIT, p, u, xmr,
};
use serde_json::Value;

/// Montgomery's table 6.5: the cost of a mortgage application, 20 to set the limits and 20 to
/// watch.
const LOAN_COSTS: [f64; 40] = [
    310.0, 288.0, 297.0, 298.0, 307.0, 303.0, 294.0, 297.0, 308.0, 306.0, 294.0, 299.0, 297.0,
    299.0, 314.0, 295.0, 293.0, 306.0, 301.0, 304.0, 305.0, 282.0, 305.0, 296.0, 314.0, 295.0,
    287.0, 301.0, 298.0, 311.0, 310.0, 292.0, 305.0, 299.0, 304.0, 310.0, 304.0, 305.0, 333.0,
    328.0,
];

fn known(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn until(points: usize) -> [Period; 1] {
    [Period { start: 0, baseline_until: Some(points) }]
}

/// Centre, lower and upper limit of every point.
fn lines(chart: &Chart) -> Vec<[f64; 3]> {
    let line = |point: &Point| {
        let limits = point.limits.expect("there are limits");
        [point.centre.expect("there is a centre"), limits.low, limits.high]
    };
    chart.points.iter().map(line).collect()
}

fn assert_near(found: f64, expected: f64, within: f64, what: &str) {
    assert!((found - expected).abs() <= within, "{what}: {found} is not {expected}");
}

fn file(name: &str, test: &str) -> Option<Value> {
    Some(serde_json::from_slice(&shared(name, test)?).expect("the golden file is JSON"))
}

/// Columns of a CSV file without commas inside its fields.
fn columns(name: &str, wanted: [&str; 2], test: &str) -> Option<Vec<[f64; 2]>> {
    let text = String::from_utf8(shared(name, test)?).expect("the file is text");
    let mut lines = text.lines();
    let head: Vec<&str> =
        lines.next().expect("a head").split(',').map(|name| name.trim_matches('"')).collect();
    let at = wanted.map(|name| head.iter().position(|found| *found == name).expect("the column"));
    let row = |line: &str| {
        at.map(|at| line.split(',').nth(at).expect("a field").parse().expect("a number"))
    };
    Some(lines.map(row).collect())
}

#[test]
fn montgomerys_loan_costs_have_his_limits_and_his_two_points_outside() {
    let chart = xmr(&known(&LOAN_COSTS), &until(20));
    for line in lines(&chart) {
        assert_near(line[0], 300.5, 1e-9, "centre");
        assert_near(line[1], 279.78, 5e-3, "lower limit");
        assert_near(line[2], 321.22, 5e-3, "upper limit");
    }
    let outside = |at| Finding { rule: Rule::Outside, direction: Direction::Up, points: vec![at] };
    assert_eq!(chart.findings, [outside(38), outside(39)]);
    assert!(chart.points.iter().all(|point| point.status == Status::Frozen));
}

#[test]
fn one_strange_week_does_not_widen_the_limits_as_published() {
    // The worked example of NHSRplotthedots: 4.60, 1.94, −0.72 with screening.
    let mut values: Vec<f64> = [1.0, 2.0].into_iter().cycle().take(18).collect();
    values[4] = 10.0;
    values[5..].iter_mut().enumerate().for_each(|(i, value)| *value = 1.0 + (i % 2) as f64);
    let chart = xmr(&known(&values), &until(18));
    let line = lines(&chart)[0];
    assert_near(line[0], 1.944_444_444_444, 1e-9, "centre");
    assert_near(line[1], -0.715_555_555_556, 1e-9, "lower limit");
    assert_near(line[2], 4.604_444_444_444, 1e-9, "upper limit");
    if let Some(file) =
        file("golden/misc2_golden.json", "one_strange_week_does_not_widen_the_limits_as_published")
    {
        let golden = &file["nhs_vignette_outlier_screen"];
        assert_eq!(numbers(&golden["data"]), values);
        assert_near(
            line[1],
            golden["screened"]["lpl"].as_f64().expect("a number"),
            1e-12,
            "lower limit",
        );
    }
}

#[test]
fn limits_and_findings_are_those_of_plot_the_dots() {
    let Some(file) = file("golden/r_golden.json", "limits_and_findings_are_those_of_plot_the_dots")
    else {
        return;
    };
    let cases = file["nhs_ptd"].as_object().expect("the cases");
    assert_eq!(cases.len(), 5);
    for (name, case) in cases {
        let values = numbers(&case["y"]);
        let baseline = if name.ends_with("fix20") { 20 } else { values.len() };
        let chart = xmr(&known(&values), &until(baseline));
        for (at, key) in ["mean", "lpl", "upl"].iter().enumerate() {
            let expected = case[*key].as_f64().expect("a number");
            assert_near(lines(&chart)[0][at], expected, 1e-9 * expected.abs().max(1.0), name);
        }
        let expected: Vec<&str> =
            case["type"].as_array().expect("types").iter().filter_map(Value::as_str).collect();
        assert_eq!(types(&chart), expected, "{name}");
    }
}

/// What plot-the-dots calls each point: the first of the rules, in our order, that marks it.
fn types(chart: &Chart) -> Vec<String> {
    let name = |finding: &Finding| {
        let up = finding.direction == Direction::Up;
        let side = if up { "Above" } else { "Below" };
        match finding.rule {
            Rule::Outside => format!("{side} {}CL", if up { 'U' } else { 'L' }),
            Rule::Trend => format!("7 Point Trend ({}creasing)", if up { "In" } else { "De" }),
            Rule::TwoOfThree => format!("2 in 3 {side} CL"),
            Rule::Shift => format!("7 Points {side} CL"),
        }
    };
    let marks = |at| chart.findings.iter().filter(move |finding| finding.points.contains(&at));
    let called =
        |at| marks(at).min_by_key(|finding| finding.rule).map_or("Common Cause".into(), name);
    (0..chart.points.len()).map(called).collect()
}

#[test]
fn xmr_limits_differ_from_qicharts_by_the_rounding_of_the_constant_alone() {
    let Some(file) = file(
        "golden/r_golden.json",
        "xmr_limits_differ_from_qicharts_by_the_rounding_of_the_constant_alone",
    ) else {
        return;
    };
    let nile = numbers(&file["nhs_ptd"]["nile"]["y"]);
    let spc = &file["spc"];
    let first = |value: &Value| {
        value.as_f64().or_else(|| numbers(value).first().copied()).expect("a number")
    };
    for (values, baseline, golden) in
        [(&LOAN_COSTS[..], 20, "montgomery_6.5"), (&nile, 100, "nile_i")]
    {
        let line = lines(&xmr(&known(values), &until(baseline)))[0];
        let (centre, high) = (first(&spc[golden]["cl"]), first(&spc[golden]["ucl"]));
        let ours_there = line[0] + (line[2] - line[0]) * (3.0 / RANGE_PER_SIGMA) / XMR_LIMIT;
        assert_near(line[0], centre, 1e-9, golden);
        assert_near(ours_there, high, 1e-9 * high, golden);
        assert_near((line[2] - centre) / (high - centre), 1.0, 1.7e-4, golden);
    }
}

#[test]
fn laneys_limits_are_those_of_qicharts() {
    let test = "laneys_limits_are_those_of_qicharts";
    let Some(file) = file("golden/r_golden.json", test) else { return };
    let accidents =
        columns("qicharts2_nhs_accidents.csv", ["r", "n"], test).expect("it stands beside");
    let complaints = columns("qicharts2_complaints.csv", ["complaints", "sales"], test)
        .expect("it stands beside");
    let cases = [
        (p(&counted(&accidents), &until(20)), "nhs_accidents_pp"),
        (u(&counted(&complaints), &until(20)), "complaints_up"),
    ];
    for (chart, name) in cases {
        let golden = ["cl", "lcl", "ucl"].map(|key| numbers(&file["spc"][name][key]));
        assert_eq!(golden[0].len(), 20);
        for (at, line) in lines(&chart).iter().enumerate() {
            (0..3).for_each(|which| assert_near(line[which], golden[which][at], 1e-10, name));
        }
    }
}

fn counted(rows: &[[f64; 2]]) -> Vec<Option<Frequency>> {
    rows.iter().map(|row| Some(Frequency { count: row[0] as i64, of: row[1] })).collect()
}

#[test]
fn a_u_chart_takes_the_moving_range_where_qicharts_took_the_months_for_names() {
    let test = "a_u_chart_takes_the_moving_range_where_qicharts_took_the_months_for_names";
    let Some(file) = file("golden/r_golden.json", test) else { return };
    let infections = columns("qicharts2_cdi.csv", ["n", "days"], test).expect("it stands beside");
    let exposed: Vec<[f64; 2]> = infections.iter().map(|row| [row[0], row[1] / 10_000.0]).collect();
    let [plain, laney] = ["cdi_u", "cdi_up"].map(|name| &file["spc"][name]);
    let (values, centre) = (numbers(&plain["y"]), numbers(&plain["cl"])[0]);
    let spread: Vec<f64> =
        numbers(&plain["ucl"]).iter().map(|limit| (limit - centre) / 3.0).collect();
    let z: Vec<f64> =
        values.iter().zip(&spread).map(|(value, spread)| (value - centre) / spread).collect();
    // Months as text have no order for qicharts2, and it takes the standard deviation of z in
    // place of its range.
    let mean = z.iter().sum::<f64>() / 36.0;
    let deviation = (z.iter().map(|z| (z - mean).powi(2)).sum::<f64>() / 35.0).sqrt();
    let range = z.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>() / 35.0 / 1.128;
    for (at, line) in lines(&u(&counted(&exposed), &until(36))).iter().enumerate() {
        assert_near(line[0], centre, 1e-9, "centre");
        assert_near(line[2], centre + 3.0 * spread[at] * range, 1e-8, "upper limit");
        assert_near(
            numbers(&laney["ucl"])[at],
            centre + 3.0 * spread[at] * deviation,
            1e-8,
            "upper limit of qicharts2",
        );
    }
}

#[test]
fn laneys_sigma_is_the_published_one_for_nhs_accidents() {
    let test = "laneys_sigma_is_the_published_one_for_nhs_accidents";
    let Some(file) = file("golden/misc_golden.json", test) else { return };
    let golden = &file["laney_nhs_accidents"];
    let rows = columns("qicharts2_nhs_accidents.csv", ["r", "n"], test).expect("it stands beside");
    let chart = p(&counted(&rows), &until(20));
    for (point, row) in chart.points.iter().zip(&rows) {
        let centre = point.centre.expect("known");
        let binomial = (centre * (1.0 - centre) / row[1]).sqrt();
        let laney = point.sigma.expect("known") / binomial;
        assert_near(laney, golden["sigma_z"].as_f64().expect("a number"), 1e-9, "σ_z");
    }
    let outside = |chart: &Chart| {
        chart.findings.iter().filter(|finding| finding.rule == Rule::Outside).count()
    };
    assert_eq!(outside(&chart), 0, "plain binomial limits put 16 of 20 outside");
    let screened = &file["xmr_nile_screened"];
    if let Some(r) = self::file("golden/r_golden.json", test) {
        let line = lines(&xmr(&known(&numbers(&r["nhs_ptd"]["nile"]["y"])), &until(100)))[0];
        for (found, key) in line.iter().zip(["cl", "lcl", "ucl"]) {
            assert_near(*found, screened[key].as_f64().expect("a number"), 1e-9, key);
        }
    }
}

#[test]
fn laneys_limits_with_a_pencil() {
    // p̄ = .15, binomial σ = .0357071, z = ∓1.400280, ranges 2.800560, σ_z = 2.482766: .15 ± 3 ×
    // .0357071 × 2.482766.
    let chart = p(&[10, 20, 10, 20].map(|count| Some(Frequency { count, of: 100.0 })), &[]);
    assert_near(chart.points[0].sigma.expect("known"), 0.088_652_5, 1e-7, "σ");
    assert_near(lines(&chart)[0][2], 0.415_957_4, 1e-7, "upper limit");
    assert_eq!(lines(&chart)[0][1], 0.0, "a share is never below 0");
}
