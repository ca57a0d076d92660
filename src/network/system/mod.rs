//! System or people? What differs between outcomes, split over the path, the site, the week and
//! what differs from one journey to the next; and what is lost between teams beside what is lost
//! within steps. In words that are remembered without the figures.

mod panel;
pub mod web;

use relais_analytics::attribute::Estimate;

use crate::breakdown::Variance;
use crate::breakdown::{Breakdown, Line};
use crate::element::Element;
use crate::privacy::Disclosed;

/// What is told.
#[derive(Clone, Debug, PartialEq)]
pub struct System<'a> {
    breakdown: &'a Breakdown,
    /// What differs; absent where it cannot be told apart.
    variance: Option<Variance>,
    /// Where the points are lost; absent where nothing is split.
    lost: Option<Lost>,
}

/// Points lost, by whose they are. They add up to the shortfall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// At handoffs, which belong to two teams.
    between: f64,
    /// In dates and delays, which one team gives and the others live with.
    dates: f64,
    /// Within steps, as customers rated them.
    within: f64,
    /// Nowhere that can be shown.
    untraced: f64,
}

impl<'a> System<'a> {
    /// Reads it from a breakdown that may be shown.
    pub fn of(breakdown: &'a Disclosed<Breakdown>) -> Self {
        Self::read(breakdown)
    }

    fn read(breakdown: &'a Breakdown) -> Self {
        let sum = |of: fn(&Element) -> bool| {
            let lines = breakdown.lines.iter().filter(|line| of(&line.element));
            lines.filter_map(|line: &Line| line.points).map(|points| points.value).sum()
        };
        let lost = breakdown.untraced.map(|untraced| Lost {
            between: sum(|element| matches!(element, Element::Handoff(..) | Element::HandoffOther)),
            dates: sum(|element| matches!(element, Element::Promise(_))),
            within: sum(|element| matches!(element, Element::Step(_))),
            untraced: untraced.value,
        });
        Self { breakdown, variance: breakdown.wider.variance, lost }
    }
}

impl Lost {
    /// In the order in which they are told.
    fn parts(self) -> [(&'static str, f64); 4] {
        [
            ("owner-system-between", self.between),
            ("owner-system-dates", self.dates),
            ("owner-system-within", self.within),
            ("owner-system-untraced", self.untraced),
        ]
    }
}

/// The parts of what differs, in the order in which they are told.
fn parts(variance: &Variance) -> Vec<(&'static str, Estimate)> {
    let known = [
        ("owner-system-path", variance.path),
        ("owner-system-site", variance.site),
        ("owner-system-week", variance.week),
        ("owner-system-rest", Some(variance.rest)),
    ];
    known.into_iter().filter_map(|(key, share)| Some((key, share?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::breakdown::sample;
    use crate::network::system::*;

    #[test]
    fn what_is_lost_adds_up_to_the_shortfall() {
        let breakdown = sample::garage();
        let lost = System::read(&breakdown).lost.unwrap();
        let whole: f64 = lost.parts().iter().map(|(_, points)| points).sum();
        let lines: f64 =
            breakdown.lines.iter().filter_map(|line| line.points).map(|points| points.value).sum();
        assert!((whole - lines - breakdown.untraced.unwrap().value).abs() < 1e-9);
    }
}
