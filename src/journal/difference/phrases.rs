//! A difference in words, and what is worth asking about it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Difference, between, parts};
use crate::i18n::{Text, Words};
use crate::limits;

/// What changed, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    pub words: String,
    /// Why somebody may want to ask about it.
    pub doubt: Option<String>,
}

/// What differs between two documents of the journal, line by line.
pub fn lines(w: &Words, before: &Value, after: &Value) -> Vec<ChangeLine> {
    let differences = between(before, after);
    let singles = one_person_each(&differences, after);
    let line = |difference: &Difference| ChangeLine {
        words: words(w, difference),
        doubt: doubt(w, difference),
    };
    let mut lines: Vec<ChangeLine> = differences.iter().map(line).collect();
    lines.extend(singles.into_iter().map(|(team, sites)| ChangeLine {
        words:
            Text::new("journal-one-person-each").with("team", team).with("sites", sites).say(w.0),
        doubt: Some(w.say("journal-doubt-singles")),
    }));
    lines.extend(initials(w, before, after));
    lines
}

/// The codes that are new and two capital letters alone. A site may well be called `LY`, a desk
/// `JP`: only somebody who works there knows whether that is a person.
pub fn initials(w: &Words, before: &Value, after: &Value) -> Option<ChangeLine> {
    let codes = |document: &Value, list: &str| -> BTreeSet<String> {
        let entries = document.get(list).and_then(parts).unwrap_or_default();
        entries.into_iter().map(|(code, _)| code.to_owned()).collect()
    };
    let are_initials =
        |code: &String| code.chars().count() == 2 && code.chars().all(char::is_uppercase);
    let new = ["steps", "sites", "teams"].into_iter().flat_map(|list| {
        let new: Vec<String> =
            codes(after, list).difference(&codes(before, list)).cloned().collect();
        new.into_iter().filter(are_initials).map(move |code| what(w, &[list.to_owned(), code]))
    });
    let new: Vec<String> = new.collect();
    (!new.is_empty()).then(|| ChangeLine {
        words: Text::new("journal-initials").with("codes", new.join(", ")).say(w.0),
        doubt: Some(w.say("journal-doubt-initials")),
    })
}

fn words(w: &Words, difference: &Difference) -> String {
    let what = what(w, &difference.path);
    let told = |value: &Value| value_words(w, value);
    match (&difference.before, &difference.after) {
        (Some(before), Some(after)) => Text::new("journal-differs")
            .with("what", what)
            .with("before", told(before))
            .with("after", told(after)),
        (None, Some(after)) => {
            Text::new("journal-is-new").with("what", what).with("after", told(after))
        }
        (before, None) => Text::new("journal-is-gone")
            .with("what", what)
            .with("before", before.as_ref().map(told).unwrap_or_default()),
    }
    .say(w.0)
}

/// What stands at a place of a document.
fn what(w: &Words, path: &[String]) -> String {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let text = match path.as_slice() {
        ["teams", team, "heads", ""] => Text::new("journal-what-central-heads").with("team", *team),
        ["teams", team, "heads", site] => {
            Text::new("journal-what-heads").with("team", *team).with("site", *site)
        }
        ["teams", team] => Text::new("journal-what-team").with("team", *team),
        ["steps", step, "team"] => Text::new("journal-what-team-of-step").with("step", *step),
        ["steps", step] => Text::new("journal-what-step").with("step", *step),
        ["steps"] => Text::new("journal-what-order"),
        ["sites", site, "region"] => Text::new("journal-what-region").with("site", *site),
        ["sites", site] => Text::new("journal-what-site").with("site", *site),
        [] => Text::new("journal-what-all"),
        _ => return path.join(" · "),
    };
    text.say(w.0)
}

