//! Steps of a team that no journey meets together, where one of them may be one person's: they are
//! ruled about as one, and by themselves they are shown nowhere.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::element::Element;
use crate::privacy::Part;

use super::composition::Composition;
use super::matter::{Matter, Parts, Subject};
use super::people::{Work, Workers};

/// The steps of one team that share it.
#[derive(Debug)]
pub(super) struct Shared {
    team: String,
    /// Their places in the list of elements.
    pub(super) members: Vec<usize>,
    parts: Vec<Part>,
}

impl Shared {
    /// Of every team that has such steps, as it was when the release was made.
    pub(super) fn all(composition: &Composition<'_>, matter: &Matter<'_>) -> Vec<Self> {
        let mut teams: BTreeMap<String, Self> = BTreeMap::new();
        for (at, element) in matter.elements.iter().enumerate() {
            let Element::Step(step) = element else { continue };
            let team = composition.team(matter.teams, step);
            let Some(team) = team.filter(|_| composition.is_shared(step)) else { continue };
            let nobody = || Self { team: team.clone(), members: Vec::new(), parts: Vec::new() };
            let group = teams.entry(team.clone()).or_insert_with(nobody);
            group.members.push(at);
            group.parts.push(Part::new(element, step));
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
        let heads = |part: &Part| {
            let workers = self.workers_of(vec![part.clone()]);
            workers.heads(&behind, composition.central_only)
        };
        self.parts.iter().any(|part| heads(part) < floor)
    }

    /// All of them together.
    pub(super) fn workers(&self) -> Workers {
        self.workers_of(self.parts.clone())
    }

    /// Where journeys met only some of them, those who do these.
    pub(super) fn workers_in_part(&self, matter: &Matter<'_>) -> FxHashMap<usize, Workers> {
        let met = |parts: &Parts| -> Vec<Part> {
            let members = self.members.iter().zip(&self.parts);
            let met = members.filter(|(at, _)| parts.passed[**at] > 0);
            met.map(|(_, part)| part.clone()).collect()
        };
        let atoms = matter.parts.iter().map(met).enumerate();
        atoms
            .filter(|(_, met)| !met.is_empty() && met.len() < self.parts.len())
            .map(|(atom, met)| (atom, self.workers_of(met)))
            .collect()
    }

    fn workers_of(&self, parts: Vec<Part>) -> Workers {
        Workers::Teams(vec![Work { team: self.team.as_str().into(), parts }])
    }

    /// What each atom has of them.
    pub(super) fn counts(&self, matter: &Matter<'_>, of: impl Fn(&Parts) -> &Vec<u64>) -> Vec<u64> {
        let sum = |parts: &Parts| self.members.iter().map(|at| of(parts)[*at]).sum();
        matter.parts.iter().map(sum).collect()
    }
}
