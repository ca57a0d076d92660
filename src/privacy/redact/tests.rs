//! What holds of any comment, and what each kind of mask leaves behind.

use proptest::prelude::*;

use crate::privacy::person::{Sign, sign_in};
use crate::privacy::redact::*;

fn shown(text: &str, lang: Lang) -> String {
    redact(text, lang, &TeamNames::default()).text
}

#[test]
fn a_mask_says_what_was_there_in_the_language_of_the_comment() {
    let fr = "Mme Durand (durand@garage.fr, 01 44 55 66 77) a rendu AB-123-CD, facture n° 4587.";
    assert_eq!(
        shown(fr, Lang::Fr),
        "[nom] ([e-mail], [téléphone]) a rendu [plaque], facture [numéro]."
    );
    let en = "Mrs Hall (hall@garage.co.uk, 020 7946 0958) returned AB12 CDE, invoice no. 4587.";
    assert_eq!(
        shown(en, Lang::En),
        "[name] ([e-mail], [phone]) returned [plate], invoice [number]."
    );
}

#[test]
fn titles_take_their_names_however_they_are_typed() {
    for text in [
        "M. Dupont",
        "M.Dupont",
        "m. dupont",
        "MR DUPONT",
        "mr dupont",
        "Mme de La Tour",
        "Mme Le Gall",
        "Dr K",
        "M. B.",
    ] {
        assert!(
            shown(&format!("vu {text} hier, merci"), Lang::Fr).starts_with("vu [nom]"),
            "{text}"
        );
    }
    for text in ["Bonjour Madame, merci", "Merci docteur", "Madame le maire", "monsieur attendait"]
    {
        assert_eq!(shown(text, Lang::Fr), text);
    }
}

#[test]
fn a_pointer_becomes_its_place_or_a_person() {
    for (text, becomes) in [
        ("La dame de l'accueil attendait", "L'accueil attendait"),
        ("j'ai demandé au monsieur du garage", "j'ai demandé au garage"),
        ("parlé à la dame des urgences", "parlé aux urgences"),
        ("une jeune femme m'a dit non", "une personne m'a dit non"),
        ("ma femme et mon fils", "ma femme et mon fils"),
        ("la femme de ménage", "la femme de ménage"),
    ] {
        assert_eq!(shown(text, Lang::Fr), becomes);
    }
    for (text, becomes) in [
        ("The lady at the desk waited", "The desk waited"),
        ("the young guy who helped", "the person who helped"),
        ("the delivery man", "the delivery person"),
        ("my girl and my man", "my girl and my man"),
    ] {
        assert_eq!(shown(text, Lang::En), becomes);
    }
}

#[test]
fn nothing_hides_behind_letters_that_look_different() {
    assert_eq!(
        shown("ｊｅａｎ＠ｇａｒａｇｅ．ｆｒ et Ke\u{200b}vin", Lang::Fr),
        "[e-mail] et [nom]"
    );
    assert_eq!(shown("Zoe\u{301} m\u{2019}a aidée", Lang::Fr), "[nom] m'a aidée");
}

#[test]
fn the_language_is_told_by_the_words_before_the_page() {
    assert_eq!(
        language("The car was ready on time and everybody was really friendly", Some(Lang::Fr)),
        Lang::En
    );
    assert_eq!(
        language("La voiture était prête à l'heure et l'équipe très aimable", None),
        Lang::Fr
    );
    assert_eq!(language("ok", Some(Lang::En)), Lang::En);
    assert_eq!(language("", None), Lang::Fr);
}

/// A comment of words, names, forms and marks in any order.
fn comment() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zéè]{1,9}",
        "[A-ZÉ][a-zé]{1,9}",
        "[A-Z]{1,8}",
        "[0-9]{1,12}",
        "(M\\.|Mme|mr|Dr|Miss|Rose|Will|Kevin|la dame|the lady|de l'accueil|at the desk|\\[nom\\]|\\[name\\]|n°|commande)",
        "[a-z]{1,8}@[a-z]{2,8}\\.(fr|com)",
        "(\\+33 ?|0)[1-9]([ .-]?[0-9]{2}){4}",
        "[A-Z]{2}-?[0-9]{3}-?[A-Z]{2}",
        "[\\[\\](){}.,;:!?'’«»@#°+/-]{1,3}",
    ];
    prop::collection::vec((piece, "( |, |\\. |\n||-|')"), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + &gap).collect())
}

fn either() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Fr), Just(Lang::En)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn twice_is_the_same_as_once_and_no_address_or_telephone_is_left(text in comment(), lang in either()) {
        let once = shown(&text, lang);
        prop_assert_eq!(shown(&once, lang), once.clone(), "{}", text);
        for line in once.lines() {
            prop_assert!(!matches!(sign_in(line), Some(Sign::Email | Sign::Phone)), "{} of {}", line, text);
        }
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,200}", lang in either()) {
        let once = shown(&text, lang);
        prop_assert_eq!(shown(&once, lang), once);
    }
}
