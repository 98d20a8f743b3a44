//! The parts of an address by their places in it, so that what is secret in one can be told and hidden.

use crate::features::secret_keys::{is_mixed, key};
use crate::text::span::Span;

/// The parts of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// What stands before the `@`: a name, perhaps with a password.
    pub user: Option<Span>,
    /// The host, without its port.
    pub host: Span,
    /// What stands behind `?`.
    pub query: Option<Span>,
}

/// The parts of `https://user:password@host:port/path?query`, `git@host:path` and `host:path`.
pub fn parts(address: &str) -> Parts {
    let scheme = address.find("://").map(|at| at + "://".len());
    let start = scheme.unwrap_or(0);
    let rest = address.get(start..).unwrap_or("");
    let ends: &[char] = if scheme.is_some() { &['/', '?', '#'] } else { &['/'] };
    let end = rest.find(ends).unwrap_or(rest.len());
    let user = user_length(rest, end);
    let host = user.map_or(0, |length| length + 1);
    let host_end = rest.get(host..).and_then(|rest| rest.find([':', '/', '?', '#']));
    let host_end = host_end.map_or(rest.len(), |length| host + length);
    let query = rest.find('?').filter(|_| scheme.is_some()).map(|at| at + 1);
    Parts {
        user: user.map(|length| Span::new(start, start + length)),
        host: Span::new(start + host, start + host_end),
        query: query.map(|at| Span::new(start + at, address.len())),
    }
}

/// How long the user of `rest` is, whose host ends before `end`. Where a password was written as it is, with a slash in
/// it, what follows the colon is no port.
fn user_length(rest: &str, end: usize) -> Option<usize> {
    let authority = rest.get(..end).unwrap_or("");
    let (_, port) = authority.split_once(':').unwrap_or((authority, ""));
    authority.rfind('@').or_else(|| {
        let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
        rest.rfind('@').filter(|_| !is_port)
    })
}

/// Whether `user`, what stands before the `@`, holds a password or is a token itself.
pub fn is_secret_user(user: &str) -> bool {
    match user.split_once(':') {
        Some((_, password)) => !password.is_empty(),
        None => key(user).is_some() || user.len() >= 20 && is_mixed(user),
    }
}

/// Each address with a scheme in `line`: where it stands.
pub fn addresses(line: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let sign = from + line.get(from..)?.find("://")?;
        let scheme = line.get(from..sign).unwrap_or("");
        let letters = scheme.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let rest = line.get(sign..).unwrap_or("");
        let ends = |sign: char| sign.is_whitespace() || "<>\"|`".contains(sign);
        let end = sign + rest.find(ends).unwrap_or(rest.len());
        from = end;
        Some(Span::new(sign - letters, end))
    })
}

#[cfg(test)]
mod tests {
    use crate::features::secret_addresses::{addresses, parts};

    fn check(address: &str, expected: [&str; 3]) {
        let parts = parts(address);
        let of = |span: Option<crate::text::span::Span>| span.map_or("", |span| span.of(address));
        let found = [of(parts.user), parts.host.of(address), of(parts.query)];
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn the_parts_of_an_address_are_told_apart() {
        check("https://ana:pw@host.org:8080/a/b?x=1", ["ana:pw", "host.org", "x=1"]);
        check("https://x:h@github.com/a", ["x:h", "github.com", ""]);
        check("https://ana:p/w rd@github.com/a", ["ana:p/w rd", "github.com", ""]);
        check("https://github.com:443/a@b", ["", "github.com", ""]);
        check("https://github.com/a:b@c", ["", "github.com", ""]);
        check("https://a@b@host", ["a@b", "host", ""]);
        check("git@host.org:a/b", ["git", "host.org", ""]);
        check("host:a", ["", "host", ""]);
        check("/srv/a@b", ["", "", ""]);
        check("", ["", "", ""]);
        check("://", ["", "", ""]);
    }

    #[test]
    fn addresses_are_found_in_a_line() {
        let line = "see <https://a.org/x> and [b](ssh://c@d), ://, é://é";
        let found = addresses(line).map(|span| span.of(line)).collect::<Vec<_>>();
        assert_eq!(found, ["https://a.org/x", "ssh://c@d),", "://,", "://é"]);
    }
}
