//! What was published: atoms above both floors, and each answer in one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::each;
use crate::breakdown::everything::{Everything, SearchedRelease};
use crate::guarantee::figures::SearchFigures;
use crate::guarantee::store::organisations::Organisation;
use crate::guarantee::store::published::{Atom, Marked, Release};
use crate::guarantee::{Finding, Guarantee};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::limits;

/// The floors in force are not below the compiled ones, and every atom is above them by its own
/// headcounts.
pub(in crate::guarantee) fn minimum_sizes(
    organisations: &[Organisation],
    atoms: &[Atom],
    marked: &Marked,
) -> Finding {
    let low: Vec<&Organisation> =
        organisations.iter().filter(|organisation| is_low(organisation)).collect();
    let few: Vec<&Atom> =
        atoms.iter().filter(|atom| below(atom.answers, limits::MINIMUM_ANSWERS)).collect();
    let thin: Vec<&Atom> =
        atoms.iter().filter(|atom| atom.counted_heads() < limits::MINIMUM_HEADS).collect();
    let wrong: Vec<&Atom> = atoms
        .iter()
        .filter(|atom| u32::try_from(atom.heads).ok() != Some(atom.counted_heads()))
        .collect();
    let mut finding = Finding::of(Guarantee::MinimumSizes);
    for organisation in organisations {
        let [answers, heads, _] = organisation.values;
        finding = finding
            .seen(Text::new("guarantee-seen-floors").with("answers", answers).with("heads", heads));
    }
    finding
        .seen(smallest(atoms, marked))
        .against(each(&low, |organisation| {
            let [answers, heads, _] = organisation.values;
            Text::new("guarantee-against-floors").with("answers", answers).with("heads", heads)
        }))
        .against(each(&few, named("guarantee-against-few-answers")))
        .against(each(&thin, named("guarantee-against-few-heads")))
        .against(each(&wrong, named("guarantee-against-heads")))
}

fn named(key: &'static str) -> impl Fn(&&Atom) -> Text {
    move |atom| Text::new(key).with("atom", atom.id.to_string())
}

fn is_low(organisation: &Organisation) -> bool {
    let [answers, heads, _] = organisation.values;
    below(answers, limits::MINIMUM_ANSWERS) || below(heads, limits::MINIMUM_HEADS)
}

fn below(value: i32, floor: u32) -> bool {
    u32::try_from(value).unwrap_or(0) < floor
}

fn smallest(atoms: &[Atom], marked: &Marked) -> Text {
    let answers = atoms.iter().map(|atom| atom.answers).min();
    let heads = atoms.iter().map(Atom::counted_heads).min();
    match (answers, heads) {
        (Some(answers), Some(heads)) => Text::new("guarantee-seen-atoms")
            .with("atoms", atoms.len())
            .with("marked", marked.values().flat_map(BTreeMap::values).sum::<u64>())
            .with("answers", answers)
            .with("heads", heads),
        _ => Text::new("guarantee-seen-no-atoms"),
    }
}

/// Atoms overlap in nothing: an answer is in one atom, a site's answers of a release are in one
/// atom, and no atom grows afterwards.
pub(in crate::guarantee) fn no_differencing(
    atoms: &[Atom],
    releases: &[Release],
    marked: &Marked,
) -> Finding {
    let known: BTreeMap<(OrganisationId, i64), &Atom> =
        atoms.iter().map(|atom| ((atom.organisation, atom.id), atom)).collect();
    let lost = marked.iter().filter(|(key, _)| !known.contains_key(key));
    let lost: u64 = lost.flat_map(|(_, sites)| sites.values()).sum();
    let grown: Vec<&Atom> = atoms.iter().filter(|atom| has_grown(atom, marked)).collect();
    let foreign: Vec<&Atom> =
        atoms.iter().filter(|atom| holds_another_site(atom, marked)).collect();
    let weeks: BTreeSet<_> = releases
        .iter()
        .map(|release| (release.organisation, release.journey_type.as_str(), release.week))
        .collect();
    let loose: Vec<&Atom> = atoms.iter().filter(|atom| !weeks.contains(&of_week(atom))).collect();
    let twice = split_sites(&known, marked);
    Finding::of(Guarantee::NoDifferencing)
        .seen(
            Text::new("guarantee-seen-releases")
                .with("releases", releases.len())
                .with("atoms", atoms.len()),
        )
        .open(Text::new("guarantee-seen-sums"))
        .against(
            (lost > 0).then(|| Text::new("guarantee-against-lost-answers").with("count", lost)),
        )
        .against(each(&grown, named("guarantee-against-grown")))
        .against(each(&foreign, named("guarantee-against-foreign-site")))
        .against(each(&loose, named("guarantee-against-no-release")))
        .against(
            (twice > 0).then(|| Text::new("guarantee-against-split-sites").with("count", twice)),
        )
}

