//! Steps and journey types that share a team share its people.
//!
//! Where no journey meets two steps of a team, each of them may be one person's: eight desks of a
//! team of eight are eight people, not eight times eight. The same holds for journey types, which
//! no journey has two of. How a team divides among them nobody says, so it is taken to divide as
//! its journeys do.

use std::collections::{BTreeMap, BTreeSet};

use crate::blueprint::Blueprint;
use crate::limits;
use crate::privacy::{HeadsBehind, THOUSANDTHS};

/// Steps of one team that (nearly) no journey meets together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedTeam {
    pub team: String,
    /// By step, the part of the team that does it, in thousandths.
    pub parts: BTreeMap<String, u32>,
}

/// How often the steps of journeys are met, and met together.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    having: BTreeMap<String, u64>,
    both: BTreeMap<(String, String), u64>,
}

impl Meetings {
    /// Counts one journey by its steps.
    pub fn add(&mut self, steps: &BTreeSet<&str>) {
        for step in steps {
            *self.having.entry((*step).to_owned()).or_default() += 1;
            for other in steps
                .range::<str, _>((std::ops::Bound::Excluded(*step), std::ops::Bound::Unbounded))
            {
                let pair = ((*step).to_owned(), (*other).to_owned());
                *self.both.entry(pair).or_default() += 1;
            }
        }
    }

    /// Adds what newer journeys say of steps that hardly any of these has: a desk that opened this
    /// week is in no sample of the past, and would count as its whole team.
    pub fn learn(&mut self, newer: &Self) {
        let is_new = |step: &str| self.count(step) < u64::from(limits::MINIMUM_ANSWERS);
        let new: BTreeSet<&String> = newer.having.keys().filter(|step| is_new(step)).collect();
        for (pair, count) in &newer.both {
            if new.contains(&pair.0) || new.contains(&pair.1) {
                *self.both.entry(pair.clone()).or_default() += count;
            }
        }
        for step in new {
            *self.having.entry(step.clone()).or_default() += newer.count(step);
        }
    }

    /// The steps that share a team, since fewer than this share of the rarer one's journeys meet
    /// both.
    pub fn shared(&self, blueprint: &Blueprint, met_together: f64) -> Vec<SharedTeam> {
        let mut teams: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (step, team) in blueprint.steps_and_teams() {
            if let Some(team) = team.filter(|_| self.count(step) > 0) {
                teams.entry(team).or_default().push(step);
            }
        }
        let groups = |(team, steps): (&str, Vec<&str>)| {
            let parts = self.divided(&steps, met_together).into_iter();
            parts.map(|parts| SharedTeam { team: team.to_owned(), parts }).collect::<Vec<_>>()
        };
        teams.into_iter().flat_map(groups).collect()
    }

    /// The parts of one team's steps, of those alone that share it with others.
    fn divided(&self, steps: &[&str], met_together: f64) -> Vec<BTreeMap<String, u32>> {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        for step in steps {
            let (mut together, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| {
                group.iter().any(|other| self.exclude(step, other, met_together))
            });
            let mut group = together.drain(..).flatten().collect::<Vec<&str>>();
            group.push(step);
            groups = apart;
            groups.push(group);
        }
        let shared = groups.into_iter().filter(|group| group.len() > 1);
        let parts = |group: Vec<&str>| {
            let all: u64 = group.iter().map(|step| self.count(step)).sum();
            let part = |step: &str| u32::try_from(1000 * self.count(step) / all.max(1));
            group
                .iter()
                .map(|step| ((*step).to_owned(), part(step).unwrap_or(0)))
                .collect::<BTreeMap<_, _>>()
        };
        shared.map(parts).collect()
    }

    /// Whether (nearly) no journey meets both.
    fn exclude(&self, a: &str, b: &str, met_together: f64) -> bool {
        let pair = if a < b { (a, b) } else { (b, a) };
        let both = self.both.get(&(pair.0.to_owned(), pair.1.to_owned())).copied().unwrap_or(0);
        let fewer = self.count(a).min(self.count(b));
        (both as f64) < met_together * fewer as f64
    }

    /// How many journeys met a step.
    pub fn count(&self, step: &str) -> u64 {
        self.having.get(step).copied().unwrap_or(0)
    }
}

/// How often steps are met, everywhere and at each site.
#[derive(Clone, Debug, Default)]
pub struct SiteMeetings {
    pub all: Meetings,
    sites: BTreeMap<String, Meetings>,
}

impl SiteMeetings {
    /// Counts one journey by its steps.
    pub fn add(&mut self, site: Option<&str>, steps: &BTreeSet<&str>) {
        self.all.add(steps);
        if let Some(site) = site {
            self.sites.entry(site.to_owned()).or_default().add(steps);
        }
    }

