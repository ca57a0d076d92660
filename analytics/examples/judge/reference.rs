//! The reference's own figures, from the shared data where it is at hand.

use serde_json::Value;
use std::path::PathBuf;

/// What the reference measured of itself and of the usual practices.
pub(crate) struct Reference(Value);

impl Reference {
    /// Reads them; says so where they are missing.
    pub(crate) fn read() -> Option<Self> {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/sim/mc_results.json");
        let file = std::fs::read(path).ok();
        if file.is_none() {
            println!("skipped: the reference's figures are not at hand\n");
        }
        Some(Self(serde_json::from_slice(&file?).expect("the reference's figures are JSON")))
    }

    /// Under a row of ours, in the same columns.
    pub(crate) fn row(&self, case: &str, answers: usize) -> String {
        let all = &self.0[format!("{case}|{answers}")]["ours"];
        let (ours, bare) = (&all["recommended"], &all["ratings_only_no_timings"]);
        let figure =
            |value: &Value| value.as_f64().map_or("-".to_owned(), |figure| format!("{figure:.3}"));
        let cost = self.0["limit"][case]["truth_all_journeys"].as_f64().filter(|cost| *cost > 0.0);
        let ratio = ours["target_mean"].as_f64().zip(cost).map(|(found, cost)| found / cost);
        // In a placebo the reference counts every claim as misleading and none as named.
        let named = if ours["top1"].is_null() { &Value::Null } else { &ours["claim_rate_bonf"] };
        format!(
            "{:>17} | {:>5} {:>5} {:>5} | {:>13} {:>9} {:>6} | {:>18} {:>6} | {:>19} {:>5}",
            "reference",
            figure(&ours["top1"]),
            figure(named),
            figure(&ours["misleading_leading_claim_bonf"]),
            figure(&ours["cover90_dgap"]),
            figure(&ours["cover90_contrast_vs_limit"]),
            figure(&ours["cover90_level_vs_limit"]),
            figure(&ours["cover90_target_vs_truth"]),
            ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.3}")),
            figure(&bare["top1"]),
            figure(&bare["misleading_leading_claim_bonf"]),
        )
    }

    /// How often a practice is right.
    pub(crate) fn practice(&self, case: &str, answers: usize, practice: &str) -> String {
        let right = &self.0[format!("{case}|{answers}")]["naive"][practice]["top1"];
        right.as_f64().map_or("    -".to_owned(), |share| format!("{share:.3}"))
    }
}
