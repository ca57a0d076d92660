//! Counts the network's breakdown: what differences between customers go with, and how much of what
//! differs goes with the site. Neither blames: the one says nothing of what is equally bad for all,
//! and neither does the other.

use std::collections::BTreeMap;

use relais_analytics::attribute::Estimate;
use relais_analytics::importance::importance;
use relais_analytics::variance::{Outcomes, Part};
use relais_analytics::{Position, Sample, Sums};

use super::method_input::outcomes;
use super::request::Question;
use super::{Importance, LEVEL, NetworkShares, Variance};
use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::privacy::{Objections, Place};
use crate::publication::{AnswerCell, Published};

impl NetworkShares {
    /// Reads both; nothing of a place that is not the network.
    pub(super) fn of(
        question: &Question,
        published: &Published,
        sample: &Sample,
        outcomes: &Apart,
        objections: &Objections,
    ) -> Self {
        if question.partition != Place::Network {
            return Self::default();
        }
        Self {
            importance: shares(&question.blueprint, published, sample, objections),
            variance: outcomes.split(),
        }
    }
}

fn shares(
    blueprint: &Blueprint,
    published: &Published,
    sample: &Sample,
    objections: &Objections,
) -> Option<Importance> {
    let found = importance(sample, LEVEL, &stages(blueprint, published)).ok()??;
    let element = |share: &relais_analytics::importance::Share| {
        let element = published.catalogue.get(&share.position)?;
        let shown = share.share.filter(|_| objections.to(element).is_none());
        Some((element.clone(), shown?))
    };
    let mut elements: Vec<(Element, Estimate)> =
        found.elements.iter().filter_map(element).collect();
    elements.sort_by_key(|(element, _)| blueprint.place(element));
    Some(Importance { lateness: found.lateness, elements, explained: found.explained })
}

/// The stages of the journey: each step with the handoffs that leave it.
fn stages(blueprint: &Blueprint, published: &Published) -> Vec<Vec<Position>> {
    let mut stages: BTreeMap<usize, Vec<Position>> = BTreeMap::new();
    for (position, element) in published.catalogue.iter().filter(|(_, element)| element.is_rated())
    {
        stages.entry(blueprint.place(element).0).or_default().push(*position);
    }
    stages.into_values().collect()
}

/// The outcomes of the network by path, site and week, whose variance is split over them. What is
/// pooled counts as a site of its own. Of another place it stays empty.
#[derive(Default)]
pub(super) struct Apart {
    outcomes: Option<Outcomes>,
    /// The number of each atom's place.
    places: Vec<u32>,
}

impl Apart {
    /// Nothing yet.
    pub(super) fn of(question: &Question, published: &Published) -> Self {
        if question.partition != Place::Network {
            return Self::default();
        }
        let numbers = published.places();
        let places = published.atoms.iter().map(|atom| numbers[&atom.unit.place]).collect();
        Self { outcomes: Some(Outcomes::new(2)), places }
    }

    /// Adds a cell; what cannot be read splits nothing.
    pub(super) fn add(&mut self, published: &Published, cell: &AnswerCell) {
        let Some(all) = &mut self.outcomes else { return };
        let mut one = || {
            let sums: Sums = outcomes(published, cell)?;
            let (variant, week) = (
                u32::try_from(cell.variant).ok()?,
                u32::try_from(cell.replicate.div_euclid(3)).ok()?,
            );
            all.add(variant, &[self.places[cell.atom], week], cell.replicate.into(), &sums).ok()
        };
        if one().is_none() {
            self.outcomes = None;
        }
    }

    fn split(&self) -> Option<Variance> {
        let split = self.outcomes.as_ref()?.split(LEVEL).ok()?;
        let share = |part: &Part| part.share;
        Some(Variance {
            path: split.variant.as_ref().map(share),
            site: split.factors[0].as_ref().map(share),
            week: split.factors[1].as_ref().map(share),
            rest: share(&split.rest),
        })
    }
}
