//! Pages that lie elsewhere than before: known again by `moved_from`, by the same text, or by the same title.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Page, PageId};
use crate::site::Site;

/// Which page of one state is which of the other.
pub(super) struct Moves {
    /// For each id now, the page it was.
    before: HashMap<String, PageId>,
    /// For each id before, the id now.
    now: HashMap<String, String>,
}

impl Moves {
    /// The page that has this id now, as it was.
    pub(super) fn before(&self, id: &str) -> Option<PageId> {
        self.before.get(id).copied()
    }

    /// The id that a page has now; of one that is gone, the id it had.
    pub(super) fn now<'a>(&'a self, id: &'a str) -> &'a str {
        self.now.get(id).map_or(id, String::as_str)
    }

    /// Whether the page that had this id is no more.
    pub(super) fn is_gone(&self, id: &str) -> bool {
        !self.now.contains_key(id)
    }

    fn pair(&mut self, (id, was): (PageId, &Page), page: &Page) {
        self.before.insert(page.id().to_owned(), id);
        self.now.insert(was.id().to_owned(), page.id().to_owned());
    }
}

/// Pages with the same key.
#[derive(Default)]
struct Meeting<'o, 'n> {
    gone: Vec<(PageId, &'o Page)>,
    come: Vec<&'n Page>,
}

/// Find for every page the one it was: first by what its author says, then by what can only be so.
pub(super) fn moves(old: &Site, new: &Site) -> Moves {
    let mut moves = Moves { before: HashMap::new(), now: HashMap::new() };
    let mut gone: Vec<(PageId, &Page)> = Vec::new();
    for (id, was) in old.handbook.all() {
        match new.handbook.by_id(was.id()).and_then(|now| new.handbook.page(now)) {
            Some(page) => moves.pair((id, was), page),
            None => gone.push((id, was)),
        }
    }
    let mut come: Vec<&Page> =
        new.handbook.pages.iter().filter(|page| old.handbook.by_id(page.id()).is_none()).collect();
    let told =
        |was: &Page| new.handbook.moved.get(&was.route).and_then(|id| new.handbook.page(*id)).map(|page| page.id());
    meet(&mut moves, (&mut gone, &mut come), (|was| told(was).map(str::to_owned), |page| Some(page.id().to_owned())));
    let text = |page: &Page| Some(page.draft.source.text().replace('\r', "")).filter(|text| !text.trim().is_empty());
    meet(&mut moves, (&mut gone, &mut come), (text, text));
    let title = |page: &Page| (!page.is_unnamed()).then(|| (page.title().to_lowercase(), page.kind_name().to_owned()));
    meet(&mut moves, (&mut gone, &mut come), (title, title));
    moves
}

/// Pair the pages that are gone with those that have come, where one of each has the same key.
fn meet<K: Ord>(
    moves: &mut Moves,
    (gone, come): (&mut Vec<(PageId, &Page)>, &mut Vec<&Page>),
    (key_before, key_now): (impl Fn(&Page) -> Option<K>, impl Fn(&Page) -> Option<K>),
) {
    let mut meetings: BTreeMap<K, Meeting<'_, '_>> = BTreeMap::new();
    for was in gone.iter() {
        if let Some(key) = key_before(was.1) {
            meetings.entry(key).or_default().gone.push(*was);
        }
    }
    for page in come.iter() {
        if let Some(key) = key_now(page) {
            meetings.entry(key).or_default().come.push(page);
        }
    }
    for meeting in meetings.into_values() {
        if let ([was], [page]) = (meeting.gone.as_slice(), meeting.come.as_slice()) {
            moves.pair(*was, page);
        }
    }
    let found: HashSet<&str> = moves.before.keys().map(String::as_str).collect();
    come.retain(|page| !found.contains(page.id()));
    gone.retain(|(_, was)| moves.is_gone(was.id()));
}
