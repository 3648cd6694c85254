//! `dead-link`: a link to a file or page that is not there.

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, nearest};
use crate::graph::Target;
use crate::parse::LinkKind;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut paths: Option<Vec<&str>> = None;
    for (page, link, _) in
        links(book).filter(|(_, link, target)| **target == Target::Dead && link.kind == LinkKind::Path)
    {
        let paths = paths.get_or_insert_with(|| {
            let pages = book.handbook.pages.iter().map(|page| &*page.draft.path);
            pages.chain(book.handbook.assets.iter().map(|asset| &*asset.site_path)).collect()
        });
        let message = format!("no file `{}`", link.target);
        let mut finding = Diagnostic::new("dead-link", message).at(&page.draft.path, link.target_span);
        let name = link.target.rsplit('/').next().unwrap_or("");
        let same = paths.iter().find(|path| path.rsplit('/').next() == Some(name) && !name.is_empty());
        let near = same.copied().or_else(|| {
            let stems = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(""));
            let stem = nearest(name, stems)?;
            paths.iter().find(|path| path.rsplit('/').next() == Some(stem)).copied()
        });
        finding.hint = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a link names a file below the content folder, from the page's own folder or from `/`".to_owned(),
        });
        found.push(finding);
    }
}
