//! Which sites a file of answers may name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::blueprint::codes::code_of;
use crate::i18n::Text;
use crate::limits;
use crate::privacy::person;

#[derive(Debug, Default)]
pub struct Sites {
    known: FxHashMap<String, Arc<str>>,
    /// Whether the file may add some: until somebody has written the blueprint.
    open: bool,
    /// For rows that do not say where.
    pub default: Option<Arc<str>>,
}

impl Sites {
    pub fn new<'a>(known: impl IntoIterator<Item = &'a String>, open: bool) -> Self {
        let known = known.into_iter().map(|code| (code.clone(), code.as_str().into())).collect();
        Self { known, open, default: None }
    }

    /// The site of a name; `None` when the name is blank and there is no default.
    pub fn named(&mut self, name: &str) -> Result<Option<Arc<str>>, Text> {
        if name.is_empty() {
            return Ok(self.default.clone());
        }
        if let Some(site) = self.known.get(name) {
            return Ok(Some(site.clone()));
        }
        if let Some(sign) = person::sign_in_code(name) {
            return Err(Text::new(sign.key()));
        }
        let fits = name.len() <= limits::NAME && !name.chars().any(char::is_control);
        if !self.open || !fits || self.known.len() >= limits::SITES {
            return Err(Text::new("response-unknown-site"));
        }
        let site: Arc<str> = code_of(name).into();
        self.known.insert(name.to_owned(), site.clone());
        Ok(Some(site))
    }
}

#[cfg(test)]
mod tests {
    use crate::response::sites::*;

    #[test]
    fn a_file_may_add_sites_until_somebody_has_written_the_blueprint() {
        let mut closed = Sites::new(&["S1".to_owned()], false);
        assert_eq!(closed.named("S1").unwrap().as_deref(), Some("S1"));
        assert_eq!(closed.named("S2").unwrap_err().key(), "response-unknown-site");
        assert_eq!(closed.named(""), Ok(None));
        let mut open = Sites { default: Some("HERE".into()), ..Sites::new(&[], true) };
        assert_eq!(
            open.named("Lyon: east").unwrap().as_deref(),
            Some("Lyon- east"),
            "a colon joins codes"
        );
        assert_eq!(open.named("").unwrap().as_deref(), Some("HERE"));
        assert_eq!(open.named("M. Dupont").unwrap_err().key(), "journey-person-title");
        assert!(open.named(&"x".repeat(limits::NAME + 1)).is_err());
    }
}