    /// See [`Meetings::learn`].
    pub fn learn(&mut self, newer: &Self) {
        self.all.learn(&newer.all);
        for (site, newer) in &newer.sites {
            self.sites.entry(site.clone()).or_default().learn(newer);
        }
    }

    /// How the steps that share a team divide it.
    pub fn division(&self, blueprint: &Blueprint) -> StepDivision {
        let teams = self.all.shared(blueprint, limits::MET_TOGETHER);
        let at = |(site, met): (&String, &Meetings)| {
            let steps = teams.iter().flat_map(|team| team.parts.keys());
            (site.clone(), steps.map(|step| (step.clone(), met.count(step))).collect())
        };
        StepDivision { sites: self.sites.iter().map(at).collect(), teams }
    }
}

/// How teams divide among steps that exclude each other.
#[derive(Clone, Debug, Default)]
pub struct StepDivision {
    teams: Vec<SharedTeam>,
    /// By site, how many of its journeys met each of the steps.
    sites: BTreeMap<String, BTreeMap<String, u64>>,
}

impl StepDivision {
    /// The part of its team, in thousandths, that each step has which shares it, everywhere.
    pub fn shares(&self) -> BTreeMap<String, u32> {
        self.teams.iter().flat_map(|team| team.parts.clone()).collect()
    }

    /// Counts the heads behind each of the steps at a site, whose team divides as the journeys of
    /// the site do: where one in ten comes to a desk, it is the desk of one in ten.
    pub fn divide(&self, behind: &mut HeadsBehind, site: &str) {
        let none = BTreeMap::new();
        let met = self.sites.get(site).unwrap_or(&none);
        for group in &self.teams {
            let all: u64 = group.parts.keys().filter_map(|step| met.get(step)).sum();
            for (step, everywhere) in &group.parts {
                let team = behind.steps.get(step);
                let heads = team.and_then(|team| behind.sites.get(team));
                let Some(heads) = heads.copied() else { continue };
                // Where nobody came yet it is not known.
                let here = (u64::from(heads * THOUSANDTHS)
                    * met.get(step).copied().unwrap_or_default())
                .checked_div(all);
                let here = here.and_then(|part| u32::try_from(part).ok());
                behind.step_heads.insert(step.clone(), here.unwrap_or(heads * everywhere));
            }
        }
    }
}

/// Journeys of the last weeks by journey type and site; the sites of journeys without one are
/// empty.
pub type Volumes = BTreeMap<(String, String), u64>;

/// The teams of each journey type.
pub type TypeTeams = BTreeMap<String, BTreeSet<String>>;

