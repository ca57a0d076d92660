//! "You said, we did": the sentences that customers of a journey type read, after they have
//! answered and in the next invitation. Teams write them; here they are only chosen, each in the
//! customer's language or not at all.

use std::collections::BTreeSet;

use crate::i18n::Lang;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YouSaid {
    pub fr: Option<String>,
    pub en: Option<String>,
    /// The sites whose customers read it; everybody's where it is `None`.
    pub sites: Option<BTreeSet<String>>,
}

impl YouSaid {
    fn is_for(&self, site: Option<&str>) -> bool {
        self.sites.as_ref().is_none_or(|sites| site.is_some_and(|site| sites.contains(site)))
    }
}

/// What a customer of a site reads, in that order, and at most so many.
pub fn to_customer<'a>(
    sentences: &'a [YouSaid],
    site: Option<&str>,
    lang: Lang,
    most: usize,
) -> Vec<&'a str> {
    let here = sentences.iter().filter(|sentence| sentence.is_for(site));
    here.filter_map(|one| lang.of(&one.fr, &one.en).as_deref()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use crate::survey::you_said::*;

    #[test]
    fn a_customer_reads_the_sentences_of_their_site_in_their_language() {
        let one = |fr: Option<&str>, en: Option<&str>, site: Option<&str>| YouSaid {
            fr: fr.map(Into::into),
            en: en.map(Into::into),
            sites: site.map(|site| [site.to_owned()].into()),
        };
        let sentences = [
            one(Some("a"), None, Some("S1")),
            one(Some("b"), Some("B"), None),
            one(Some("c"), Some("C"), None),
        ];
        assert_eq!(to_customer(&sentences, Some("S1"), Lang::Fr, 2), ["a", "b"]);
        assert_eq!(to_customer(&sentences, Some("S1"), Lang::En, 2), ["B", "C"]);
        assert_eq!(to_customer(&sentences, Some("S2"), Lang::Fr, 9), ["b", "c"]);
        assert_eq!(to_customer(&sentences, None, Lang::Fr, 1), ["b"]);
    }
}
