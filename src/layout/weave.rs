//! Which pages are tied to which, and by what: both directions as one, the closest tie of each two pages.

use serde::Serialize;

use crate::graph::{Graph, Target};
use crate::model::{Handbook, Page, PageId};
use crate::related::Kin;

/// What ties two pages, the closest first.
#[derive(Debug, Clone, Copy, Serialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Tie {
    /// An author set one apart from the other.
    Nearby,
    /// One is on the other's cards.
    Related,
    /// One links to the other.
    Mentioned,
}

impl Tie {
    /// All of them, the closest first.
    pub const ALL: [Tie; 3] = [Tie::Nearby, Tie::Related, Tie::Mentioned];
}

/// The ties of a handbook's pages.
#[derive(Debug, Default)]
pub struct Weave {
    ties: Vec<Vec<(PageId, Tie)>>,
}

impl Weave {
    /// Gather the ties of all live pages.
    #[must_use]
    pub fn new(book: &Handbook, graph: &Graph, kin: &Kin) -> Weave {
        let is_live = |id: PageId| book.page(id).is_some_and(Page::is_live);
        let mut pairs: Vec<(PageId, PageId, Tie)> = Vec::new();
        for (from, page) in book.all().filter(|(_, page)| page.is_live()) {
            let ties = ties_of((from, page), (graph, kin)).filter(|(to, _)| is_live(*to));
            pairs.extend(ties.map(|(to, tie)| (from.min(to), from.max(to), tie)));
        }
        pairs.sort_unstable();
        pairs.dedup_by_key(|(one, other, _)| (*one, *other));
        let mut ties = vec![Vec::new(); book.pages.len()];
        let mut add = |at: PageId, other: PageId, tie| {
            if let Some(ties) = ties.get_mut(at.index()) {
                ties.push((other, tie));
            }
        };
        for (one, other, tie) in pairs {
            add(one, other, tie);
            add(other, one, tie);
        }
        ties.iter_mut().for_each(|ties: &mut Vec<(PageId, Tie)>| ties.sort_unstable());
        Weave { ties }
    }

    /// The pages that a page is tied to, in order of their ids.
    #[must_use]
    pub fn of(&self, page: PageId) -> &[(PageId, Tie)] {
        self.ties.get(page.index()).map_or(&[], Vec::as_slice)
    }
}

/// What a page itself says it is tied to, a page perhaps several times: its notes on nearby pages, its cards, its links
/// but for those that stand in a note.
pub fn ties_of<'g>(
    (from, page): (PageId, &'g Page),
    (graph, kin): (&'g Graph, &'g Kin),
) -> impl Iterator<Item = (PageId, Tie)> {
    let notes = graph.relations.get(from.index()).into_iter().flatten().flatten();
    let in_note =
        |link: usize| page.draft.relations.iter().any(|note| note.link.is_some_and(|own| own as usize == link));
    let links = graph.targets.get(from.index()).into_iter().flatten().enumerate();
    let links = links.filter_map(move |(link, target)| match target {
        Target::Page(to, _) | Target::NoAnchor(to) if !in_note(link) => Some((*to, Tie::Mentioned)),
        _ => None,
    });
    let nearby = notes.map(|to| (*to, Tie::Nearby));
    let related = kin.cards(from).iter().map(|to| (*to, Tie::Related));
    nearby.chain(related).chain(links).filter(move |(to, _)| *to != from)
}
