//! The breakdown's pages and its address in the API.

use askama::Template;

use super::panel::Panel;
use crate::i18n::Words;
use crate::web::Frame;

#[derive(Template)]
#[template(path = "breakdown/page.html")]
struct BreakdownPage {
    w: Words,
    frame: Frame,
    about: String,
    chooser: Chooser,
    view: View,
}

enum View {
    Shown(Panel),
    Withheld(String),
}

/// What can be chosen. Places are in alphabetical order, without figures.
#[derive(Default)]
struct Chooser {
    journeys: Vec<Choice>,
    network: Vec<Choice>,
    regions: Vec<Choice>,
    sites: Vec<Choice>,
    against: Vec<Choice>,
    from: Vec<Choice>,
    to: Vec<Choice>,
}

struct Choice {
    value: String,
    words: String,
    chosen: bool,
}

#[cfg(test)]
mod preview {
    use super::*;
    use crate::breakdown::{picture::Picture, table::Table, words::Story, sample, Breakdown};
    use crate::i18n::Lang;
    use crate::web::FrameLink;

    fn c(v: &str, w: &str, chosen: bool) -> Choice { Choice { value: v.into(), words: w.into(), chosen } }

    fn page(b: &Breakdown, lang: Lang, team: Option<(&str,&str)>) -> String {
        let w = Words(lang);
        let own = team.map(|t| t.0);
        let table = Table::of(b, own, lang);
        let panel = Panel { story: Story::of(b, lang), picture: Picture::of(b, own, lang), own: table.own(), table, team: team.map(|t| t.1.to_owned()) };
        let frame = Frame { title: w.say("breakdown-title"), links: ["base-to-team","base-to-network","base-to-journal","base-to-access-log"].iter().map(|k| FrameLink { href: "#".into(), words: w.say(k), here: *k == "base-to-team" }).collect(), switch: "?".into(), pilot: lang == Lang::Fr };
        let about = crate::breakdown::words::about(b, lang);
        let chooser = Chooser { network: vec![c("network", "Whole network", false)], regions: vec![c("region:R1","R1",false), c("region:R2","R2",true)], sites: vec![c("site:S0","S0",false)], against: vec![c("","nothing",true), c("rest","the rest",false)], from: vec![c("2026-07-06","6 July 2026",true)], to: vec![c("2026-09-27","27 September 2026",true)], journeys: vec![] };
        BreakdownPage { w, frame, about, chooser, view: View::Shown(panel) }.render().unwrap().replace("/assets/style.css?v=0.1.0", "style.css")
    }

    #[test]
    fn preview() {
        std::fs::create_dir_all("/tmp/preview").unwrap();
        std::fs::copy("templates/style.css", "/tmp/preview/style.css").unwrap();
        for lang in Lang::ALL {
            std::fs::write(format!("/tmp/preview/team-{}.html", lang.tag()), page(&sample::garage(), lang, Some(("workshop", if lang == Lang::Fr { "Atelier" } else { "Workshop" })))).unwrap();
            std::fs::write(format!("/tmp/preview/owner-{}.html", lang.tag()), page(&sample::garage_against_rest(), lang, None)).unwrap();
        }
    }
}
