//! What a column of a log can mean, and the names by which it is recognised.

use crate::privacy::person;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    Journey,
    Step,
    Start,
    End,
    /// A single time: of the start or the completion as the lifecycle says, else of the end.
    Time,
    PromisedStart,
    Promised,
    Requested,
    Site,
    Contact,
    Locale,
    /// Whether the row is the start or the completion of an activity.
    Lifecycle,
    /// What tells apart activities that run at the same time.
    Instance,
    /// `org:group`: shown to the administrator, never stored.
    Group,
    /// A declared attribute, by its place in the list.
    Attribute(usize),
}

/// The canonical name of each column and the names that are read as it unless an administrator
/// says otherwise: French, English and of process tools, in the form of [`plain`]; earlier ones
/// win.
pub(super) const GUESSES: [(Column, &str, &[&str]); 14] = [
    (
        Column::Journey,
        "journey",
        &[
            "journey",
            "parcours",
            "case_concept_name",
            "case_id",
            "case",
            "caseid",
            "trace_id",
            "dossier",
            "numero_dossier",
            "id_dossier",
            "patient",
        ],
    ),
    (
        Column::Step,
        "step",
        &[
            "step",
            "etape",
            "concept_name",
            "activity",
            "activite",
            "activity_name",
            "task",
            "tache",
            "handling",
        ],
    ),
    (
        Column::Start,
        "start",
        &[
            "start",
            "debut",
            "start_timestamp",
            "start_time",
            "started_at",
            "start_date",
            "date_debut",
            "heure_debut",
            "debut_le",
        ],
    ),
    (
        Column::End,
        "end",
        &[
            "end",
            "fin",
            "end_timestamp",
            "end_time",
            "ended_at",
            "end_date",
            "complete_timestamp",
            "completed_at",
            "date_fin",
            "heure_fin",
            "fin_le",
        ],
    ),
    (
        Column::Time,
        "time",
        &[
            "time_timestamp",
            "timestamp",
            "time",
            "horodatage",
            "date_heure",
            "datetime",
            "event_time",
        ],
    ),
    (
        Column::PromisedStart,
        "promised_start",
        &["promised_start", "debut_promis", "appointment", "rendez_vous", "rdv"],
    ),
    (
        Column::Promised,
        "promised",
        &[
            "promised",
            "promis",
            "promis_pour",
            "promised_end",
            "fin_promise",
            "promised_at",
            "promised_for",
        ],
    ),
    (
        Column::Requested,
        "requested",
        &[
            "requested",
            "demande",
            "demande_pour",
            "souhaite",
            "requested_for",
            "date_demandee",
            "date_souhaitee",
        ],
    ),
    (Column::Site, "site", &["site", "case_site", "lieu", "agence", "etablissement", "branch"]),
    (Column::Contact, "contact", &["contact", "case_contact"]),
    (Column::Locale, "locale", &["locale", "case_locale", "langue", "language"]),
    (
        Column::Lifecycle,
        "lifecycle",
        &["lifecycle", "lifecycle_transition", "registration_type", "transition"],
    ),
    (
        Column::Instance,
        "instance",
        &[
            "instance",
            "concept_instance",
            "activity_instance",
            "activity_instance_id",
            "handling_id",
        ],
    ),
    (Column::Group, "group", &["org_group"]),
];

pub(super) fn canonical<'a>(column: &Column, attributes: &[&'a str]) -> &'a str {
    match column {
        Column::Attribute(place) => attributes[*place],
        column => {
            GUESSES.iter().find(|(known, ..)| known == column).map_or("", |(_, name, _)| name)
        }
    }
}

pub(super) fn is_guess(column: &Column, name: &str) -> bool {
    let name = plain(name);
    GUESSES.iter().any(|(known, _, guesses)| known == column && guesses.contains(&name.as_str()))
}

/// A name without case, accents and signs: `Début prévu` is `debut_prevu`.
pub(super) fn plain(name: &str) -> String {
    let bare = person::unaccented(name.trim());
    let parts: Vec<&str> =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("_")
}
