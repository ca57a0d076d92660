//! What the dossier says, chapter by chapter. Every number comes from the limits that are compiled
//! in, from the settings in force or from the check.

use super::{CATEGORIES, Chapter, Dossier, Part};
use crate::breakdown::stated_limits;
use crate::calendar::{Zone, date_in_words};
use crate::clock::Instant;
use crate::guarantee::report::Report;
use crate::i18n::{Arg, Lang, Text};
use crate::journal::phrases;
use crate::limits;
use crate::organisation::Stage;
use crate::organisation::settings::Settings;
use crate::schema::journal_entry;

#[derive(Clone, Debug)]
pub struct Facts {
    pub settings: Settings,
    /// The newest entries of the settings journal.
    pub entries: Vec<journal_entry::Model>,
    pub report: Report,
    pub now: Instant,
}

pub fn dossier(facts: &Facts, lang: Lang) -> Dossier {
    let speaker = Speaker { lang, zone: &facts.settings.zone };
    let about = Text::new("dossier-about")
        .with("organisation", facts.settings.name.as_str())
        .with("day", speaker.day(facts.now))
        .with("version", facts.report.version.as_str());
    Dossier {
        title: speaker.say("dossier-title"),
        about: about.say(lang),
        chapters: vec![
            purposes(&speaker),
            data(&speaker),
            recipients(&speaker),
            retention(&speaker),
            thresholds(&speaker, facts),
            statistics(&speaker),
            guarantees(&speaker, facts),
            changes(&speaker, facts),
            limits_of_it(&speaker),
            verifying(&speaker, facts),
            signatures(&speaker),
        ],
    }
}

/// Says texts in one language.
struct Speaker<'a> {
    lang: Lang,
    zone: &'a Zone,
}

