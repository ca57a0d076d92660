//! What goes through a service, by the log alone: which paths are taken at which sites, and how
//! often. It is known before anybody is asked, and says how many answers can be expected where.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Catalogue, Sample};
use crate::element::Element;

/// The journeys of a service in some weeks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogTraffic {
    /// How many weeks they fell into; at least one.
    pub weeks: u32,
    /// What the positions of the paths mean.
    pub catalogue: BTreeMap<u16, Element>,
    pub paths: Vec<SitePath>,
}

/// A path at a site.
#[derive(Clone, Debug, PartialEq)]
pub struct SitePath {
    pub site: Option<String>,
    /// The positions of the elements that its customers can be asked about.
    pub rated: Vec<u16>,
    /// The positions of those that promised something.
    pub timed: Vec<u16>,
    pub journeys: f64,
}

/// A journey of the log, as far as traffic is concerned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SampledJourney {
    pub site: Option<String>,
    pub rated: BTreeSet<Element>,
    pub timed: BTreeSet<Element>,
}

impl LogTraffic {
    /// The traffic of all journeys, which are counted by site, told by a sample of them. Rare
    /// handoffs are folded together, as they will be when answers are published.
    pub fn of(
        weeks: u32,
        journeys: &BTreeMap<Option<String>, u64>,
        sampled: &[SampledJourney],
    ) -> Self {
        let mut sample = Sample::default();
        sampled.iter().for_each(|journey| sample.add(journey.rated.clone(), None));
        let mut catalogue = Catalogue::default();
        catalogue.grow(&sample);
        let mut paths: BTreeMap<_, u64> = BTreeMap::new();
        let mut of_site: BTreeMap<&Option<String>, u64> = BTreeMap::new();
        for journey in sampled {
            let rated = positions(&journey.rated, |element| catalogue.rated(element));
            let timed = positions(&journey.timed, |element| catalogue.timed(element));
            *paths.entry((&journey.site, rated, timed)).or_default() += 1;
            *of_site.entry(&journey.site).or_default() += 1;
        }
        let paths = paths.into_iter().map(|((site, rated, timed), count)| {
            let all = journeys.get(site).copied().unwrap_or(0) as f64;
            let share = count as f64 / of_site[site] as f64;
            SitePath { site: site.clone(), rated, timed, journeys: all * share }
        });
        let paths = paths.collect();
        Self { weeks: weeks.max(1), catalogue: catalogue.elements(), paths }
    }
}

fn positions(
    elements: &BTreeSet<Element>,
    position: impl FnMut(&Element) -> Option<u16>,
) -> Vec<u16> {
    elements.iter().filter_map(position).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::publication::traffic::*;

    fn journey(site: &str, rated: &[&str], timed: &[&str]) -> SampledJourney {
        let elements = |codes: &[&str]| codes.iter().map(|code| code.parse().unwrap()).collect();
        let site = Some(site.to_owned());
        SampledJourney { site, rated: elements(rated), timed: elements(timed) }
    }

    #[test]
    fn a_sample_tells_the_paths_of_all_journeys_and_rare_handoffs_are_one() {
        let usual = ["step:A", "step:B", "handoff:A:B"];
        let mut sampled = vec![journey("S1", &usual, &["promise:B"]); 300];
        sampled.push(journey("S1", &["step:A", "step:B", "handoff:B:A"], &[]));
        sampled.extend(vec![journey("S2", &usual, &[]); 99]);
        let site = |code: &str| Some(code.to_owned());
        let counts = BTreeMap::from([(site("S1"), 3_010), (site("S2"), 990)]);
        let traffic = LogTraffic::of(0, &counts, &sampled);
        assert_eq!(traffic.weeks, 1);
        let all: f64 = traffic.paths.iter().map(|path| path.journeys).sum();
        assert!((all - 4_000.0).abs() < 1e-6, "{all}");
        let rare = traffic.paths.iter().find(|path| (path.journeys - 10.0).abs() < 1e-6);
        let rare = rare.expect("one journey of 301 stands for ten");
        let names: Vec<_> = rare.rated.iter().map(|at| traffic.catalogue[at].to_string()).collect();
        assert!(names.contains(&"handoff:other".to_owned()), "{names:?}");
        let timed = traffic.paths.iter().filter(|path| !path.timed.is_empty());
        assert_eq!(timed.map(|path| path.journeys).sum::<f64>(), 3_000.0);
        assert!(LogTraffic::of(3, &BTreeMap::new(), &[]).paths.is_empty());
    }
}
