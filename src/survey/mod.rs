//! Questionnaires: what customers are asked, on which scales, and which answers are valid.
//!
//! A questionnaire has versions per journey type; one in use is never changed. Our own asks the
//! outcome and the steps on five labelled points and the handoffs by frictions to tick. History
//! from another survey tool keeps the scales it was asked on: each pair of scales is a version of
//! its own, and a rating becomes a loss, which alone is analysed: ideal minus rating, an integer
//! on its own scale.

pub mod drawing;
mod friction;
pub mod publishing;
pub mod store;
pub mod wording;
pub mod you_said;

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::element::Element;
use crate::error::Error;
use crate::i18n::Text;

pub use friction::Friction;
use wording::Wording;

/// A scale of whole numbers, from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale {
    low: i32,
    high: i32,
}

impl Scale {
    /// The five labelled points of our own questionnaire.
    pub const FIVE: Self = Self { low: 1, high: 5 };
    /// Nought to ten, which most other tools ask.
    pub const TEN: Self = Self { low: 0, high: 10 };
    /// On which the number of frictions ticked stands: none is the ideal.
    const FRICTIONS: Self = Self { low: 0, high: Friction::MOST };
    /// No survey asks a person to tell more points apart.
    const HIGHEST: i32 = 1_000;

    /// `None` when that is no scale.
    pub fn new(low: i32, high: i32) -> Option<Self> {
        (0 <= low && low < high && high <= Self::HIGHEST).then_some(Self { low, high })
    }

    pub fn low(self) -> i32 {
        self.low
    }

    /// The ideal.
    pub fn high(self) -> i32 {
        self.high
    }

    /// The largest loss.
    pub fn range(self) -> i32 {
        self.high - self.low
    }

    pub fn holds(self, rating: i32) -> bool {
        (self.low..=self.high).contains(&rating)
    }

    /// Ideal minus rating.
    pub fn loss(self, rating: i32) -> i32 {
        self.high - rating
    }

    /// What a loss is multiplied with so that it stands on 0 to 100.
    pub fn factor(self) -> f64 {
        100.0 / f64::from(self.range())
    }
}

impl FromStr for Scale {
    type Err = Error;

    /// Reads `0-10`, `1-5`, `0-1`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let ends = text.split_once('-').and_then(|(low, high)| Some((whole(low)?, whole(high)?)));
        ends.and_then(|(low, high)| Self::new(low, high))
            .ok_or_else(|| Text::new("survey-bad-scale").into())
    }
}

/// Digits alone: a sign would make `-5-5` a scale, which nobody meant.
fn whole(text: &str) -> Option<i32> {
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl std::fmt::Display for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.low, self.high)
    }
}

/// How it was decided which parts of a journey a customer was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Ours: [`Wording::parts_asked`] steps and handoffs, drawn with known probabilities.
    Drawn,
    /// Somebody else's: known only from what was asked.
    Observed,
}

impl Design {
    pub fn code(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Observed => "observed",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Drawn, Self::Observed].into_iter().find(|design| design.code() == code)
    }
}

/// An answer about one part of a journey, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// On the version's scale.
    Rating(i32),
    /// Empty when none is ticked.
    Frictions(Vec<Friction>),
    DoesNotKnow,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handoffs {
    Frictions,
    /// On the same scale as the steps.
    Rated,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    pub version: i32,
    pub design: Design,
    pub outcome: Scale,
    pub item: Scale,
    pub handoffs: Handoffs,
    /// What the administrator worded, and what is offered.
    pub wording: Wording,
    /// From when it may be asked; `None` for a draft, and for what another tool asked.
    pub published_at: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    NotOfTheJourney,
    OutsideTheScale(Scale),
    /// Frictions where a rating is asked, or a rating where frictions are.
    OtherKind,
    NotOffered(Friction),
}

impl Questionnaire {
    /// Ours, which every journey type starts with.
    pub fn standard(version: i32) -> Self {
        Self {
            version,
            design: Design::Drawn,
            outcome: Scale::FIVE,
            item: Scale::FIVE,
            handoffs: Handoffs::Frictions,
            wording: Wording::default(),
            published_at: None,
        }
    }

    pub fn imported(version: i32, outcome: Scale, item: Scale) -> Self {
        let design = Design::Observed;
        Self { design, outcome, item, handoffs: Handoffs::Rated, ..Self::standard(version) }
    }

    /// The scale on which an element's loss is counted.
    pub fn scale(&self, element: &Element) -> Scale {
        match (element, self.handoffs) {
            (Element::Handoff(..) | Element::HandoffOther, Handoffs::Frictions) => Scale::FRICTIONS,
            _ => self.item,
        }
    }

