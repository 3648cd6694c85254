//! Folders, and the areas that pages are grouped by.

use std::collections::BTreeMap;

use super::{Page, PageId};
use crate::kinds::Kinds;
use crate::parse::TitleFrom;
use crate::words::Wording;

/// A group of pages that belong together: a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The folder below the content; `""` for the content itself.
    pub folder: String,
    /// Its name: that of the folder's front page, else the folder's in words.
    pub title: String,
}

impl Area {
    /// The area as it stands in an address: its folder with `.` for `/` and `-` for spaces, `home` for the content itself.
    #[must_use]
    pub fn key(&self) -> String {
        if self.folder.is_empty() { "home".to_owned() } else { self.folder.replace('/', ".").replace(' ', "-") }
    }
}

/// Every folder that holds pages, at any depth, with its front page.
pub(super) fn folders(pages: &[Page]) -> BTreeMap<String, Option<PageId>> {
    let mut folders = BTreeMap::from([(String::new(), None)]);
    for (index, page) in pages.iter().enumerate() {
        let mut at = page.folder();
        while !at.is_empty() && !folders.contains_key(at) {
            folders.insert(at.to_owned(), None);
            at = at.rsplit_once('/').map_or("", |(above, _)| above);
        }
        if page.front_page {
            folders.insert(page.folder().to_owned(), Some(PageId::new(index)));
        }
    }
    folders
}

/// Give every page its area.
pub(super) fn areas(
    pages: &mut [Page],
    (kinds, wording): (&Kinds, &Wording),
    folders: &BTreeMap<String, Option<PageId>>,
) -> Vec<Area> {
    let of: Vec<Option<String>> =
        pages.iter().map(|page| (!page.front_page).then(|| area_folder(page, kinds))).collect();
    let mut wanted: Vec<&String> = of.iter().flatten().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let area = |folder: &String| Area { title: name((folder, wording), pages, folders), folder: folder.clone() };
    let areas: Vec<Area> = wanted.into_iter().map(area).collect();
    for (page, folder) in pages.iter_mut().zip(&of) {
        let at = folder.as_ref().and_then(|folder| areas.binary_search_by(|area| area.folder.cmp(folder)).ok());
        page.area = at.and_then(|index| u32::try_from(index).ok());
    }
    areas
}

/// The first folder below the page's kind's folder, else its top folder.
fn area_folder(page: &Page, kinds: &Kinds) -> String {
    let folder = page.folder();
    let top = folder.split('/').next().unwrap_or("").to_owned();
    let Some(kind) = page.kind(kinds).filter(|kind| !kind.folder.is_empty()) else { return top };
    let (Some(own), Some(rest)) = (folder.get(..kind.folder.len()), folder.get(kind.folder.len()..)) else {
        return top;
    };
    if !own.eq_ignore_ascii_case(&kind.folder) || !rest.is_empty() && !rest.starts_with('/') {
        return top;
    }
    match rest.trim_start_matches('/').split('/').next() {
        Some(first) if !first.is_empty() => format!("{own}/{first}"),
        _ => own.to_owned(),
    }
}

fn name((folder, wording): (&str, &Wording), pages: &[Page], folders: &BTreeMap<String, Option<PageId>>) -> String {
    let front = folders.get(folder).copied().flatten().and_then(|id| pages.get(id.index()));
    match front {
        Some(page) if page.draft.title_from != TitleFrom::FileName => page.draft.title.clone(),
        _ => words(folder, wording),
    }
}

/// A folder's name in words.
pub(super) fn words(folder: &str, wording: &Wording) -> String {
    match folder.rsplit('/').next().unwrap_or("") {
        "" => wording.say("title.home", &[]),
        last => crate::prose::name_in_words(last),
    }
}