impl Speaker<'_> {
    fn say(&self, key: &'static str) -> String {
        Text::new(key).say(self.lang)
    }

    fn with(&self, key: &'static str, name: &'static str, value: impl Into<Arg>) -> String {
        Text::new(key).with(name, value).say(self.lang)
    }

    fn paragraph(&self, key: &'static str) -> Part {
        Part::Paragraph(self.say(key))
    }

    fn points(&self, keys: &[&'static str]) -> Part {
        Part::Points(keys.iter().map(|key| self.say(key)).collect())
    }

    fn row(&self, keys: &[&'static str]) -> Vec<String> {
        keys.iter().map(|key| self.say(key)).collect()
    }

    fn day(&self, instant: Instant) -> String {
        date_in_words(self.zone.date(instant), self.lang)
    }

    fn days(&self, days: i64) -> String {
        self.with("dossier-days", "days", days)
    }

    fn never_below(&self, floor: u32) -> String {
        self.with("dossier-never-below", "floor", floor)
    }

    fn chapter(&self, title: &'static str, parts: Vec<Part>) -> Chapter {
        Chapter { title: self.say(title), parts }
    }
}

fn purposes(s: &Speaker<'_>) -> Chapter {
    let never = [
        "dossier-never-assess",
        "dossier-never-rank",
        "dossier-never-cross",
        "dossier-never-decide",
    ];
    let parts = vec![
        s.paragraph("dossier-purposes-text"),
        s.paragraph("dossier-never"),
        s.points(&never),
        s.paragraph("dossier-basis"),
    ];
    s.chapter("dossier-purposes", parts)
}

fn data(s: &Speaker<'_>) -> Chapter {
    let rows = CATEGORIES.iter().map(|category| {
        vec![s.say(category.name), s.say(category.holds), category.tables.replace(' ', ", ")]
    });
    let table = Part::Table {
        head: s.row(&["dossier-data-what", "dossier-data-holds", "dossier-data-tables"]),
        rows: rows.collect(),
    };
    s.chapter(
        "dossier-data",
        vec![s.paragraph("dossier-data-text"), table, s.paragraph("dossier-data-none")],
    )
}

fn recipients(s: &Speaker<'_>) -> Chapter {
    let rows = [
        ["dossier-role-team", "dossier-role-team-reads", "dossier-role-team-never"],
        ["dossier-role-owner", "dossier-role-owner-reads", "dossier-role-owner-never"],
        [
            "dossier-role-administrator",
            "dossier-role-administrator-reads",
            "dossier-role-administrator-never",
        ],
        [
            "dossier-role-representative",
            "dossier-role-representative-reads",
            "dossier-role-representative-never",
        ],
        ["dossier-role-program", "dossier-role-program-reads", "dossier-role-program-never"],
        ["dossier-role-machine", "dossier-role-machine-reads", "dossier-role-machine-never"],
    ];
    let table = Part::Table {
        head: s.row(&["dossier-role", "dossier-role-reads", "dossier-role-never"]),
        rows: rows.iter().map(|keys| s.row(keys)).collect(),
    };
    s.chapter("dossier-recipients", vec![table, s.paragraph("dossier-recipients-text")])
}

fn retention(s: &Speaker<'_>) -> Chapter {
    let by_category =
        CATEGORIES.iter().map(|category| vec![s.say(category.name), s.say(category.kept)]);
    let exact = [
        ("dossier-keep-address", s.days(limits::ADDRESS_DAYS)),
        ("dossier-keep-contact", s.days(limits::CONTACT_DAYS)),
        ("dossier-keep-contacted", s.days(limits::CONTACTED_DAYS)),
        ("dossier-keep-link", s.days(limits::LINK_DAYS)),
        ("dossier-keep-times", s.days(limits::TIMES_DAYS)),
        (
            "dossier-keep-sign-in-link",
            s.with("dossier-hours", "hours", limits::SIGN_IN_LINK / 3_600),
        ),
        ("dossier-keep-session", s.with("dossier-hours", "hours", limits::SESSION / 3_600)),
    ];
    let head = s.row(&["dossier-data-what", "dossier-kept"]);
    let parts = vec![
        Part::Table { head: head.clone(), rows: by_category.collect() },
        s.paragraph("dossier-retention-exact"),
        Part::Table { head, rows: exact.map(|(key, kept)| vec![s.say(key), kept]).to_vec() },
        s.paragraph("dossier-retention-erasure"),
    ];
    s.chapter("dossier-retention", parts)
}

fn thresholds(s: &Speaker<'_>, facts: &Facts) -> Chapter {
    let settings = &facts.settings;
    let (answers, heads) =
        (settings.minimum_answers.to_string(), settings.minimum_heads.to_string());
    let stage = match settings.stage {
        Stage::Pilot { until } => s.with("dossier-stage-pilot", "day", s.day(until)),
        Stage::Running => s.say("dossier-stage-running"),
    };
    let rows = vec![
        vec![
            s.say("journal-what-minimum-answers"),
            answers,
            s.never_below(limits::MINIMUM_ANSWERS),
        ],
        vec![s.say("journal-what-minimum-heads"), heads, s.never_below(limits::MINIMUM_HEADS)],
        vec![
            s.say("dossier-seam"),
            limits::HEADS_AT_A_HANDOFF.to_string(),
            s.say("dossier-compiled"),
        ],
        vec![
            s.say("journal-what-embargo-days"),
            s.days(settings.embargo_days.into()),
            s.with("dossier-at-most", "days", limits::EMBARGO_DAYS),
        ],
        vec![
            s.say("dossier-notice"),
            s.days(limits::PRIVACY_NOTICE / 86_400),
            s.say("dossier-compiled"),
        ],
        vec![
            s.say("dossier-pilot-lasts"),
            s.days(limits::PILOT / 86_400),
            s.say("dossier-compiled"),
        ],
        vec![
            s.say("dossier-pilot-services"),
            limits::PILOT_JOURNEY_TYPES.to_string(),
            s.say("dossier-compiled"),
        ],
    ];
    let head = s.row(&["dossier-threshold", "dossier-threshold-value", "dossier-threshold-bound"]);
    let parts = vec![
        Part::Paragraph(stage),
        Part::Table { head, rows },
        s.paragraph("dossier-thresholds-text"),
    ];
    s.chapter("dossier-thresholds", parts)
}

fn statistics(s: &Speaker<'_>) -> Chapter {
    s.chapter("dossier-statistics", vec![s.paragraph("dossier-statistics-text")])
}

fn guarantees(s: &Speaker<'_>, facts: &Facts) -> Chapter {
    let rows = facts.report.guarantees.iter().map(|line| {
        let found = if line.holds { &line.seen } else { &line.against };
        let state = s.say(if line.holds { "guarantee-holds" } else { "guarantee-broken" });
        vec![line.promise.of_lang(s.lang).clone(), state, found.of_lang(s.lang).join(" · ")]
    });
    let table = Part::Table {
        head: s.row(&["guarantee-what", "guarantee-state", "guarantee-evidence"]),
        rows: rows.collect(),
    };
    let summary = facts.report.summary().say(s.lang);
    s.chapter(
        "guarantee-title",
        vec![s.paragraph("guarantee-about"), Part::Paragraph(summary), table],
    )
}

fn changes(s: &Speaker<'_>, facts: &Facts) -> Chapter {
    let quoted = facts.entries.iter().take(limits::ENTRIES_QUOTED);
    let rows: Vec<Vec<String>> = quoted.map(|row| change(s, row)).collect();
    let number =
        ["dossier-entry", "dossier-entry-day", "journal-what", "journal-after", "journal-why"];
    let extract = if rows.is_empty() {
        s.paragraph("journal-empty")
    } else {
        Part::Table { head: s.row(&number), rows }
    };
    s.chapter(
        "dossier-journal",
        vec![
            Part::Paragraph(s.with("dossier-journal-text", "most", limits::ENTRIES_QUOTED)),
            extract,
        ],
    )
}

fn change(s: &Speaker<'_>, row: &journal_entry::Model) -> Vec<String> {
    let w = crate::i18n::Words(s.lang);
    let after = phrases::side(&w, String::new(), row.after.clone());
    let after = match (after.is_nothing(), after.long) {
        (true, _) => s.say("journal-nothing"),
        (false, Some(_)) => s.say("dossier-entry-long"),
        (false, None) => after.lines.join(", "),
    };
    let after = if row.effective_at == row.at {
        after
    } else {
        let text = Text::new("dossier-entry-from").with("after", after);
        text.with("day", s.day(row.effective_at)).say(s.lang)
    };
    let what =
        format!("{} ({})", phrases::subject(&w, &row.subject), phrases::author(&w, &row.author));
    vec![row.number.to_string(), s.day(row.at), what, after, row.reason.clone()]
}

fn limits_of_it(s: &Speaker<'_>) -> Chapter {
    let mut parts = vec![s.paragraph("dossier-limits-text")];
    for chapter in stated_limits::chapters(s.lang) {
        let points = chapter.limits.into_iter().map(|(name, limit)| {
            Text::new("dossier-limit").with("name", name).with("told", limit).say(s.lang)
        });
        parts.push(Part::Paragraph(chapter.title));
        parts.push(Part::Points(points.collect()));
    }
    s.chapter("dossier-limits", parts)
}

fn verifying(s: &Speaker<'_>, facts: &Facts) -> Chapter {
    let commands = ["dossier-verify-guarantees", "dossier-verify-journal", "dossier-verify-page"];
    let build = Text::new("dossier-verify-build")
        .with("version", facts.report.version.as_str())
        .with("build", facts.report.build.as_str());
    let parts = vec![
        s.points(&commands),
        Part::Paragraph(build.say(s.lang)),
        s.paragraph("guarantee-build-compare"),
    ];
    s.chapter("dossier-verifying", parts)
}

fn signatures(s: &Speaker<'_>) -> Chapter {
    let who = ["dossier-sign-controller", "dossier-sign-council", "dossier-sign-officer"];
    let lines = Part::Signatures(s.row(&who));
    s.chapter("dossier-signatures", vec![s.paragraph("dossier-signatures-text"), lines])
}
