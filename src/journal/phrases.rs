//! The content of the two chains in words. What we have no word for is shown as it stands: nothing
//! is left out.

use serde_json::{Map, Value};

use super::Author;
use crate::i18n::{Text, Words};

/// A longer value is unfolded by whoever wants to read it.
const SHORT: usize = 200;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// For a narrow screen, where columns have no heads.
    pub label: String,
    pub lines: Vec<String>,
    /// As JSON, when it is long.
    pub long: Option<String>,
}

impl Side {
    pub fn is_nothing(&self) -> bool {
        self.lines.is_empty() && self.long.is_none()
    }
}

/// A JSON text of the journal in lines: `{"value":9,"agreed_by":"…"}` becomes two.
pub fn side(w: &Words, label: String, json: Option<String>) -> Side {
    let Some(json) = json else { return Side { label, ..Side::default() } };
    let parsed = serde_json::from_str::<Value>(&json).ok();
    match parsed {
        Some(Value::Object(fields)) if is_simple(&fields, &json) => {
            Side { label, lines: lines(w, &fields), long: None }
        }
        Some(parsed) if json.len() > SHORT || parsed.is_object() => {
            let pretty = serde_json::to_string_pretty(&parsed).unwrap_or(json);
            Side { label, lines: Vec::new(), long: Some(pretty) }
        }
        _ => Side { label, lines: vec![json], long: None },
    }
}

fn lines(w: &Words, fields: &Map<String, Value>) -> Vec<String> {
    let (values, explanations): (Vec<_>, Vec<_>) =
        fields.iter().partition(|(name, _)| field(w, name).is_some_and(|name| name.is_empty()));
    let all = values.into_iter().chain(explanations);
    all.filter_map(|(name, value)| line(w, name, value)).collect()
}

