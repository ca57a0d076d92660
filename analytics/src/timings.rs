//! Time that is not known: of how many journeys all times are known, who speaks for the others, and
//! when delays are not told at all.
//!
//! A step without a promise is unknown, not punctual: whatever it lost would be charged to the next
//! step that has one. So lateness is charged from journeys whose timings are whole alone, and those
//! speak for the others of their path at their place ([`Strata`](crate::reweighting::Strata)): with
//! `n_h` journeys of a stratum path × site, `w_h` of them whole, the mean lateness is
//! `Σ n_h (Σ T / w_h) / Σ n_h`. That assumes that within a path at a site timings are missing for
//! reasons that have nothing to do with how late a journey was. Where they are missing *because* it
//! was late, no reweighting helps: the share of whole timings, [`Coverage`], stands beside every
//! delay, and under [`FLOOR`] delays are [`Withheld`].

/// The share of journeys with whole timings under which no delay is told.
pub const FLOOR: f64 = 0.6;

/// Whether all times of a journey are known: each step of its path that promises anything has its
/// promise and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timings {
    /// Nobody looked. Such journeys are charged with what is known of them, and no share of whole
    /// timings can be told.
    #[default]
    Unstated,
    /// All of them. A path on which nothing is ever promised has none to be missing: whoever counts
    /// its journeys as whole says that they are not late.
    Whole,
    /// Not all of them.
    Partial,
}

/// Of how many journeys all times are known. Such counts add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All journeys.
    pub journeys: i64,
    /// Those of them whose timings are not whole.
    pub partial: i64,
    /// Those that were summed before anybody asked; they may be either.
    pub unstated: i64,
}

impl Coverage {
    /// Journeys whose timings are whole.
    pub fn whole(&self) -> i64 {
        self.journeys.wrapping_sub(self.partial).wrapping_sub(self.unstated)
    }

    /// The share of journeys with whole timings, 0 to 1, among those that say it; `None` where none
    /// does.
    pub fn share(&self) -> Option<f64> {
        let stated = self.journeys.wrapping_sub(self.unstated);
        (stated > 0 && (0..=stated).contains(&self.partial))
            .then(|| self.whole() as f64 / stated as f64)
    }

    /// The counts of these journeys and those together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            journeys: self.journeys.wrapping_add(other.journeys),
            partial: self.partial.wrapping_add(other.partial),
            unstated: self.unstated.wrapping_add(other.unstated),
        }
    }

    /// The counts of these journeys without those, which are among them.
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        Self {
            journeys: self.journeys.wrapping_sub(other.journeys),
            partial: self.partial.wrapping_sub(other.partial),
            unstated: self.unstated.wrapping_sub(other.unstated),
        }
    }

    /// Whether delays may be told of these journeys: the share that stands beside them, or why they
    /// are withheld.
    ///
    /// # Errors
    /// [`Withheld`] says why.
    ///
    /// ```
    /// use relais_analytics::timings::{Coverage, Withheld};
    ///
    /// let of = |partial| Coverage { journeys: 200, partial, unstated: 0 }.told();
    /// assert_eq!(of(50), Ok(0.75));
    /// assert_eq!(of(150), Err(Withheld::FewWhole { share: 0.25 }));
    /// ```
    pub fn told(&self) -> Result<f64, Withheld> {
        if self.journeys <= 0 {
            return Err(Withheld::NoJourneys);
        }
        match self.share() {
            None => Err(Withheld::Unstated),
            Some(share) if share < FLOOR => Err(Withheld::FewWhole { share }),
            Some(share) => Ok(share),
        }
    }
}

/// Why delays are not told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Withheld {
    /// There are no journeys.
    NoJourneys,
    /// It was not asked whose timings are whole when these journeys were summed: how many of them
    /// speak is not known. Older releases may be shown with that sentence beside them.
    Unstated,
    /// Fewer than [`FLOOR`] of them have whole timings: whoever is late may be among the others.
    FewWhole {
        /// The share that has, 0 to 1.
        share: f64,
    },
}
