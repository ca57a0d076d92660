use crate::blueprint::Step;
use crate::journey::interpret::*;
use proptest::prelude::*;

pub(in crate::journey) fn secret() -> Secret {
    Secret::parse(&"A".repeat(52)).unwrap()
}

/// An interpreter for a blueprint with these steps, closed when there are any.
pub(in crate::journey) fn interpreter(steps: &[&str]) -> Interpreter {
    let steps = steps
        .iter()
        .map(|code| Step { team: Some("team".to_owned()), ..Step::seen(code) })
        .collect();
    let blueprint = Blueprint { steps, ..Blueprint::unknown("repair") };
    Interpreter::new(&blueprint, &["S1".to_owned()], Zone::utc(), secret())
}

fn fields<'a>() -> Fields<'a> {
    Fields {
        line: 3,
        journey: "J1",
        step: "WORK",
        end: "2026-07-06T12:00:00Z",
        ..Fields::default()
    }
}

fn refused(fields: &Fields<'_>) -> (Option<String>, &'static str) {
    let refusal = interpreter(&["WORK"]).event(fields).unwrap_err();
    assert_eq!(refusal.place.line, Some(3));
    (refusal.place.field, refusal.text.key())
}

#[test]
fn each_wrong_field_is_named() {
    let later = "2026-07-07T12:00:00Z";
    for (fields, field, key) in [
        (Fields { journey: " ", ..fields() }, "journey", "journey-no-journey"),
        (Fields { step: "", ..fields() }, "step", "journey-no-step"),
        (Fields { step: "PAINT", ..fields() }, "step", "journey-unknown-step"),
        (Fields { site: "S9", ..fields() }, "site", "journey-unknown-site"),
        (Fields { end: "", ..fields() }, "start", "journey-no-time"),
        (Fields { end: "2026-02-30", ..fields() }, "end", "journey-time-impossible"),
        (Fields { start: later, ..fields() }, "end", "journey-end-before-start"),
        (Fields { promised: "soon", ..fields() }, "promised", "journey-time-malformed"),
        (
            Fields { promised: "2026-07-06", requested: later, ..fields() },
            "promised",
            "journey-promised-before-requested",
        ),
        (
            Fields { promised: "2026-07-06", promised_start: later, ..fields() },
            "promised",
            "journey-promised-end-before-start",
        ),
        (Fields { contact: "Jean", ..fields() }, "contact", "journey-bad-contact"),
        (Fields { locale: "de", ..fields() }, "locale", "journey-bad-locale"),
        (
            Fields { attributes: &[(0, "a\u{7}b")], ..fields() },
            "channel",
            "journey-control-character",
        ),
    ] {
        assert_eq!(refused(&fields), (Some(field.to_owned()), key));
    }
}

#[test]
fn what_an_administrator_has_written_is_no_person() {
    let row = Fields { step: "Dr Watson", ..fields() };
    assert_eq!(refused(&row).1, "journey-person-title");
    assert!(interpreter(&["Dr Watson"]).event(&row).is_ok());
}

#[test]
fn an_open_blueprint_learns_steps_and_a_closed_one_does_not() {
    let mut open = interpreter(&[]);
    let code = open
        .event(&Fields { step: "Repair: complex", site: "Lyon", ..fields() })
        .unwrap()
        .event
        .step;
    assert_eq!(&*code, "Repair- complex", "a colon joins codes");
    let added = open.added();
    assert_eq!((added.steps.len(), added.sites.len()), (1, 1));
    assert!(open.added().is_empty());
}

#[test]
fn the_identifier_of_the_source_is_nowhere_in_the_event() {
    let mut interpreter = interpreter(&["WORK"]);
    let row = |journey| Fields { journey, ..fields() };
    let first = interpreter.event(&row("VIN-VF1AAAAA555666777")).unwrap();
    assert!(!format!("{first:?}").contains("VF1"));
    assert_eq!(interpreter.event(&row(" VIN-VF1AAAAA555666777")).unwrap().journey, first.journey);
    assert_ne!(interpreter.event(&row("other")).unwrap().journey, first.journey);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Ten thousand hostile events: a person in any field that is stored refuses the row, and
    /// the message does not repeat them. Their name is no word of a message.
    #[test]
    fn no_hostile_event_is_kept(name in "Zq[a-z]{2,8}", shape in 0usize..8, place in 0usize..3, open in any::<bool>()) {
        let value = match shape {
            0 => format!("{}@garage.example.org", name.to_lowercase()),
            1 => format!("Mme {name}"),
            2 => format!("M. {name}"),
            3 => format!("Mr {}", name.to_uppercase()),
            4 => format!("{name} 06 12 34 56 78"),
            5 => format!("matricule {}", 1000 + name.len()),
            6 => format!("{name}, monsieur {name}"),
            _ => format!("badge {name} EMP-00{}", name.len()),
        };
        let attributes = [(0, value.as_str())];
        let row = match place {
            0 => Fields { step: &value, ..fields() },
            1 => Fields { site: &value, ..fields() },
            _ => Fields { attributes: &attributes, ..fields() },
        };
        let mut interpreter = if open { interpreter(&[]) } else { interpreter(&["WORK"]) };
        let refusal = interpreter.event(&row).expect_err("a person was kept");
        let said = format!("{refusal:?} {} {}", refusal.say(Lang::Fr), refusal.say(Lang::En));
        prop_assert!(!said.contains(&name));
        prop_assert!(interpreter.added().steps.iter().all(|(step, _)| !step.contains(&name)));
        prop_assert!(interpreter.values.is_none());
    }
}
