//! The scenarios, and what is true of each.

use super::simulator::{Fault, Size};
use super::survey::Survey;
use relais_analytics::attribute::{Attribution, Estimate, Points};
use relais_analytics::design::Design;
use relais_analytics::{Options, attribute};

/// Journeys behind a large-sample value.
const MANY: usize = 1_000_000;
/// Steps, handoffs and promises of the simulated service.
pub(crate) const ELEMENTS: usize = 12;

/// A scenario of the simulator.
pub(crate) struct Case {
    /// The reference's name.
    pub(crate) name: &'static str,
    pub(crate) fault: Fault,
    /// The position that is at fault.
    pub(crate) target: Option<u16>,
}

pub(crate) const PLACEBO: Case = Case { name: "placebo", fault: Fault::None, target: None };
pub(crate) const HANDOFF: Case =
    Case { name: "handoff", fault: Fault::RatedElement(5, 0.45), target: Some(5) };
/// Customers blame the workshop for it.
pub(crate) const PLANNING: Case =
    Case { name: "planning", fault: Fault::Slip(2, 0.45, 2.2), target: Some(10) };
pub(crate) const WORKSHOP: Case =
    Case { name: "workshop", fault: Fault::RatedElement(2, 0.45), target: Some(2) };

/// What a case comes to in the long run.
pub(crate) struct Truth {
    /// The estimator's own large-sample values: everybody answers, days do not differ.
    pub(crate) figures: Figures,
    /// What the fault really costs, in points.
    pub(crate) cost: f64,
}

/// What intervals are about.
pub(crate) struct Figures {
    pub(crate) gap: Estimate,
    /// Twelve elements, then the untraced; `None` when nothing is split.
    pub(crate) split: Option<Split>,
}

/// Levels and contrasts of the elements, then of the untraced. A contrast that cannot be said is 0
/// without interval.
pub(crate) struct Split {
    pub(crate) levels: Vec<Estimate>,
    pub(crate) contrasts: Vec<Estimate>,
}

impl Case {
    /// The large-sample values under a design, which must not move them.
    pub(crate) fn truth(&self, design: Design) -> Truth {
        self.truth_by(design, &Options::default())
    }

    /// The same, reported in a way.
    pub(crate) fn truth_by(&self, design: Design, options: &Options) -> Truth {
        let size = Size { journeys: MANY, answering: 1.0, days: 0.0, design };
        let survey = Survey::new(self.fault, &size, 77);
        Truth { figures: Figures::of(&attribute(&survey.sample, options)), cost: survey.cost }
    }
}

impl Truth {
    /// How much of what the fault really costs the estimator finds with many answers, as a share;
    /// NaN without a fault.
    pub(crate) fn size_of(&self, case: &Case) -> f64 {
        let found = case.target.zip(self.figures.split.as_ref());
        found.map_or(f64::NAN, |(target, split)| {
            split.contrasts[usize::from(target)].value / self.cost
        })
    }
}

impl Figures {
    pub(crate) fn of(attribution: &Attribution) -> Self {
        let points = || attribution.elements.iter().filter_map(|element| element.points);
        let none = Estimate { value: 0.0, interval: None };
        let contrast = |points: Points| points.contrast.map_or(none, |c| c.points);
        let split = attribution.untraced.as_ref().map(|untraced| Split {
            levels: points().map(|points| points.level).chain([untraced.level]).collect(),
            contrasts: points().map(contrast).chain(untraced.contrast).collect(),
        });
        Self { gap: attribution.gap.expect("there is a reference"), split }
    }
}
