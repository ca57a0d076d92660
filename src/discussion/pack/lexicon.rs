//! The words that the rule for comments looks for, in both languages, without accents; a word
//! stands for all that begin with it. They only choose which comments are read aloud: nothing is
//! counted from them.

use crate::survey::Friction;

/// Praise.
pub(super) const PRAISE: &[&str] = &[
    "merci",
    "parfait",
    "excellent",
    "rapid",
    "efficac",
    "aimable",
    "agreable",
    "sympath",
    "souri",
    "propre",
    "a l heure",
    "impeccable",
    "satisf",
    "bravo",
    "tres bien",
    "bien explique",
    "bien recu",
    "attentif",
    "a l ecoute",
    "tout de suite",
    "thank",
    "great",
    "perfect",
    "quick",
    "fast",
    "friendly",
    "helpful",
    "kind",
    "clean",
    "on time",
    "explained well",
    "well explained",
    "pleasant",
    "happy",
    "good",
    "straight away",
    "impressed",
    "recommend",
];

/// What turns praise round, or complains.
pub(super) const COMPLAINT: &[&str] = &[
    "ne ",
    "n ",
    "pas ",
    "jamais",
    "aucun",
    "personne ne",
    "sans ",
    "trop ",
    "dommage",
    "decu",
    "il a fallu",
    "j ai du",
    "not ",
    "never",
    "nobody",
    "without",
    "too ",
    "had to",
    "disappoint",
    "late",
    "but ",
    "mais ",
];

/// What people write of a friction.
pub(super) fn friction(kind: Friction) -> &'static [&'static str] {
    match kind {
        Friction::Repeated => &[
            "repet",
            "reexpliqu",
            "redire",
            "a nouveau explique",
            "repeat",
            "explain again",
            "tell them again",
        ],
        Friction::Waited => &[
            "attend",
            "attente",
            "sans nouvelle",
            "aucune nouvelle",
            "savait ou en etait",
            "ne savait",
            "wait",
            "no news",
            "nobody knew",
            "no idea where",
            "heard nothing",
        ],
        Friction::Chased => &[
            "rappel",
            "relanc",
            "pour savoir si",
            "chase",
            "had to call",
            "had to ring",
            "call back",
            "called again",
        ],
        Friction::SentElsewhere => &[
            "renvoye",
            "ailleurs",
            "autre service",
            "autre guichet",
            "sent elsewhere",
            "another desk",
            "sent me to",
            "wrong place",
        ],
        Friction::ToldDifferent => {
            &["contradict", "different", "deux prix", "pas la meme", "dit le contraire", "one said"]
        }
    }
}
