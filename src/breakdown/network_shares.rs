//! Counts the network's breakdown: what differences between customers go with, and how much of what differs goes with
//! the site. Neither blames: the one says nothing of what is equally bad for all, and neither does the other.

use std::collections::BTreeMap;

use relais_analytics::attribute::Estimate;
use relais_analytics::importance::importance;
use relais_analytics::variance::{Outcomes, Part};
use relais_analytics::{Position, Sample, Sums};

use super::LEVEL;
use super::level::outcomes;
use super::request::Question;
use crate::blueprint::Blueprint;
use crate::element::Element;
use crate::privacy::{Place, Shown};
use crate::publication::{AnswerCell, Published};

/// What is told of the network alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkShares {
    /// What differences between customers go with; absent below the answers that a split needs.
    pub importance: Option<Importance>,
    /// What differences between outcomes go with; absent where they cannot be told apart.
    pub variance: Option<Variance>,
}

/// Shares of the outcome's variance between customers of the same path and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// What lateness goes with: it comes first, since a rating cannot cause a past delay.
    pub lateness: Share,
    /// Each rated element that may be shown, in the order of the chain.
    pub elements: Vec<(Element, Share)>,
    /// All of it together, hidden elements included.
    pub explained: Share,
}

/// Shares of the outcome's variance that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variance {
    /// With the path that journeys took; absent where all took one.
    pub path: Option<Share>,
    /// With the site; absent where there is one.
    pub site: Option<Share>,
    /// With the week.
    pub week: Option<Share>,
    /// Within a site, week and path: what differs from one journey to the next.
    pub rest: Share,
}

/// A share of 1, with an interval where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share.
    pub share: f64,
    /// Its interval of [`LEVEL`].
    pub interval: Option<(f64, f64)>,
}

impl NetworkShares {
    /// Reads both; nothing of a place that is not the network.
    pub(super) fn of(
        question: &Question,
        published: &Published,
        (sample, outcomes): (&Sample, &Apart),
        shown: &Shown,
    ) -> Self {
        if question.partition != Place::Network {
            return Self::default();
        }
        Self {
            importance: shares(&question.blueprint, published, sample, shown),
            variance: outcomes.split(),
        }
    }
}

fn shares(
    blueprint: &Blueprint,
    published: &Published,
    sample: &Sample,
    shown: &Shown,
) -> Option<Importance> {
    let found = importance(sample, LEVEL, &stages(blueprint, published)).ok()??;
    let element = |share: &relais_analytics::importance::Share| {
        let element = published.catalogue.get(&share.position)?;
        let told = shown.objection(element).is_none();
        Some((element.clone(), estimated(share.share.filter(|_| told)?)))
    };
    let mut elements: Vec<(Element, Share)> = found.elements.iter().filter_map(element).collect();
    elements.sort_by_key(|(element, _)| blueprint.place(element));
    Some(Importance {
        lateness: estimated(found.lateness),
        elements,
        explained: estimated(found.explained),
    })
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

/// The outcomes of the network by path, site and week, whose variance is split over them. What is pooled counts as a site
/// of its own. Of another place it stays empty.
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
        let share = |part: &Part| estimated(part.share);
        Some(Variance {
            path: split.variant.as_ref().map(share),
            site: split.factors[0].as_ref().map(share),
            week: split.factors[1].as_ref().map(share),
            rest: share(&split.rest),
        })
    }
}

fn estimated(estimate: Estimate) -> Share {
    Share {
        share: estimate.value,
        interval: estimate.interval.map(|interval| (interval.low, interval.high)),
    }
}
