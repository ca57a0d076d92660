//! Whatever is posted, and by whom.

use proptest::prelude::*;

use crate::response::form::*;

fn read(body: &str) -> Pairs {
    pairs(body.as_bytes()).expect("a form")
}

fn element(code: &str) -> Element {
    code.parse().expect("an element")
}

fn journey() -> BTreeSet<Element> {
    ["step:A", "step:B", "step:C", "handoff:A:B", "handoff:B:C"].map(element).into()
}

fn asked() -> Vec<Element> {
    ["step:A", "step:B", "handoff:A:B"].map(element).to_vec()
}

fn second(body: &str) -> Result<PartsPage, Rejection<PartsPage>> {
    parts(&read(body), &Questionnaire::standard(1), &asked(), &journey())
}

fn fields<T: std::fmt::Debug>(refused: Result<T, Rejection<T>>) -> Vec<(String, &'static str)> {
    let problems = refused.expect_err("a refusal").problems;
    problems.into_iter().map(|problem| (problem.field, problem.text.key())).collect()
}

#[test]
fn a_body_becomes_pairs_or_is_refused_whole() {
    assert_eq!(
        read("a=1+2&b=%C3%A9%3D&&c&=d"),
        [
            ("a".to_owned(), "1 2".to_owned()),
            ("b".to_owned(), "é=".to_owned()),
            ("c".to_owned(), String::new()),
            (String::new(), "d".to_owned()),
        ]
    );
    assert_eq!(read("a=100%&b=%zz%4"), [("a".into(), "100%".into()), ("b".into(), "%zz%4".into())]);
    assert_eq!(pairs(b"a=%ff"), Err(BadForm::NotUtf8));
    assert_eq!(pairs(b"\xff=1"), Err(BadForm::NotUtf8));
    assert_eq!(pairs(&vec![b'a'; limits::BODY + 1]), Err(BadForm::TooLarge));
    assert_eq!(
        pairs("a=1&".repeat(limits::FORM_FIELDS + 1).as_bytes()),
        Err(BadForm::TooManyFields)
    );
}

#[test]
fn nothing_is_mandatory() {
    let ours = Questionnaire::standard(1);
    assert_eq!(outcome(&read(""), &ours), Ok((OutcomePage::default(), false)));
    assert_eq!(second("another="), Ok(PartsPage::default()));
    assert_eq!(words(&read("comment=+%0D%0A"), true), Ok(WordsPage::default()));
}

#[test]
fn the_first_page_takes_a_point_of_its_scale_and_nothing_else() {
    let ours = Questionnaire::standard(1);
    let first = |body: &str| outcome(&read(body), &ours);
    assert_eq!(first("outcome=4&lang=fr"), Ok((OutcomePage { outcome: Some(4) }, false)));
    assert_eq!(first("not-mine=yes"), Ok((OutcomePage::default(), true)));
    for wrong in
        ["outcome=0", "outcome=6", "outcome=%2B4", "outcome=", "outcome=99999999999", "outcome=4.0"]
    {
        assert_eq!(
            fields(first(wrong)),
            [("outcome".to_owned(), "response-form-choose")],
            "{wrong}"
        );
    }
    for wrong in ["outcome=4&outcome=5", "outcome=4&score=5", "lang=de", "lang=fr&lang=en", "%00=1"]
    {
        assert_eq!(fields(first(wrong)), [(String::new(), "response-form-stray")], "{wrong}");
    }
    let kept = first("outcome=4&not-mine=yes&strange=1").expect_err("a refusal").typed;
    assert_eq!(kept, (OutcomePage { outcome: Some(4) }, true), "what was typed is kept");
}