fn of_week(atom: &Atom) -> (OrganisationId, &str, i32) {
    (atom.organisation, atom.journey_type.as_str(), atom.week)
}

/// Erasing an answer leaves fewer than the atom says; more can only be a late answer that was
/// slipped in.
fn has_grown(atom: &Atom, marked: &Marked) -> bool {
    let now: u64 =
        marked.get(&(atom.organisation, atom.id)).into_iter().flat_map(BTreeMap::values).sum();
    now > u64::from(atom.answers.unsigned_abs())
}

fn holds_another_site(atom: &Atom, marked: &Marked) -> bool {
    let sites = marked.get(&(atom.organisation, atom.id)).into_iter().flat_map(BTreeMap::keys);
    atom.scope == "site" && sites.into_iter().any(|site| site.as_ref() != Some(&atom.place))
}

/// How many sites have answers in two atoms of one release: one atom could be had from the other
/// by subtraction.
fn split_sites(known: &BTreeMap<(OrganisationId, i64), &Atom>, marked: &Marked) -> usize {
    let mut homes: BTreeMap<_, BTreeSet<i64>> = BTreeMap::new();
    for (key, sites) in marked {
        let Some(atom) = known.get(key) else { continue };
        for site in sites.keys() {
            homes.entry((of_week(atom), site)).or_default().insert(atom.id);
        }
    }
    homes.values().filter(|atoms| atoms.len() > 1).count()
}

/// Of everything that was ever published nothing can be worked out about too few people. The
/// answers of a release are in no other, so that what several tell together each of them tells.
pub(in crate::guarantee) fn searched(found: &[Everything], figures: &SearchFigures) -> Finding {
    let releases = found.iter().flat_map(|of| &of.releases);
    let open: Vec<&SearchedRelease> = releases.filter(|release| release.search.is_none()).collect();
    let seen = match figures.smallest_group {
        Some(people) => Text::new("guarantee-seen-search")
            .with("releases", figures.documents)
            .with("documents", figures.figures)
            .with("equations", figures.equations)
            .with("people", people)
            .with("seconds", figures.seconds),
        None => Text::new("guarantee-seen-no-release"),
    };
    let few = figures.smallest_group.filter(|people| *people < limits::MINIMUM_HEADS);
    Finding::of(Guarantee::Searched)
        .seen(seen)
        .instead(
            Text::new("guarantee-seen-search-open")
                .with("releases", figures.open.documents)
                .with("documents", figures.open.figures)
                .with("equations", figures.open.equations),
        )
        .seen(
            Text::new("guarantee-seen-search-hidden")
                .with("hidden", figures.hidden_for_few_heads)
                .with("withheld", figures.withheld_beside),
        )
        .open(Text::new("guarantee-seen-search-kind"))
        .against(each(&open, |release| {
            Text::new("guarantee-against-opening")
                .with("type", release.journey_type.clone())
                .with("week", release.week.monday().to_string())
        }))
        .against(few.map(|people| Text::new("guarantee-against-few-left").with("people", people)))
}
