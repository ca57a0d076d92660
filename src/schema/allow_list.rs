//! The allow-list of the database: every table with its columns, which table points at which, and
//! which keys the JSON inside a column may have. `tests/it/schema.rs` holds the migrations to it,
//! and [`crate::guarantee`] the live database.

use std::collections::BTreeSet;

use serde_json::Value;

/// Every table with its columns, and nothing else: a new one is argued here. None is about a person
/// who works at the organisation. Accounts have an address, because somebody signs in with it, and
/// are linked to nothing measured.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("access_entry", "at hash number organisation_id place previous role team"),
    (
        "account",
        "created_at disabled email id locale mails organisation_id password_hash role subject",
    ),
    (
        "action",
        "answer answered_on control decided_on direction discussion id measure organisation_id proposed_by review_on role saved_on start_week state team text",
    ),
    ("api_key", "created_at digest eyes label organisation_id revoked_at scope used_on"),
    (
        "asking_rule",
        "delay_hours journey_type link_days organisation_id quiet_from quiet_until rate_percent reminder_days rest_days",
    ),
    (
        "atom",
        "answers behind heads id invited journey_type journeys organisation_id owners_from place published_at region scope week",
    ),
    ("cells", "atom organisation_id states"),
    ("channel", "code journey_type number organisation_id"),
    ("comment", "atom lang organisation_id response state team_only text"),
    ("contact", "address expires_at journey locale organisation_id"),
    ("contact_date", "address_key at organisation_id"),
    ("decision", "decided_at journey journey_type organisation_id outcome week"),
    (
        "discussion",
        "element id joined_on journey_type neighbour opened_on organisation_id place team",
    ),
    ("element", "code journey_type organisation_id position"),
    ("faded_week", "journey_type organisation_id week"),
    ("feed_day", "day events journey_type organisation_id promised step timed"),
    ("flow", "atom organisation_id state"),
    ("flow_path", "journey_type number organisation_id steps"),
    ("flow_step", "code journey_type number organisation_id"),
    ("headcount", "heads organisation_id since site team"),
    ("import_note", "at id journey_type kind organisation_id report"),
    (
        "invitation",
        "address_key answered_through channel closed_at counted created_at expires_at finished_at id items journey journey_type locale opened_at organisation_id outcome_page parts_page pressure saved_at version week withdrawn_at words_page",
    ),
    ("job", "attempts done_at failure id key kind leased_until organisation_id payload run_at"),
    (
        "journal_entry",
        "after at author before effective_at hash number organisation_id previous reason subject",
    ),
    (
        "journey",
        "atom attributes ended_at finished_at id journey_type organisation_id site started_at trace",
    ),
    (
        "journey_type",
        "attributes buffer_minutes code created_at name_en name_fr organisation_id quiet_days",
    ),
    ("link", "created_at digest invitation organisation_id"),
    ("mail", "attempts due_at failure invitation leased_until organisation_id sent_at state wave"),
    ("membership", "account organisation_id site team"),
    ("note", "discussion number organisation_id team text written_on"),
    ("notice", "about kind organisation_id sent_on team"),
    ("obstacle", "element journey_type month organisation_id place team ticked"),
    ("opt_out", "address_key organisation_id reason since"),
    (
        "organisation",
        "code created_at embargo_days id minimum_answers minimum_heads name pilot_until stage time_zone",
    ),
    (
        "questionnaire",
        "created_at definition design item_high item_low journey_type organisation_id outcome_high outcome_low published_at version",
    ),
    ("recovery_code", "account digest organisation_id"),
    ("release", "journey_type organisation_id owners_from published_at ruling sites week"),
    (
        "response",
        "another answered_at answers atom chances id journey journey_type organisation_id outcome pressed site version",
    ),
    ("seaql_migrations", "applied_at version"),
    ("second_factor", "account confirmed_at created_at last_step organisation_id secret"),
    (
        "sentence",
        "element floor_met id journey_type organisation_id place team text_en text_fr withdrawn_on written_on",
    ),
    ("session", "account awaits_factor created_at digest organisation_id seen_at"),
    ("sign_in_link", "account digest expires_at organisation_id used_at"),
    ("site", "code name organisation_id region"),
    // Keyed hashes of names, so that comments do not show them: read by nobody, linked to nothing.
    ("staff_name", "digest organisation_id team"),
    (
        "step",
        "activities code frontstage journey_type name_en name_fr organisation_id planned_by position quiet_days team",
    ),
    ("team", "code name_en name_fr organisation_id"),
    ("variant", "elements journey_type number organisation_id"),
];

