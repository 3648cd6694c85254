//! The pages that help next: for every page a ranking of the others, and the few that its cards show.
//!
//! Two pages are worth as much to each other's readers as their words are alike, as one speaks of the other, as they lie
//! together, and as the pages nearest to one link to the other (`score` has the formula, `vectors` and `mentions` what goes
//! into it). Then two things are put right:
//!
//! * **Hubs.** A page that is near to everything would stand on every list: a score is divided by (r_p · r_q)^0.28, where r
//!   is the mean of a page's ten best scores, and no less than a tenth of the mean r.
//! * **Orphans.** A page that is on nobody's cards takes the last place at the page for which it ranks best.
//!
//! An author's `related.pin` stands first, and what is in `related.block` nowhere. Retired pages and drafts are never
//! suggested. The same handbook gives the same ranking to the bit, on any machine and with any number of threads.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Config;
use crate::graph::{Graph, Target};
use crate::model::{Found, Handbook, Page, PageId};
use crate::parse::Cutter;

mod cards;
mod carried;
mod mentions;
mod phrases;
mod reasons;
mod score;
mod vectors;

pub(crate) use reasons::alike;
pub use reasons::{Reason, Why};
pub use score::Shares;

use mentions::Mentions;
use phrases::Nouns;
use score::{Room, Scorer};

/// How strongly hubs are corrected.
const HUBS: f64 = 0.28;

/// A page in the ranking of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The page.
    pub page: PageId,
    /// By which the ranking is ordered: the sum of the shares after the correction of hubs.
    pub score: f32,
    /// The sum of the shares.
    pub sum: f32,
    /// Whether the author pinned it.
    pub pinned: bool,
}

/// Every page's ranking and cards.
#[derive(Debug, Default)]
pub struct Kin {
    rankings: Vec<Arc<[Ranked]>>,
    cards: Vec<Arc<[PageId]>>,
    /// What the cards of each page tell, once it was asked for.
    told: Vec<OnceLock<Arc<[Vec<Reason>]>>>,
    wishes: Wishes,
    /// What pages were compared by; none where these were other pages.
    ground: Option<Arc<Ground>>,
}

/// What all pages were compared by.
#[derive(Debug)]
struct Ground {
    scorer: Scorer,
    /// For each page how near it is to its nearest: by it hubs are corrected.
    reach: Vec<f32>,
    nouns: Nouns,
    cutter: Cutter,
    /// How many pages of each ranking are kept, and how many may stand on cards.
    kept: usize,
    shown: usize,
}

/// Which pages link to which, each once; notes on nearby pages are links too.
#[derive(Debug, Default)]
struct Links {
    /// For each page the pages it links to, in order.
    out: Vec<Vec<u32>>,
    /// For each page the pages that link to it, in order.
    back: Vec<Vec<u32>>,
}

/// What an author says about suggestions, and what may be suggested at all.
#[derive(Debug, Default)]
struct Wishes {
    pins: Vec<Vec<PageId>>,
    blocks: Vec<Vec<PageId>>,
    live: Vec<bool>,
}

impl Kin {
    /// Rank all pages for all pages, and keep the best `kept` of each ranking.
    #[must_use]
    pub fn new(book: &Handbook, graph: &Graph, (config, kept): (&Config, usize)) -> Kin {
        let cutter = Cutter::new(&config.language);
        let (links, wishes) = (Links::new(book, graph), Wishes::new(book));
        let scorer = Scorer::new(book, (links, Mentions::new(book, cutter)));
        let (mut rankings, reach) = rank(&scorer, (&wishes, kept));
        let cards = cards::choose(book, (graph, &wishes), (&mut rankings, config.related_count));
        let told = cards.iter().map(|_| OnceLock::new()).collect();
        let nouns = Nouns::new(book);
        let ground = Ground { scorer, reach, nouns, cutter, kept, shown: config.related_count };
        Kin {
            rankings: rankings.into_iter().map(Arc::from).collect(),
            cards: cards.into_iter().map(Arc::from).collect(),
            told,
            wishes,
            ground: Some(Arc::new(ground)),
        }
    }