fn line(w: &Words, name: &str, value: &Value) -> Option<String> {
    let value = match (name, value) {
        (_, Value::Null) => return None,
        (_, Value::Array(none)) if none.is_empty() => return None,
        ("role", Value::String(code)) => role(w, code),
        ("stage", Value::String(code)) if code == "running" => w.say("journal-stage-running"),
        ("stage", Value::String(code)) if code == "pilot" => w.say("journal-what-pilot"),
        ("removed", Value::Bool(true)) => w.say("journal-all-removed"),
        ("teams", Value::Array(teams)) => {
            teams.iter().map(membership).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Bool(true)) => w.say("journal-yes"),
        (_, Value::Bool(false)) => w.say("journal-no"),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    Some(match field(w, name) {
        Some(name) if name.is_empty() => value,
        Some(name) => Text::new("journal-field").with("name", name).with("value", value).say(w.0),
        None => format!("{name}: {value}"),
    })
}

/// Whether a few lines can show it: it is short, and holds nothing nested that we have no words
/// for.
fn is_simple(fields: &Map<String, Value>, json: &str) -> bool {
    let mut nested = fields.iter().filter(|(_, value)| value.is_array() || value.is_object());
    json.len() <= SHORT && nested.all(|(name, _)| name == "teams")
}

fn field(w: &Words, name: &str) -> Option<String> {
    match name {
        "value" | "stage" | "role" | "removed" => Some(String::new()),
        "version" => Some(w.say("journal-field-version")),
        "parts_asked" => Some(w.say("journal-field-parts-asked")),
        "languages" => Some(w.say("journal-field-languages")),
        "agreed_by" => Some(w.say("journal-field-agreed-by")),
        "added" => Some(w.say("journal-field-added")),
        "number" => Some(w.say("journal-field-number")),
        "teams" => Some(w.say("journal-field-teams")),
        "scope" => Some(w.say("journal-field-scope")),
        "eyes" => Some(w.say("journal-field-eyes")),
        "name" => Some(w.say("journal-field-name")),
        "time_zone" => Some(w.say("journal-field-time-zone")),
        "rate_percent" => Some(w.say("asking-rate")),
        "delay_hours" => Some(w.say("asking-delay")),
        "quiet_from" => Some(w.say("asking-quiet-from")),
        "quiet_until" => Some(w.say("asking-quiet-until")),
        "reminder_days" => Some(w.say("asking-reminder")),
        "rest_days" => Some(w.say("asking-rest")),
        "link_days" => Some(w.say("asking-link")),
        "reviewed_by" => Some(w.say("journal-field-reviewed-by")),
        "council_informed" => Some(w.say("journal-field-council-informed")),
        "council_not_needed" => Some(w.say("journal-field-council-not-needed")),
        "links" => Some(w.say("journal-field-links")),
        "again" => Some(w.say("journal-field-again")),
        "share_percent" => Some(w.say("journal-field-share-percent")),
        "fewest" => Some(w.say("journal-field-fewest")),
        "revoked" => Some(w.say("journal-field-revoked")),
        "found_by" => Some(w.say("journal-field-found-by")),
        "journeys" => Some(w.say("journal-field-journeys")),
        "addresses" => Some(w.say("journal-field-addresses")),
        "invitations" => Some(w.say("journal-field-invitations")),
        "letters" => Some(w.say("journal-field-letters")),
        "mail_files" => Some(w.say("journal-field-mail-files")),
        "answers" => Some(w.say("journal-field-answers")),
        "comments" => Some(w.say("journal-field-comments")),
        "notes" => Some(w.say("journal-field-notes")),
        "published" => Some(w.say("journal-field-published")),
        _ => None,
    }
}

/// `reception, S1` of a membership.
fn membership(value: &Value) -> String {
    let parts = ["team", "site"].into_iter().filter_map(|name| value.get(name)?.as_str());
    parts.collect::<Vec<_>>().join(" ")
}

pub fn author(w: &Words, author: &str) -> String {
    if author == Author::command_line().as_str() {
        return w.say("journal-command-line");
    }
    let Some((code, number)) = author.split_once(' ') else { return author.to_owned() };
    format!("{} {number}", role(w, code))
}

pub fn role(w: &Words, code: &str) -> String {
    match code {
        "administrator" => w.say("team-role-administrator"),
        "owner" => w.say("team-role-owner"),
        "member" => w.say("team-role-member"),
        "representative" => w.say("team-role-representative"),
        "api" => w.say("journal-program"),
        "command-line" => w.say("journal-command-line"),
        _ => code.to_owned(),
    }
}

/// What was changed, in words, as far as its subject is known.
pub fn subject(w: &Words, subject: &str) -> String {
    let (kind, name) = subject.split_once(':').unwrap_or((subject, ""));
    match (kind, name) {
        ("setting", "minimum_answers") => w.say("journal-what-minimum-answers"),
        ("setting", "minimum_heads") => w.say("journal-what-minimum-heads"),
        ("setting", "embargo_days") => w.say("journal-what-embargo-days"),
        ("blueprint", name) => w.with("journal-what-blueprint", "name", name),
        ("asking", name) => w.with("journal-what-asking", "name", name),
        ("questionnaire", name) => w.with("journal-what-questionnaire", "name", name),
        ("objection", number) => w.with("journal-what-objection", "number", number),
        ("links", name) => w.with("journal-what-links", "name", name),
        ("import", name) => w.with("journal-what-answers", "name", name),
        ("erasure", _) => w.say("journal-what-erasure"),
        ("pilot", _) => w.say("journal-what-pilot"),
        ("organisation", _) => w.say("journal-what-organisation"),
        ("account", _) => w.say("journal-what-account"),
        ("sign-in-link", _) => w.say("journal-what-sign-in-link"),
        ("second-factor", _) => w.say("journal-what-second-factor"),
        ("names", name) => w.with("journal-what-names", "name", name),
        ("key", name) => w.with("journal-what-key", "name", name),
        _ => subject.to_owned(),
    }
}

/// Where somebody looked, in words: `breakdown repair site:S1`.
pub fn place(w: &Words, place: &str) -> String {
    // The partition stands last; a chart and the evidence of a part say before it what they are
    // about.
    let words: Vec<&str> = place.split(' ').collect();
    let (key, name, about, partition) = match words.as_slice() {
        ["breakdown", name, partition] => ("journal-place-breakdown", name, "", partition),
        ["team", name, partition] => ("journal-place-team", name, "", partition),
        ["pack", name, partition] => ("journal-place-pack", name, "", partition),
        ["chart", name, about, partition] => ("journal-place-chart", name, *about, partition),
        ["part", name, about, partition] => ("journal-place-part", name, *about, partition),
        _ => return place.to_owned(),
    };
    let part = match partition.split_once(':') {
        Some(("site", code)) => w.with("journal-place-site", "code", code),
        Some(("region", code)) => w.with("journal-place-region", "code", code),
        _ if *partition == "network" => w.say("journal-place-network"),
        _ => (*partition).to_owned(),
    };
    Text::new(key).with("name", *name).with("about", about).with("part", part).say(w.0)
}

#[cfg(test)]
mod tests {
    use crate::i18n::Lang;
    use crate::journal::phrases::*;

    const EN: Words = Words(Lang::En);

    #[test]
    fn authors_subjects_and_places_are_told_in_words_and_never_lost() {
        assert_eq!(author(&EN, "administrator 3"), "administrator 3");
        assert_eq!(author(&Words(Lang::Fr), "administrator 3"), "administration 3");
        assert_eq!(author(&EN, "somebody"), "somebody");
        assert_eq!(subject(&EN, "setting:minimum_heads"), "People behind anything shown");
        assert_eq!(subject(&EN, "weather"), "weather");
        assert_eq!(place(&EN, "breakdown repair site:S1"), "Breakdown of repair, site S1");
        assert_eq!(
            place(&EN, "chart repair step:WORK network"),
            "Week after week of repair (step:WORK), the network"
        );
        assert_eq!(place(&EN, "comments repair"), "comments repair");
    }

    #[test]
    fn values_are_told_in_words_and_never_lost() {
        let lines = |json: &str| side(&EN, String::new(), Some(json.to_owned())).lines;
        assert_eq!(
            lines(r#"{"value":9,"agreed_by":"works council"}"#),
            ["9", "agreed by: works council"]
        );
        assert_eq!(
            lines(r#"{"strange":1,"teams":[],"role":"owner"}"#),
            ["process owner", "strange: 1"]
        );
        assert_eq!(
            lines(r#"{"teams":[{"team":"reception","site":"S1"}]}"#),
            ["teams: reception S1"]
        );
        assert_eq!(
            lines(r#"{"links":12,"again":false,"share_percent":null}"#),
            ["for journeys that had one: no", "links made: 12"]
        );
        assert_eq!(lines("not json"), ["not json"]);
        assert!(side(&EN, String::new(), None).is_nothing());
        assert!(
            side(&EN, String::new(), Some(r#"{"steps":[{"code":"A"}]}"#.to_owned())).long.is_some()
        );
        let long = side(&EN, String::new(), Some(format!("[\"{}\"]", "x".repeat(300))));
        assert!(long.lines.is_empty() && long.long.is_some_and(|long| long.contains("xxx")));
    }
}