/// Which table points at which. Nothing that is measured points at an account, and no account at
/// anything measured.
pub const LINKS: &[(&str, &str)] = &[
    ("action", "discussion"),
    ("cells", "atom"),
    ("flow", "atom"),
    ("headcount", "team"),
    ("journey", "journey_type"),
    ("journey_type", "organisation"),
    ("membership", "account"),
    ("membership", "team"),
    ("note", "discussion"),
    ("questionnaire", "journey_type"),
    ("recovery_code", "account"),
    ("response", "journey_type"),
    ("second_factor", "account"),
    ("session", "account"),
    ("sign_in_link", "account"),
    ("step", "journey_type"),
    ("step", "team"),
];

/// The tables that serve signing in, and nothing else.
pub const ACCESS: &[&str] =
    &["account", "membership", "recovery_code", "second_factor", "session", "sign_in_link"];

/// The keys of the JSON that a text column holds, by table and column. `.` goes down, lists are
/// passed through, and `*` stands for the codes of steps, handoffs, sites, teams and attributes,
/// and for the names of columns that were dropped. A column that is not here holds no keys at all.
pub const KEYS: &[(&str, &str, &str)] = &[
    (
        "atom",
        "behind",
        "sites sites.* central central.* steps steps.* shares shares.* step_heads step_heads.* element_heads element_heads.* element_heads.*.*",
    ),
    (
        "import_note",
        "report",
        "read kept repeated refused joined passed_over journeys journeys.new journeys.changed reasons reasons.* refusals \
         refusals.line refusals.field refusals.column refusals.reason refusals.message persons_dropped persons_dropped.* \
         ignored ignored.* partial unknown_journeys comments_held lateness_known created_steps questionnaire",
    ),
    ("invitation", "items", "element chance"),
    ("invitation", "outcome_page", "outcome"),
    ("invitation", "parts_page", "answers answers.* another"),
    ("invitation", "words_page", "comment pressed"),
    ("job", "payload", "journey_type journey week action discussion number"),
    ("journal_entry", "after", JOURNAL),
    ("journal_entry", "before", JOURNAL),
    ("journey", "attributes", "*"),
    ("journey", "trace", "e late parts faded"),
    (
        "questionnaire",
        "definition",
        "handoffs wording wording.languages wording.outcome wording.outcome.fr wording.outcome.en wording.step \
         wording.step.fr wording.step.en wording.handoff wording.handoff.fr wording.handoff.en wording.closing \
         wording.closing.fr wording.closing.en wording.frictions wording.frictions.* wording.frictions.*.fr \
         wording.frictions.*.en wording.steps wording.steps.* wording.steps.*.fr wording.steps.*.en \
         wording.parts_asked",
    ),
    ("release", "ruling", "heads subjects subjects.*"),
    ("release", "sites", "*"),
    ("response", "answers", "*"),
    ("response", "chances", "*"),
];

