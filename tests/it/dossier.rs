//! The file for the works council and the data-protection officer, in both languages.

use regex::Regex;
use relais::guarantee::dossier::{Dossier, Facts, Part, dossier};
use relais::i18n::Lang;
use relais::journal::{Author, Reason, store as journal};
use relais::organisation::settings::Change;
use relais::organisation::store;
use relais::worker;

use crate::support::demo::{demo, relais};
use crate::support::{World, both};
use crate::visitor::teams_and_sites;

both!(every_chapter_says_something_in_both_languages);

/// A new organisation in pilot, whose members agreed on a higher floor.
async fn facts(world: &World) -> Facts {
    let (app, now) = (&world.app, world.app.clock.now());
    let id = store::ensure(&app.db, now).await.expect("an organisation");
    teams_and_sites(app, id).await;
    let reason =
        Reason::parse("The desk of Nancy asked for it | in the meeting.").expect("a reason");
    let change = Change::parse("minimum_heads", 12, "works council", reason).expect("a change");
    store::announce(&app.db, id, change, Author::command_line(), now).await.expect("announced");
    let settings =
        store::settings(app.db.reader(), id).await.expect("settings").expect("an organisation");
    let entries = journal::entries(&app.db, id, None).await.expect("the journal");
    Facts { settings, entries, report: worker::check_guarantees(app).await.expect("a check"), now }
}

async fn every_chapter_says_something_in_both_languages(world: World) {
    let facts = facts(&world).await;
    let [en, fr] = Lang::ALL.map(|lang| dossier(&facts, lang));
    assert_eq!((en.chapters.len(), fr.chapters.len()), (11, 11));
    for (lang, file) in [(Lang::En, &en), (Lang::Fr, &fr)] {
        let text = file.to_markdown();
        let html = file.to_html(lang).expect("a page");
        for broken in ["Unknown localization", "{ $", "{$"] {
            assert!(!text.contains(broken) && !html.contains(broken), "{broken} in {text}");
        }
        assert!(
            file.chapters
                .iter()
                .all(|chapter| !chapter.title.is_empty() && !chapter.parts.is_empty())
        );
        assert!(text.contains("Nancy asked for it \\| in the meeting"), "{text}");
        assert!(
            !html.contains("<script") && !html.contains("http://") && html.contains("size: A4"),
            "{html}"
        );
    }
    assert_eq!(shape(&en), shape(&fr), "a chapter of one language has other parts");
}

/// The parts of each chapter, with the number of their lines.
fn shape(file: &Dossier) -> Vec<Vec<usize>> {
    let size = |part: &Part| match part {
        Part::Paragraph(_) => 1,
        Part::Points(points) => points.len(),
        Part::Table { rows, .. } => rows.len(),
        Part::Signatures(who) => who.len(),
    };
    file.chapters.iter().map(|chapter| chapter.parts.iter().map(size).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_reads_as_promised() {
    let facts = facts(&World::sqlite().await).await;
    for lang in Lang::ALL {
        insta::assert_snapshot!(
            format!("dossier_{}", lang.tag()),
            redacted(&dossier(&facts, lang).to_markdown())
        );
    }
}

/// Without what differs from build to build and from day to day.
fn redacted(text: &str) -> String {
    let text =
        Regex::new("[0-9a-f]{64}").expect("a pattern").replace_all(text, "[hash]").into_owned();
    let day = Regex::new(r"\b\d{1,2} \p{L}+ 20\d\d\b").expect("a pattern");
    let text = day.replace_all(&text, "[day]").into_owned();
    // A build that lets an identity provider sign in has some more.
    let routes = Regex::new(r"\b\d+ (addresses of the service|adresses du service)").expect("one");
    routes.replace_all(&text, "[some] $1").into_owned()
}

#[test]
fn the_command_writes_it_as_text_and_as_a_page_to_print() {
    let folder = demo().copy();
    let told = relais(folder.path(), &["dossier", "--lang", "fr"]);
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert!(
        text.starts_with("# Relais")
            && text.contains("## 1. Finalités")
            && text.contains("comité social"),
        "{text}"
    );
    let page = folder.path().join("dossier.html");
    let told =
        relais(folder.path(), &["dossier", "--lang", "en", "--html", &page.display().to_string()]);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let html = std::fs::read_to_string(page).expect("the page");
    assert!(
        html.contains("<html lang=\"en\">") && html.contains("For the works council"),
        "{html}"
    );
}
