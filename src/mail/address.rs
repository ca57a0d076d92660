//! Which mail addresses we write to and from.

use lettre::Address;
use url::Host;

/// The address of a text, its domain in ASCII. Stricter than the standard, which allows quotes,
/// comments and line ends in an address: only somebody who wants to write headers of ours has such
/// an address.
pub(super) fn address(text: &str) -> Option<Address> {
    let (local, domain) = text.rsplit_once('@')?;
    if local.len() > 64
        || !local.split('.').all(is_local_part)
        || domain.chars().any(|c| c.is_control() || c.is_whitespace() || c == '%')
    {
        return None;
    }
    match Host::parse(domain).ok()? {
        Host::Domain(domain) if local.len() + domain.len() < 254 => {
            Address::new(local, domain).ok()
        }
        _ => None,
    }
}

fn is_local_part(part: &str) -> bool {
    !part.is_empty()
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn ordinary_addresses_are_taken() {
        for (given, taken) in [
            ("anne.martin@example.org", "anne.martin@example.org"),
            ("o'hara+survey@mail.example.co.uk", "o'hara+survey@mail.example.co.uk"),
            ("a@Château.example", "a@xn--chteau-xta.example"),
            ("relais@localhost", "relais@localhost"),
        ] {
            assert_eq!(address(given).map(|a| a.to_string()).as_deref(), Some(taken), "{given}");
        }
    }

    #[test]
    fn addresses_that_could_write_headers_or_commands_are_not() {
        let long = format!("{}@example.org", "a".repeat(65));
        for given in [
            "",
            "anne",
            "@example.org",
            "a@",
            "a@b@c.example",
            "a\r\nBcc: all@example.org@example.org",
            "a@example.org\r\nBcc: all@example.org",
            "a@example.org\n",
            "a@exa\tmple.org",
            "a@example.org%0d%0aBcc",
            "\"a\r\n b\"@example.org",
            "\"a b\"@example.org",
            "a b@example.org",
            "a@example.org> SIZE=1",
            "<a@example.org>",
            "Anne <a@example.org>",
            "a@example.org, b@example.org",
            "a(comment)@example.org",
            ".a@example.org",
            "a..b@example.org",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "é@example.org",
            "a\u{2028}b@example.org",
            "a\0@example.org",
            &long,
        ] {
            assert_eq!(address(given), None, "{given:?}");
        }
    }
}