/// What a change of a setting says of before and after: the settings themselves, an account by
/// number, role and teams, a key's scope and whose eyes it has, that names were added or removed,
/// what an erasure found and how much went, how a pilot ended, and the files of blueprint and
/// questionnaire. The journal writes no other key.
const JOURNAL: &str = "value agreed_by name time_zone number role scope eyes revoked added removed found_by journeys \
    addresses invitations letters mail_files answers comments notes published stage reviewed_by \
    council_informed council_not_needed teams teams.team teams.site rate_percent delay_hours quiet_from quiet_until reminder_days \
    rest_days link_days links again share_percent fewest version languages frictions parts_asked outcome outcome.fr outcome.en step step.fr step.en handoff \
    handoff.fr handoff.en closing closing.fr closing.en friction-* friction-*.fr friction-*.en step-* step-*.fr \
    step-*.en journey_type journey_type.code journey_type.name journey_type.name.fr journey_type.name.en \
    journey_type.attributes journey_type.buffer_minutes journey_type.quiet_days steps steps.code steps.team \
    steps.frontstage steps.planned_by steps.name steps.name.fr steps.name.en steps.activities steps.quiet_days teams.* \
    teams.*.name_fr teams.*.name_en teams.*.heads teams.*.heads.* sites sites.* sites.*.region sites.*.name \
    questionnaire questionnaire.design";

/// What stands between two keys of a path: codes may have dots of their own.
pub const DOWN: char = '\u{1f}';

/// Whether a column may hold JSON with a key at that path.
pub fn knows_key(table: &str, column: &str, path: &str) -> bool {
    let keys = KEYS.iter().find(|(of, in_column, _)| (*of, *in_column) == (table, column));
    keys.is_some_and(|(_, _, patterns)| {
        patterns.split_whitespace().any(|pattern| fits(pattern, path))
    })
}

/// The keys of a value that its column may not have, as paths whose steps are joined by a dot.
pub fn unknown_keys(table: &str, column: &str, value: &Value) -> Vec<String> {
    let mut paths = BTreeSet::new();
    key_paths(value, &mut String::new(), &mut paths);
    paths.retain(|path| !knows_key(table, column, path));
    paths.iter().map(|path| path.replace(DOWN, ".")).collect()
}

/// Collects every path of keys in a value; lists are passed through. `path` is where the value
/// stands.
pub fn key_paths(value: &Value, path: &mut String, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| key_paths(value, path, into)),
        Value::Object(fields) => {
            let before = path.len();
            for (key, value) in fields {
                if before > 0 {
                    path.push(DOWN);
                }
                path.push_str(key);
                if !into.contains(path) {
                    into.insert(path.clone());
                }
                key_paths(value, path, into);
                path.truncate(before);
            }
        }
        _ => {}
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (wanted, found): (Vec<&str>, Vec<&str>) =
        (pattern.split('.').collect(), path.split(DOWN).collect());
    let same = |(wanted, found): (&&str, &&str)| match wanted.strip_suffix('*') {
        Some(beginning) => found.starts_with(beginning),
        None => wanted == found,
    };
    wanted.len() == found.len() && wanted.iter().zip(&found).all(same)
}

#[cfg(test)]
mod tests {
    use crate::schema::allow_list::*;

    #[test]
    fn keys_are_known_by_their_whole_path() {
        let knows = |table, column, path: &[&str]| knows_key(table, column, &path.join("\u{1f}"));
        assert!(
            knows("atom", "behind", &["sites", "reception"])
                && knows("journey", "trace", &["late"])
        );
        assert!(knows("questionnaire", "definition", &["wording", "steps", "A.B", "fr"]));
        assert!(knows("journal_entry", "after", &["friction-waited", "fr"]));
        assert!(!knows("journey", "trace", &["employee"]) && !knows("atom", "behind", &["people"]));
        assert!(!knows("journal_entry", "after", &["teams", "reception", "people"]));
        assert!(!knows("site", "name", &["anything"]), "a column without JSON has no keys");
    }

    #[test]
    fn keys_are_found_however_deep() {
        let mut found = BTreeSet::new();
        let value = serde_json::json!([{"a": [{"b": 1}], "c": {}}]);
        key_paths(&value, &mut String::new(), &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "a\u{1f}b", "c"]);
    }

    #[test]
    fn unknown_keys_are_named_by_their_path() {
        let value = serde_json::json!({"scope": "x", "teams": {"reception": {"people": 1}}});
        assert_eq!(unknown_keys("journal_entry", "after", &value), ["teams.reception.people"]);
    }
}
