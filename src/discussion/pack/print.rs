//! The sheet printed by a real browser: one page, whatever stands on it.

use std::process::{Command, Stdio};

use super::{Chart, Line, Pack, Quote, ShortText};
use crate::breakdown::picture::timetable;
use crate::chart;
use crate::i18n::{Lang, Text, Words};

const LONG: &str = "Il a fallu rappeler trois fois pour savoir où en était la voiture, et à chaque fois il a fallu tout \
    réexpliquer depuis le début à quelqu’un qui n’en avait jamais entendu parler. ";

/// A sheet as small as one can be.
fn small(lang: Lang) -> Pack {
    let strip = timetable::sampled(3, lang);
    Pack {
        lang,
        team: "Accueil".to_owned(),
        about: "Réparation : site Nancy".to_owned(),
        lede: "Sur 31 points perdus, 12 le sont entre « Accueil » et « Atelier ».".to_owned(),
        map: strip.svg,
        map_notes: Vec::new(),
        chart: Err("trop peu de réponses".to_owned()),
        quotes: Vec::new(),
        rule: Text::new("pack-no-comments").with("why", "x").say(lang),
        team_only: Vec::new(),
        actions: Vec::new(),
        sentence: None,
        foot: vec![Words(lang).say("pack-hidden-none"), Words(lang).say("pack-looked-nobody")],
        cut: Vec::new(),
    }
}

/// A sheet that is full: each text is so many hundredths as long as it may be.
fn full(lang: Lang, hundredths: usize) -> Pack {
    let w = Words(lang);
    let long = |most: usize| match hundredths {
        100 => ShortText::of(&LONG.repeat(8), most),
        part => {
            ShortText { whole: None, ..ShortText::of(&LONG.repeat(8), (most * part / 100).max(12)) }
        }
    };
    let name = long(super::NAME).shown;
    let strip = timetable::sampled(if hundredths == 100 { 24 } else { 13 }, lang);
    let quote = |key: &str| Quote { why: w.say(key), text: Some((long(super::COMMENT), Lang::Fr)) };
    let hidden = format!("{name} → {name} (moins de 8 personnes dans l’une des deux équipes)");
    let rule =
        Text::new("pack-rule").with("count", 123).with("handoff", format!("{name} → {name}"));
    let names: Vec<String> = strip.cut.iter().map(|_| long(super::NAME).shown).collect();
    let detour = format!("{name} → {name} : ≥ 3,4, 27 sur 100 en difficulté");
    Pack {
        team: name.clone(),
        about: format!("Réparation : {name}, du 24 août 2026 au 22 novembre 2026"),
        lede: long(340).shown,
        map: strip.svg.clone(),
        map_notes: [
            Some(
                Text::new("pack-detours").with("names", [detour.as_str(); 2].join("; ")).say(lang),
            ),
            Some(Text::new("pack-names").with("names", names.join("; ")).say(lang)),
            timetable::left_out(&strip, lang),
        ]
        .into_iter()
        .flatten()
        .collect(),
        chart: Ok(Chart {
            heading: long(super::FIGURE).shown,
            lede: LONG.to_owned(),
            svg: chart::tests::drawn(chart::drawing::Paper::Sheet, lang),
        }),
        quotes: [
            "pack-quote-praise",
            "pack-quote-typical",
            "pack-quote-upstream",
            "pack-quote-lot",
        ]
        .map(quote)
        .into(),
        rule: rule.with("first", "24 août 2026").with("week", "16 novembre 2026").say(lang),
        actions: ["A", "B", "C"]
            .map(|letter: &str| Line {
                letter: letter.to_owned(),
                text: long(super::ACTION),
                team: name.clone(),
                level: w.say("pack-level-owners"),
                review: "30 novembre 2026 · pas encore de signal · transmise".to_owned(),
                figure: format!("{} devrait baisser", long(super::FIGURE).shown),
            })
            .into(),
        sentence: Some(long(super::SENTENCE)),
        foot: vec![
            Text::new("pack-answers")
                .with("responses", "1 234")
                .with("journeys", "12 345")
                .say(lang),
            Text::new("pack-hidden")
                .with("names", [hidden.as_str(); 2].join("; "))
                .with("more", 9)
                .say(lang),
            Text::new("pack-thresholds")
                .with("answers", 10)
                .with("heads", 8)
                .with("comments", 3)
                .say(lang),
            Text::new("power-foot")
                .with("part", format!("{name} → {name}"))
                .with("large", "5")
                .with("many", "8")
                .with("small", "2")
                .with("few", "1")
                .say(lang),
            w.with(
                "pack-looked",
                "who",
                "responsable de processus 12 fois, membre d’équipe 140 fois, programme 3 fois",
            ),
        ],
        cut: vec![w.say("pack-cut"), Text::new("pack-more-actions").with("count", 3).say(lang)],
        ..small(lang)
    }
}

/// The pages of a sheet that a browser prints; `None` where there is none to print with.
fn pages(pack: &Pack, name: &str) -> Option<usize> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (html, pdf) = (folder.path().join("pack.html"), folder.path().join("pack.pdf"));
    std::fs::write(&html, pack.to_file().expect("a file")).expect("written");
    let mut browser = Command::new("chromium");
    browser.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    browser.arg(format!("--user-data-dir={}", folder.path().join("profile").display()));
    browser
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", html.display()));
    let printed = browser.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let Ok(ended) = printed else {
        println!("skipped: {name}, since there is no chromium");
        return None;
    };
    assert!(ended.success(), "{name} was not printed");
    let bytes = std::fs::read(&pdf).expect("a PDF");
    if let Some(kept) = std::env::var_os("RELAIS_KEEP_PRINTED") {
        let kept = std::path::Path::new(&kept);
        let copied = std::fs::copy(&html, kept.join(format!("{name}.html")));
        copied.and_then(|_| std::fs::copy(&pdf, kept.join(format!("{name}.pdf")))).expect("a copy");
    }
    let text = String::from_utf8_lossy(&bytes);
    let box_of = text.split("/MediaBox").nth(1).expect("a page has a size");
    assert!(
        box_of.trim_start().starts_with("[0 0 841.") || box_of.trim_start().starts_with("[0 0 842"),
        "{name} lies across"
    );
    // Every page is an object of its type; the tree of pages has another.
    Some(text.matches("/Type /Page\n").count())
}

#[test]
fn a_sheet_prints_on_exactly_one_page() {
    for lang in Lang::ALL {
        let sheets = [25, 50, 75, 100].map(|part| (full(lang, part), format!("full-{part}")));
        for (pack, name) in [(small(lang), "small".to_owned())].into_iter().chain(sheets) {
            let name = format!("{name}-{}", lang.tag());
            let printed = pages(&pack, &name);
            assert!(printed.is_none_or(|pages| pages == 1), "{name} has {printed:?} pages");
        }
    }
    assert!(full(Lang::Fr, 100).is_dense() && !small(Lang::Fr).is_dense());
}

#[test]
fn two_pages_would_be_counted_as_two() {
    let mut pack = full(Lang::Fr, 100);
    let more = pack.foot.clone();
    (0..40).for_each(|_| pack.foot.extend(more.clone()));
    let printed = pages(&pack, "too-full");
    assert!(
        printed.is_none_or(|pages| pages > 1),
        "a sheet that is too full printed on {printed:?}"
    );
}

#[test]
fn what_was_cut_stands_in_full_under_the_sheet() {
    let html = full(Lang::Fr, 100).to_file().unwrap();
    assert!(html.contains("[…]") && html.contains(LONG.repeat(8).trim()), "a text was lost");
    assert!(small(Lang::Fr).in_full().is_empty());
}
