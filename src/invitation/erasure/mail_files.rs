//! Which of the mails that lie on this machine are a customer's.

use crate::invitation::store::erasure::Found;
use crate::token::{Secret, Token};

/// Says of the bytes of a mail whether it is to the customer: by its address, or by a link that
/// stands in it, since the address of somebody who is found by a journey may have expired.
pub(super) fn of(found: &Found, secret: &Secret) -> impl Fn(&[u8]) -> bool + Send + use<> {
    let (found, secret) = (found.clone(), secret.clone());
    move |mail| {
        let text = unfolded(mail);
        recipient(&text).is_some_and(|to| found.has_address(&secret.address_key(to)))
            || links(&text).any(|token| found.has_link(&token.digest()))
    }
}

/// A mail with its long lines in one piece again, as quoted-printable folds them.
fn unfolded(mail: &[u8]) -> String {
    String::from_utf8_lossy(mail).replace("=\r\n", "")
}

fn recipient(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix("To: "))?;
    Some(line.rsplit('<').next()?.trim_end_matches('>').trim())
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
        let folded = format!(
            "To: A B <a@example.org>\r\n\r\nhttps://x.example/r/{}=\r\n{}\r\n",
            &token[..9],
            &token[9..]
        );
        let text = unfolded(folded.as_bytes());
        assert_eq!(recipient(&text), Some("a@example.org"));
        let digests: Vec<_> = links(&text).map(|token| token.digest()).collect();
        assert_eq!(digests, [Token::presented(token).unwrap().digest()]);
    }
}
