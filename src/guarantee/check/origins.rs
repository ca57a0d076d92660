//! Who is asked, and beside whom an answer stands: the service draws, and made-up answers tell
//! nothing of real ones.

use std::collections::BTreeSet;

use super::each;
use crate::calendar::{Week, rfc3339};
use crate::clock::Instant;
use crate::guarantee::store::organisations::Change;
use crate::guarantee::store::origins::{LinkBatch, Origins};
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::limits;

/// How long a giving out of links may have taken after its entry in the journal, in seconds.
const WHILE_GIVEN_OUT: Instant = 60;

/// Every giving out of links stands in the journal, and no list chose whom the service asks.
pub(in crate::guarantee) fn links(batches: &[LinkBatch], changes: &[Change]) -> Finding {
    let given: Vec<&Change> =
        changes.iter().filter(|change| change.subject.starts_with("links:")).collect();
    let lists: Vec<&Change> =
        given.iter().copied().filter(|change| share(change).is_some()).collect();
    let weeks: BTreeSet<i32> = batches
        .iter()
        .filter(|batch| lists.iter().any(|change| is_of(change, batch)))
        .flat_map(|batch| batch.weeks.iter().copied())
        .collect();
    let silent: Vec<&LinkBatch> =
        batches.iter().filter(|batch| batch.links > told(&given, batch)).collect();
    let chosen: Vec<&&Change> = lists.iter().filter(|change| has_chosen(change)).collect();
    let lowest = lists.iter().filter_map(|change| share(change)).min();
    let links: u64 = batches.iter().map(|batch| batch.links).sum();
    Finding::of(Guarantee::DrawnLinks)
        .seen(
            Text::new("guarantee-seen-links-given").with("times", given.len()).with("links", links),
        )
        .seen(match lowest {
            Some(share) => Text::new("guarantee-seen-lists")
                .with("lists", lists.len())
                .with("share", share)
                .with("weeks", weeks.len()),
            None => Text::new("guarantee-seen-no-lists"),
        })
        .open(
            Text::new("guarantee-seen-lists-tested")
                .with("percent", limits::LISTED_PERCENT)
                .with("least", limits::LISTED),
        )
        .against(each(&silent, |batch| {
            Text::new("guarantee-against-links")
                .with("type", batch.journey_type.as_str())
                .with("at", rfc3339(batch.at))
                .with("count", batch.links)
        }))
        .against(each(&chosen, |change| {
            Text::new("guarantee-against-chosen").with("number", change.number.to_string())
        }))
}

/// The share of its places and weeks that a list held, in percent; `None` where there was no list.
fn share(change: &Change) -> Option<u64> {
    change.after.get("share_percent")?.as_u64()
}

/// Whether a list left out more than it may. One that names nobody holds nothing, and chose
/// nobody.
fn has_chosen(change: &Change) -> bool {
    let least = change.after.get("fewest").and_then(serde_json::Value::as_u64);
    let links = change.after.get("links").and_then(serde_json::Value::as_u64);
    let few = least.is_some_and(|least| least < limits::LISTED);
    links != Some(0) && (few || share(change).is_some_and(|share| share < limits::LISTED_PERCENT))
}

fn is_of(change: &Change, batch: &LinkBatch) -> bool {
    change.organisation == batch.organisation
        && change.subject.strip_prefix("links:") == Some(batch.journey_type.as_str())
        && (change.at..=change.at + WHILE_GIVEN_OUT).contains(&batch.at)
}

/// How many links the journal says were given out then.
fn told(given: &[&Change], batch: &LinkBatch) -> u64 {
    let entries = given.iter().filter(|change| is_of(change, batch));
    entries.filter_map(|change| change.after.get("links")?.as_u64()).sum()
}

/// Imported and asked answers are never released together, and what was imported stands in the
/// journal.
pub(in crate::guarantee) fn imports(origins: &[Origins], changes: &[Change]) -> Finding {
    let mixed: Vec<&Origins> =
        origins.iter().filter(|release| release.asked > 0 && release.imported > 0).collect();
    let imported = origins.iter().filter(|release| release.imported > 0);
    let asked = origins.iter().filter(|release| release.asked > 0).count();
    let entries = changes.iter().filter(|change| change.subject.starts_with("import:")).count();
    Finding::of(Guarantee::SeparateImports)
        .seen(
            Text::new("guarantee-seen-origins")
                .with("asked", asked)
                .with("imported", imported.clone().count())
                .with("answers", imported.map(|release| release.imported).sum::<u64>()),
        )
        .seen(Text::new("guarantee-seen-import-entries").with("entries", entries))
        .open(Text::new("guarantee-seen-made-up"))
        .against(each(&mixed, |release| {
            Text::new("guarantee-against-mixed")
                .with("type", release.journey_type.as_str())
                .with("week", Week(release.week).monday().to_string())
                .with("asked", release.asked)
                .with("imported", release.imported)
        }))
}
