//! The values of `site.toml` that have a shape: addresses, languages, colours, names of folders.

use super::Named;
use super::read::BAD;
use crate::data::{Entry, Fields, Spanned, Value};
use crate::source::Span;

/// A text with something in it.
pub(super) fn filled(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let text = fields.text(entry)?.trim().to_owned();
    if text.is_empty() {
        let hint = "give it a value, or leave the key out";
        bad(fields, entry, ("is empty", hint));
        return None;
    }
    Some(text)
}

/// A BCP 47 tag by its shape: `de`, `pt-BR`.
pub(super) fn language(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let tag = filled(fields, entry)?;
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    let letters = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if letters && (2..=8).contains(&first.len()) && parts.all(rest) {
        return Some(tag);
    }
    let message = format!("is no language tag: `{tag}`");
    bad(fields, entry, (&message, "write one such as `en`, `de` or `pt-BR`"));
    None
}

/// A full address, ending in `/`.
pub(super) fn base_url(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let mut url = address(fields, entry)?;
    if !url.ends_with('/') {
        url.push('/');
    }
    Some(url)
}

/// A web address without `/` or `.git` at its end.
pub(super) fn repository(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let url = address(fields, entry)?;
    let url = url.trim_end_matches('/');
    Some(url.strip_suffix(".git").unwrap_or(url).to_owned())
}

fn address(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let url = filled(fields, entry)?;
    let host = host_of(&url).unwrap_or("");
    let plain = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c));
    if plain && !host.is_empty() && !host.starts_with(':') {
        return Some(url);
    }
    let message = format!("is no web address: `{url}`");
    let hint = "write it in full, such as `https://example.org/handbook/`, without `?` or `#`";
    bad(fields, entry, (&message, hint));
    None
}

/// What stands between `https://` and the next `/`.
pub(super) fn host_of(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    web.then(|| rest.split('/').next().unwrap_or(""))
}

/// A host's name and nothing else.
pub(super) fn domain(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let domain = filled(fields, entry)?;
    let part = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    if domain.contains('.') && domain.len() <= 253 && domain.split('.').all(part) {
        return Some(domain.to_lowercase());
    }
    let message = format!("is no domain: `{domain}`");
    let hint = "write the name alone, such as `handbook.example.org`";
    bad(fields, entry, (&message, hint));
    None
}

/// A whole number of at least `least`.
pub(super) fn count(fields: &mut Fields<'_>, entry: &Entry, least: usize) -> Option<usize> {
    let number = fields.integer(entry)?;
    let count = usize::try_from(number).ok().filter(|&count| count >= least);
    if count.is_none() {
        let message = format!("cannot be {number}");
        bad(fields, entry, (&message, &format!("it is at least {least}")));
    }
    count
}

/// A colour as `#rrggbb`.
pub(super) fn accent(fields: &mut Fields<'_>, entry: &Entry) -> Option<Spanned> {
    let (text, span) = fields.spanned(entry)?;
    let digits = text.strip_prefix('#').unwrap_or("");
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some((text.to_lowercase(), span));
    }
    let message = format!("is no colour: `{text}`");
    bad(fields, entry, (&message, "write six digits, such as `#3f51b5`"));
    None
}

/// A path below the content or `static/`; it cannot leave them.
pub(super) fn path(fields: &mut Fields<'_>, entry: &Entry) -> Option<Spanned> {
    let text = filled(fields, entry)?;
    let path = text.trim_start_matches('/');
    if !path.is_empty() && !path.contains('\\') && path.split('/').all(|part| part != "..") {
        return Some((path.to_owned(), entry.node.span));
    }
    let message = format!("cannot be `{text}`");
    let hint = "write a path below the content or `static/`, with `/`";
    bad(fields, entry, (&message, hint));
    None
}

/// Names of folders under `themes/`.
pub(super) fn layers(fields: &mut Fields<'_>, entry: &Entry) -> Vec<Named> {
    let mut layers: Vec<Named> = Vec::new();
    for (text, span) in fields.text_or_texts(entry).unwrap_or_default() {
        let folder = !text.is_empty() && !text.starts_with('.') && !text.contains(['/', '\\']);
        if !folder {
            let message = format!("`{text}` is no name of a theme layer");
            let hint = "write the name of a folder under `themes/`";
            fields.push(fields.finding(BAD, span, message).hint(hint));
        } else if layers.iter().all(|layer| layer.text != text) {
            layers.push(Named { text, span });
        }
    }
    layers
}

/// A list of lists of texts, each of at least two.
pub(super) fn groups(fields: &mut Fields<'_>, entry: &Entry) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    for node in fields.list(entry) {
        let Value::List(_) = node.value else {
            let message = format!("`{}` lists groups of words, not {}", entry.key, node.type_name());
            let hint = "write each group in brackets: `[\"1:1\", \"one to one\"]`";
            fields.push(fields.finding("wrong-type", node.span, message).hint(hint));
            continue;
        };
        let group = Entry { key: entry.key.clone(), key_span: entry.key_span, node: node.clone() };
        let words = fields.texts(&group).unwrap_or_default();
        let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
        if words.len() < 2 {
            let message = "a group of synonyms has at least two words";
            let hint = "add another word, or take the group out";
            fields.push(fields.finding(BAD, node.span, message).hint(hint));
        } else {
            groups.push(words);
        }
    }
    groups
}

/// A finding `bad-config` at the value: ``the key`` and what is wrong with it, and a hint.
pub(super) fn bad(fields: &mut Fields<'_>, entry: &Entry, (wrong, hint): (&str, &str)) {
    let span: Span = entry.node.span;
    let message = format!("`{}` {wrong}", entry.key);
    fields.push(fields.finding(BAD, span, message).hint(hint));
}
