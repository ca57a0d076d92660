//! What protects customers: secrets of which only digests are stored, sealed addresses, pages that
//! ask nobody else.

use super::{each, list, spots};
use crate::guarantee::store::customers::Lengths;
use crate::guarantee::store::texts::Texts;
use crate::guarantee::{Finding, Guarantee, PageAnswer};
use crate::i18n::Text;

/// Links, keys and sessions are stored as SHA-256 alone, and no text of the database looks like
/// one of their secrets.
pub(in crate::guarantee) fn secret_links(digests: &Lengths, texts: &Texts) -> Finding {
    Finding::of(Guarantee::SecretLinks)
        .seen(
            Text::new("guarantee-seen-digests")
                .with("digests", digests.iter().map(|(_, all, _)| all).sum::<u64>())
                .with("tables", list(digests.iter().map(|(table, ..)| table))),
        )
        .seen(Text::new("guarantee-seen-no-secret").with("rows", texts.read))
        .against(wrong_lengths(digests, "guarantee-against-digest"))
        .against(each(&spots(&texts.secrets), |spot| {
            Text::new("guarantee-against-secret").with("column", spot.as_str())
        }))
}

fn wrong_lengths(lengths: &Lengths, key: &'static str) -> Vec<Text> {
    let wrong = lengths.iter().filter(|(.., wrong)| *wrong > 0);
    wrong
        .map(|(table, _, wrong)| Text::new(key).with("table", table.as_str()).with("count", *wrong))
        .collect()
}

/// Addresses are sealed with the organisation's secret, are remembered as keyed hashes, and are
/// deleted in time.
pub(in crate::guarantee) fn addresses(
    (sealed, opened): (usize, usize),
    keys: &Lengths,
    overdue: u64,
    texts: &Texts,
) -> Finding {
    let closed = sealed - opened;
    Finding::of(Guarantee::Addresses)
        .seen(Text::new("guarantee-seen-sealed").with("opened", opened).with("sealed", sealed))
        .seen(
            Text::new("guarantee-seen-address-keys")
                .with("keys", keys.iter().map(|(_, all, _)| all).sum::<u64>())
                .with("tables", list(keys.iter().map(|(table, ..)| table))),
        )
        .seen(Text::new("guarantee-seen-no-address").with("rows", texts.read))
        .against((closed > 0).then(|| Text::new("guarantee-against-sealed").with("count", closed)))
        .against(
            (overdue > 0).then(|| Text::new("guarantee-against-overdue").with("count", overdue)),
        )
        .against(wrong_lengths(keys, "guarantee-against-address-key"))
        .against(each(&spots(&texts.addresses), |spot| {
            Text::new("guarantee-against-address").with("column", spot.as_str())
        }))
}

/// The headers that every page of a customer has, with a part of what they say.
const HEADERS: [(&str, &str); 5] = [
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("x-robots-tag", "noindex"),
    ("content-security-policy", "default-src 'none'"),
    ("x-content-type-options", "nosniff"),
];

/// A customer's page sets no cookie, is not cached, runs nothing and asks no other server.
pub(in crate::guarantee) fn pages(answers: &[PageAnswer]) -> Finding {
    let mut against = Vec::new();
    for answer in answers {
        let lacks = HEADERS
            .iter()
            .filter(|(name, part)| answer.header(name).is_none_or(|value| !value.contains(part)));
        against.extend(
            lacks.map(|(name, _)| answer.text("guarantee-against-header").with("header", *name)),
        );
        let policy = answer.header("content-security-policy").unwrap_or_default();
        against.extend(policy.contains("unsafe-").then(|| answer.text("guarantee-against-unsafe")));
        against
            .extend(answer.header("set-cookie").map(|_| answer.text("guarantee-against-cookie")));
        against.extend(
            asks_others(&answer.body).then(|| answer.text("guarantee-against-third-party")),
        );
    }
    Finding::of(Guarantee::CustomerPages)
        .open(
            Text::new("guarantee-seen-pages")
                .with("pages", list(answers.iter().map(|answer| answer.page))),
        )
        .open(
            Text::new("guarantee-seen-headers")
                .with("headers", list(HEADERS.map(|(name, _)| name))),
        )
        .against((answers.is_empty()).then(|| Text::new("guarantee-against-no-pages")))
        .against(against)
}

impl PageAnswer {
    fn text(&self, key: &'static str) -> Text {
        Text::new(key).with("page", self.page)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Whether a browser that shows the page would run something or fetch something from elsewhere.
fn asks_others(body: &str) -> bool {
    let loads = [
        "src=\"http",
        "src=\"//",
        "url(http",
        "@import",
        "<script",
        "<iframe",
        "rel=\"stylesheet\" href=\"http",
    ];
    loads.iter().any(|mark| body.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::guarantee::check::customers::*;

    fn answered() -> PageAnswer {
        let headers = HEADERS.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        PageAnswer { page: "/r/…", headers, body: "<p>Merci</p>".to_owned() }
    }

    #[test]
    fn a_cookie_a_missing_header_or_a_foreign_script_is_found() {
        assert!(pages(&[answered()]).holds());
        assert!(!pages(&[]).holds(), "nothing was asked");
        let mut cookie = answered();
        cookie.headers.push(("set-cookie".to_owned(), "a=b".to_owned()));
        let script =
            PageAnswer { body: "<script src=\"https://t.example/p.js\">".to_owned(), ..answered() };
        let mut bare = answered();
        bare.headers.remove(0);
        for broken in [cookie, script, bare] {
            assert!(!pages(&[broken]).holds());
        }
    }
}
