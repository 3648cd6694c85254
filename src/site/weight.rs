//! What a host would refuse or leave out of the files that are copied: those that weigh too much, and hidden ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Output, Site};
use crate::diag::Diagnostic;
use crate::discover::AssetFile;
use crate::source::Span;

impl Site {
    /// Look at every file that is copied; each has its address by now.
    pub(super) fn weigh(&mut self) {
        let limits = self.config.limits;
        let (mut found, mut all, mut hidden) = (Vec::new(), 0, BTreeSet::new());
        for (route, output) in self.outputs.iter() {
            let Output::Asset(asset) = output else { continue };
            let Some(file) = self.handbook.asset_file(*asset) else { continue };
            all += file.size;
            found.extend(heavy(file, limits.file as u64));
            if let Some(name) = hidden_part(route.path()).filter(|name| hidden.insert((*name).to_owned())) {
                let message = format!("`static/{name}` begins with a dot");
                let hint = "the upload action of GitHub Pages leaves such files out; other ways of publishing do not";
                found.push(Diagnostic::new("hidden-file", message).at(&file.site_path, Span::default()).hint(hint));
            }
        }
        if all > limits.site as u64 {
            let message = format!("the files of the site have {} together", size(all));
            let hint = "GitHub Pages takes 1 GB: keep large files elsewhere; `[limits] site` sets the limit";
            let path: Arc<str> = "site.toml".into();
            found.push(Diagnostic::new("heavy", message).at(&path, Span::default()).hint(hint));
        }
        self.findings.extend(found);
    }
}

/// Why a file is too heavy, if it is.
fn heavy(file: &AssetFile, limit: u64) -> Option<Diagnostic> {
    let (check, hint) = if file.size > limit {
        ("too-large", "GitHub takes no file of over 100 MB: link to it elsewhere; `[limits] file` sets the limit")
    } else if file.size > limit / 2 {
        ("heavy", "readers wait for such a file, and GitHub takes none of over 100 MB: make it smaller")
    } else {
        return None;
    };
    let message = format!("`{}` has {}", file.site_path, size(file.size));
    Some(Diagnostic::new(check, message).at(&file.site_path, Span::default()).hint(hint))
}

/// The path up to its first name that begins with a dot, but for the one that mendbook makes itself.
fn hidden_part(path: &str) -> Option<&str> {
    let mut end = 0;
    for part in path.split('/') {
        let start = end;
        end += part.len() + 1;
        if part.starts_with('.') && path != ".nojekyll" {
            return path.get(..start + part.len());
        }
    }
    None
}

/// A size in words.
fn size(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{bytes} bytes") } else { format!("{} MB", bytes >> 20) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_are_found_at_any_depth() {
        assert_eq!(hidden_part(".well-known/a/b.txt"), Some(".well-known"));
        assert_eq!(hidden_part("a/.b"), Some("a/.b"));
        assert_eq!(hidden_part(".nojekyll"), None);
        assert_eq!(hidden_part("a.b/c"), None);
    }
}
