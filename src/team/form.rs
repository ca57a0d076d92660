//! A form about access as it came in: what was typed, and what is wrong with each field of it.

use crate::error::{Error, Result};
use crate::i18n::Lang;

#[derive(Debug, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    problems: Vec<(String, String)>,
}

impl Form {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, problems: Vec::new() }
    }

    /// Empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|(at, _)| at == field).map(|(_, problem)| problem.as_str())
    }

    pub fn problems(&self) -> &[(String, String)] {
        &self.problems
    }

    /// The good part of `result`; a refusal is kept for its field, or for `field` when it names
    /// none. What is not about the form is an error.
    pub fn take<T>(&mut self, field: &str, result: Result<T>, lang: Lang) -> Result<Option<T>> {
        match result {
            Ok(good) => Ok(Some(good)),
            Err(Error::Refused(refusal)) => {
                let at = refusal.place.field.clone().unwrap_or_else(|| field.to_owned());
                self.problems.push((at, refusal.text.say(lang)));
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::error::Refusal;
    use crate::i18n::Text;
    use crate::team::form::*;

    #[test]
    fn a_refusal_stays_with_its_field_and_a_failure_does_not() {
        let mut form = Form::of(vec![("team".into(), "a".into()), ("team".into(), "b".into())]);
        assert!(form.has("team", "b") && form.get("team") == "a" && form.get("reason").is_empty());
        let refused = || Refusal::new(Text::new("journal-no-reason"));
        assert_eq!(form.take::<()>("reason", Err(refused().into()), Lang::En).unwrap(), None);
        assert_eq!(
            form.take::<()>("reason", Err(refused().in_field("email").into()), Lang::En).unwrap(),
            None
        );
        assert!(
            form.problem("reason").is_some()
                && form.problem("email").is_some()
                && form.problem("team").is_none()
        );
        assert!(form.take::<()>("x", Err(Error::Internal("no".into())), Lang::En).is_err());
    }
}
