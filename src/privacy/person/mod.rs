//! How a person looks in the data of a feed, so that none gets in.
//!
//! The patterns err on the side of refusing: a step that is really called "Dr Watson" can be
//! declared in the blueprint, where an administrator vouches for it.

use std::sync::LazyLock;

use regex::Regex;

mod names;
pub(super) mod plain;

use plain::plain;
pub(crate) use plain::unaccented;

/// What gave a person away. The value itself is never kept, so this is all that a message can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    Email,
    Phone,
    /// A title before a name: "M. X", "Mme X", "Mr Smith".
    Title,
    StaffNumber,
    Name,
}

impl Sign {
    /// The key of the sign's name in the texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Email => "journey-person-email",
            Self::Phone => "journey-person-phone",
            Self::Title => "journey-person-title",
            Self::StaffNumber => "journey-person-staff-number",
            Self::Name => "journey-person-name",
        }
    }
}

/// The sign of a person in a value, if there is one.
///
/// ```
/// use relais::privacy::person::{Sign, sign_in};
/// assert_eq!(sign_in("handled by Mme Durand"), Some(Sign::Title));
/// assert_eq!(sign_in("T04 Determine confirmation of receipt"), None);
/// ```
pub fn sign_in(value: &str) -> Option<Sign> {
    let value = plain(value);
    let sign = PATTERNS.iter().find(|(_, pattern)| pattern.is_match(&value)).map(|(sign, _)| *sign);
    sign.or_else(|| names::is_name(&value).then_some(Sign::Name))
}

/// The sign of a person in the code of a step, a site or a channel: as in any value, or a first
/// name or initials beside nothing but the name of a place to work at.
///
/// ```
/// use relais::privacy::person::{Sign, sign_in_code};
/// for code in
///     ["jerome", "S1-jerome", "DESK jerome", "guichet_Nathalie", "Poste Jérôme 2", "DESK JP"]
/// {
///     assert_eq!(sign_in_code(code), Some(Sign::Name), "{code}");
/// }
/// for code in
///     ["S1", "DESK 3", "Lycée Jérôme Bosch", "Clinique Saint Laurent", "Atelier SUD", "VN"]
/// {
///     assert_eq!(sign_in_code(code), None, "{code}");
/// }
/// ```
pub fn sign_in_code(code: &str) -> Option<Sign> {
    let plain = plain(code);
    let is_someones = names::is_workplace_of(&plain) || names::is_workplace_of_initials(&plain);
    sign_in(code).or_else(|| is_someones.then_some(Sign::Name))
}

/// What a sign looks like; comments are masked by it.
pub(super) fn pattern(sign: Sign) -> &'static Regex {
    let of = PATTERNS.iter().find(|(known, _)| *known == sign);
    of.map(|(_, pattern)| pattern).expect("every sign has its pattern")
}

/// Whether a column or attribute of that name would hold people who work there.
pub fn is_person_column(name: &str) -> bool {
    let name = unaccented(&plain(name));
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let joined: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    parts.chain([joined.as_str()]).any(|part| {
        let singular = part.strip_suffix('s').unwrap_or(part);
        PEOPLE.binary_search(&part).is_ok() || PEOPLE.binary_search(&singular).is_ok()
    })
}