/// Leaves of the heads behind a site's journeys of one type what is left when its teams divide
/// among all types that they work for.
pub fn divide(
    behind: &mut HeadsBehind,
    journey_type: &str,
    site: &str,
    types: &TypeTeams,
    volumes: &Volumes,
) {
    let here = |code: &str, site: &str| {
        let key = (code.to_owned(), site.to_owned());
        volumes.get(&key).copied().unwrap_or(0)
    };
    let everywhere = |code: &str| -> u64 {
        volumes.iter().filter(|((of, _), _)| of == code).map(|(_, count)| count).sum()
    };
    let left = |team: &str, heads: u32, count: &dyn Fn(&str) -> u64| {
        let rivals = types.iter().filter(|(_, teams)| teams.contains(team)).map(|(code, _)| code);
        let all: u64 = rivals.map(|code| count(code)).sum();
        let own = count(journey_type);
        // Nobody's journeys say nothing about who does them.
        let part = (u64::from(heads) * own).checked_div(all);
        part.and_then(|part| u32::try_from(part).ok()).unwrap_or(heads)
    };
    for (team, heads) in &mut behind.sites {
        *heads = left(team, *heads, &|code| here(code, site));
    }
    for (team, heads) in &mut behind.central {
        *heads = left(team, *heads, &everywhere);
    }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::element::Element;
    use crate::privacy::Part;
    use crate::publication::sharing::*;

    fn blueprint(steps: &[(&str, &str)]) -> Blueprint {
        let step = |(code, team): &(&str, &str)| Step {
            team: Some((*team).to_owned()),
            ..Step::seen(code)
        };
        Blueprint { steps: steps.iter().map(step).collect(), ..Blueprint::unknown("repair") }
    }

    fn shares(met: &Meetings, blueprint: &Blueprint) -> BTreeMap<String, u32> {
        let met = SiteMeetings { all: met.clone(), ..SiteMeetings::default() };
        met.division(blueprint).shares()
    }

    #[test]
    fn a_team_divides_among_desks_as_the_journeys_of_its_own_site_do() {
        let mut met = SiteMeetings::default();
        for n in 0..200 {
            let (site, desk) = match n {
                0..90 => ("S1", "DESK 1"),
                90..100 => ("S1", "DESK 2"),
                _ => ("S2", "DESK 2"),
            };
            met.add(Some(site), &BTreeSet::from([desk, "WORK"]));
        }
        let blueprint = blueprint(&[("DESK 1", "desk"), ("DESK 2", "desk"), ("WORK", "shop")]);
        let division = met.division(&blueprint);
        let heads = |site: &str, desk: &str| {
            let mut behind = HeadsBehind {
                sites: BTreeMap::from([("desk".to_owned(), 20)]),
                steps: blueprint.team_of_steps(),
                shares: division.shares(),
                ..HeadsBehind::default()
            };
            division.divide(&mut behind, site);
            behind.own("desk", &[Part::new(&Element::Step(desk.to_owned()), desk)])
        };
        assert_eq!(heads("S1", "DESK 1"), Some(18));
        assert_eq!(heads("S1", "DESK 2"), Some(2), "everywhere it is half of the journeys");
        assert_eq!([heads("S2", "DESK 1"), heads("S2", "DESK 2")], [Some(0), Some(20)]);
        assert_eq!(heads("S3", "DESK 2"), Some(11), "nobody came yet");
    }

    #[test]
    fn steps_of_a_team_that_no_journey_meets_together_share_its_people() {
        let mut met = Meetings::default();
        for n in 0..800 {
            let desk = format!("DESK {}", n % 8 + 1);
            met.add(&BTreeSet::from([desk.as_str(), "WORK", "DELIV"]));
        }
        let desks: Vec<String> = (1..=8).map(|n| format!("DESK {n}")).collect();
        let mut steps: Vec<(&str, &str)> =
            desks.iter().map(|step| (step.as_str(), "desk")).collect();
        steps.extend([("DELIV", "desk"), ("WORK", "shop"), ("NEVER", "shop")]);
        let shares = shares(&met, &blueprint(&steps));
        assert_eq!(shares.len(), 8, "{shares:?}: who hands over meets the same customers");
        assert!(shares.values().all(|part| *part == 125), "{shares:?}");
    }

    #[test]
    fn a_desk_that_opened_this_week_shares_its_team_at_once() {
        let (mut past, mut week) = (Meetings::default(), Meetings::default());
        for n in 0..300 {
            let desk = if n % 2 == 0 { "DESK 1" } else { "DESK 2" };
            past.add(&BTreeSet::from([desk, "WORK", "DELIV"]));
        }
        for n in 0..60 {
            let desk = if n % 3 == 0 { "DESK 3" } else { "DESK 1" };
            week.add(&BTreeSet::from([desk, "WORK", "DELIV"]));
        }
        past.learn(&week);
        let desks = [("DESK 1", "desk"), ("DESK 2", "desk"), ("DESK 3", "desk")];
        let steps: Vec<(&str, &str)> = desks.into_iter().chain([("DELIV", "desk")]).collect();
        let shares = shares(&past, &blueprint(&steps));
        assert_eq!(shares.keys().collect::<Vec<_>>(), ["DESK 1", "DESK 2", "DESK 3"]);
        assert!(shares["DESK 3"] < 100, "{shares:?}: what is known of it is little");
    }

    #[test]
    fn a_team_divides_among_its_journey_types_as_its_journeys_do() {
        let types: TypeTeams = ["repair", "repair-c", "loan"]
            .map(|code| (code.to_owned(), BTreeSet::from(["desk".to_owned(), "shop".to_owned()])))
            .into();
        let volumes: Volumes =
            [(("repair", "S1"), 70), (("repair-c", "S1"), 10), (("repair", "S2"), 9)]
                .map(|((code, site), count)| ((code.to_owned(), site.to_owned()), count))
                .into();
        let heads = |code: &str, site: &str| {
            let mut behind = HeadsBehind {
                sites: BTreeMap::from([("desk".to_owned(), 8)]),
                central: BTreeMap::from([("shop".to_owned(), 89)]),
                ..HeadsBehind::default()
            };
            divide(&mut behind, code, site, &types, &volumes);
            (behind.sites["desk"], behind.central["shop"])
        };
        assert_eq!(heads("repair", "S1"), (7, 79));
        assert_eq!(heads("repair-c", "S1"), (1, 10), "one in eight: perhaps one person's");
        assert_eq!(heads("repair", "S2"), (8, 79));
        assert_eq!(heads("repair", "S3"), (8, 79), "nobody came yet");
    }
}
