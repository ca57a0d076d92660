//! Journeys, invited and answered by release, as three levels from one line: what is left between
//! two of them is who was not asked, and who did not answer.

use super::{Counts, Coverage};
use crate::breakdown::picture::drawing::{Shape, px};
use crate::calendar::date_in_words;
use crate::i18n::{Lang, count};
use crate::network::two_sizes::{Paper, Sheet};

const TOP: f64 = 14.0;
const FOOT: f64 = 28.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 6.0;

/// Draws the weeks.
pub(super) fn draw(coverage: &Coverage, paper: Paper, lang: Lang) -> Sheet {
    let height = if paper == Paper::Wide { 260.0 } else { 200.0 };
    let most =
        coverage.weeks.iter().filter_map(|(_, counts)| *counts).map(|counts| counts.journeys).max();
    let most = most.unwrap_or(1).max(1);
    let (Some(first), Some(last)) = (coverage.weeks.first(), coverage.weeks.last()) else {
        return Sheet { height, shapes: Vec::new() };
    };
    let weeks = f64::from(last.0.0 - first.0.0 + 1);
    let (base, room) = (height - FOOT, paper.width() - LEFT - RIGHT);
    let x = |week: i32| LEFT + f64::from(week - first.0.0) / weeks * room;
    let y = |value: u64| base - value as f64 / most as f64 * (base - TOP);
    let area = |read: fn(&Counts) -> u64, class| {
        let column = |(week, counts): &(crate::calendar::Week, Option<Counts>)| {
            let value = read(counts.as_ref()?);
            Some(format!(
                "M{} {}V{}H{}V{}Z",
                px(x(week.0)),
                px(base),
                px(y(value)),
                px(x(week.0 + 1) - 0.6),
                px(base)
            ))
        };
        let columns: Vec<String> = coverage.weeks.iter().filter_map(column).collect();
        Shape::Path { d: columns.concat(), class }
    };
    let mut shapes = Vec::new();
    for value in [0, most / 2, most] {
        let at = px(y(value));
        shapes.push(Shape::Path {
            d: format!("M{LEFT} {at}H{}", px(paper.width() - RIGHT)),
            class: "hair",
        });
        shapes.push(Shape::label(LEFT - 6.0, at + 4.0, "tick end", count(lang, value)));
    }
    shapes.push(area(|counts| counts.journeys, "cover journeys"));
    shapes.push(area(|counts| counts.invited, "cover invited"));
    shapes.push(area(|counts| counts.answered, "cover answered"));
    let day = |week: crate::calendar::Week| date_in_words(week.monday(), lang);
    shapes.push(Shape::label(LEFT, height - 8.0, "tick", day(first.0)));
    if coverage.weeks.len() > 1 {
        shapes.push(Shape::label(paper.width() - RIGHT, height - 8.0, "tick end", day(last.0)));
    }
    Sheet { height, shapes }
}
