//! The pilot: short, small, for the teams alone, and ended by a review.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::each;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::guarantee::store::organisations::{Change, Organisation};
use crate::guarantee::store::published::Release;
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::limits;
use crate::organisation::Stage;

/// An organisation is in a pilot that keeps its limits, or has left it in the way that is
/// promised.
pub(in crate::guarantee) fn first(
    organisations: &[Organisation],
    changes: &[Change],
    releases: &[Release],
    now: Instant,
) -> Finding {
    let mut finding = Finding::of(Guarantee::PilotFirst);
    for organisation in organisations {
        let own: Vec<&Release> =
            releases.iter().filter(|release| release.organisation == organisation.id).collect();
        finding = match Stage::of_row(&organisation.stage, organisation.pilot_until) {
            Stage::Pilot { until } => in_pilot(finding, organisation, &own, until, now),
            Stage::Running => has_left(finding, organisation, changes),
        };
    }
    finding
}

fn in_pilot(
    finding: Finding,
    organisation: &Organisation,
    own: &[&Release],
    until: Instant,
    now: Instant,
) -> Finding {
    let types: BTreeSet<&str> = own.iter().map(|release| release.journey_type.as_str()).collect();
    let late: Vec<&&Release> = own.iter().filter(|release| release.published_at >= until).collect();
    let days = (until - organisation.created_at) / 86_400;
    let left = ((until - now) / 86_400).max(0);
    finding
        .seen(Text::new("guarantee-seen-pilot").with("left", left).with("types", types.len()))
        .seen(Text::new("guarantee-seen-pilot-silent"))
        .against((until - organisation.created_at > limits::PILOT).then(|| {
            Text::new("guarantee-against-long-pilot")
                .with("days", days)
                .with("most", limits::PILOT / 86_400)
        }))
        .against((types.len() > limits::PILOT_JOURNEY_TYPES).then(|| {
            Text::new("guarantee-against-pilot-types")
                .with("types", types.len())
                .with("most", limits::PILOT_JOURNEY_TYPES)
        }))
        .against(each(&late, |release| {
            Text::new("guarantee-against-late-pilot").with("type", release.journey_type.as_str())
        }))
}

fn has_left(finding: Finding, organisation: &Organisation, changes: &[Change]) -> Finding {
    let leaving = changes
        .iter()
        .find(|change| change.organisation == organisation.id && change.subject == "pilot");
    let Some(leaving) = leaving else {
        return finding.against([Text::new("guarantee-against-no-review")]);
    };
    let reviewed = !leaving.field("reviewed_by").is_empty();
    finding
        .seen(Text::new("guarantee-seen-review").with("number", leaving.number.to_string()))
        .against((!reviewed).then(|| Text::new("guarantee-against-no-review")))
        .against(
            (!council_knows(organisation, leaving)).then(|| Text::new("guarantee-against-council")),
        )
}

/// The works council was informed on a day that has come, or there is a reason why not.
fn council_knows(organisation: &Organisation, leaving: &Change) -> bool {
    let zone = Zone::named(&organisation.time_zone).unwrap_or_else(|_| Zone::utc());
    let informed = leaving.field("council_informed").parse::<Date>();
    let informed = informed.is_ok_and(|day| day <= zone.date(leaving.at));
    informed || !leaving.field("council_not_needed").trim().is_empty()
}
