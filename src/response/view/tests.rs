//! What a customer reads, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use smallvec::smallvec;

use crate::blueprint::{Names, Step};
use crate::clock::Instant;
use crate::element::Element;
use crate::journey::trace::Event;
use crate::response::form;
use crate::response::pages::{OutcomePage, PartsPage, WordsPage};
use crate::response::view::*;
use crate::survey::Friction;
use crate::survey::wording::Phrase;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Monday 19 October 2026, midnight in Paris.
const MONDAY: i64 = 1_792_360_800;

fn garage() -> Blueprint {
    let step = |code: &str, fr: &str, en: &str| Step {
        team: Some("team".to_owned()),
        frontstage: code != "PLAN",
        planned_by: (code == "RECEP").then(|| "PLAN".to_owned()),
        name: Names { fr: fr.to_owned(), en: en.to_owned() },
        ..Step::seen(code)
    };
    let steps = vec![
        step("CALL", "Appel", "Call"),
        step("PLAN", "Planification", "Planning"),
        step("RECEP", "Accueil", "Reception"),
        step("WORK", "Atelier", "Workshop"),
        step("DELIV", "Restitution", "Hand-back"),
    ];
    Blueprint { steps, ..Blueprint::unknown("repair") }
}

fn event(step: &str, start: Instant, end: Instant) -> Event {
    Event::new(step, Some(start), Some(end))
}

/// Called, was offered a date sixteen days too late that then moved, and came two weeks later for
/// three days.
fn journey() -> Trace {
    let day = |day: i64, hour: i64| MONDAY + day * DAY + hour * HOUR;
    let offered = smallvec![day(17, 9), day(16, 9), day(15, 9)];
    let recep = event("RECEP", day(15, 9), day(15, 9) + 900);
    let events = vec![
        event("CALL", day(0, 9), day(0, 9) + 600),
        event("PLAN", day(0, 10), day(0, 10)),
        Event { promised: offered, requested: Some(day(1, 9)), ..recep },
        event("WORK", day(15, 10), day(17, 12)),
        event("WORK", day(18, 10), day(18, 12)),
        event("DELIV", day(18, 17), day(18, 17) + 600),
    ];
    Trace { events, ..Trace::default() }
}

struct World {
    questionnaire: Questionnaire,
    blueprint: Blueprint,
    trace: Trace,
    zone: Zone,
}

fn world() -> World {
    let zone = Zone::named("Europe/Paris").expect("a zone");
    World { questionnaire: Questionnaire::standard(1), blueprint: garage(), trace: journey(), zone }
}

impl World {
    fn subject(&self, lang: Lang) -> Subject<'_> {
        Subject {
            questionnaire: &self.questionnaire,
            blueprint: &self.blueprint,
            trace: Some(&self.trace),
            zone: &self.zone,
            lang,
            organisation: "Garage Delta",
        }
    }
}

fn link(lang: Lang) -> CustomerFrame {
    CustomerFrame::new("secret", lang)
}

fn element(code: &str) -> Element {
    code.parse().expect("an element")
}

fn asked() -> Vec<Element> {
    ["step:DELIV", "handoff:CALL:RECEP", "handoff:RECEP:WORK"].map(element).to_vec()
}

fn told(lang: Lang) -> String {
    let world = world();
    let stops = timeline::steps(&world.trace, &world.blueprint, &world.zone, lang);
    let line = |stop: &timeline::TimelineStep| {
        let before: String = stop.before.iter().map(|text| format!("  | {text}\n")).collect();
        format!("{before}O {} ({})\n", stop.name, stop.day)
    };
    stops.iter().map(line).collect()
}

#[test]
fn a_journey_is_told_in_french() {
    insta::assert_snapshot!(told(Lang::Fr));
}

#[test]
fn a_journey_is_told_in_english() {
    insta::assert_snapshot!(told(Lang::En));
}

#[test]
fn waits_are_told_as_one_says_them() {
    let say = |minutes: i64| {
        let end = MONDAY + 20 * HOUR;
        let trace = Trace {
            events: vec![
                event("CALL", end, end),
                event("WORK", end + minutes * 60, end + minutes * 60),
            ],
            ..Trace::default()
        };
        let stops = timeline::steps(
            &trace,
            &garage(),
            &Zone::named("Europe/Paris").expect("a zone"),
            Lang::En,
        );
        stops[1].before.join(", ")
    };
    let told = [0, 1, 59, 60, 239, 240, 28 * 60].map(say);
    assert_eq!(
        told,
        [
            "straight after",
            "one minute later",
            "59 minutes later",
            "the same day, one hour later",
            "the same day, 3 hours later",
            "the next day",
            "2 days later"
        ]
    );
    let overlapping = Trace {
        events: vec![
            event("CALL", MONDAY, MONDAY + HOUR),
            event("WORK", MONDAY + 60, MONDAY + HOUR),
        ],
        ..Trace::default()
    };
    assert!(timeline::steps(&overlapping, &garage(), &Zone::utc(), Lang::En)[1].before.is_empty());
}

#[test]
fn the_first_page() {
    let world = world();
    let page = outcome_page(
        &world.subject(Lang::Fr),
        &link(Lang::Fr),
        &OutcomePage { outcome: Some(4) },
        false,
        &[],
    );
    insta::assert_snapshot!(page.render().expect("a page"));
}

