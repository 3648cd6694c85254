//! Names that are passed over, and names that not every system can keep.

/// Whether a name is that of an editor's or a system's left-over.
pub(super) fn is_backup(name: &str) -> bool {
    let known = [".DS_Store", "Thumbs.db", "desktop.ini"];
    let ends = ["~", ".swp", ".swo"];
    known.contains(&name) || ends.iter().any(|end| name.ends_with(end)) || name.starts_with('#') && name.ends_with('#')
}

/// Whether a name is never published, not even from `static/`: a repository's insides, and where secrets are kept.
pub(super) fn is_private(name: &str) -> bool {
    name == ".git" || name == ".env" || name.starts_with(".env.")
}

/// Why a name cannot be kept everywhere, to stand behind the name, and the next step.
#[must_use]
pub fn name_fault(name: &str, longest: usize) -> Option<(String, String)> {
    let rename = |new: &str| format!("rename it, for example to `{new}`");
    if let Some(kept) = name.strip_suffix(['.', ' ']) {
        let kept = kept.trim_end_matches(['.', ' ']);
        return Some(("ends in a dot or a space, which Windows drops".to_owned(), rename(kept)));
    }
    let refused = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
    if let Some(bad) = name.chars().find(|c| refused(*c)) {
        let fault = format!("has the character `{}` in its name, which Windows cannot keep", bad.escape_default());
        return Some((fault, rename(&name.replace(refused, ""))));
    }
    if is_reserved(name) {
        let (stem, ending) = name.split_at(name.find('.').unwrap_or(name.len()));
        return Some(("has a name that Windows reserves".to_owned(), rename(&format!("{stem}-page{ending}"))));
    }
    // A page's file in the output ends in `.html`.
    let length = if name.to_ascii_lowercase().ends_with(".md") { name.len() + 2 } else { name.len() };
    let hint = "give it a shorter name; the title of the page can stay long";
    (length > longest).then(|| (format!("has a name of over {longest} bytes"), hint.to_owned()))
}

/// Whether Windows keeps a name for a device, whatever its ending.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let upper = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|port| {
        upper.strip_prefix(port).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| (b'1'..=b'9').contains(&b)))
    });
    numbered || ["CON", "PRN", "AUX", "NUL"].contains(&upper.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_cannot_keep() {
        for name in ["con.md", "LPT1", "nul.txt", "a.", "a ", "a:b.md", "a?.md", "tab\t.md"] {
            assert!(name_fault(name, 255).is_some(), "{name}");
        }
        for name in ["conference.md", "com10.md", "a b.md", "übung.md", "a.b.md"] {
            assert_eq!(name_fault(name, 255), None, "{name}");
        }
        assert!(name_fault(&format!("{}.md", "a".repeat(251)), 255).is_some());
        assert_eq!(name_fault(&format!("{}.md", "a".repeat(250)), 255), None);
    }

    #[test]
    fn left_overs_of_editors() {
        assert!(is_backup("a.md~") && is_backup(".a.md.swp") && is_backup("#a.md#") && is_backup("Thumbs.db"));
        assert!(!is_backup("a#.md"));
    }

    #[test]
    fn names_that_are_never_published() {
        assert!(is_private(".git") && is_private(".env") && is_private(".env.local"));
        assert!(!is_private(".well-known") && !is_private(".github") && !is_private(".environment"));
    }
}
