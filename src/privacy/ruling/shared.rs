//! Steps of a team that no journey meets together, where one of them may be one person's: they are
//! ruled about as one, and by themselves they are shown nowhere.

use std::collections::BTreeMap;

use crate::element::Element;

use super::column::Composition;
use super::matter::{Matter, Parts, Subject};
use super::people::{ALL_OF_IT, Workers};

/// The steps of one team that share it.
#[derive(Debug)]
pub(super) struct Shared {
    team: String,
    /// Their places in the list of elements.
    pub(super) members: Vec<usize>,
    /// The part of the team that does each, in thousandths.
    parts: Vec<u32>,
}

impl Shared {
    /// Of every team that has such steps, as it was when the release was made.
    pub(super) fn all(composition: &Composition<'_>, matter: &Matter<'_>) -> Vec<Self> {
        let mut teams: BTreeMap<String, Self> = BTreeMap::new();
        for (at, element) in matter.elements.iter().enumerate() {
            let Element::Step(step) = element else { continue };
            let worker = composition.worker(matter.teams, step);
            let Some((team, part)) = worker.filter(|(_, part)| *part < ALL_OF_IT) else { continue };
            let nobody = || Self { team: team.clone(), members: Vec::new(), parts: Vec::new() };
            let group = teams.entry(team.clone()).or_insert_with(nobody);
            group.members.push(at);
            group.parts.push(part);
        }
        teams.into_values().filter(|group| group.members.len() > 1).collect()
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::Element(Element::StepsOf(self.team.clone()))
    }

    /// What its steps are as subjects of their own.
    pub(super) fn subjects<'m>(
        &'m self,
        matter: &'m Matter<'_>,
    ) -> impl Iterator<Item = Subject> + 'm {
        self.members.iter().map(|at| Subject::Element(matter.elements[*at].clone()))
    }

    /// Whether one of them is of too few people even where all places are told together.
    pub(super) fn has_a_small_part(&self, composition: &Composition<'_>) -> bool {
        let everywhere: Vec<usize> = (0..composition.units.len()).collect();
        let behind = composition.behind(&everywhere);
        let floor = composition.floors.heads();
        let heads = |part: &u32| {
            let workers = Workers::Teams(vec![(self.team.clone(), *part)]);
            workers.heads(&behind, composition.central_only)
        };
        self.parts.iter().any(|part| heads(part) < floor)
    }

    /// All of them together: as much of the team as the atom with the fewest of them has.
    pub(super) fn workers(&self, matter: &Matter<'_>) -> Workers {
        let present = |parts: &Parts| {
            let here = self.members.iter().zip(&self.parts);
            let here = here.filter(|(at, _)| parts.passed[**at] > 0).map(|(_, part)| *part);
            here.collect::<Vec<u32>>()
        };
        let present = matter.parts.iter().map(present).filter(|here| !here.is_empty());
        let least = present.map(|here| self.of_team(&here)).min();
        Workers::Teams(vec![(self.team.clone(), least.unwrap_or(ALL_OF_IT))])
    }

    /// Some parts in thousandths of the team. Each was rounded down; what is lost by that, where
    /// all of them are there, is nobody's.
    fn of_team(&self, parts: &[u32]) -> u32 {
        let sum = |parts: &[u32]| parts.iter().sum::<u32>();
        let lost = u32::try_from(self.parts.len()).unwrap_or(0);
        let are_all = parts.len() == self.parts.len() && sum(&self.parts) + lost > ALL_OF_IT;
        if are_all { ALL_OF_IT } else { sum(parts) }
    }

    /// What each atom has of them.
    pub(super) fn counts(&self, matter: &Matter<'_>, of: impl Fn(&Parts) -> &Vec<u64>) -> Vec<u64> {
        let sum = |parts: &Parts| self.members.iter().map(|at| of(parts)[*at]).sum();
        matter.parts.iter().map(sum).collect()
    }
}
