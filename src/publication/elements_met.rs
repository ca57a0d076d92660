//! Whose elements a pool of sites has: where a step is of one site's journeys alone, the people of
//! the other sites do not stand behind it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::element::Element;
use crate::privacy::{Floors, HeadsBehind, THOUSANDTHS};

use super::tally::TalliedJourney;

/// How much the released journeys and answers of each site have of every element.
#[derive(Debug, Default)]
pub struct ElementsMet(FxHashMap<String, BTreeMap<u16, Met>>);

/// What a site has of an element: where some of it adds up to a total, each is looked at by
/// itself.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    rated: u64,
    promised: u64,
    timed: u64,
}

impl ElementsMet {
    /// Counts one journey or answer.
    pub fn add(&mut self, site: Option<&str>, journey: &TalliedJourney) {
        let site = site.unwrap_or_default();
        if !self.0.contains_key(site) {
            self.0.insert(site.to_owned(), BTreeMap::new());
        }
        let Some(met) = self.0.get_mut(site) else { return };
        for position in journey.rated() {
            met.entry(position).or_default().rated += 1;
        }
        for position in journey.promised() {
            met.entry(position).or_default().promised += 1;
        }
        for position in journey.timed() {
            met.entry(position).or_default().timed += 1;
        }
    }

    /// The heads behind a pool of sites: of each element those alone whose site has anything of
    /// it, and of a small site alone where it has most of what there is.
    pub fn behind(
        &self,
        sites: &[(Option<&str>, &HeadsBehind)],
        elements: &BTreeMap<u16, Element>,
        floors: Floors,
    ) -> HeadsBehind {
        let mut pool = HeadsBehind::default();
        sites.iter().for_each(|(_, behind)| pool.add(behind));
        for (position, element) in elements {
            let met = |(site, _): &(Option<&str>, &HeadsBehind)| {
                let of_site = self.0.get(site.unwrap_or_default());
                of_site.and_then(|met| met.get(position)).copied().unwrap_or_default()
            };
            let met: Vec<Met> = sites.iter().map(met).collect();
            for step in element.steps() {
                let Some(team) = pool.steps.get(step).cloned() else { continue };
                let heads = |at: usize| {
                    let mine = sites[at].1.steps.get(step).unwrap_or(&team);
                    sites[at].1.thousandths(step, mine)
                };
                let kinds: [fn(&Met) -> u64; 3] =
                    [|met| met.rated, |met| met.promised, |met| met.timed];
                let fewest = kinds.iter().filter_map(|kind| {
                    let counts: Vec<u64> = met.iter().map(kind).collect();
                    those_who_have(&counts, heads, floors.heads() * THOUSANDTHS)
                });
                let Some(fewest) = fewest.min() else { continue };
                if pool.sites.contains_key(&team) && fewest < pool.thousandths(step, &team) {
                    let teams = pool.element_heads.entry(element.to_string()).or_default();
                    let known = teams.entry(team).or_default();
                    *known = fewest.max(*known);
                }
            }
        }
        pool
    }
}

/// The heads of the sites that have anything; of a small one alone that has more than two thirds.
fn those_who_have(counts: &[u64], heads: impl Fn(usize) -> u32, floor: u32) -> Option<u32> {
    let all: u64 = counts.iter().sum();
    let having = || (0..counts.len()).filter(|at| counts[*at] > 0);
    let prevails = |at: &usize| 3 * counts[*at] > 2 * all && heads(*at) < floor;
    let those = having().find(prevails).map_or_else(|| having().map(&heads).sum(), &heads);
    (all > 0).then_some(those)
}

#[cfg(test)]
mod tests {
    use crate::publication::elements_met::*;

    #[test]
    fn of_a_pool_only_those_count_who_have_any_or_most() {
        let heads = |at: usize| [3_000, 9_000, 20_000][at];
        let of = |counts: &[u64]| those_who_have(counts, heads, 7_000);
        assert_eq!(of(&[0, 0, 0]), None);
        assert_eq!(of(&[5, 0, 0]), Some(3_000), "the others have none of it");
        assert_eq!(of(&[5, 3, 2]), Some(32_000));
        assert_eq!(of(&[50, 3, 2]), Some(3_000), "most of it is theirs");
        assert_eq!(of(&[1, 50, 1]), Some(32_000), "they are enough by themselves");
    }
}