    /// Whether the answer may be given about that part of a journey that has these elements.
    pub fn check(
        &self,
        element: &Element,
        answer: &Answer,
        elements: &BTreeSet<Element>,
    ) -> Result<(), Invalid> {
        if !element.is_rated() || !elements.contains(element) {
            return Err(Invalid::NotOfTheJourney);
        }
        let ticked =
            matches!(element, Element::Handoff(..)) && self.handoffs == Handoffs::Frictions;
        match answer {
            Answer::DoesNotKnow => Ok(()),
            Answer::Rating(_) if ticked => Err(Invalid::OtherKind),
            Answer::Rating(rating) if self.item.holds(*rating) => Ok(()),
            Answer::Rating(_) => Err(Invalid::OutsideTheScale(self.item)),
            Answer::Frictions(frictions) if ticked => {
                let foreign = frictions.iter().find(|friction| !self.wording.offers(**friction));
                foreign.map_or(Ok(()), |friction| Err(Invalid::NotOffered(*friction)))
            }
            Answer::Frictions(_) => Err(Invalid::OtherKind),
        }
    }

    /// On [`Questionnaire::scale`]; `None` when the customer does not know.
    pub fn loss(&self, answer: &Answer) -> Option<i32> {
        match answer {
            Answer::Rating(rating) => Some(self.item.loss(*rating)),
            Answer::Frictions(ticked) => Some(Friction::loss(ticked)),
            Answer::DoesNotKnow => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::*;

    #[test]
    fn scales_are_two_whole_numbers_from_worst_to_best() {
        for (text, range) in [("0-10", 10), ("1-5", 4), ("0-1", 1), (" 1 - 7 ", 6)] {
            assert_eq!(text.parse::<Scale>().unwrap().range(), range, "{text}");
        }
        for text in ["", "5", "5-1", "3-3", "-5-5", "0-", "a-b", "0-10000", "1-5-9", "+1-5"] {
            assert!(text.parse::<Scale>().is_err(), "{text:?} is no scale");
        }
    }

    #[test]
    fn a_loss_is_ideal_minus_rating_and_stands_on_0_to_100() {
        assert_eq!(Scale::TEN.loss(7), 3);
        assert_eq!(f64::from(Scale::FIVE.loss(4)) * Scale::FIVE.factor(), 25.0);
        let ours = Questionnaire::standard(1);
        let three =
            [Friction::Waited, Friction::Chased, Friction::Repeated, Friction::SentElsewhere];
        assert_eq!(ours.loss(&Answer::Frictions(three.to_vec())), Some(3), "at most three");
        assert_eq!(
            ours.loss(&Answer::Frictions(vec![Friction::Waited; 4])),
            Some(1),
            "one ticked twice is one"
        );
        assert_eq!(ours.loss(&Answer::Frictions(Vec::new())), Some(0));
        assert_eq!(ours.loss(&Answer::Rating(2)), Some(3));
        assert_eq!(ours.loss(&Answer::DoesNotKnow), None);
        assert_eq!(ours.scale(&"handoff:A:B".parse().unwrap()).factor(), 100.0 / 3.0);
        assert_eq!(ours.scale(&"step:A".parse().unwrap()).range(), 4);
    }

    #[test]
    fn an_answer_is_about_a_part_of_the_journey_and_inside_its_scale() {
        let elements: BTreeSet<Element> =
            ["step:A", "step:B", "handoff:A:B"].map(|c| c.parse().unwrap()).into();
        let ours = Questionnaire::standard(1);
        let theirs = Questionnaire::imported(2, Scale::TEN, Scale::TEN);
        let check = |q: &Questionnaire, code: &str, answer| {
            q.check(&code.parse().unwrap(), &answer, &elements)
        };
        assert_eq!(check(&ours, "step:A", Answer::Rating(5)), Ok(()));
        assert_eq!(
            check(&ours, "step:A", Answer::Rating(0)),
            Err(Invalid::OutsideTheScale(Scale::FIVE))
        );
        assert_eq!(check(&ours, "handoff:A:B", Answer::Rating(5)), Err(Invalid::OtherKind));
        assert_eq!(check(&ours, "handoff:A:B", Answer::Frictions(vec![Friction::Waited])), Ok(()));
        assert_eq!(check(&theirs, "handoff:A:B", Answer::Rating(0)), Ok(()));
        assert_eq!(
            check(&theirs, "handoff:A:B", Answer::Frictions(Vec::new())),
            Err(Invalid::OtherKind)
        );
        assert_eq!(check(&theirs, "step:C", Answer::DoesNotKnow), Err(Invalid::NotOfTheJourney));
        assert_eq!(check(&theirs, "promise:A", Answer::DoesNotKnow), Err(Invalid::NotOfTheJourney));
        let mut fewer = ours;
        fewer.wording.frictions.remove(&Friction::Chased);
        let ticked = |friction| {
            check(&fewer, "handoff:A:B", Answer::Frictions(vec![Friction::Waited, friction]))
        };
        assert_eq!(ticked(Friction::Chased), Err(Invalid::NotOffered(Friction::Chased)));
        assert_eq!(ticked(Friction::Repeated), Ok(()));
    }

    #[test]
    fn answers_are_stored_as_a_number_a_list_or_null() {
        let stored = r#"[7,["waited","sent-elsewhere"],[],null]"#;
        let answers: Vec<Answer> = serde_json::from_str(stored).unwrap();
        assert_eq!(answers[1], Answer::Frictions(vec![Friction::Waited, Friction::SentElsewhere]));
        assert_eq!(serde_json::to_string(&answers).unwrap(), stored);
    }
}