    /// The ranking of a page, best first. The pages that its notes on nearby pages do not name begin with those on its
    /// cards.
    #[must_use]
    pub fn ranking(&self, page: PageId) -> &[Ranked] {
        self.rankings.get(page.index()).map_or(&[], |ranking| ranking)
    }

    /// The ranking of a page filled up to at least `least` pages, with their scores: after those that have any likeness come
    /// the other pages of its folder, then the rest in order of ids. Never the page itself, and never what is retired, a
    /// draft or blocked.
    #[must_use]
    pub fn at_least(&self, book: &Handbook, page: PageId, least: usize) -> Vec<(PageId, f32)> {
        let mut list: Vec<(PageId, f32)> =
            self.ranking(page).iter().map(|ranked| (ranked.page, ranked.score)).collect();
        if list.len() < least {
            let ranked: HashSet<PageId> = list.iter().map(|(page, _)| *page).collect();
            let folder = book.page(page).map_or("", Page::folder);
            let open = |other: &(PageId, &Page)| !ranked.contains(&other.0) && self.wishes.allow(page.index(), other.0);
            let (near, far): (Vec<_>, Vec<_>) =
                book.all().filter(open).partition(|(_, other)| other.folder() == folder);
            list.extend(near.into_iter().chain(far).take(least - list.len()).map(|(other, _)| (other, 0.0)));
        }
        list.truncate(least);
        list
    }

    /// What makes up the scores in a page's ranking; pages that are only pinned have nothing.
    #[must_use]
    pub fn shares(&self, page: PageId) -> Vec<(PageId, Shares)> {
        let Some(Ground { scorer, .. }) = self.ground.as_deref() else { return Vec::new() };
        let mut room = scorer.room();
        let found = scorer.candidates(&scorer.own(page.index()), &mut room);
        found.iter().map(|(other, shares)| (PageId::new(*other as usize), *shares)).collect()
    }

    /// The pages that a page speaks of by a name of more than one word, linked or not.
    pub fn spoken_of(&self, page: PageId) -> impl Iterator<Item = PageId> {
        let ground = self.ground.as_deref().into_iter();
        let mentions = ground.filter_map(move |ground| ground.scorer.mentions.of.get(page.index())).flatten();
        mentions.filter(|mention| mention.sure).map(|mention| PageId::new(mention.page as usize))
    }

    /// Whether `other` may be suggested on `page`: it is neither retired nor a draft nor blocked there.
    #[must_use]
    pub fn may_suggest(&self, page: PageId, other: PageId) -> bool {
        self.wishes.allow(page.index(), other)
    }

    /// The pages on a page's cards, best first.
    #[must_use]
    pub fn cards(&self, page: PageId) -> &[PageId] {
        self.cards.get(page.index()).map_or(&[], |cards| cards)
    }
}

/// Score, correct hubs, and order; with the reach of each page.
fn rank(scorer: &Scorer, (wishes, kept): (&Wishes, usize)) -> (Vec<Vec<Ranked>>, Vec<f32>) {
    let score = |room: &mut Room, page: usize| {
        let mut scores = allowed(wishes, page, scorer.candidates(&scorer.own(page), room));
        // The correction moves pages a little: more are kept than are shown.
        vectors::best(&mut scores, kept * 2).to_vec()
    };
    let scores: Vec<Vec<(u32, f32)>> =
        (0..scorer.vectors.len()).into_par_iter().map_init(|| scorer.room(), score).collect();
    let reach = reach(&scores);
    let order = |(page, scores)| {
        let mut ranked = ordered((page, scores), (&reach, wishes));
        ranked.truncate(kept);
        ranked
    };
    (scores.into_par_iter().enumerate().map(order).collect(), reach)
}

/// The sums of the candidates that may be suggested.
fn allowed(wishes: &Wishes, page: usize, found: &[(u32, Shares)]) -> Vec<(u32, f32)> {
    let allowed = found.iter().filter(|(other, _)| wishes.allow(page, PageId::new(*other as usize)));
    allowed.map(|(other, shares)| (*other, shares.sum())).collect()
}

