//! The process measures of what was published, backstage steps included. Whoever shows some of
//! them obeys the same rules about heads as for answers: see [`crate::privacy`].

use relais_analytics::Flow;

use crate::error::{Error, Result};

/// The flows of some atoms. They stay as they are stored until they are summed, since a year of a
/// large network has tens of thousands of them.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    pub steps: Vec<String>,
    /// The steps of each path that has a number, by that.
    pub paths: Vec<Vec<u16>>,
    pub(super) states: Vec<Option<Vec<u8>>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum {
    pub flow: Flow,
    pub atoms: usize,
    /// How many more were released before flows were kept: of these nothing is known, which is not
    /// that nothing happened.
    pub unknown: usize,
}

impl Flows {
    /// The flow of the atoms that are chosen by their place in
    /// [`Published::atoms`](super::Published::atoms).
    pub fn sum(&self, chosen: impl Fn(usize) -> bool) -> Result<Sum> {
        let mut sum = Sum::default();
        for (_, state) in self.states.iter().enumerate().filter(|(atom, _)| chosen(*atom)) {
            let Some(state) = state else {
                sum.unknown += 1;
                continue;
            };
            let added = sum.flow.merge_encoded(state);
            added.map_err(|why| Error::Internal(format!("a published flow is damaged: {why}")))?;
            sum.atoms += 1;
        }
        Ok(sum)
    }

    /// The code of a step; `None` for the steps that are told together.
    pub fn step(&self, number: u16) -> Option<&str> {
        self.steps.get(usize::from(number)).map(String::as_str)
    }

    /// The codes of the steps of a path, in order; `None` for the paths that are told together.
    pub fn path(&self, number: u16) -> Option<Vec<&str>> {
        let steps = self.paths.get(usize::from(number))?;
        steps.iter().map(|step| self.step(*step)).collect()
    }
}
