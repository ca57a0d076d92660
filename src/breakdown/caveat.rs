//! The sentences that go with figures wherever they are shown: on a page, in JSON, in a chart. Each
//! is written once.

use super::Breakdown;
use super::phrases::{VISIBLE, percent};
use crate::i18n::{Lang, Text};

/// How far a kind of figure carries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caveat {
    /// Of everything that is attributed.
    Cause,
    /// Of the points of what customers rated.
    Cautious,
    /// Of a handoff and the step after it.
    HandoffRange,
    /// Of a level: this share of the customers answered, as far as it is known.
    Silent(Option<f64>),
    /// Of delays of which nobody counted how many times are known.
    UnstatedTimings,
    /// Of parts that come to more than the whole.
    Overshoot,
    /// Of a comparison with other paths and other weeks.
    Mix,
    /// Of what two periods have in common.
    Windows,
    /// Of a small group's figure.
    Pulled,
    /// Of what differences between customers go with.
    GoesWith,
    /// Of what differs between sites.
    Common,
    /// Of what stands out on a chart.
    Asks,
}

impl Caveat {
    /// The sentence.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Self::Cause => Text::new("caveat-cause"),
            Self::Cautious => Text::new("caveat-cautious"),
            Self::HandoffRange => Text::new("caveat-seam"),
            Self::Silent(Some(share)) => {
                Text::new("caveat-silent").with("share", percent(lang, share))
            }
            Self::Silent(None) => Text::new("caveat-silent-unknown"),
            Self::UnstatedTimings => Text::new("caveat-unstated-timings"),
            Self::Overshoot => Text::new("caveat-overshoot"),
            Self::Mix => Text::new("caveat-mix"),
            Self::Windows => Text::new("caveat-windows"),
            Self::Pulled => Text::new("caveat-pulled"),
            Self::GoesWith => Text::new("caveat-goes-with"),
            Self::Common => Text::new("caveat-common"),
            Self::Asks => Text::new("caveat-asks"),
        }
        .say(lang)
    }
}

impl Breakdown {
    /// What must be said beside these figures.
    pub fn caveats(&self) -> Vec<Caveat> {
        let mut caveats = vec![Caveat::Cause];
        if self.is_split() {
            caveats.extend([Caveat::Cautious, Caveat::HandoffRange]);
        }
        caveats.extend(self.level.pulled.map(|_| Caveat::Pulled));
        caveats.extend(self.wider.importance.as_ref().map(|_| Caveat::GoesWith));
        caveats.extend(self.wider.variance.map(|_| Caveat::Common));
        let untraced = [self.untraced, self.untraced_contrast];
        let overshoots = untraced.iter().flatten().any(|rest| rest.value <= -VISIBLE);
        caveats.extend(overshoots.then_some(Caveat::Overshoot));
        caveats.extend(self.mix.map(|_| Caveat::Mix));
        let unstated = self.timings.filter(|timings| timings.unstated > 0);
        caveats.extend(unstated.map(|_| Caveat::UnstatedTimings));
        let answered = self.level.answered.map(|share| share.value);
        caveats.extend([Caveat::Silent(answered), Caveat::Windows]);
        caveats
    }
}
