//! What differs between two documents of the journal, place by place: whoever reads that a
//! blueprint changed reads the two numbers that did, and not two files.

pub mod phrases;

use std::collections::BTreeSet;

use serde_json::Value;

/// One place at which two documents differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where, from the outermost name inwards. What stands in a list has its code for a name.
    pub path: Vec<String>,
    /// `None` where there was nothing.
    pub before: Option<Value>,
    /// `None` where there is nothing any more.
    pub after: Option<Value>,
}

/// Where two documents differ, in the order of their names. Equal documents differ nowhere; every
/// other two differ somewhere.
pub fn between(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), Some(before), Some(after), &mut found);
    found
}

fn compare(
    path: &mut Vec<String>,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    if before == after {
        return;
    }
    let (Some(old), Some(new)) = (before.and_then(parts), after.and_then(parts)) else {
        let (before, after) = (before.cloned(), after.cloned());
        found.push(Difference { path: path.clone(), before, after });
        return;
    };
    let names: BTreeSet<&str> = old.iter().chain(&new).map(|(name, _)| *name).collect();
    for name in names {
        path.push(name.to_owned());
        compare(path, named(&old, name), named(&new, name), found);
        path.pop();
    }
    found.extend(reordered(path, &old, &new, before));
}

/// The named parts of a document: the fields of an object, or the entries of a list that all have
/// a code of their own.
fn parts(document: &Value) -> Option<Vec<(&str, &Value)>> {
    match document {
        Value::Object(fields) => {
            Some(fields.iter().map(|(name, value)| (name.as_str(), value)).collect())
        }
        Value::Array(entries) if !entries.is_empty() => {
            let coded = entries.iter().map(|entry| Some((entry.get("code")?.as_str()?, entry)));
            let coded: Vec<_> = coded.collect::<Option<_>>()?;
            let codes: BTreeSet<&str> = coded.iter().map(|(code, _)| *code).collect();
            (codes.len() == coded.len()).then_some(coded)
        }
        _ => None,
    }
}

fn named<'a>(parts: &[(&str, &'a Value)], name: &str) -> Option<&'a Value> {
    parts.iter().find(|part| part.0 == name).map(|part| part.1)
}

/// The order of a list whose entries stayed and changed places.
fn reordered(
    path: &[String],
    old: &[(&str, &Value)],
    new: &[(&str, &Value)],
    document: Option<&Value>,
) -> Option<Difference> {
    if !document.is_some_and(Value::is_array) {
        return None;
    }
    let among = |parts: &[(&str, &Value)], others: &[(&str, &Value)]| -> Vec<String> {
        let kept = parts.iter().filter(|(code, _)| others.iter().any(|other| other.0 == *code));
        kept.map(|(code, _)| (*code).to_owned()).collect()
    };
    let (before, after) = (among(old, new), among(new, old));
    (before != after).then(|| Difference {
        path: path.to_vec(),
        before: Some(before.into()),
        after: Some(after.into()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::journal::difference::*;

    fn told(before: &Value, after: &Value) -> Vec<String> {
        let told = between(before, after).into_iter().map(|difference| {
            let value = |value: Option<Value>| value.map_or("-".to_owned(), |v| v.to_string());
            let (before, after) = (value(difference.before), value(difference.after));
            format!("{}: {before} > {after}", difference.path.join("."))
        });
        told.collect()
    }

    #[test]
    fn two_blueprints_differ_where_a_number_a_team_or_a_step_does() {
        let before = json!({
            "teams": { "desk": { "heads": { "S1": 3 } } },
            "steps": [{ "code": "CALL", "team": "desk" }, { "code": "WORK", "team": "shop" }],
        });
        let after = json!({
            "teams": { "desk": { "heads": { "S1": 100, "S2": 4 } } },
            "steps": [{ "code": "CALL", "team": "shop" }, { "code": "END" }],
        });
        assert_eq!(
            told(&before, &after),
            [
                r#"steps.CALL.team: "desk" > "shop""#,
                r#"steps.END: - > {"code":"END"}"#,
                r#"steps.WORK: {"code":"WORK","team":"shop"} > -"#,
                "teams.desk.heads.S1: 3 > 100",
                "teams.desk.heads.S2: - > 4",
            ]
        );
    }

    #[test]
    fn steps_in_another_order_are_a_difference() {
        let steps = |codes: &[&str]| {
            let steps = codes.iter().map(|code| json!({ "code": code }));
            json!({ "steps": steps.collect::<Vec<_>>() })
        };
        assert_eq!(
            told(&steps(&["A", "B", "C"]), &steps(&["B", "A", "C"])),
            [r#"steps: ["A","B","C"] > ["B","A","C"]"#]
        );
        assert!(told(&steps(&["A"]), &steps(&["A"])).is_empty());
    }

    #[test]
    fn lists_without_codes_are_told_whole() {
        assert_eq!(told(&json!({"a": [1, 2]}), &json!({"a": [1]})), ["a: [1,2] > [1]"]);
        let twice = json!([{ "code": "A" }, { "code": "A" }]);
        assert_eq!(between(&twice, &json!([])).len(), 1);
        assert_eq!(between(&Value::Null, &json!({"a": 1})).len(), 1);
    }
}
