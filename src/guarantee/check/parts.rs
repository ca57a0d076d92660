//! What hides a person in the structure: a desk a person, a service a person, a channel a person.

use std::collections::BTreeMap;

use super::{each, list};
use crate::breakdown::everything::{
    Everything, OverstatedPart, SearchedRelease, SharedChannels, SharedSteps, ThinPart,
};
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::limits;

/// Parts that exclude each other share their team's people, and none of too few is shown by
/// itself: counted again from the journeys as they are stored now.
pub(in crate::guarantee) fn heads(found: &[Everything]) -> Finding {
    let shared: Vec<&SharedSteps> = found.iter().flat_map(|of| &of.shared).collect();
    let channels: Vec<&SharedChannels> = found.iter().flat_map(|of| &of.channels).collect();
    let releases = found.iter().flat_map(|of| &of.releases);
    let thin: Vec<ThinStep<'_>> = releases.flat_map(thin_steps).collect();
    let overstated: Vec<&OverstatedPart> =
        found.iter().flat_map(|of| &of.division.overstated).collect();
    let journeys: u64 = found.iter().map(|of| of.journeys).sum();
    let mut finding = Finding::of(Guarantee::SharedHeads);
    finding.seen.extend(if shared.is_empty() {
        vec![Text::new("guarantee-seen-no-shared-steps").with("journeys", journeys)]
    } else {
        each(&shared, |steps| of_steps(steps))
    });
    finding.seen.extend(found.iter().map(of_types));
    finding.seen.extend(if channels.is_empty() {
        vec![Text::new("guarantee-seen-no-channels")]
    } else {
        each(&channels, |channels| of_channels(channels))
    });
    finding
        .open(Text::new("guarantee-seen-shared-again"))
        .open(Text::new("guarantee-seen-channels-tested"))
        .against(each(&thin, |step| {
            Text::new("guarantee-against-thin-step")
                .with("step", step.code)
                .with("type", step.release.journey_type.as_str())
                .with("week", step.release.week.monday().to_string())
                .with("places", list(step.parts.iter().map(|part| &part.place)))
                .with("people", step.parts.iter().map(|part| part.people).min().unwrap_or(0))
        }))
        .against(each(&overstated, |part| {
            Text::new("guarantee-against-overstated")
                .with("type", part.journey_type.as_str())
                .with("team", part.team.as_str())
                .with("week", part.week.monday().to_string())
                .with("place", part.place.to_string())
                .with("told", part.told)
                .with("people", part.people)
        }))
}

/// A step that a release shows at some places though its part of the team is too few people there.
struct ThinStep<'a> {
    release: &'a SearchedRelease,
    code: &'a str,
    parts: Vec<&'a ThinPart>,
}

fn thin_steps(release: &SearchedRelease) -> Vec<ThinStep<'_>> {
    let mut steps: BTreeMap<&str, Vec<&ThinPart>> = BTreeMap::new();
    for part in &release.thin {
        steps.entry(&part.step).or_default().push(part);
    }
    steps.into_iter().map(|(code, parts)| ThinStep { release, code, parts }).collect()
}

fn of_steps(shared: &SharedSteps) -> Text {
    Text::new("guarantee-seen-shared-steps")
        .with("type", &shared.journey_type)
        .with("team", &shared.team)
        .with("steps", shared.steps)
        .with("heads", shared.heads)
        .with("people", shared.smallest)
        .with("shown", shared.shown)
}

fn of_types(found: &Everything) -> Text {
    let division = &found.division;
    Text::new("guarantee-seen-shared-types")
        .with("teams", division.teams.len())
        .with("parts", division.parts)
        .with("people", division.smallest.unwrap_or_default())
}

fn of_channels(channels: &SharedChannels) -> Text {
    Text::new("guarantee-seen-shared-channels")
        .with("type", &channels.journey_type)
        .with("channels", channels.channels)
        .with("people", channels.smallest)
        .with("few", channels.few)
        .with("floor", limits::MINIMUM_HEADS)
}
