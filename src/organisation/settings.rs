//! The settings that touch privacy: their floors are compiled in, and they change through the
//! journal after a notice.

use crate::calendar::Zone;
use crate::error::Result;
use crate::i18n::Text;
use crate::journal::Reason;
use crate::limits;
use crate::organisation::Stage;

#[derive(Clone, Debug)]
pub struct Settings {
    pub name: String,
    pub zone: Zone,
    pub stage: Stage,
    /// Answers that anything shown needs.
    pub minimum_answers: i32,
    /// People behind anything shown.
    pub minimum_heads: i32,
    /// Days for which the teams see a release before anyone else.
    pub embargo_days: i32,
}

/// A setting that touches privacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Answers that anything shown needs.
    MinimumAnswers,
    /// People behind anything shown.
    MinimumHeads,
    /// Days for which the teams see a release before anyone else.
    EmbargoDays,
}

impl Setting {
    pub const ALL: [Self; 3] = [Self::MinimumAnswers, Self::MinimumHeads, Self::EmbargoDays];

    /// As it is typed.
    pub fn code(self) -> &'static str {
        match self {
            Self::MinimumAnswers => "minimum_answers",
            Self::MinimumHeads => "minimum_heads",
            Self::EmbargoDays => "embargo_days",
        }
    }

    /// What the journal calls it.
    pub fn subject(self) -> String {
        format!("setting:{}", self.code())
    }

    /// What a new organisation starts with.
    pub fn first(self) -> i32 {
        match self {
            Self::MinimumAnswers => narrow(limits::MINIMUM_ANSWERS),
            Self::MinimumHeads => narrow(limits::DEFAULT_HEADS),
            Self::EmbargoDays => narrow(limits::EMBARGO_DAYS_FIRST),
        }
    }

    /// The smallest and the largest value that it may ever have.
    pub fn bounds(self) -> (i32, i32) {
        match self {
            Self::MinimumAnswers => (narrow(limits::MINIMUM_ANSWERS), 1_000_000),
            Self::MinimumHeads => (narrow(limits::MINIMUM_HEADS), 1_000_000),
            Self::EmbargoDays => (0, narrow(limits::EMBARGO_DAYS)),
        }
    }

    /// The value, or the bound that it oversteps.
    pub fn in_bounds(self, value: i32) -> i32 {
        let (least, most) = self.bounds();
        value.clamp(least, most)
    }
}

fn narrow(limit: u32) -> i32 {
    i32::try_from(limit).unwrap_or(i32::MAX)
}

/// A change of a setting that may be made.
#[derive(Clone, Debug)]
pub struct Change {
    pub(super) setting: Setting,
    pub(super) value: i32,
    pub(super) agreed_by: String,
    pub(super) reason: Reason,
}

impl Change {
    /// A change of the setting of `code` to `value`, to which `agreed_by` agreed: a team, a works
    /// council; never a person.
    pub fn parse(code: &str, value: i32, agreed_by: &str, reason: Reason) -> Result<Self> {
        let Some(setting) = Setting::ALL.into_iter().find(|setting| setting.code() == code) else {
            return Err(Text::new("team-unknown-setting").with("setting", code).into());
        };
        let (least, most) = setting.bounds();
        if value != setting.in_bounds(value) {
            let text = Text::new("team-setting-bounds").with("setting", code);
            return Err(text.with("least", least).with("most", most).into());
        }
        let agreed_by = agreed_by.trim().to_owned();
        if agreed_by.is_empty() {
            return Err(Text::new("team-setting-nobody-agreed").into());
        }
        Ok(Self { setting, value, agreed_by, reason })
    }
}

#[cfg(test)]
mod tests {
    use crate::organisation::settings::*;

    fn parse(code: &str, value: i32) -> Result<Change> {
        Change::parse(code, value, "works council", Reason::parse("because").unwrap())
    }

    #[test]
    fn no_setting_goes_below_its_floor() {
        assert!(parse("minimum_answers", 9).is_err() && parse("minimum_answers", 10).is_ok());
        assert!(parse("minimum_heads", 6).is_err() && parse("minimum_heads", 7).is_ok());
        assert!(parse("embargo_days", 22).is_err() && parse("embargo_days", 0).is_ok());
        assert!(parse("colour", 1).is_err());
        assert_eq!(Setting::MinimumHeads.in_bounds(1), 7);
    }

    #[test]
    fn somebody_must_have_agreed() {
        assert!(Change::parse("minimum_heads", 9, " ", Reason::parse("because").unwrap()).is_err());
    }
}
