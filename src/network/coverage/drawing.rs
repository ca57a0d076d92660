//! Journeys, invited and answered by week, as three levels from one line: what is left between
//! two of them is who was not asked, and who did not answer.

use super::{Coverage, Weekly};
use crate::breakdown::picture::drawing::{Shape, px};
use crate::calendar::{Week, date_in_words};
use crate::i18n::{Lang, count};
use crate::network::two_sizes::{Paper, Sheet};

const TOP: f64 = 14.0;
const FOOT: f64 = 28.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 6.0;

/// Draws the weeks.
pub(super) fn draw(coverage: &Coverage, paper: Paper, lang: Lang) -> Sheet {
    let height = if paper == Paper::Wide { 260.0 } else { 200.0 };
    let most = coverage.weekly.iter().map(|(_, counts)| counts.journeys).fold(1.0, f64::max);
    let most = most.ceil();
    let (Some(first), Some(last)) = (coverage.weekly.first(), coverage.weekly.last()) else {
        return Sheet { height, shapes: Vec::new() };
    };
    let weeks = f64::from(last.0.0 - first.0.0 + 1);
    let (base, room) = (height - FOOT, paper.width() - LEFT - RIGHT);
    let x = |week: i32| LEFT + f64::from(week - first.0.0) / weeks * room;
    let y = |value: f64| base - value / most * (base - TOP);
    let area = |read: fn(&Weekly) -> f64, class| {
        let column = |(week, counts): &(Week, Weekly)| {
            let (from, to) = (px(x(week.0)), px(x(week.0 + 1) - 0.6));
            format!("M{from} {base}V{}H{to}V{base}Z", px(y(read(counts))))
        };
        let columns: Vec<String> = coverage.weekly.iter().map(column).collect();
        Shape::Path { d: columns.concat(), class }
    };
    let mut shapes = Vec::new();
    for value in [0.0, most / 2.0, most] {
        let at = px(y(value));
        shapes.push(Shape::Path {
            d: format!("M{LEFT} {at}H{}", px(paper.width() - RIGHT)),
            class: "hair",
        });
        shapes.push(Shape::label(
            LEFT - 6.0,
            at + 4.0,
            "tick end",
            count(lang, value.round() as u64),
        ));
    }
    shapes.push(area(|counts| counts.journeys, "cover journeys"));
    shapes.push(area(|counts| counts.invited, "cover invited"));
    shapes.push(area(|counts| counts.answered, "cover answered"));
    let day = |week: Week| date_in_words(week.monday(), lang);
    shapes.push(Shape::label(LEFT, height - 8.0, "tick", day(first.0)));
    if coverage.weekly.len() > 1 {
        shapes.push(Shape::label(paper.width() - RIGHT, height - 8.0, "tick end", day(last.0)));
    }
    Sheet { height, shapes }
}
