//! The same measure at many places: a funnel, which orders nothing. What places differ by, by
//! chance and for reasons that nobody calls a fault, is within its limits; only what lies beyond
//! the outer ones is worth asking about, and only that has a name. Inside there is nothing to ask.

mod drawing;
mod panel;
mod phrases;
pub mod read;
pub mod web;

use relais_analytics::Sums;
use relais_analytics::funnel::{self, Funnel, FunnelError, Limits, OUTER};

use crate::blueprint::Blueprint;
use crate::breakdown::Period;
use crate::chart::ledger::Counts;
use crate::chart::{Kind, Measure};
use crate::privacy::{NotShown, Place};

/// Means are kept in whole thousandths of a point, so that their sums are integers.
const THOUSANDTHS: f64 = 1_000.0;

/// Which places stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Sites.
    #[default]
    Sites,
    /// Regions.
    Regions,
}

impl By {
    /// How it is written in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Regions => "regions",
        }
    }

    /// What an address says; `None` where that is neither.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sites, Self::Regions].into_iter().find(|by| by.code() == text)
    }
}

/// Places side by side, as far as each may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub(super) blueprint: Blueprint,
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    pub(super) by: By,
    pub(super) period: Period,
    /// The places that may be shown, in the order of their codes.
    pub(super) units: Vec<Unit>,
    /// Why the others may not, and how many each time.
    pub(super) hidden: Vec<(NotShown, usize)>,
    /// The limits, or why there are none.
    pub(super) funnel: Result<Funnel, FunnelError>,
}

/// A place in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Which place. Only one beyond the outer limits is ever named.
    place: Place,
    /// Answers, or promises.
    pub(super) size: i64,
    /// The figure, 0 to 100.
    pub(super) figure: f64,
    /// Where it lies, where there is a funnel.
    pub(super) lies: Option<funnel::Place>,
}

impl Comparison {
    /// The funnel of what may be shown.
    fn of(frame: Frame, shown: Vec<(Place, Counts)>) -> Self {
        let Frame { blueprint, measure, kind, by, period, hidden } = frame;
        let sums: Vec<Sums> = shown.iter().map(|(_, counts)| sums(kind, counts)).collect();
        let funnel = match kind {
            Kind::Means => Funnel::of_means(&sums),
            Kind::Shares | Kind::Days => Funnel::of_shares(&sums),
        };
        let lies = |at: usize| {
            funnel.as_ref().ok().and_then(|funnel| funnel.units.get(at).copied().flatten())
        };
        let unit = |(at, (place, counts)): (usize, (Place, Counts))| {
            let figure = counts.value(kind)?.figure();
            Some(Unit { place, size: counts.count as i64, figure, lies: lies(at) })
        };
        let units = shown.into_iter().enumerate().filter_map(unit).collect();
        Self { blueprint, measure, kind, by, period, units, hidden, funnel }
    }

    /// The level of all together, 0 to 100.
    pub(super) fn target(&self) -> Option<f64> {
        Some(self.scaled(self.funnel.as_ref().ok()?.target))
    }

    /// The limits at so many answers, 0 to 100: inner and outer, each from and to.
    pub(super) fn limits(&self, size: i64) -> Option<[(f64, f64); 2]> {
        let Limits { inner, outer } = self.funnel.as_ref().ok()?.limits(size)?;
        let ends = |low: f64, high: f64| {
            (self.scaled(low).clamp(0.0, 100.0), self.scaled(high).clamp(0.0, 100.0))
        };
        Some([ends(inner.low, inner.high), ends(outer.low, outer.high)])
    }

    /// The places beyond the outer limits, in the order of their codes.
    pub(super) fn beyond(&self) -> impl Iterator<Item = (&Place, &Unit)> {
        let beyond = |unit: &&Unit| unit.lies == Some(funnel::Place::BeyondOuter);
        self.units.iter().filter(beyond).map(|unit| (&unit.place, unit))
    }

    /// How many lie between the inner and the outer limits.
    pub(super) fn near(&self) -> usize {
        self.units.iter().filter(|unit| unit.lies == Some(funnel::Place::BeyondInner)).count()
    }

    /// How many equal places would lie beyond the outer limits by chance alone.
    pub(super) fn by_chance(&self) -> f64 {
        self.units.len() as f64 * (1.0 - OUTER)
    }

    fn scaled(&self, figure: f64) -> f64 {
        match self.kind {
            Kind::Means => figure / THOUSANDTHS,
            Kind::Shares | Kind::Days => 100.0 * figure,
        }
    }
}

/// What a comparison is about, before it has places.
pub(super) struct Frame {
    blueprint: Blueprint,
    measure: Measure,
    kind: Kind,
    by: By,
    period: Period,
    hidden: Vec<(NotShown, usize)>,
}

/// As the funnel takes them.
fn sums(kind: Kind, counts: &Counts) -> Sums {
    let whole = |sum: f64, unit: f64| (sum * unit).round() as i64;
    let unit = if kind == Kind::Means { THOUSANDTHS } else { 1.0 };
    Sums {
        count: counts.count as i64,
        sum: whole(counts.sum, unit),
        squares: whole(counts.squares, unit * unit),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::breakdown::sample;
    use crate::network::compare::*;

    /// Sites of forty and more answers at a level of 80, of which the last is twenty points lower.
    pub(in crate::network::compare) fn comparison(sites: usize) -> Comparison {
        let counts = |n: usize| {
            let (count, mean) =
                (40.0 + 9.0 * n as f64, if n + 1 == sites { 60.0 } else { 79.0 + (n % 3) as f64 });
            Counts { count, sum: count * mean, squares: count * (mean * mean + 200.0) }
        };
        let shown = (0..sites).map(|n| (Place::Site(format!("S{n:02}")), counts(n))).collect();
        let garage = sample::garage();
        let frame = Frame {
            blueprint: garage.blueprint.clone(),
            measure: Measure::Outcome,
            kind: Kind::Means,
            by: By::Sites,
            period: garage.period,
            hidden: vec![(NotShown::Remainder, 2)],
        };
        Comparison::of(frame, shown)
    }

    #[test]
    fn only_what_lies_beyond_the_outer_limits_is_named() {
        let comparison = comparison(30);
        let named: Vec<String> = comparison.beyond().map(|(place, _)| place.to_string()).collect();
        assert_eq!(named, ["site:S29"]);
        let [inner, outer] = comparison.limits(100).unwrap();
        assert!(outer.0 < inner.0 && inner.0 < comparison.target().unwrap() && inner.1 < outer.1);
        assert!(comparison.limits(400).unwrap()[1].0 > outer.0, "the funnel narrows");
    }

    #[test]
    fn nine_places_are_no_funnel() {
        let comparison = comparison(9);
        assert_eq!(comparison.funnel, Err(FunnelError::FewUnits { found: 9 }));
        assert_eq!(comparison.beyond().count(), 0);
    }
}
