//! Which page lies where, what leads to it from old addresses, and who wants the same place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Handbook, PageId};
use crate::diag::Diagnostic;
use crate::discover::name_fault;
use crate::parse::Draft;
use crate::route::Route;
use crate::source::Span;

/// Bytes of a name that every file system can keep.
const LONGEST: usize = 255;

const RENAME: &str = "addresses are compared without case, and a space is a `-`";

/// The address of each page; `None` for one whose address another page has already (an `address-clash`).
pub(super) fn routes(drafts: &[Arc<Draft>], findings: &mut Vec<Diagnostic>) -> Vec<Option<Route>> {
    let ids = drafts.iter().map(|draft| draft.id.to_lowercase());
    let written: HashSet<String> = ids.filter(|id| stem(id) == "index").collect();
    let mut taken: HashMap<String, &Draft> = HashMap::new();
    let mut out = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let route = route(&draft.id, &written);
        if let Some(other) = taken.get(&route.key()) {
            findings.push(clash(draft, other, &route));
            out.push(None);
        } else {
            taken.insert(route.key(), draft);
            out.push(Some(route));
        }
    }
    out
}

fn clash(draft: &Draft, other: &Draft, route: &Route) -> Diagnostic {
    Diagnostic::new("address-clash", format!("two pages have the address `{}`", route.path()))
        .at(&draft.path, Span::default())
        .see(&other.path, Span::default(), "the other page")
        .hint(format!("rename `{}` or `{}`; {RENAME}", draft.path, other.path))
}

fn stem(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// A front page is `index.html`: `index.md`, or without one `README.md`.
fn route(id: &str, written: &HashSet<String>) -> Route {
    let lower = id.to_lowercase();
    let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder);
    let front = |folder: &str| if folder.is_empty() { "index".to_owned() } else { format!("{folder}/index") };
    let readme = stem(&lower) == "readme" && !written.contains(&front(&folder.to_lowercase()));
    if stem(&lower) == "index" || readme { Route::page(&front(folder)) } else { Route::page(id) }
}

/// Old addresses, as `moved_from` names them.
pub(super) fn moved(book: &mut Handbook, findings: &mut Vec<Diagnostic>) {
    if book.pages.iter().all(|page| page.draft.front.moved_from.is_empty()) {
        return;
    }
    let mut moved: BTreeMap<Route, PageId> = BTreeMap::new();
    let taken: HashMap<String, &str> = book.pages.iter().map(|page| (page.route.key(), &*page.draft.path)).collect();
    for (id, page) in book.all() {
        for old in &page.draft.front.moved_from {
            let route = old_route(&old.text);
            let outside = old.text.contains("://") || route.path().split('/').any(|part| !can_be_kept(part));
            let other = moved.get(&route).filter(|other| **other != id).and_then(|other| book.page(*other));
            let message = if outside {
                format!("`{}` is no address of a file below the handbook's root", old.text)
            } else if let Some(path) = taken.get(&route.key()) {
                format!("`{}` is the address of `{path}`, which is still there", old.text)
            } else if let Some(other) = other {
                format!("`{}` leads to `{}` already", old.text, other.draft.path)
            } else {
                moved.insert(route, id);
                continue;
            };
            let finding = Diagnostic::new("address-clash", message).at(&page.draft.path, old.span);
            findings.push(finding.hint("leave it out of `moved_from`"));
        }
    }
    book.moved = Arc::new(moved);
}

/// Whether a part of an old address can be the name of a file in the output.
fn can_be_kept(part: &str) -> bool {
    !matches!(part, "" | "." | "..") && name_fault(part, LONGEST).is_none() && !part.contains('#')
}

/// `a/b.html`, `a/b/` or a content path.
fn old_route(old: &str) -> Route {
    decoded_route(crate::route::decode(old.trim().trim_start_matches('/')))
}

impl Handbook {
    /// The page that has moved away from this path below the content: `a/b.html`, `a/b.md`, `a/b` or a folder.
    #[must_use]
    pub fn moved_to(&self, path: &str) -> Option<PageId> {
        if self.moved.is_empty() {
            return None;
        }
        let routes = [path.to_owned(), format!("{path}/")].map(decoded_route);
        routes.iter().find_map(|route| self.moved.get(route)).copied()
    }
}

fn decoded_route(old: String) -> Route {
    if old.is_empty() || old.ends_with('/') {
        return Route::made(format!("{old}index.html"));
    }
    let id = old.strip_suffix(".md").unwrap_or(&old);
    let lower = old.to_ascii_lowercase();
    if lower.ends_with(".html") || lower.ends_with(".htm") { Route::made(old) } else { Route::page(id) }
}

/// Pages, assets and files of `static/` that want one place.
pub(super) fn claims(book: &Handbook, findings: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<String, Arc<str>> = HashMap::new();
    for page in &book.pages {
        taken.insert(page.route.key(), Arc::clone(&page.draft.path));
    }
    // In a bare folder it is not known yet which files are copied.
    let assets = book.assets.iter().filter(|_| !book.bare).map(|asset| (asset, Route::asset(&asset.path)));
    let statics = book.statics.iter().map(|asset| (asset, Route::made(asset.path.as_str())));
    for (asset, route) in assets.chain(statics) {
        let key = route.key();
        if let Some(other) = taken.get(&key) {
            let message = format!("`{}` has the address of `{other}`", asset.site_path);
            let finding = Diagnostic::new("address-clash", message).at(&asset.site_path, Span::default()).see(
                other,
                Span::default(),
                "the other one",
            );
            findings.push(finding.hint(format!("rename one of them; {RENAME}")));
        } else {
            taken.insert(key, Arc::clone(&asset.site_path));
        }
    }
}
