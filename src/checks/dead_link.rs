//! `dead-link`: a link to a file or page that is not there.

use std::collections::BTreeMap;

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Guesses};
use crate::graph::Target;
use crate::parse::LinkKind;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut known = None;
    let dead = |target: &Target, kind| *target == Target::Dead && kind == LinkKind::Path;
    for (page, link, _) in links(book).filter(|(_, link, target)| dead(target, link.kind)) {
        let (paths, guesses) = known.get_or_insert_with(|| {
            let paths = paths(book);
            let guesses = Guesses::new(paths.keys().copied());
            (paths, guesses)
        });
        let message = format!("no file `{}`", link.target);
        let mut finding = Diagnostic::new("dead-link", message).at(&page.draft.path, link.target_span);
        let name = link.target.rsplit('/').next().unwrap_or("");
        let near = paths.get(name).or_else(|| paths.get(guesses.nearest(name)?));
        finding.hint = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a link names a file below the content folder, from the page's own folder or from `/`".to_owned(),
        });
        found.push(finding);
    }
}

/// The files of the content by their names; of two alike the first.
fn paths<'b>(book: &Book<'b>) -> BTreeMap<&'b str, &'b str> {
    let pages = book.handbook.pages.iter().map(|page| &*page.draft.path);
    let assets = book.handbook.assets.iter().map(|asset| &*asset.site_path);
    let mut paths = BTreeMap::new();
    for path in pages.chain(assets) {
        paths.entry(path.rsplit('/').next().unwrap_or("")).or_insert(path);
    }
    paths
}
