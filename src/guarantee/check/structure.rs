//! Who counts, and where: what is in force is what was announced, waited and was not objected to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::each;
use crate::clock::Instant;
use crate::guarantee::store::organisations::{Change, HeadsInForce};
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal::difference::{between, phrases::has_jumped};
use crate::limits;

/// No more people count than the journal has brought into force.
pub(in crate::guarantee) fn waits(
    changes: &[Change],
    in_force: &[HeadsInForce],
    now: Instant,
) -> Finding {
    let structure: Vec<&Change> =
        changes.iter().filter(|change| change.subject.starts_with("blueprint:")).collect();
    let later = structure.iter().filter(|change| change.in_force.is_none_or(|from| from > now));
    let held = structure.iter().filter(|change| change.in_force.is_none());
    let allowed = allowed(&structure, now);
    let known = in_force.iter().filter(|heads| allowed.contains_key(&heads.of));
    let more: Vec<&HeadsInForce> = in_force
        .iter()
        .filter(|heads| allowed.get(&heads.of).is_some_and(|most| i64::from(heads.heads) > *most))
        .collect();
    Finding::of(Guarantee::StructureWaits)
        .seen(
            Text::new("guarantee-seen-structure")
                .with("changes", structure.len())
                .with("later", later.count())
                .with("held", held.count()),
        )
        .seen(
            Text::new("guarantee-seen-jumps")
                .with("jumps", jumps(&structure))
                .with("times", limits::JUMP_OF_HEADS),
        )
        .seen(
            Text::new("guarantee-seen-heads-in-force")
                .with("known", known.count())
                .with("all", in_force.len()),
        )
        .open(Text::new("guarantee-seen-structure-tested"))
        .against(each(&more, |heads| {
            Text::new("guarantee-against-more-heads")
                .with("team", heads.of.1.as_str())
                .with("site", heads.of.2.as_str())
                .with("heads", i64::from(heads.heads))
                .with("most", allowed[&heads.of])
        }))
}

/// The most people that may count of each team at each site, as far as the journal tells.
fn allowed(changes: &[&Change], now: Instant) -> BTreeMap<(OrganisationId, String, String), i64> {
    let mut allowed = BTreeMap::new();
    for change in changes {
        let teams = change.after.get("teams").and_then(Value::as_object);
        for (team, described) in teams.into_iter().flatten() {
            let heads = described.get("heads").and_then(Value::as_object);
            for (site, heads) in heads.into_iter().flatten() {
                let key = (change.organisation, team.clone(), site.clone());
                let is_in_force = change.in_force.is_some_and(|from| from <= now);
                // What waits changes nothing yet; of whom nothing was said, nobody counts.
                let most = allowed.entry(key).or_insert(0);
                if is_in_force {
                    *most = heads.as_i64().unwrap_or(0);
                }
            }
        }
    }
    allowed
}

/// How often a number of people became a multiple at once.
fn jumps(changes: &[&Change]) -> usize {
    let mut before: BTreeMap<(OrganisationId, &str), &Value> = BTreeMap::new();
    let mut jumps = 0;
    for change in changes {
        let key = (change.organisation, change.subject.as_str());
        if let Some(old) = before.insert(key, &change.after) {
            let changed = between(old, &change.after).into_iter();
            jumps += changed.filter(has_jumped).count();
        }
    }
    jumps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::guarantee::check::structure::*;

    fn change(heads: i64, in_force: Option<Instant>) -> Change {
        Change {
            organisation: OrganisationId::new(1),
            subject: "blueprint:repair".to_owned(),
            after: json!({"teams": {"desk": {"heads": {"S1": heads}}}}),
            in_force,
            ..Change::default()
        }
    }

    fn holds(changes: &[Change], heads: i32) -> bool {
        let of = (OrganisationId::new(1), "desk".to_owned(), "S1".to_owned());
        waits(changes, &[HeadsInForce { of, heads }], 100).holds()
    }

    #[test]
    fn more_people_than_were_brought_into_force_are_found() {
        let raised = |in_force| [change(3, Some(10)), change(100, in_force)];
        assert!(holds(&raised(Some(90)), 100), "the notice is over");
        assert!(!holds(&raised(Some(110)), 100) && holds(&raised(Some(110)), 3));
        assert!(!holds(&raised(None), 100), "somebody objects");
        assert!(!holds(&[change(8, None)], 8), "a new team that is objected to");
        assert!(holds(&[], 100), "the journal says nothing of it");
        assert!(holds(&[change(8, Some(10))], 5), "fewer count than may");
    }

    #[test]
    fn jumps_are_counted() {
        let changes = [change(3, Some(1)), change(5, Some(2)), change(10, Some(3))];
        assert_eq!(jumps(&changes.iter().collect::<Vec<_>>()), 1);
    }
}
