//! Several elements told as one.

use super::jackknife::Jackknife;
use super::report::{Attribution, Contrast, Element, Points};
use crate::Position;

impl Attribution {
    /// Tells several elements as one, at the position of the first of them in the list: parts that
    /// no journey has two of, none of which may be shown by itself. Points, answers and replicates
    /// add up, the mean is weighted by the answers, intervals are recomputed from the replicates,
    /// and what stands out is tested anew. Sums stay exact. Without any of them in the list nothing
    /// changes.
    #[must_use]
    pub fn merge(mut self, members: &[Position]) -> Self {
        let (gone, mut kept): (Vec<_>, Vec<_>) =
            self.elements.into_iter().partition(|e: &Element| members.contains(&e.position));
        if let Some(one) = together(&gone, &self.focus, &self.both) {
            let at = kept.partition_point(|e| e.position < one.position);
            kept.insert(at, one);
        }
        self.elements = kept;
        self.claim();
        self
    }
}

fn together(elements: &[Element], focus: &Jackknife, both: &Jackknife) -> Option<Element> {
    let first = elements.first()?;
    let asked: i64 = elements.iter().map(|e| e.asked).sum();
    let weighted: f64 = elements.iter().filter_map(|e| Some(e.mean? * e.asked as f64)).sum();
    let levels = sums(elements, |e| &e.levels);
    let contrasts = sums(elements, |e| &e.contrasts);
    let parts: Vec<&Points> = elements.iter().filter_map(|e| e.points.as_ref()).collect();
    let contrast: Vec<Contrast> = parts.iter().filter_map(|p| p.contrast).collect();
    let points = (!parts.is_empty()).then(|| Points {
        level: focus.estimate(parts.iter().map(|p| p.level.value).sum(), &levels),
        delay: parts.iter().map(|p| p.delay).sum(),
        made_up: parts.iter().map(|p| p.made_up).sum(),
        contrast: (!contrast.is_empty()).then(|| Contrast {
            points: both.estimate(contrast.iter().map(|c| c.points.value).sum(), &contrasts),
            at_least: contrast.iter().any(|c| c.at_least),
            signal: false,
        }),
        handoff_range: None,
    });
    Some(Element {
        position: first.position,
        mean: (asked > 0).then(|| weighted / asked as f64),
        asked,
        passed: elements.iter().map(|e| e.passed).sum(),
        points,
        rated: elements.iter().any(|e| e.rated),
        neighbours: Vec::new(),
        levels,
        contrasts,
    })
}

fn sums(elements: &[Element], read: impl Fn(&Element) -> &Vec<f64>) -> Vec<f64> {
    let groups = elements.iter().map(|e| read(e).len()).max().unwrap_or(0);
    let of = |g: usize| elements.iter().filter_map(|e| read(e).get(g)).sum();
    (0..groups).map(of).collect()
}
