//! What one page is worth to the reader of another, part by part.

use rayon::prelude::*;

use super::Links;
use super::mentions::{Mention, Mentions};
use super::vectors::{Index, Scratch, Vectors};
use crate::model::Handbook;
use crate::parse::Stems;

/// Pages near in words that are candidates.
const NEAR: usize = 100;

/// Pages near in words whose links are followed.
const FOLLOWED: usize = 20;

/// What makes up the worth of a page to the reader of another; the sum decides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shares {
    /// The cosine of the two pages' words.
    pub words: f32,
    /// The page speaks of the other: 0.40 of the mention's weight.
    pub names: f32,
    /// The other speaks of the page: 0.15 of the mention's weight.
    pub named: f32,
    /// They lie in one folder: 0.10 of ln(N / pages under the deepest folder of both) / ln N, if they share a word.
    pub folder: f32,
    /// Pages near this one in words link to the other: 1.5 Σ u(p,r) / √(links of r), u the squared cosines of the 20
    /// nearest over their sum.
    pub near_link: f32,
    /// The page links to pages that are near the other in words: 0.5 Σ u(q,r) / √(links of p).
    pub link_near: f32,
}

impl Shares {
    /// All of it.
    #[must_use]
    pub fn sum(&self) -> f32 {
        self.words + self.names + self.named + self.folder + self.near_link + self.link_near
    }
}

/// Everything from which pages are scored.
#[derive(Debug)]
pub(super) struct Scorer {
    pub(super) links: Links,
    pub(super) vectors: Vectors,
    pub(super) mentions: Mentions,
    index: Index,
    folders: Folders,
    /// For each page the 20 nearest in words, with u.
    near: Vec<Vec<(u32, f32)>>,
    /// For each page those that have it among their 20, with their u.
    near_of: Vec<Vec<(u32, f32)>>,
}

/// What a page brings to its own ranking.
#[derive(Debug)]
pub(super) struct Own<'a> {
    page: usize,
    words: &'a [(u32, f32)],
    speaks_of: &'a [Mention],
    near: &'a [(u32, f32)],
    out: &'a [u32],
}

impl Scorer {
    /// Compare the words of all pages.
    pub(super) fn new(book: &Handbook, (links, mentions): (Links, Mentions)) -> Self {
        let (vectors, all) = (Vectors::new(book), book.pages.len());
        let index = Index::new(&vectors);
        let follow = |scratch: &mut Scratch, page| followed(&index, (page, vectors.of(page)), scratch);
        let near: Vec<Vec<(u32, f32)>> = (0..all).into_par_iter().map_init(|| Scratch::new(all), follow).collect();
        let mut near_of: Vec<Vec<(u32, f32)>> = vec![Vec::new(); all];
        for (page, near) in near.iter().enumerate() {
            for (other, u) in near {
                if let Some(of) = near_of.get_mut(*other as usize) {
                    of.push((u32::try_from(page).unwrap_or(u32::MAX), *u));
                }
            }
        }
        Self { links, vectors, mentions, index, folders: Folders::new(book), near, near_of }
    }

    /// What a page brings.
    pub(super) fn own(&self, page: usize) -> Own<'_> {
        Own {
            page,
            words: self.vectors.of(page),
            speaks_of: list(&self.mentions.of, page),
            near: list(&self.near, page),
            out: list(&self.links.out, page),
        }
    }

    /// The candidates of a page that was edited since; `out` are the pages it links to now.
    pub(super) fn afresh(&self, (page, stems): (usize, &Stems), out: &[u32]) -> Vec<(u32, Shares)> {
        let (words, mut room) = (self.vectors.afresh(stems), self.room());
        let near = followed(&self.index, (page, &words), &mut room.words);
        let speaks_of = self.mentions.afresh((page, stems), self.vectors.len());
        let own = Own { page, words: &words, speaks_of: &speaks_of, near: &near, out };
        self.candidates(&own, &mut room).to_vec()
    }

    /// Room for one page after the other.
    pub(super) fn room(&self) -> Room {
        Room { words: Scratch::new(self.vectors.len()), places: vec![0; self.vectors.len()], found: Vec::new() }
    }

    /// Every page that may help the reader of one, with its shares; in no order.
    pub(super) fn candidates<'r>(&self, own: &Own<'_>, room: &'r mut Room) -> &'r [(u32, Shares)] {
        room.found.clear();
        let near = self.index.compare((own.page, own.words), (&mut room.words, NEAR));
        near.iter().for_each(|(other, _)| room.add(*other, |_| {}));
        for mention in own.speaks_of {
            room.add(mention.page, |shares| shares.names = 0.40 * mention.weight);
        }
        for mention in list(&self.mentions.by, own.page) {
            room.add(mention.page, |shares| shares.named = 0.15 * mention.weight);
        }
        for (near, u) in own.near {
            let out = list(&self.links.out, *near as usize);
            let each = 1.5 * u / (out.len().max(1) as f32).sqrt();
            out.iter().for_each(|other| room.add(*other, |shares| shares.near_link += each));
        }
        let each = 0.5 / (own.out.len().max(1) as f32).sqrt();
        for linked in own.out {
            let near = list(&self.near_of, *linked as usize);
            near.iter().for_each(|(other, u)| room.add(*other, |shares| shares.link_near += u * each));
        }
        room.close(own.page);
        for (other, shares) in &mut room.found {
            shares.words = room.words.cosine(*other);
            if shares.words > 0.0 {
                shares.folder = 0.10 * self.folders.share(own.page, *other as usize);
            }
        }
        &room.found
    }
}