fn value_words(w: &Words, value: &Value) -> String {
    match value {
        Value::Null => w.say("journal-nothing"),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            values.iter().map(|value| value_words(w, value)).collect::<Vec<_>>().join(", ")
        }
        Value::Object(fields) => {
            let known = fields.iter().filter(|(_, value)| !is_nothing(value));
            let told = known.map(|(name, value)| format!("{name}: {}", value_words(w, value)));
            told.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Teams rarely double from one day to the next; whoever wants to see few people says they do.
fn doubt(w: &Words, difference: &Difference) -> Option<String> {
    has_jumped(difference).then(|| w.say("journal-doubt-jump"))
}

/// Whether so many more people are said to be there at once that somebody should ask who they are.
pub fn has_jumped(difference: &Difference) -> bool {
    heads(difference)
        .is_some_and(|(before, after)| before > 0 && after >= before * limits::JUMP_OF_HEADS)
}

/// How many people there were and are, where that is what differs.
fn heads(difference: &Difference) -> Option<(i64, i64)> {
    let [teams, _, heads, _] = difference.path.as_slice() else { return None };
    if (teams.as_str(), heads.as_str()) != ("teams", "heads") {
        return None;
    }
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::as_i64).unwrap_or(0);
    Some((number(&difference.before), number(&difference.after)))
}

/// The teams whose numbers changed and that now have one person at each of several sites: then a
/// site's code is a person's.
fn one_person_each(differences: &[Difference], after: &Value) -> BTreeMap<String, usize> {
    let changed = differences.iter().filter(|difference| heads(difference).is_some());
    let singles = changed.filter_map(|difference| {
        let team = difference.path.get(1)?;
        let sites = after.get("teams")?.get(team)?.get("heads")?.as_object()?;
        let one =
            sites.iter().filter(|(site, heads)| !site.is_empty() && heads.as_i64() == Some(1));
        let one = one.count();
        (one >= limits::SITES_OF_ONE).then(|| (team.clone(), one))
    });
    singles.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::i18n::Lang;
    use crate::journal::difference::phrases::*;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let lines = lines(&Words(Lang::En), before, after).into_iter();
        lines
            .map(|line| format!("{}{}", line.words, if line.doubt.is_some() { " ?" } else { "" }))
            .collect()
    }

    #[test]
    fn numbers_that_jump_are_worth_asking_about() {
        let heads = |s1: i64, s2: i64| json!({"teams": {"desk": {"heads": {"S1": s1, "S2": s2}}}});
        assert_eq!(
            told(&heads(3, 8), &heads(100, 9)),
            ["People of desk at S1: 100 instead of 3 ?", "People of desk at S2: 9 instead of 8"]
        );
        assert_eq!(told(&heads(3, 8), &heads(3, 8)), Vec::<String>::new());
    }

    #[test]
    fn sites_of_one_person_are_worth_asking_about() {
        let before = json!({"teams": {"desk": {"heads": {"": 4}}}});
        let after = json!({"teams": {"desk": {"heads": {"A": 1, "B": 1, "C": 1}}}});
        let told = told(&before, &after);
        assert_eq!(told.len(), 5, "{told:?}");
        assert_eq!(told[4], "desk has one person at each of 3 sites ?");
    }

    #[test]
    fn two_capital_letters_may_be_somebody() {
        let before = json!({"sites": {"S1": {}}});
        let after =
            json!({"steps": [{"code": "JP"}, {"code": "WORK"}], "sites": {"S1": {}, "LY": {}}});
        let asked = initials(&Words(Lang::En), &before, &after).expect("a question");
        assert_eq!(asked.words, "Two capital letters alone: Step JP, Site LY");
        assert_eq!(initials(&Words(Lang::En), &after, &after), None, "it was asked before");
    }

    #[test]
    fn steps_and_whatever_else_differs_are_told() {
        let before = json!({"steps": [{"code": "WORK", "team": "shop"}], "questionnaire": false});
        let after = json!({
            "steps": [{"code": "WORK", "team": "centre"}, {"code": "END", "team": "desk", "name": ""}],
            "questionnaire": true,
        });
        assert_eq!(
            told(&before, &after),
            [
                "questionnaire: true instead of false",
                "Step END: code: END; team: desk (new)",
                "Team of the step WORK: centre instead of shop",
            ]
        );
    }
}
