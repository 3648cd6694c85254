//! What a link says: its kind, target and fragment, before anyone looks whether the target exists.

use std::ops::Range;

use super::{Link, LinkKind};
use crate::prose::Frag;
use crate::route::decode;
use crate::source::Span;

/// Schemes that a link may use; everything else is shown as text.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// A link with nothing but a kind, a target and a place.
pub(super) fn bare(kind: LinkKind, target: String, span: Span) -> Link {
    Link {
        kind,
        target,
        fragment: None,
        shows: false,
        worded: true,
        words: "".into(),
        title: "".into(),
        size: (None, None),
        span,
        target_span: span,
        block: Frag::default(),
    }
}

/// A link that is only its text.
pub(super) fn plain(kind: LinkKind, target: String, (start, len): (usize, usize)) -> Link {
    bare(kind, target, Span::new(start, start + len))
}

/// What stands before the colon of an address that is refused, with the colon.
pub(super) fn refused(target: &str) -> String {
    let head: String =
        target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take_while(|c| *c != ':').take(24).collect();
    format!("{head}:")
}

/// `[[Name#Section|words]]`, from what stands before `|`.
pub(super) fn wiki(dest: &str, worded: bool, (span, shows): (&Range<usize>, bool)) -> Link {
    // A table cell leaves the backslash that hid the `|`.
    let dest = dest.strip_suffix('\\').unwrap_or(dest);
    let (name, fragment) = split(dest);
    let start = span.start + 2 + usize::from(shows);
    let lead = name.len() - name.trim_start().len();
    let name = name.trim();
    let mut link = bare(LinkKind::Wiki, name.to_owned(), Span::from(span.clone()));
    link.fragment = fragment.map(|fragment| fragment.trim().to_owned()).filter(|fragment| !fragment.is_empty());
    link.worded = worded;
    link.target_span = Span::new(start + lead, start + lead + name.len());
    link
}

/// What a reader sees of a link whose author gave it no words: the last part of a path, and the section.
pub(super) fn own_words(link: &Link) -> String {
    let name = link.target.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
    match link.fragment.as_deref() {
        Some(section) if name.is_empty() => section.trim_start_matches('^').replace('#', " › "),
        Some(section) if !section.starts_with('^') => format!("{name} › {}", section.replace('#', " › ")),
        _ => name.to_owned(),
    }
}

/// `[words](target)`.
pub(super) fn path(dest: &str, text: &str, span: &Range<usize>) -> Link {
    let squeezed: String = dest.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let whole = Span::from(span.clone());
    let target_span = text
        .get(span.clone())
        .and_then(|written| written_at(written, dest))
        .map_or(whole, |at| Span::new(span.start + at, span.start + at + dest.len()));
    let mut link = match scheme(&squeezed) {
        Some(scheme) if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) => {
            bare(LinkKind::External, dest.to_owned(), whole)
        }
        Some(_) => bare(LinkKind::Refused, squeezed, whole),
        None if squeezed.starts_with("//") || squeezed.starts_with("\\\\") => {
            bare(LinkKind::External, format!("https:{squeezed}"), whole)
        }
        None => {
            let (path, fragment) = split(dest);
            let path = path.split('?').next().unwrap_or("");
            let mut link = bare(LinkKind::Path, decode(path), whole);
            link.fragment = fragment.map(decode).filter(|fragment| !fragment.is_empty());
            link
        }
    };
    link.target_span = target_span;
    link
}

/// Where a link's target stands in it: behind the last `](`, or in a tag. One that is named by a reference stands
/// elsewhere, and its words may hold the same text.
fn written_at(written: &str, dest: &str) -> Option<usize> {
    if dest.is_empty() || written.ends_with(']') {
        return None;
    }
    match written.rfind("](") {
        Some(at) => written.get(at..)?.find(dest).map(|found| at + found),
        None => written.rfind(dest),
    }
}

fn split(dest: &str) -> (&str, Option<&str>) {
    dest.split_once('#').map_or((dest, None), |(name, fragment)| (name, Some(fragment)))
}

fn scheme(dest: &str) -> Option<&str> {
    let (scheme, _) = dest.split_once(':')?;
    let mut chars = scheme.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    (starts && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).then_some(scheme)
}

/// `300` or `300x200` behind the `|` of an image.
pub(super) fn size(words: &str) -> (Option<u32>, Option<u32>) {
    let (width, height) = words.split_once(['x', '×']).map_or((words, None), |(w, h)| (w, Some(h)));
    match (width.trim().parse(), height.map(|h| h.trim().parse())) {
        (Ok(width), None) => (Some(width), None),
        (Ok(width), Some(Ok(height))) => (Some(width), Some(height)),
        _ => (None, None),
    }
}

/// Whether a name is that of a picture by its ending.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"];
    ending(name).is_some_and(|ending| PICTURES.contains(&ending.as_str()))
}

/// Whether a name is that of a file which is not a page.
#[must_use]
pub fn is_file(name: &str) -> bool {
    const FILES: [&str; 22] = [
        "pdf", "mp4", "webm", "mov", "mp3", "ogg", "wav", "m4a", "flac", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
        "odt", "ods", "csv", "txt", "zip", "canvas", "json",
    ];
    is_picture(name) || ending(name).is_some_and(|ending| FILES.contains(&ending.as_str()))
}

fn ending(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_other_kinds_are_refused_however_they_are_hidden() {
        for dest in
            ["javascript:alert(1)", "JaVa\tScript:alert(1)", " data:text/html,x", "vbscript:x", "file:///etc/passwd"]
        {
            assert_eq!(path(dest, dest, &(0..dest.len())).kind, LinkKind::Refused, "{dest}");
        }
        for dest in ["https://example.org", "MAILTO:a@example.org", "tel:+49"] {
            assert_eq!(path(dest, dest, &(0..dest.len())).kind, LinkKind::External, "{dest}");
        }
        assert_eq!(path("a/b%20c.md?x#d%20e", "", &(0..0)).target, "a/b c.md");
        assert_eq!(path("a.md#d%20e", "", &(0..0)).fragment.as_deref(), Some("d e"));
    }

    #[test]
    fn a_wiki_link_knows_its_parts() {
        let link = wiki("Late news#What helps", true, (&(10..40), false));
        assert_eq!((link.target.as_str(), link.fragment.as_deref()), ("Late news", Some("What helps")));
        assert_eq!(link.target_span, Span::new(12, 21));
        assert_eq!(wiki("Name\\", true, (&(0..9), false)).target, "Name");
        assert_eq!(size("300x200"), (Some(300), Some(200)));
        assert_eq!(size("a photo"), (None, None));
    }
}
