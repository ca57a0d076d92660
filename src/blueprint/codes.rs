//! Names of steps and sites as a file writes them, and the codes that they mean.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::i18n::Text;
use crate::limits;
use crate::privacy::person;

/// Steps or sites by their names in the file.
#[derive(Debug)]
pub struct CodesByName {
    pub known: FxHashMap<String, Arc<str>>,
    /// How many more the file may add: none once the blueprint is closed.
    pub room: usize,
    /// Names that the file added and that nobody has fetched yet.
    pub added: Vec<(String, Arc<str>)>,
}

impl CodesByName {
    /// The code of a name in the file. A name that an administrator has written is taken as it is;
    /// any other must not look like a person before anything is said about it.
    pub fn code(&mut self, name: &str, unknown: &'static str) -> Result<Arc<str>, Text> {
        if let Some(code) = self.known.get(name) {
            return Ok(code.clone());
        }
        if name.is_empty() {
            return Err(Text::new("journey-no-step"));
        }
        checked(name)?;
        if let Some(sign) = person::sign_in_code(name) {
            return Err(Text::new(sign.key()));
        }
        if self.room == 0 {
            return Err(Text::new(unknown).with("name", name));
        }
        self.room -= 1;
        let code: Arc<str> = code_of(name).into();
        self.known.insert(name.to_owned(), code.clone());
        self.added.push((name.to_owned(), code.clone()));
        Ok(code)
    }
}

/// The code of a step or site that a log names: the name itself, without the sign that joins
/// codes.
pub fn code_of(name: &str) -> String {
    name.replace(':', "-")
}

/// Refuses what is too long to be a name and what looks like a person. The text never holds the
/// value.
pub fn checked(value: &str) -> Result<(), Text> {
    if value.len() > limits::NAME {
        return Err(too_long(limits::NAME));
    }
    if value.chars().any(char::is_control) {
        return Err(Text::new("journey-control-character"));
    }
    match person::sign_in(value) {
        Some(sign) => Err(Text::new(sign.key())),
        None => Ok(()),
    }
}

pub fn too_long(most: usize) -> Text {
    Text::new("journey-too-long").with("most", most)
}