#[test]
fn the_second_page_takes_what_was_asked() {
    let said = second(
        "rating.step%3AA=2&rating.step%3AB=unknown&friction.handoff%3AA%3AB=waited&friction.handoff%3AA%3AB=chased&another=step%3AC",
    );
    let said = said.expect("a page");
    assert_eq!(said.answers[&element("step:A")], Answer::Rating(2));
    assert_eq!(said.answers[&element("step:B")], Answer::DoesNotKnow);
    assert_eq!(
        said.answers[&element("handoff:A:B")],
        Answer::Frictions(vec![Friction::Waited, Friction::Chased])
    );
    assert_eq!(said.another, Some(element("step:C")));
    let none = second("friction.handoff:A:B=none").expect("a page");
    assert_eq!(none.answers[&element("handoff:A:B")], Answer::Frictions(Vec::new()));
    assert_eq!(
        second("another=handoff:B:C").expect("a page").another,
        Some(element("handoff:B:C"))
    );
}

#[test]
fn the_second_page_refuses_what_was_not() {
    let at = |field: &str, key| vec![(field.to_owned(), key)];
    assert_eq!(fields(second("rating.step:A=9")), at("part-0", "response-form-choose"));
    assert_eq!(
        fields(second("rating.step:B=1&rating.step:B=2")),
        at("part-1", "response-form-choose")
    );
    assert_eq!(fields(second("friction.handoff:A:B=bored")), at("part-2", "response-form-choose"));
    assert_eq!(fields(second("rating.step:C=1")), at("", "response-form-stray"), "not drawn");
    assert_eq!(
        fields(second("rating.handoff:A:B=1")),
        at("", "response-form-stray"),
        "handoffs are ticked"
    );
    for wrong in ["step:A", "step:Z", "promise:A", "handoff:other", "%00"] {
        assert_eq!(
            fields(second(&format!("another={wrong}"))),
            at("another", "response-form-choose"),
            "{wrong}"
        );
    }
    let both = second("friction.handoff:A:B=none&friction.handoff:A:B=waited&rating.step:A=5");
    let refused = both.expect_err("a refusal");
    assert_eq!(refused.problems[0].text.key(), "response-form-none-and-some");
    assert_eq!(refused.typed.answers.len(), 2, "what was ticked and rated is kept");
}

#[test]
fn a_friction_that_is_not_offered_is_refused() {
    let mut fewer = Questionnaire::standard(1);
    fewer.wording.frictions.remove(&Friction::Chased);
    let said = parts(&read("friction.handoff:A:B=chased"), &fewer, &asked(), &journey());
    assert_eq!(fields(said), [("part-2".to_owned(), "response-form-choose")]);
}

#[test]
fn a_comment_is_kept_as_typed_unless_it_is_too_long_and_then_shown_again() {
    let said = words(&read("comment=a%0D%0Ab%00%1B+c&pressed=no"), true).expect("a page");
    assert_eq!(said, WordsPage { comment: Some("a\nb c".to_owned()), pressed: Some(false) });
    let long = "é".repeat(limits::COMMENT / 2 + 3);
    let refused = words(&read(&format!("comment={long}")), false).expect_err("a refusal");
    assert_eq!(refused.typed.comment, Some(long));
    assert_eq!(
        refused.problems[0].text,
        Text::new("response-form-comment-too-long").with("over", 3)
    );
    assert_eq!(
        fields(words(&read("pressed=yes"), false)),
        [(String::new(), "response-form-stray")],
        "not asked"
    );
    assert_eq!(
        fields(words(&read("pressed=maybe"), true)),
        [("pressed".to_owned(), "response-form-choose")]
    );
}

proptest! {
    /// Whatever the bytes, reading them ends, and what was read says nothing that was not asked.
    #[test]
    fn no_body_is_too_strange(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(pairs) = pairs(&body) {
            let ours = Questionnaire::standard(1);
            if let Ok((page, _)) = outcome(&pairs, &ours) {
                prop_assert!(page.outcome.is_none_or(|outcome| (1..=5).contains(&outcome)));
            }
            if let Ok(page) = parts(&pairs, &ours, &asked(), &journey()) {
                prop_assert!(page.answers.keys().all(|element| asked().contains(element)));
            }
            let _ = words(&pairs, true);
        }
    }
}
