//! A garage's breakdown with every case in it, for the tests of pictures and words.

use jiff::civil::date;
use relais_analytics::attribute::{Calibration, Contrast, Estimate};
use relais_analytics::interval::{Interval, Share};
use relais_analytics::timings::Coverage;

use super::{
    Against, Breakdown, Frictions, Lateness, Level, Line, NetworkShares, Period, Promised, Pulled,
    Rescued, Suppressed, Weighted,
};
use crate::blueprint::{Blueprint, Names, Step};

use crate::privacy::{NotShown, Place};
use crate::survey::Friction;

/// Figures of a region whose planning slips: reception and workshop make it up, one detour, one
/// hidden handoff.
pub(crate) fn garage() -> Breakdown {
    Breakdown {
        blueprint: blueprint(),
        partition: Place::Region("R2".to_owned()),
        place: None,
        against: None,
        period: Period { from: date(2026, 7, 6), to: date(2026, 9, 27) },
        journeys: 2304,
        invited: Some(2180),
        responses: 412,
        pooled: 3120,
        outcome: points(68.8, 66.9, 70.7),
        shortfall: points(31.2, 29.3, 33.1),
        gap: None,
        lines: vec![
            rated("step:CALL", points(1.9, 0.8, 3.0), 81.0),
            Line {
                handoff_range: Some(Interval { low: 1.4, high: 2.6 }),
                ..rated("handoff:CALL:RECEP", points(2.6, 1.2, 4.0), 76.0)
            },
            dates("promise:PLAN", points(12.4, 8.1, 16.3), 0.0),
            Line {
                handoff_range: Some(Interval { low: 2.2, high: 3.4 }),
                ..rated("step:RECEP", points(2.2, 0.9, 3.5), 84.0)
            },
            dates("promise:RECEP", points(-2.1, -3.0, -1.2), 2.4),
            Line {
                friction: Some(frictions()),
                ..rated("handoff:RECEP:WORK", points(3.3, 1.5, 5.1), 72.0)
            },
            rated("step:WORK", points(3.8, 1.9, 5.7), 74.0),
            dates("promise:WORK", points(-0.6, -1.9, 0.7), 1.7),
            rated("step:DELIV", points(0.7, -0.4, 1.8), 90.0),
            dates("promise:DELIV", points(0.9, 0.2, 1.6), 0.0),
            rated("handoff:RECEP:DELIV", points(1.2, 0.3, 2.1), 70.0),
        ],
        untraced: Some(points(4.9, 3.2, 6.6)),
        untraced_contrast: None,
        undecided: None,
        leading: "promise:PLAN".parse().ok(),
        suppressed: vec![Suppressed {
            element: "handoff:WORK:DELIV".parse().unwrap(),
            reason: NotShown::FewHeads(8),
        }],
        lateness: Some(Lateness { answered: 1.4, all: 1.1 }),
        timings: Some(Coverage { journeys: 2304, partial: 161, unstated: 0 }),
        mix: None,
        effect_size: None,
        level: Level {
            answered: Some(rate(0.179, 0.166, 0.192)),
            calibration: Some(Calibration { observed: 33.1, added: -1.9, a_day: 6.3 }),
            weighted: Some(Weighted { outcome: points(68.4, 66.1, 70.7), effective: 301.4 }),
            if_silent: Some([60.6, 77.0]),
            pulled: Some(Pulled { outcome: points(69.1, 67.3, 70.9), kept: 0.91 }),
        },
        rescued: Some(Rescued {
            trouble: rate(0.42, 0.38, 0.46),
            saved: rate(0.31, 0.25, 0.38),
            steps: vec!["step:WORK".parse().unwrap()],
        }),
        wider: NetworkShares::default(),
    }
}

/// The same region beside the rest of the network.
pub(crate) fn garage_against_rest() -> Breakdown {
    let mut breakdown = garage();
    breakdown.against = Some(Against::Rest);
    breakdown.gap = Some(points(9.4, 7.0, 11.8));
    for line in &mut breakdown.lines {
        let planning = line.element.to_string() == "promise:PLAN";
        let difference = if planning { points(8.7, 5.0, 12.4) } else { points(0.1, -0.9, 1.1) };
        line.contrast = Some(Contrast { points: difference, at_least: false, signal: planning });
    }
    breakdown
}

/// The garage's chain.
pub(crate) fn blueprint() -> Blueprint {
    let step = |code: &str, team: &str, frontstage: bool, fr: &str, en: &str| Step {
        code: code.to_owned(),
        name: names(fr, en),
        team: Some(team.to_owned()),
        frontstage,
        planned_by: None,
        activities: Vec::new(),
        quiet_days: None,
    };
    Blueprint {
        name: names("Réparation", "Repair"),
        steps: vec![
            step("CALL", "call-centre", true, "Appel", "Call centre"),
            step("PLAN", "planning", false, "Planification", "Planning"),
            step("RECEP", "reception", true, "Réception", "Reception"),
            step("WORK", "workshop", true, "Atelier", "Workshop"),
            step("DELIV", "reception", true, "Restitution du véhicule", "Hand-back"),
        ],
        ..Blueprint::unknown("repair")
    }
}

fn names(fr: &str, en: &str) -> Names {
    Names { fr: fr.to_owned(), en: en.to_owned() }
}

fn points(value: f64, low: f64, high: f64) -> Estimate {
    Estimate { value, interval: Some(Interval { low, high }) }
}

fn rated(code: &str, points: Estimate, mean: f64) -> Line {
    Line {
        element: code.parse().unwrap(),
        points: Some(points),
        contrast: None,
        mean: Some(mean),
        asked: 198,
        passed: 400,
        delay: 0.0,
        made_up: 0.0,
        handoff_range: None,
        friction: None,
        promised: None,
    }
}

fn rate(value: f64, low: f64, high: f64) -> Share {
    Share { count: 0, of: 0, value, interval: Interval { low, high } }
}

fn frictions() -> Frictions {
    let kinds = vec![
        (Friction::Repeated, rate(0.12, 0.08, 0.17)),
        (Friction::Waited, rate(0.20, 0.15, 0.26)),
        (Friction::Chased, rate(0.03, 0.01, 0.06)),
    ];
    Frictions { any: rate(0.28, 0.22, 0.35), kinds }
}

fn dates(code: &str, points: Estimate, made_up: f64) -> Line {
    let promised = Some(Promised { made: 2016, kept: 1344 });
    Line {
        mean: None,
        asked: 0,
        delay: points.value,
        made_up,
        promised,
        ..rated(code, points, 0.0)
    }
}

/// A young organisation: means, and nothing split.
pub(crate) fn too_few() -> Breakdown {
    let mut breakdown = garage();
    (breakdown.responses, breakdown.pooled, breakdown.journeys, breakdown.invited) =
        (84, 84, 390, Some(371));
    (breakdown.untraced, breakdown.leading, breakdown.level.calibration) = (None, None, None);
    breakdown.lines.retain(|line| line.mean.is_some());
    for line in &mut breakdown.lines {
        (line.points, line.handoff_range, line.asked, line.passed) = (None, None, 31, 80);
    }
    breakdown
}
