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
fn looks_age_origin_and_roles_point_at_somebody() {
    for (text, becomes) in [
        ("la grande blonde de l'accueil", "l'accueil"),
        ("merci au barbu du comptoir", "merci au comptoir"),
        ("celui avec la barbe m'a aidé", "la personne m'a aidé"),
        ("une femme d'une cinquantaine d'années", "une personne"),
        ("le technicien aux cheveux longs", "la personne"),
        ("elle est enceinte et patiente", "elle [personne] et patiente"),
        ("la femme du patron tient la caisse", "la personne tient la caisse"),
        ("le technicien est passé", "le technicien est passé"),
        ("la vieille voiture", "la vieille voiture"),
        ("l'âge de la voiture", "l'âge de la voiture"),
    ] {
        assert_eq!(shown(text, Lang::Fr), becomes);
    }
    for (text, becomes) in [
        ("the guy with the Polish accent knew", "the person knew"),
        ("the pregnant one was kind", "the person was kind"),
        ("a woman in her fifties", "a person"),
        ("your youngest fitter came", "the person came"),
        ("he walks with a cane", "he [person]"),
        ("the manager's husband rang", "the person rang"),
        ("the fitter came late", "the fitter came late"),
        ("the one with the petrol engine", "the one with the petrol engine"),
    ] {
        assert_eq!(shown(text, Lang::En), becomes);
    }
}

#[test]
fn names_in_disguise_are_names() {
    for name in [
        "J é r ô m e",
        "j.e.r.o.m.e",
        "J3rome",
        "#MerciJerome",
        "JeromeDuSAV",
        "Jérôôôme",
        "jm le goff",
        "mme_durand",
        "J.-P.",
        "K*v*n",
    ] {
        let text = format!("{name} m'a aidé");
        assert_eq!(shown(&text, Lang::Fr).replace("[nom].", "[nom]"), "[nom] m'a aidé", "{name}");
    }
    for text in ["Merci LeBonCoin", "R.A.S.", "trop loooong", "E.D.F. m'a coupé", "Plan B ?"] {
        assert_eq!(shown(text, Lang::Fr), text);
    }
}

#[test]
fn streets_birth_dates_and_numbers_in_words_are_masked() {
    let text = "née le 3/4/1987, 12 rue des Lilas, zéro six douze treize quatorze, poste 214";
    assert_eq!(shown(text, Lang::Fr), "[date], [adresse], [téléphone], [téléphone]");
    let text = "born 3 April 1987, 12 Lilac Street, oh seven seven double oh one, ext. 214";
    assert_eq!(shown(text, Lang::En), "[date], [address], [phone], [phone]");
    for text in ["une place de 12 m", "trois ou quatre jours", "facture de 230 €"] {
        assert_eq!(shown(text, Lang::Fr), text);
    }
}

#[test]
fn a_role_alone_stays_in_what_a_team_writes_itself() {
    let own = |text| redact_own_words(text, Lang::En, &TeamNames::default()).text;
    assert_eq!(own("The workshop manager calls"), "The workshop manager calls");
    assert_eq!(shown("The workshop manager called", Lang::En), "The person called");
    assert_eq!(own("The bearded manager calls Kevin"), "The person calls [name]");
}

#[test]
fn what_may_still_be_somebody_makes_a_comment_unsure() {
    let is_unsure = |text: &str, lang: Lang| redact(text, lang, &TeamNames::default()).is_unsure;
    for text in ["le technicien de Laval", "celle qui m'a reçu", "un mot de T. hier"] {
        assert!(is_unsure(text, Lang::Fr), "{text}");
    }
    for text in ["la voiture était prête", "merci à Kevin", "le technicien est passé"] {
        assert!(!is_unsure(text, Lang::Fr), "{text}");
    }
    assert!(is_unsure("the one who served me", Lang::En));
    assert!(!is_unsure("I was told to wait in May", Lang::En));
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
