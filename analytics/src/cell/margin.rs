//! By what those who answer and all journeys are compared beside variant, place and month: how
//! late, and through which channel. Both are numbers small enough to be one key.

use super::bytes::Reader;
use super::error::DecodeError;
use super::tally::Tally;
use crate::lateness::Class;

/// Through which channel a journey came: its number in the journey type's catalogue of channels,
/// from 1 up to and without [`OTHER_CHANNEL`].
pub type Channel = u16;

/// The channel of a journey that does not say its channel.
pub const NO_CHANNEL: Channel = 0;
/// All channels together for which there is no number; a larger number counts as this one.
pub const OTHER_CHANNEL: Channel = 15;

/// Channels have so many numbers.
const CHANNELS: u16 = OTHER_CHANNEL + 1;
/// The key of answers whose journey is not known: neither how late it was nor its channel.
pub(super) const UNKNOWN_JOURNEY: u16 = CHANNELS * Class::ALL.len() as u16;

/// How late a journey felt and through which channel it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Margin {
    /// How late.
    pub class: Class,
    /// The channel.
    pub channel: Channel,
}

/// Sums of answers of one margin. Losses stand on the version's own scale of outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerSums {
    /// Answers.
    pub count: i64,
    /// Those of them that know the outcome.
    pub known: i64,
    /// Σ outcome loss.
    pub loss: i64,
    /// Σ outcome loss².
    pub squares: i64,
}

/// The key of a journey of a lateness in minutes and a channel.
pub(super) fn key(lateness: i64, channel: Channel) -> u16 {
    Class::of(lateness) as u16 * CHANNELS + channel.min(OTHER_CHANNEL)
}

/// The margin of a key; `None` for [`UNKNOWN_JOURNEY`].
pub(super) fn of_key(key: u16) -> Option<Margin> {
    let class = *Class::ALL.get(usize::from(key / CHANNELS))?;
    Some(Margin { class, channel: key % CHANNELS })
}

/// Reads a tally whose keys are margins.
pub(super) fn decode<const W: usize>(reader: &mut Reader<'_>) -> Result<Tally<W>, DecodeError> {
    let tally = Tally::decode(reader)?;
    let possible = tally.iter().all(|(key, _)| key <= UNKNOWN_JOURNEY);
    if possible { Ok(tally) } else { Err(reader.impossible("lateness or channel before it")) }
}