/// Correct hubs and order; what is pinned comes first.
fn ordered((page, scores): (usize, Vec<(u32, f32)>), (reach, wishes): (&[f32], &Wishes)) -> Vec<Ranked> {
    let own = reach.get(page).copied().unwrap_or(1.0);
    let corrected = |(other, sum): (u32, f32)| {
        let product = own * reach.get(other as usize).copied().unwrap_or(1.0);
        let score = if product > 0.0 { sum / libm::pow(f64::from(product), HUBS) as f32 } else { 0.0 };
        Ranked { page: PageId::new(other as usize), score, sum, pinned: false }
    };
    let mut ranked: Vec<Ranked> = scores.into_iter().map(corrected).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
    wishes.pin(page, &mut ranked);
    ranked
}

/// For each page the mean of its ten best scores, and no less than a tenth of the mean of all.
fn reach(scores: &[Vec<(u32, f32)>]) -> Vec<f32> {
    let mean = |scores: &Vec<(u32, f32)>| {
        let best = scores.get(..10).unwrap_or(scores);
        best.iter().map(|(_, score)| score).sum::<f32>() / best.len().max(1) as f32
    };
    let means: Vec<f32> = scores.iter().map(mean).collect();
    let floor = means.iter().sum::<f32>() / means.len().max(1) as f32 / 10.0;
    means.into_iter().map(|mean| mean.max(floor)).collect()
}

impl Links {
    fn new(book: &Handbook, graph: &Graph) -> Links {
        let out: Vec<Vec<u32>> = (0..book.pages.len()).map(|from| Links::of(graph, from)).collect();
        let mut back = vec![Vec::new(); out.len()];
        for (from, to) in out.iter().enumerate().flat_map(|(from, out)| out.iter().map(move |to| (from, to))) {
            if let Some(back) = back.get_mut(*to as usize) {
                back.push(u32::try_from(from).unwrap_or(u32::MAX));
            }
        }
        Links { out, back }
    }

    /// The pages that a page links to, in order.
    fn of(graph: &Graph, from: usize) -> Vec<u32> {
        let number = |page: PageId| u32::try_from(page.index()).unwrap_or(u32::MAX);
        let targets = graph.targets.get(from).into_iter().flatten();
        let targets = targets.filter_map(|target| match target {
            Target::Page(page, _) | Target::NoAnchor(page) => Some(number(*page)),
            _ => None,
        });
        let notes = graph.relations.get(from).into_iter().flatten().flatten().map(|page| number(*page));
        let mut out: Vec<u32> = targets.chain(notes).filter(|to| *to as usize != from).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

impl Wishes {
    fn new(book: &Handbook) -> Wishes {
        let named = |page: &Page, names: &[crate::config::Named]| -> Vec<PageId> {
            let find = |name: &crate::config::Named| match book.names.find(&name.text, page.folder()) {
                Found::Page(id, _) => Some(id),
                _ => None,
            };
            let mut found: Vec<PageId> = Vec::new();
            for page in names.iter().filter_map(find) {
                if !found.contains(&page) {
                    found.push(page);
                }
            }
            found
        };
        Wishes {
            pins: book.pages.iter().map(|page| named(page, &page.draft.front.pin)).collect(),
            blocks: book.pages.iter().map(|page| named(page, &page.draft.front.block)).collect(),
            live: book.pages.iter().map(Page::is_live).collect(),
        }
    }

    /// Whether `other` may be suggested on `page`.
    fn allow(&self, page: usize, other: PageId) -> bool {
        let blocked = self.blocks.get(page).is_some_and(|blocks| blocks.contains(&other));
        self.live.get(other.index()).copied().unwrap_or(false) && !blocked && other.index() != page
    }

    /// Put what the author pinned first, in the author's order.
    fn pin(&self, page: usize, ranked: &mut Vec<Ranked>) {
        let open = self.pins.get(page).into_iter().flatten().filter(|pin| self.allow(page, **pin));
        for (place, pin) in open.enumerate() {
            let known = ranked.iter().position(|ranked| ranked.page == *pin).map(|at| ranked.remove(at));
            let known = known.unwrap_or(Ranked { page: *pin, score: 0.0, sum: 0.0, pinned: true });
            ranked.insert(place.min(ranked.len()), Ranked { pinned: true, ..known });
        }
    }
}