#[test]
fn the_second_page_says_what_is_wrong_and_keeps_what_was_ticked() {
    let world = world();
    let body = "rating.step:DELIV=unknown&friction.handoff:CALL:RECEP=waited&friction.handoff:CALL:RECEP=none";
    let elements: BTreeSet<Element> =
        crate::journey::elements::rated(&world.trace, &world.blueprint);
    let pairs = form::pairs(body.as_bytes()).expect("a form");
    let refused =
        form::parts(&pairs, &world.questionnaire, &asked(), &elements).expect_err("a refusal");
    let page = parts_page(
        &world.subject(Lang::En),
        &link(Lang::En),
        &asked(),
        &refused.typed,
        &refused.problems,
    );
    insta::assert_snapshot!(page.render().expect("a page"));
}

#[test]
fn the_third_page_keeps_a_line_break_and_escapes_what_was_written() {
    let world = world();
    let saved = WordsPage {
        comment: Some("\nTwo days </textarea><b> & no call".to_owned()),
        pressed: Some(false),
    };
    let page = words_page(&world.subject(Lang::Fr), &link(Lang::Fr), true, &saved, &[]);
    insta::assert_snapshot!(page.render().expect("a page"));
}

#[test]
fn once_it_is_not_his_journey_nothing_of_it_is_shown() {
    let world = world();
    let subject = Subject { trace: None, ..world.subject(Lang::En) };
    let page = outcome_page(&subject, &link(Lang::En), &OutcomePage::default(), false, &[])
        .render()
        .expect("a page");
    assert!(
        !page.contains("Reception") && !page.contains("not-mine") && page.contains("You told us")
    );
    let words = words_page(&subject, &link(Lang::En), false, &WordsPage::default(), &[])
        .render()
        .expect("a page");
    assert!(words.contains("/r/secret/1\""), "the page of parts is passed over, also backwards");
}

#[test]
fn the_administrators_words_are_asked_with_the_names_filled_in() {
    let mut world = world();
    let wording = &mut world.questionnaire.wording;
    wording.step = Phrase { fr: "Et {step} ?".into(), en: "And {step}?".into() };
    wording.handoff =
        Phrase { fr: "De {from} à {to} ?".into(), en: "From {from} to {to}?".into() };
    wording
        .steps
        .insert("DELIV".into(), Phrase { fr: "Les clés ?".into(), en: "The keys?".into() });
    wording.frictions = BTreeMap::from([
        (Friction::Waited, Phrase { fr: "Attendu".into(), en: "Waited".into() }),
        (Friction::Chased, Phrase::default()),
    ]);
    let asked = ["step:CALL", "step:DELIV", "handoff:CALL:RECEP"].map(element);
    let page =
        parts_page(&world.subject(Lang::En), &link(Lang::En), &asked, &PartsPage::default(), &[]);
    let page = page.render().expect("a page");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not on the page"));
    assert!(
        at("And Call?") < at("From Call to Reception?")
            && at("From Call to Reception?") < at("The keys?")
    );
    assert!(at(">Waited<") < at("I had to chase") && !page.contains("elsewhere"));
}

#[test]
fn a_language_that_is_not_offered_is_neither_shown_nor_switched_to() {
    let mut world = world();
    world.questionnaire.wording.languages = vec![Lang::Fr];
    let page = outcome_page(
        &world.subject(Lang::En),
        &link(Lang::En),
        &OutcomePage::default(),
        false,
        &[],
    );
    let page = page.render().expect("a page");
    assert!(page.contains("<html lang=\"fr\">") && !page.contains("name=\"lang\""));
}

#[test]
fn previews_can_stand_beside_each_other() {
    let world = world();
    let (saved, around) = (OutcomePage::default(), CustomerFrame::preview("v1-", Lang::Fr));
    let page = outcome_page(&world.subject(Lang::Fr), &around, &saved, false, &[]);
    let page = page.as_content().render().expect("a fragment");
    assert!(!page.contains("<h1") && !page.contains("<form") && page.contains("<h4"));
    assert!(
        page.contains("id=\"v1-outcome\" name=\"v1-outcome\"")
            && page.contains("name=\"v1-not-mine\"")
    );
    assert_eq!(
        page.matches("<input").count(),
        page.matches(" disabled").count() - 1,
        "and the button"
    );
}

#[test]
fn the_pages_around_them() {
    for lang in Lang::ALL {
        let around = link(lang);
        let pages = [
            thanks_page(&around, "Garage Delta", false, &["One list for both desks."]),
            withdraw_page(&around, "Garage Delta", true),
            withdrawn_page(&around, "Garage Delta", false),
            closed_page(&CustomerFrame::new("", lang)),
            unsubscribe_page(&around, "Garage Delta"),
            unsubscribed_page(&around, "Garage Delta"),
        ];
        let pages: Vec<String> = pages.iter().map(|page| page.render().expect("a page")).collect();
        assert!(
            pages
                .iter()
                .all(|page| page.matches("<h1").count() == 1
                    && !page.contains("Unknown localization"))
        );
        assert!(!pages[3].contains("/u/"), "a link that opens nothing stops nothing");
        assert!(
            pages[0].contains("<p>One list for both desks.</p>")
                && pages[0].matches("<h2").count() == 1
        );
        let privacy = privacy_page(&around, Some("Garage Delta")).render().expect("a page");
        assert!(privacy.contains("Garage Delta") && !privacy.contains("Unknown localization"));
    }
}
