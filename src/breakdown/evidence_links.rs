//! Where the evidence of a part of the chain stands: an address of its own, which keeps whose
//! journeys and when.

use super::request::{Question, RawQuestion};
use crate::element::Element;
use crate::web::percent_encoded;

/// The addresses of a page's evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLinks {
    folder: String,
    query: String,
}

impl EvidenceLinks {
    /// Those of a team, for the question that its page answers.
    pub fn of_team(team: &str, question: &Question) -> Self {
        Self {
            folder: format!("/teams/{}/breakdown", percent_encoded(team)),
            query: query(question),
        }
    }

    /// Where an element's evidence stands.
    pub fn to(&self, element: &Element) -> String {
        // The code of a step may hold a stroke, which would part the path.
        let code = percent_encoded(&element.to_string()).replace('/', "%2F");
        format!("{}/{code}?{}", self.folder, self.query)
    }

    /// Back to the picture.
    pub fn back(&self) -> String {
        format!("{}?{}", self.folder, self.query)
    }
}

/// A question as an address asks it.
pub fn query(question: &Question) -> String {
    let asked = RawQuestion::of(question);
    let pairs = [
        ("journey_type", asked.journey_type),
        ("partition", asked.partition),
        ("against", asked.against),
        ("from", asked.from),
        ("to", asked.to),
    ];
    let given = pairs
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", percent_encoded(&value?))));
    given.collect::<Vec<_>>().join("&")
}
