//! The part of a page that shows one breakdown: words, picture, facts, table.

use super::Breakdown;
use super::evidence_links::EvidenceLinks;
use super::picture::{self, Picture};
use super::story::{self, Story};
use super::table::{self, Table};
use crate::blueprint::Names;
use crate::i18n::Lang;
use crate::privacy::Disclosed;

/// Everything that a page shows of a breakdown; `templates/breakdown/panel.html` lays it out.
#[derive(Debug)]
pub struct Panel {
    pub(super) story: Story,
    pub(super) picture: Picture,
    pub(super) table: Table,
    /// The reader's own part, before the whole.
    pub(super) own: Table,
    /// The reader's team, where the page is a team's.
    pub(super) team: Option<String>,
}

impl Panel {
    /// The panel of what was disclosed, for a team (its code and name) or for the owner; each part
    /// leads to its evidence, where `leads` knows its address.
    pub fn new(
        breakdown: &Disclosed<Breakdown>,
        team: Option<(&str, &Names)>,
        leads: Option<&EvidenceLinks>,
        lang: Lang,
    ) -> Self {
        let own = team.map(|(code, _)| code);
        let table = table::list(breakdown, own, lang).leading(leads);
        Self {
            story: story::tell(breakdown, lang),
            picture: picture::draw(breakdown, own, leads, lang),
            own: table.own(),
            table,
            team: team.map(|(_, name)| name.say(lang).to_owned()),
        }
    }
}
