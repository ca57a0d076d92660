//! The numbers of elements, variants and channels. They only ever grow: a cell of last year means
//! the same today.
//!
//! Rated elements (steps, handoffs, [`Element::HandoffOther`]) are at most [`limits::ELEMENTS`].
//! Steps have a place of their own as long as there is room; a handoff gets one when enough
//! journeys have it, and is told under `handoff:other` otherwise. Promises, which are timed and
//! not rated, are numbered beside them. A channel gets a number when enough journeys came through
//! it, and is told with the others otherwise.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::cell::{Channel, NO_CHANNEL, OTHER_CHANNEL};
use rustc_hash::FxHashMap;

use super::path_numbers::PathNumbers;
use crate::element::Element;
use crate::limits;

/// The elements and variants of a journey type, with those that are new.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub path_numbers: PathNumbers,
    positions: FxHashMap<Element, u16>,
    variants: FxHashMap<Vec<u16>, i32>,
    channels: FxHashMap<String, Channel>,
    rated: usize,
    added: Additions,
}

/// What is not stored yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    pub elements: Vec<(u16, Element)>,
    pub variants: Vec<(i32, Vec<u16>)>,
    pub channels: Vec<(Channel, String)>,
}

/// How many journeys have which rated element and came through which channel, in a sample.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    journeys: u64,
    having: BTreeMap<Element, u64>,
    through: BTreeMap<String, u64>,
}

impl Sample {
    /// Counts one journey by its set of rated elements and its channel.
    pub fn add(&mut self, rated: BTreeSet<Element>, channel: Option<&str>) {
        self.journeys += 1;
        if let Some(channel) = channel {
            *self.through.entry(channel.to_owned()).or_default() += 1;
        }
        for element in rated {
            *self.having.entry(element).or_default() += 1;
        }
    }

    /// Whether there may be journeys that it has not.
    pub fn is_full(&self) -> bool {
        self.journeys >= limits::JOURNEYS_SAMPLED
    }

    fn is_rare(&self, count: u64) -> bool {
        (count as f64) < limits::RARE_HANDOFF * self.journeys as f64
    }

    /// The channels that are common, the most frequent first.
    fn channels(&self) -> Vec<&String> {
        let least =
            (limits::RARE_CHANNEL * self.journeys as f64).max(f64::from(limits::MINIMUM_ANSWERS));
        let mut common: Vec<_> =
            self.through.iter().filter(|(_, count)| **count as f64 >= least).collect();
        common.sort_by_key(|(_, count)| u64::MAX - **count);
        common.into_iter().map(|(code, _)| code).collect()
    }
}

impl Catalogue {
    pub fn known(
        elements: BTreeMap<u16, Element>,
        variants: BTreeMap<i32, Vec<u16>>,
        channels: BTreeMap<Channel, String>,
        path_numbers: PathNumbers,
    ) -> Self {
        Self {
            path_numbers,
            rated: elements.values().filter(|element| element.is_rated()).count(),
            positions: elements
                .into_iter()
                .map(|(position, element)| (element, position))
                .collect(),
            variants: variants.into_iter().map(|(number, elements)| (elements, number)).collect(),
            channels: channels.into_iter().map(|(number, code)| (code, number)).collect(),
            added: Additions::default(),
        }
    }

    /// Gives a place to what a sample of journeys shows to be common: steps, then the handoffs
    /// that are not rare, the most frequent first; and the channels that are not.
    pub fn grow(&mut self, sample: &Sample) {
        self.rated_place(&Element::HandoffOther);
        let mut common: Vec<(&Element, u64)> =
            sample.having.iter().map(|(element, count)| (element, *count)).collect();
        common.sort_by_key(|(element, count)| {
            (matches!(element, Element::Handoff(..)), u64::MAX - count)
        });
        for (element, count) in common {
            if matches!(element, Element::Step(_)) || !sample.is_rare(count) {
                self.rated_place(element);
            }
        }
        for code in sample.channels() {
            if self.channels.len() < limits::CHANNELS && !self.channels.contains_key(code) {
                let number = NO_CHANNEL + 1 + self.channels.len() as Channel;
                self.channels.insert(code.clone(), number);
                self.added.channels.push((number, code.clone()));
            }
        }
    }

    /// The elements by their number.
    pub fn elements(&self) -> BTreeMap<u16, Element> {
        self.positions.iter().map(|(element, position)| (*position, element.clone())).collect()
    }

    /// The rated elements of each variant.
    pub fn variants(&self) -> BTreeMap<i32, Vec<u16>> {
        self.variants.iter().map(|(elements, number)| (*number, elements.clone())).collect()
    }

    /// The number under which a journey's channel is told.
    pub fn channel(&self, code: Option<&str>) -> Channel {
        code.map_or(NO_CHANNEL, |code| self.channels.get(code).copied().unwrap_or(OTHER_CHANNEL))
    }

    /// The position under which a rated element is told; `None` when there is no room for it.
    pub fn rated(&mut self, element: &Element) -> Option<u16> {
        match element {
            Element::Step(_) => self.rated_place(element),
            Element::Handoff(..) => self.handoff(element),
            Element::HandoffOther => self.rated_place(element),
            Element::Promise(_) | Element::StepsOf(_) => None,
        }
    }

    /// The position under which a timed element is told.
    pub fn timed(&mut self, element: &Element) -> Option<u16> {
        match element {
            Element::Promise(_) => self.place(element),
            _ => self.handoff(element),
        }
    }

    /// The number of the variant that has these rated elements, in order of their positions.
    pub fn variant(&mut self, elements: &[u16]) -> i32 {
        if let Some(number) = self.variants.get(elements) {
            return *number;
        }
        let number = i32::try_from(self.variants.len()).unwrap_or(i32::MAX);
        self.variants.insert(elements.to_vec(), number);
        self.added.variants.push((number, elements.to_vec()));
        number
    }

