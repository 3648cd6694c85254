//! The order in which readers meet the pages: in areas, folders and under tags.

use std::collections::{BTreeMap, HashMap};

use super::{Handbook, PageId};
use crate::discover::is_reserved;

/// Pages and folders in the order of the handbook.
#[derive(Debug, Default)]
pub struct Order {
    /// The pages of each area.
    pub areas: Vec<Vec<PageId>>,
    /// For each page its place in its area.
    pub places: Vec<usize>,
    /// For each folder the pages directly in it, its front page apart.
    pub folders: HashMap<String, Vec<PageId>>,
    /// For each folder the folders directly in it, as their front pages are ordered.
    pub inside: BTreeMap<String, Vec<String>>,
    /// Tags by their keys: as first written, and their pages.
    pub tags: BTreeMap<String, (String, Vec<PageId>)>,
}

impl Order {
    /// Put the pages in order: by `order`, then title, then id.
    pub(super) fn new(handbook: &Handbook) -> Order {
        let mut order = Order {
            areas: vec![Vec::new(); handbook.areas.len()],
            places: vec![0; handbook.pages.len()],
            ..Order::default()
        };
        for id in sorted(handbook) {
            let Some(page) = handbook.page(id) else { continue };
            if let Some(area) = page.area.and_then(|area| order.areas.get_mut(area as usize)) {
                if let Some(place) = order.places.get_mut(id.index()) {
                    *place = area.len();
                }
                area.push(id);
            }
            if !page.front_page {
                order.folders.entry(page.folder().to_owned()).or_default().push(id);
            }
            order.tag(id, &page.draft.front.tags);
        }
        let folders = handbook.folders.keys().filter(|folder| !folder.is_empty());
        let mut folders: Vec<(Place, &String)> =
            folders.map(|folder| (handbook.folder_place(folder), folder)).collect();
        folders.sort_by(|one, other| one.0.before(&other.0));
        for (_, folder) in folders {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            order.inside.entry(above.to_owned()).or_default().push(folder.clone());
        }
        order.name_tags(handbook);
        order
    }

    fn tag(&mut self, id: PageId, tags: &[String]) {
        for key in tags.iter().map(|tag| tag_key(tag)).filter(|key| !key.is_empty()) {
            let pages = &mut self.tags.entry(key).or_default().1;
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }

    /// A tag is called as the first page in order of ids writes it.
    fn name_tags(&mut self, handbook: &Handbook) {
        for tag in handbook.pages.iter().flat_map(|page| &page.draft.front.tags) {
            if let Some((title, _)) = self.tags.get_mut(&tag_key(tag)).filter(|(title, _)| title.is_empty()) {
                tag.clone_into(title);
            }
        }
    }
}

/// Where a folder stands among others: by the `order` of its front page, then by its title.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    order: f64,
    title: String,
}

impl Place {
    /// Which of the two comes first; what is equal stays in order of folders.
    #[must_use]
    pub fn before(&self, other: &Place) -> std::cmp::Ordering {
        self.order.total_cmp(&other.order).then_with(|| self.title.cmp(&other.title))
    }
}

impl Handbook {
    /// Where a folder stands among others.
    #[must_use]
    pub fn folder_place(&self, folder: &str) -> Place {
        let front = self.folders.get(folder).copied().flatten().and_then(|id| self.page(id));
        let order = front.and_then(|page| page.draft.front.order).unwrap_or(f64::MAX);
        Place { order, title: self.folder_title(folder).to_lowercase() }
    }
}

/// All pages in the order of the handbook.
fn sorted(handbook: &Handbook) -> Vec<PageId> {
    let mut keys: Vec<(f64, String, PageId)> = handbook
        .all()
        .map(|(id, page)| (page.draft.front.order.unwrap_or(f64::MAX), page.title().to_lowercase(), id))
        .collect();
    keys.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| (&one.1, one.2).cmp(&(&other.1, other.2))));
    keys.into_iter().map(|(.., id)| id).collect()
}

/// A tag as it stands in an address: a file name in lower case.
#[must_use]
pub fn tag_key(tag: &str) -> String {
    file_name(&crate::prose::fold_space(tag).to_lowercase())
}

/// The most bytes of words that are the name of a file.
const LONGEST_NAME: usize = 200;

/// Words as the name of a file: spaces as `-`, what a name cannot hold as `.`. A `-` stands before what would be hidden
/// or what Windows reserves, and words that are too long end in four hex digits that tell them apart.
#[must_use]
pub fn file_name(words: &str) -> String {
    let swap = |c: char| match c {
        c if c.is_whitespace() => '-',
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '.',
        c => c,
    };
    let mut name: String = words.chars().map(swap).collect();
    if name.starts_with(['.', '_']) || is_reserved(&name) {
        name.insert(0, '-');
    }
    if name.len() > LONGEST_NAME {
        let hash = xxhash_rust::xxh3::xxh3_64(name.as_bytes()) & 0xffff;
        name.truncate(name.floor_char_boundary(LONGEST_NAME));
        name = format!("{name}-{hash:04x}");
    }
    name
}
