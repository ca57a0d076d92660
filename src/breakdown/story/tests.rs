//! The sentences of a made-up garage.

use crate::breakdown::story::*;
use relais_analytics::attribute::Contrast;

use crate::breakdown::sample;
use crate::calendar::date_in_words as day;

fn lede(breakdown: &Breakdown, lang: Lang) -> String {
    Story::of(breakdown, lang).lede
}

#[test]
fn the_first_sentence_names_where_and_how_much() {
    let breakdown = sample::garage();
    assert_eq!(
        lede(&breakdown, Lang::En),
        "Of 31 points lost, 12 (8 to 16) are lost in the dates and delays of “Planning”."
    );
    let french = lede(&breakdown, Lang::Fr);
    assert!(
        french.starts_with("Sur 31 points perdus, 12 (8 à 16) le sont dans les dates et délais de"),
        "{french}"
    );
}

#[test]
fn a_level_is_no_lower_bound_and_a_contrast_is_one_where_its_size_is_not_known() {
    let mut breakdown = sample::garage();
    breakdown.leading = "handoff:RECEP:WORK".parse().ok();
    let told = "Of 31 points lost, 3.3 (1.5 to 5.1) are lost between “Reception” and “Workshop”.";
    assert_eq!(lede(&breakdown, Lang::En), told);
    breakdown.against = Some(Against::Rest);
    let element = breakdown.leading.clone().unwrap();
    let line = breakdown.lines.iter_mut().find(|line| line.element == element).unwrap();
    let points = line.points.unwrap();
    line.contrast = Some(Contrast { points, at_least: true, signal: true });
    assert!(lede(&breakdown, Lang::En).contains("at least 3.3 (1.5 to 5.1)"));
    let line = breakdown.lines.iter_mut().find(|line| line.element == element).unwrap();
    line.contrast = Some(Contrast { points, at_least: false, signal: true });
    let told = lede(&breakdown, Lang::Fr);
    assert!(told.contains("3,3 (1,5 à 5,1)") && !told.contains("au moins"), "{told}");
}

#[test]
fn where_several_stand_out_all_are_named_and_none_is_chosen() {
    let mut breakdown = sample::garage();
    breakdown.leading = None;
    let both = ["step:RECEP", "promise:PLAN"].map(|code| code.parse().unwrap()).to_vec();
    breakdown.undecided = Some(Undecided::Set(both.clone()));
    assert_eq!(
        lede(&breakdown, Lang::En),
        "Of 31 points lost, these parts cost more than the others: at the step “Reception” and \
         in the dates and delays of “Planning”. Which of them costs most cannot be told."
    );
    breakdown.against = Some(Against::Rest);
    assert!(lede(&breakdown, Lang::En).ends_with("Which of these parts it is cannot be told."));
    breakdown.undecided = Some(Undecided::Lower(both));
    let told = lede(&breakdown, Lang::Fr);
    assert!(told.ends_with("que le résultat d’ensemble soit plus bas n’est pas établi."), "{told}");
}

#[test]
fn without_a_leader_it_says_so() {
    let mut breakdown = sample::garage();
    breakdown.leading = None;
    assert_eq!(lede(&breakdown, Lang::En), "Of 100 points, 31 are lost; no element stands out.");
    breakdown.against = Some(Against::Rest);
    assert_eq!(
        lede(&breakdown, Lang::Fr),
        "Par rapport au reste du réseau, aucun élément ne se détache."
    );
}

#[test]
fn fewer_points_than_the_rest_are_told_as_fewer() {
    let mut breakdown = sample::garage_against_rest();
    let less = Contrast {
        points: Estimate { value: -6.0, interval: Some(Interval { low: -9.0, high: -3.0 }) },
        at_least: false,
        signal: true,
    };
    let planning =
        breakdown.lines.iter_mut().find(|line| line.element.to_string() == "promise:PLAN").unwrap();
    planning.contrast = Some(less);
    let told = lede(&breakdown, Lang::En);
    assert!(told.contains("6.0 (3.0 to 9.0) points fewer are lost"), "{told}");
}

#[test]
fn the_story_says_who_lost_time_and_who_made_it_up() {
    let told = Story::of(&sample::garage(), Lang::En).more.join(" ");
    assert!(
        told.contains("Planning lost time, and with it points; Reception and Workshop made up 4.1 points of it."),
        "{told}"
    );
}

#[test]
fn a_figure_without_an_interval_says_why() {
    let mut breakdown = sample::garage();
    for line in &mut breakdown.lines {
        line.points = line.points.map(|points| Estimate { interval: None, ..points });
    }
    let phrases = Phrases::new(&breakdown, Lang::En);
    assert_eq!(phrases.doubt(&breakdown.lines[0]), "too few days for an interval");
    assert_eq!(phrases.figure(&breakdown.lines[0]), "1.9");
}

#[test]
fn days_are_written_as_each_language_writes_them() {
    let first = jiff::civil::date(2026, 8, 1);
    assert_eq!([day(first, Lang::Fr), day(first, Lang::En)], ["1er août 2026", "1 August 2026"]);
}
