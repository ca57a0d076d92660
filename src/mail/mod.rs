//! Stub.
use crate::i18n::Lang;
/// x
#[derive(Clone, Debug)]
pub struct Letter {
    /// x
    pub to: String,
    /// x
    pub lang: Lang,
    /// x
    pub subject: String,
    /// x
    pub text: String,
    /// x
    pub html: String,
    /// x
    pub unsubscribe_url: String,
}
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// x
    Sent,
    /// x
    Later(&'static str),
    /// x
    Refused {
        /// x
        code: &'static str,
        /// x
        address: bool,
    },
    /// x
    Unknown(&'static str),
}
/// x
#[derive(Clone, Debug)]
pub struct Mailer;
impl Mailer {
    /// x
    pub async fn send(&self, _letter: &Letter, _now: i64, _random: u64) -> Outcome {
        Outcome::Sent
    }
}
