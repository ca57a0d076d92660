//! Steps of a team that may only be told together: no journey meets two of them, so that one
//! person may do each.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::Position;

use crate::element::Element;
use crate::privacy::{NotShown, Objections};
use crate::publication::Published;

/// The steps that may only be told together, as one element a team, with their positions.
pub(super) fn shared_steps(published: &Published) -> BTreeMap<Element, BTreeSet<Position>> {
    let mut groups: BTreeMap<Element, BTreeSet<Position>> = BTreeMap::new();
    for atom in &published.atoms {
        for (team, steps) in atom.unit.behind.sharing() {
            let is_one = |element: &Element| matches!(element, Element::Step(step) if steps.contains(&step.as_str()));
            let members = published.catalogue.iter().filter(|(_, element)| is_one(element));
            let group = groups.entry(Element::StepsOf(team.to_owned())).or_default();
            group.extend(members.map(|(position, _)| *position));
        }
    }
    groups
}

/// Of these, the ones that are told: together where every one of them is told nowhere else.
pub(super) fn told_together(
    published: &Published,
    objections: &Objections,
) -> BTreeMap<Element, BTreeSet<Position>> {
    let mut groups = shared_steps(published);
    groups.retain(|team, members| {
        let shared = |position| {
            objections.to(&published.catalogue[position]).is_none_or(|why| why == NotShown::Shared)
        };
        let hidden = |position| objections.to(&published.catalogue[position]).is_some();
        objections.to(team).is_none() && members.iter().all(shared) && members.iter().any(hidden)
    });
    groups
}
