//! What a dossier is made of, whatever it is written as.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dossier {
    pub title: String,
    /// Of whom, and when it was made.
    pub about: String,
    pub chapters: Vec<Chapter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    pub title: String,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Paragraph(String),
    Points(Vec<String>),
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
    Signatures(Vec<String>),
}
