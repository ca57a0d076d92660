//! The settings that touch privacy: changed through the journal alone, with an agreement and a
//! notice; and the time that the teams have for themselves.

use super::{each, list};
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::error::Result;
use crate::guarantee::chains::{Chains, SETTINGS};
use crate::guarantee::report::Seal;
use crate::guarantee::store::organisations::{Change, Organisation};
use crate::guarantee::store::published::{Atom, Release};
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::journal::ChainState;
use crate::limits;
use crate::organisation::settings::Setting;
use crate::privacy::embargo::{self, Announced};

/// The journal is whole, every change of a setting that touches privacy waited and names who
/// agreed, and what is in force is what the journal says.
pub(in crate::guarantee) fn journal(
    organisations: &[Organisation],
    changes: &[Change],
    chains: &[Chains],
    cut: &[Seal],
    now: Instant,
) -> Finding {
    let private: Vec<&Change> =
        changes.iter().filter(|change| setting_of(change).is_some()).collect();
    let broken: Vec<&ChainState> =
        chains.iter().map(|chain| &chain.settings).filter(|found| is_broken(found)).collect();
    let hasty: Vec<&&Change> = private
        .iter()
        .filter(|change| change.effective_at - change.at < limits::PRIVACY_NOTICE)
        .collect();
    let alone: Vec<&&Change> =
        private.iter().filter(|change| change.field("agreed_by").is_empty()).collect();
    let silent: Vec<&Change> =
        changes.iter().filter(|change| change.reason.trim().is_empty()).collect();
    let secret: Vec<&str> = organisations
        .iter()
        .flat_map(|organisation| changed_behind(organisation, changes, now))
        .collect();
    Finding::of(Guarantee::SettingsJournal)
        .seen(
            Text::new("guarantee-seen-journal")
                .with("changes", changes.len())
                .with("private", private.len()),
        )
        .open(Text::new("guarantee-seen-notice").with("days", limits::PRIVACY_NOTICE / 86_400))
        .open(
            Text::new("guarantee-seen-in-force")
                .with("settings", list(Setting::ALL.map(Setting::code))),
        )
        .against(broken.into_iter().map(ChainState::text))
        .against(cut_off(cut, SETTINGS))
        .against(each(&hasty, |change| numbered("guarantee-against-hasty", change)))
        .against(each(&alone, |change| numbered("guarantee-against-nobody-agreed", change)))
        .against(each(&silent, |change| numbered("guarantee-against-no-reason", change)))
        .against(each(&secret, |setting| {
            Text::new("guarantee-against-behind").with("setting", *setting)
        }))
}

fn numbered(key: &'static str, change: &Change) -> Text {
    Text::new(key).with("number", change.number.to_string())
}

fn setting_of(change: &Change) -> Option<Setting> {
    Setting::ALL.into_iter().find(|setting| setting.subject() == change.subject)
}

pub(super) fn is_broken(found: &ChainState) -> bool {
    matches!(found, ChainState::Broken { .. })
}

/// The seals that an earlier check kept and that are no longer in the chain.
pub(super) fn cut_off(cut: &[Seal], chain: &str) -> Vec<Text> {
    let of_chain = cut.iter().filter(|seal| seal.chain == chain);
    of_chain
        .map(|seal| Text::new("guarantee-against-cut-off").with("number", seal.entries.to_string()))
        .collect()
}

/// The settings whose value in the table is not what the journal has brought into force.
fn changed_behind<'a>(
    organisation: &Organisation,
    changes: &'a [Change],
    now: Instant,
) -> Vec<&'a str> {
    let differing = Setting::ALL.into_iter().zip(organisation.values).filter(|(setting, value)| {
        let mut due = changes.iter().filter(|change| {
            change.organisation == organisation.id
                && change.subject == setting.subject()
                && change.in_force.is_some_and(|from| from <= now)
        });
        due.next_back().and_then(Change::value).unwrap_or_else(|| setting.first()) != *value
    });
    differing.map(|(setting, _)| setting.code()).collect()
}

/// Nobody else saw a period before the teams had had it for as long as it was announced.
pub(in crate::guarantee) fn team_first(
    organisations: &[Organisation],
    changes: &[Change],
    atoms: &[Atom],
    releases: &[Release],
) -> Result<Finding> {
    let mut early = Vec::new();
    for organisation in organisations {
        let zone = Zone::named(&organisation.time_zone)?;
        let announced = announced(organisation, changes);
        let own = releases.iter().filter(|release| release.organisation == organisation.id);
        early.extend(own.filter(|release| {
            let collected = zone.week_start(Week(release.week)).min(release.published_at);
            let days = embargo::days(&announced, collected, release.published_at);
            release.owners_from - release.published_at < i64::from(days) * 86_400
        }));
    }
    let before = atoms.iter().filter(|atom| {
        let mut own = releases.iter().filter(|release| is_of(atom, release));
        own.any(|release| atom.owners_from < release.owners_from)
    });
    let before: Vec<&Atom> = before.collect();
    let shortest =
        releases.iter().map(|release| (release.owners_from - release.published_at) / 86_400).min();
    Ok(Finding::of(Guarantee::TeamFirst)
        .seen(match shortest {
            Some(days) => Text::new("guarantee-seen-alone")
                .with("releases", releases.len())
                .with("days", days),
            None => Text::new("guarantee-seen-no-release"),
        })
        .seen(in_force(organisations))
        .against(each(&early, |release| {
            Text::new("guarantee-against-early")
                .with("week", Week(release.week).monday().to_string())
        }))
        .against(each(&before, |atom| {
            Text::new("guarantee-against-early-atom").with("atom", atom.id.to_string())
        })))
}

fn is_of(atom: &Atom, release: &Release) -> bool {
    atom.organisation == release.organisation
        && atom.week == release.week
        && atom.journey_type == release.journey_type
}

fn announced(organisation: &Organisation, changes: &[Change]) -> Vec<Announced> {
    let own = changes.iter().filter(|change| {
        change.organisation == organisation.id && change.subject == Setting::EmbargoDays.subject()
    });
    own.filter_map(|change| {
        Some(Announced { effective_at: change.in_force?, days: change.value()? })
    })
    .collect()
}

fn in_force(organisations: &[Organisation]) -> Text {
    let days = organisations.iter().map(|organisation| organisation.values[2]).collect::<Vec<_>>();
    Text::new("guarantee-seen-embargo").with("days", list(days))
}
