//! Which of the mails that lie on this machine are a customer's.

use crate::invitation::store::erasure::Found;
use crate::token::Token;

/// Says of the bytes of a mail whether it is to the customer: by the links that stand in it. Its
/// address would be another organisation's customer as well.
pub(super) fn of(found: &Found) -> impl Fn(&[u8]) -> bool + Send + use<> {
    let found = found.clone();
    move |mail| links(&unfolded(mail)).any(|token| found.has_link(&token.digest()))
}

/// A mail with its long lines in one piece again, as quoted-printable folds them.
fn unfolded(mail: &[u8]) -> String {
    String::from_utf8_lossy(mail).replace("=\r\n", "")
}

/// The secrets of the links to customers' pages.
fn links(text: &str) -> impl Iterator<Item = Token> {
    let after = |start: &'static str| text.match_indices(start).map(|(at, _)| &text[at + 3..]);
    after("/r/").chain(after("/u/")).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        Token::presented(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_however_its_line_is_folded() {
        let token = "abcdefghijklmnopqrstuvwxyz";
        let (start, end) = token.split_at(9);
        let folded = format!("To: a@example.org\r\n\r\nhttps://x.example/r/{start}=\r\n{end}\r\n");
        let digests: Vec<_> =
            links(&unfolded(folded.as_bytes())).map(|token| token.digest()).collect();
        assert_eq!(digests, [Token::presented(token).unwrap().digest()]);
    }
}