    pub fn take_added(&mut self) -> Additions {
        std::mem::take(&mut self.added)
    }

    fn handoff(&mut self, element: &Element) -> Option<u16> {
        self.positions.get(element).copied().or_else(|| self.rated_place(&Element::HandoffOther))
    }

    fn rated_place(&mut self, element: &Element) -> Option<u16> {
        if let Some(position) = self.positions.get(element) {
            return Some(*position);
        }
        if self.rated >= limits::ELEMENTS {
            return None;
        }
        self.rated += 1;
        self.place(element)
    }

    fn place(&mut self, element: &Element) -> Option<u16> {
        if let Some(position) = self.positions.get(element) {
            return Some(*position);
        }
        let position = u16::try_from(self.positions.len()).ok()?;
        self.positions.insert(element.clone(), position);
        self.added.elements.push((position, element.clone()));
        Some(position)
    }
}

#[cfg(test)]
mod tests {
    use crate::publication::catalogue::*;

    fn step(code: &str) -> Element {
        Element::Step(code.to_owned())
    }

    fn handoff(from: &str, to: &str) -> Element {
        Element::Handoff(from.to_owned(), to.to_owned())
    }

    fn sample(counts: &[(Element, u64)]) -> Sample {
        Sample { journeys: 1000, having: counts.iter().cloned().collect(), ..Sample::default() }
    }

    #[test]
    fn rare_handoffs_are_told_together_until_they_are_common() {
        let mut catalogue = Catalogue::default();
        catalogue.grow(&sample(&[
            (step("A"), 1),
            (step("B"), 999),
            (handoff("A", "B"), 9),
            (handoff("B", "A"), 10),
        ]));
        let other = catalogue.rated(&Element::HandoffOther);
        assert_eq!(catalogue.rated(&handoff("A", "B")), other, "under one in a hundred");
        assert_ne!(catalogue.rated(&handoff("B", "A")), other);
        assert!(
            catalogue.rated(&step("A")).is_some_and(|place| Some(place) != other),
            "a step is never folded"
        );
        let before = catalogue.rated(&handoff("B", "A"));
        catalogue.grow(&sample(&[(handoff("A", "B"), 500)]));
        assert_ne!(catalogue.rated(&handoff("A", "B")), other);
        assert_eq!(catalogue.rated(&handoff("B", "A")), before, "positions never change");
    }

    #[test]
    fn there_are_at_most_forty_rated_elements_and_promises_are_not_among_them() {
        let mut catalogue = Catalogue::default();
        let many: Vec<_> = (0..60).map(|n| (handoff(&n.to_string(), "X"), 1000 - n)).collect();
        catalogue.grow(&sample(&many));
        let places: BTreeSet<_> =
            many.iter().map(|(element, _)| catalogue.rated(element)).collect();
        assert_eq!(places.len(), limits::ELEMENTS, "39 of their own, and the others together");
        assert_eq!(catalogue.rated(&step("LATE")), None, "no room");
        assert_eq!(catalogue.timed(&Element::Promise("LATE".to_owned())), Some(40));
        assert_eq!(catalogue.rated(&Element::Promise("LATE".to_owned())), None);
    }

    #[test]
    fn what_was_stored_keeps_its_number_and_only_the_new_is_handed_over() {
        let known = BTreeMap::from([(0, Element::HandoffOther), (1, step("A"))]);
        let variants = BTreeMap::from([(0, vec![1])]);
        let mut catalogue =
            Catalogue::known(known, variants, BTreeMap::new(), PathNumbers::default());
        assert_eq!(catalogue.variant(&[1]), 0);
        assert_eq!(catalogue.variant(&[0, 1]), 1);
        assert_eq!(catalogue.rated(&step("B")), Some(2));
        let added = catalogue.take_added();
        assert_eq!(
            added,
            Additions {
                elements: vec![(2, step("B"))],
                variants: vec![(1, vec![0, 1])],
                ..Additions::default()
            }
        );
        assert_eq!(catalogue.take_added(), Additions::default());
    }

    #[test]
    fn channels_have_numbers_when_enough_journeys_share_them_and_keep_them() {
        let mut catalogue = Catalogue::known(
            BTreeMap::new(),
            BTreeMap::new(),
            BTreeMap::from([(1, "shop".to_owned())]),
            PathNumbers::default(),
        );
        let mut through = |counts: &[(&str, u64)]| {
            let through = counts.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect();
            catalogue.grow(&Sample { journeys: 2_000, through, ..Sample::default() });
            catalogue.clone()
        };
        let grown = through(&[("phone", 1_500), ("web", 20), ("fax", 19), ("shop", 4)]);
        assert_eq!(
            [Some("shop"), Some("phone"), Some("web"), None].map(|code| grown.channel(code)),
            [1, 2, 3, NO_CHANNEL]
        );
        assert_eq!(grown.channel(Some("fax")), OTHER_CHANNEL, "under one in a hundred");
        let many: Vec<_> = (10..60).map(|n| (n.to_string(), 1_000 - n)).collect();
        let many: Vec<_> = many.iter().map(|(code, count)| (code.as_str(), *count)).collect();
        let mut full = through(&many);
        let numbers: BTreeSet<_> = many.iter().map(|(code, _)| full.channel(Some(code))).collect();
        assert_eq!(numbers, (4..=OTHER_CHANNEL).collect(), "eleven more, and the others together");
        assert_eq!(full.channel(Some("web")), 3, "numbers never change");
        assert_eq!(full.take_added().channels.len(), limits::CHANNELS - 1, "one was stored before");
    }
}
