//! The demo's customers: they find their link in the mail, and answer page by page as anybody
//! would.

use std::path::Path;

use crate::app::App;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::response::answering::{self, Link, Page};
use crate::response::invitation::CustomerInvitation;
use crate::response::pages::{OutcomePage, PartsPage, WordsPage};
use crate::survey::{Answer, Friction};
use futures_util::future::join_all;
use rand::RngExt;
use rand::rngs::StdRng;

use super::chance::happens;
use super::year::{JourneyPlan, Mood, number_of};

/// A mail that arrived: whose it is and the secret of its link.
pub(super) struct SurveyMail {
    pub(super) number: usize,
    pub(super) token: String,
}

/// Reads the mails of a folder that were not read before.
pub(super) fn read(
    folder: &Path,
    known: &mut std::collections::HashSet<std::ffi::OsString>,
) -> Result<Vec<SurveyMail>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(none) if none.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(failure) => return Err(Error::io(folder.display())(failure)),
    };
    let mut arrived = Vec::new();
    for entry in entries.flatten().filter(|entry| known.insert(entry.file_name())) {
        let mail =
            std::fs::read_to_string(entry.path()).map_err(Error::io(entry.path().display()))?;
        arrived.extend(opened(&mail));
    }
    // The order of a folder's entries is nobody's, and the same seed makes the same demo.
    arrived.sort_by_key(|mail| mail.number);
    Ok(arrived)
}

fn opened(mail: &str) -> Option<SurveyMail> {
    let address = mail.lines().find_map(|line| line.strip_prefix("To: "))?;
    // A soft line break of the quoted-printable encoding may stand inside a link.
    let text = mail.replace("=\r\n", "");
    let at = text.find("/r/")? + 3;
    Some(SurveyMail {
        number: number_of(address.trim())?,
        token: text.get(at..at + 26)?.to_owned(),
    })
}

/// Lets customers answer, many at once as on any evening; says how many did.
pub(super) async fn answer(
    app: &App,
    planned: &[JourneyPlan],
    arrived: Vec<SurveyMail>,
    random: &mut StdRng,
) -> Result<usize> {
    let ready = arrived.into_iter().filter_map(|mail| {
        let who = planned.get(mail.number)?;
        let Mood::Answers { pages, .. } = who.mood else { return None };
        Some((mail.token, who, pages, random.random::<u64>()))
    });
    let ended =
        join_all(ready.map(|(token, who, pages, seed)| one(app, token, who, pages, seed))).await;
    let count = ended.len();
    ended.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(count)
}

async fn one(app: &App, token: String, who: &JourneyPlan, pages: usize, seed: u64) -> Result<()> {
    let mut random = <StdRng as rand::SeedableRng>::seed_from_u64(seed);
    let Link::Open(opened) = answering::open(app, &token).await? else { return Ok(()) };
    let outcome = OutcomePage { outcome: Some(i32::from(who.journey.outcome)) };
    answering::save(app, &opened, &Page::Outcome(outcome, false), opened.lang).await?;
    if pages > 1 {
        let parts = parts(who, &opened, &mut random);
        answering::save(app, &opened, &Page::Parts(parts), opened.lang).await?;
    }
    if pages > 2 {
        let pressed = opened.pressure.then(|| happens(&mut random, 0.09));
        let words = WordsPage { comment: who.comment.map(str::to_owned), pressed };
        answering::finish(app, &opened, words, opened.lang).await?;
    }
    Ok(())
}

fn parts(who: &JourneyPlan, opened: &CustomerInvitation, random: &mut StdRng) -> PartsPage {
    let mut page = PartsPage::default();
    for item in &opened.items {
        let code = item.element.to_string().replace(':', ".");
        let felt = who.journey.ratings.iter().find(|(known, _)| *known == code);
        let Some((_, rating)) = felt else { continue };
        let answer = match &item.element {
            _ if happens(random, 0.03) && !matches!(item.element, Element::Handoff(..)) => {
                Answer::DoesNotKnow
            }
            Element::Handoff(..) => Answer::Frictions(frictions(*rating, random)),
            _ => Answer::Rating(i32::from(*rating)),
        };
        page.answers.insert(item.element.clone(), answer);
    }
    page
}

/// What a customer ticks on a handoff that felt so.
fn frictions(rating: u8, random: &mut StdRng) -> Vec<Friction> {
    let count = usize::from(4_u8.saturating_sub(rating));
    let mut all = Friction::ALL.to_vec();
    (0..count.min(3)).map(|_| all.swap_remove(random.random_range(0..all.len()))).collect()
}