/// Room for the candidates of one page, used again for the next.
#[derive(Debug)]
pub(super) struct Room {
    words: Scratch,
    /// For each page its place among the candidates, from 1.
    places: Vec<u32>,
    found: Vec<(u32, Shares)>,
}

impl Room {
    fn add(&mut self, page: u32, share: impl FnOnce(&mut Shares)) {
        let Some(place) = self.places.get_mut(page as usize) else { return };
        if *place == 0 {
            self.found.push((page, Shares::default()));
            *place = u32::try_from(self.found.len()).unwrap_or(0);
        }
        if let Some((_, shares)) = self.found.get_mut(*place as usize - 1) {
            share(shares);
        }
    }

    /// Nothing more is added; a page is no candidate for itself.
    fn close(&mut self, page: usize) {
        for (other, _) in &self.found {
            if let Some(place) = self.places.get_mut(*other as usize) {
                *place = 0;
            }
        }
        self.found.retain(|(other, _)| *other as usize != page);
    }
}

/// The nearest pages in words, with their squared cosines over the sum of these.
fn followed(index: &Index, own: (usize, &[(u32, f32)]), scratch: &mut Scratch) -> Vec<(u32, f32)> {
    let mut near = index.compare(own, (scratch, FOLLOWED));
    let sum: f32 = near.iter().map(|(_, cosine)| cosine * cosine).sum();
    near.iter_mut().for_each(|(_, cosine)| *cosine = *cosine * *cosine / sum.max(f32::MIN_POSITIVE));
    near
}

fn list<T>(lists: &[Vec<T>], at: usize) -> &[T] {
    lists.get(at).map_or(&[], Vec::as_slice)
}

/// The folders that pages lie in.
#[derive(Debug)]
struct Folders {
    /// For each page its folders, the content first.
    of: Vec<Vec<u32>>,
    /// For each folder ln(N / pages under it) / ln N.
    share: Vec<f32>,
}

impl Folders {
    fn new(book: &Handbook) -> Folders {
        let numbers: std::collections::BTreeMap<&str, u32> =
            book.folders.keys().zip(0..).map(|(folder, number)| (folder.as_str(), number)).collect();
        let chain = |folder: &str| -> Vec<u32> {
            let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
            let inside = std::iter::once(0).chain(ends).filter_map(|end| folder.get(..end));
            inside.filter_map(|folder| numbers.get(folder).copied()).collect()
        };
        let of: Vec<Vec<u32>> = book.pages.iter().map(|page| chain(page.folder())).collect();
        let mut pages = vec![0_usize; numbers.len()];
        for folder in of.iter().flatten() {
            if let Some(count) = pages.get_mut(*folder as usize) {
                *count += 1;
            }
        }
        let all = book.pages.len().max(2) as f64;
        let share = |pages: usize| (libm::log(all / pages.max(1) as f64) / libm::log(all)).max(0.0) as f32;
        Folders { of, share: pages.into_iter().map(share).collect() }
    }

    fn share(&self, one: usize, other: usize) -> f32 {
        let both = list(&self.of, one).iter().zip(list(&self.of, other)).take_while(|(a, b)| a == b);
        both.last().and_then(|(folder, _)| self.share.get(*folder as usize)).copied().unwrap_or(0.0)
    }
}