static PATTERNS: LazyLock<Vec<(Sign, Regex)>> = LazyLock::new(|| {
    let compile =
        |pattern: &str| Regex::new(pattern).expect("the patterns of persons are constants");
    vec![
        (
            Sign::Email,
            compile(
                r"(?xi)[^\s@<>]+ \s?(?:@|[(\[{]\s?(?:at|a|à|arobase|@)\s?[)\]}]|%40|&\#64;|\sarobase\s)\s?
                    [^\s@<>]+ \s?(?:\.|[(\[{]\s?(?:dot|point)\s?[)\]}]|\spoint\s)\s?\p{L}{2,}
                | \p{L}[\p{L}.]*@\p{L}{2,}",
            ),
        ),
        (Sign::Phone, compile(r"(?:\+|\b|_)\(?\d(?:[\s.\-/()_,:]{0,3}\d){8,14}(?:\b|_)")),
        (
            Sign::Title,
            compile(
                r"(?x)
                (?i:(?:\b|_)(?:mmes?|mlles?|mrs|mr|ms|madame|monsieur|messieurs|mesdames|mademoiselle|docteur|herr|frau))
                    [\s._\-/+,:]+\p{L}
                | (?i:(?:\b|_)mm?\.\s*)\p{L}
                | (?:\b|_)(?:Dr|DR|dr|Prof|Miss|MISS|Sir|Pr|Ma[iî]tre|Mx)[\s._\-]+\p{Lu}
                | ^M\s+\p{Lu}[\p{L}'-]+$
                | \bM\s+\p{Lu}{2,}\b",
            ),
        ),
        (
            Sign::StaffNumber,
            compile(
                r"(?xi)
                \b(?:matricules?|badge|agent|employee|employe|employé|staff|personnel|operator|operateur|opérateur
                    |emp|user|utilisateur|utilisatrice|conseill[eè]re?|advis[eo]r|technicien(?:ne)?|technician|login|uid)
                [\s_]*(?:n\s?[°ºo]\s?\.?|no\.?|nr\.?|num|number|num[eé]ro|code|id)?\s*[-_\#:.]?\s*[a-z]{0,3}[-_]?\d{2,}
                | ^\p{L}{1,3}[-_\s]?\d{5,9}$
                | ^\d{6,9}$",
            ),
        ),
    ]
});

/// Parts of column names that stand for people; sorted, without accents, singular.
static PEOPLE: [&str; 75] = [
    "adviser",
    "advisor",
    "agent",
    "approver",
    "assignedto",
    "assignee",
    "auteur",
    "author",
    "badge",
    "birthdate",
    "clerk",
    "collaborateur",
    "colleague",
    "collegue",
    "conseiller",
    "conseillere",
    "courriel",
    "createdby",
    "creator",
    "customername",
    "doctor",
    "editor",
    "email",
    "employe",
    "employee",
    "employeeid",
    "employeid",
    "firstname",
    "gestionnaire",
    "handledby",
    "handler",
    "identifiant",
    "initial",
    "initiateur",
    "intervenant",
    "lastname",
    "login",
    "mail",
    "manager",
    "matricule",
    "mecanicien",
    "mechanic",
    "mobile",
    "modifiedby",
    "name",
    "nom",
    "nurse",
    "operateur",
    "operator",
    "originator",
    "owner",
    "performer",
    "person",
    "personne",
    "personnel",
    "phone",
    "prenom",
    "receptionist",
    "receptionniste",
    "resource",
    "responsable",
    "responsible",
    "role",
    "seller",
    "staff",
    "staffid",
    "surname",
    "technician",
    "technicien",
    "telephone",
    "user",
    "userid",
    "username",
    "utilisateur",
    "vendeur",
];

#[cfg(test)]
mod tests {
    use crate::privacy::person::*;
    use proptest::prelude::*;

    #[test]
    fn persons_are_seen_however_they_are_dressed() {
        for (value, sign) in [
            ("jean.dupont@garage.fr", Sign::Email),
            ("jean.dupont (at) garage.fr", Sign::Email),
            ("jean\u{200b}@garage.fr", Sign::Email),
            ("ｊｅａｎ＠ｇａｒａｇｅ．ｆｒ", Sign::Email),
            ("06 12 34 56 78", Sign::Phone),
            ("+33 (0)6.12.34.56.78", Sign::Phone),
            ("+1-202-555-0143", Sign::Phone),
            ("M. Dupont", Sign::Title),
            ("m.dupont", Sign::Title),
            ("M DUPONT", Sign::Title),
            ("Mme Durand", Sign::Title),
            ("vu par MME DURAND", Sign::Title),
            ("Mlle\u{a0}Leroy", Sign::Title),
            ("Mr Smith", Sign::Title),
            ("mrs. smith", Sign::Title),
            ("Dr House", Sign::Title),
            ("matricule 4587", Sign::StaffNumber),
            ("EMP-00123", Sign::StaffNumber),
            ("agent n° 12", Sign::StaffNumber),
            ("user_id: ab1234", Sign::StaffNumber),
            ("P0012345", Sign::StaffNumber),
            ("1234567", Sign::StaffNumber),
        ] {
            assert_eq!(sign_in(value), Some(sign), "{value:?}");
        }
    }

    #[test]
    fn what_steps_sites_and_channels_are_called_passes() {
        for value in [
            "CALL",
            "Réception",
            "T07-1 Draft intern advice aspect 1",
            "Permit SUBMITTED by EMPLOYEE",
            "S12",
            "web",
            "Insert Date Appeal to Prefecture",
            "MRI SCAN",
            "Repair (Complex)",
            "75011",
            "Brisbane",
            "e-mail",
            "B check if sufficient information is available",
            "Atelier M",
            "Phase 2.1",
            "médiation",
            "commande",
            "24/7 hotline",
            "M1",
            "Mise en place",
            "Drop off",
        ] {
            assert_eq!(sign_in(value), None, "{value:?}");
        }
    }

    #[test]
    fn columns_of_people_are_known_by_their_names() {
        for name in [
            "org:resource",
            "org:role",
            "Employee",
            "employé",
            "case:responsible",
            "Technicien",
            "user_id",
            "created_by",
            "e-mail",
            "Resources",
        ] {
            assert!(is_person_column(name), "{name}");
        }
        for name in [
            "channel",
            "case:department",
            "product",
            "seriousness_2",
            "service_level",
            "location",
            "defectType",
        ] {
            assert!(!is_person_column(name), "{name}");
        }
    }

    #[test]
    fn the_list_of_people_can_be_searched() {
        let mut sorted = PEOPLE;
        sorted.sort_unstable();
        assert_eq!(PEOPLE, sorted);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Ten thousand hostile values: a person in any surrounding text is seen.
        #[test]
        fn no_person_passes(before in "([a-zé]{1,8} ){0,3}", person in person(), after in "( [a-zé]{1,8}){0,3}") {
            let value = format!("{before}{person}{after}");
            prop_assert!(sign_in(&value).is_some(), "{value:?} would have been stored");
        }
    }

    fn person() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,10}[._-]?[a-z0-9]{0,8}(@|＠)[a-z]{2,10}(\\.[a-z]{2,8})?\\.(fr|com|org)",
            "(\\+33 ?|0)[1-9]([ .-]?[0-9]{2}){4}",
            "(M\\. ?|Mme |Mme\\. |MME |Mlle |Monsieur |Madame |Mr |Mr\\. |Mrs |Ms |Dr |Dr\\. )[A-ZÉ][a-zé]{1,9}",
            "(matricule|badge|employee|staff|agent) ?(n°|no|number|id)? ?[A-Z]{0,2}[0-9]{2,7}",
        ]
    }
}
