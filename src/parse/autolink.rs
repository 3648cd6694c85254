//! What plain text links to by itself: bare web addresses, and `@role` where the role is a known contact.

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Just text.
    Text(&'a str),
    /// A web address, as written.
    Url(&'a str),
    /// `@role`: the role's name.
    Role(&'a str),
}

/// Split a text; `roles` are the ids of the contacts.
pub(super) fn split<'a>(text: &'a str, roles: &[String]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut plain = 0;
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(['h', 'H', 'w', 'W', '@'])).map(|at| from + at) {
        let rest = text.get(at..).unwrap_or("");
        let fresh = text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
        let found = if !fresh {
            None
        } else if rest.starts_with('@') {
            role(rest, roles).map(Part::Role)
        } else {
            url(rest).map(Part::Url)
        };
        let Some(found) = found else {
            from = at + 1;
            continue;
        };
        if plain < at {
            parts.push(Part::Text(text.get(plain..at).unwrap_or("")));
        }
        from = at
            + match &found {
                Part::Role(name) => 1 + name.len(),
                Part::Url(text) | Part::Text(text) => text.len(),
            };
        plain = from;
        parts.push(found);
    }
    if plain < text.len() {
        parts.push(Part::Text(text.get(plain..).unwrap_or("")));
    }
    parts
}

/// The name after `@` at the start of `rest`: letters, digits, `-` and `_`.
pub(super) fn role_name(rest: &str) -> &str {
    let rest = rest.strip_prefix('@').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    rest.get(..end).unwrap_or("").trim_end_matches(['-', '_'])
}

fn role<'a>(rest: &'a str, roles: &[String]) -> Option<&'a str> {
    let name = role_name(rest);
    roles.iter().any(|role| role == name).then_some(name)
}

/// GitHub's rule for extended autolinks: `http://`, `https://` or `www.`, up to white space or `<`, without
/// punctuation at the end and without a closing bracket that was not opened.
fn url(rest: &str) -> Option<&str> {
    let prefix = ["https://", "http://", "www."]
        .into_iter()
        .find(|prefix| rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))?;
    // A host that is none is told at once: a run of `http://http://…` is not read to its end again and again.
    host(rest, prefix)?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '<' || c.is_control()).unwrap_or(rest.len());
    let mut url = rest.get(..end)?;
    let open = url.matches('(').count();
    let mut close = url.matches(')').count();
    loop {
        let last = url.chars().next_back()?;
        match last {
            ')' if close > open => close -= 1,
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | ';' | '”' | '’' | ']' => {}
            _ => break,
        }
        url = url.get(..url.len() - last.len_utf8())?;
    }
    host(url, prefix).map(|_| url)
}

/// The host of an address that begins with `prefix`, if it can be one.
fn host<'a>(url: &'a str, prefix: &str) -> Option<&'a str> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '?' | '#' | ':' | '<');
    let host = url.get(prefix.len()..)?.split(ends).next()?;
    (host.len() > 2 && host.contains('.') || host == "localhost").then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_a_reader_would_end_them() {
        let parts = split("See (https://example.org/a_(b)), or www.example.org.", &[]);
        assert_eq!(
            parts,
            [
                Part::Text("See ("),
                Part::Url("https://example.org/a_(b)"),
                Part::Text("), or "),
                Part::Url("www.example.org"),
                Part::Text("."),
            ]
        );
        assert_eq!(split("https:// and xhttps://a.b", &[]), [Part::Text("https:// and xhttps://a.b")]);
    }

    #[test]
    fn only_known_roles_are_roles() {
        let roles = ["mediator".to_owned()];
        assert_eq!(
            split("ask @mediator, not me@mediator", &roles),
            [Part::Text("ask "), Part::Role("mediator"), Part::Text(", not me@mediator"),]
        );
        assert_eq!(split("ask @nobody", &roles), [Part::Text("ask @nobody")]);
    }
}
