//! What the search script loads: words and where they stand, and the texts of what is found, in as many files as the
//! handbook is large. Nothing in them is worked out twice: they hold the numbers of [`crate::search`].

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::Site;
use super::programs::{Program, give};
use crate::model::{Page, PageId};
use crate::route::encode_into;
use crate::search::{Index, records};
use crate::view::sentence;

/// Numbers in one file of a large handbook's places, and bytes of text in one of its texts: some thousand bytes, packed.
const PLACES: usize = 9_000;
const TEXT: usize = 24_000;

/// How an index is cut into files; the script works out from it which ones a question needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// The first letter of the words in each file.
    letters: Vec<char>,
    /// The first stem in each file of places.
    stems: Vec<usize>,
    /// The first page in each file of texts.
    pages: Vec<usize>,
}

impl Site {
    /// The files there are.
    pub(super) fn search_programs(&self) -> Vec<Program> {
        let cut = self.cut();
        let words = (0..cut.letters.len()).map(Program::SearchWords);
        let places = (0..cut.stems.len()).map(Program::SearchPlaces);
        let texts = (0..cut.pages.len()).map(Program::SearchTexts);
        std::iter::once(Program::SearchHead).chain(words).chain(places).chain(texts).collect()
    }

    /// How the index is cut into files.
    fn cut(&self) -> &Cut {
        self.cut.get_or_init(|| Arc::new(Cut::new(self.index(), &self.handbook.pages)))
    }

    /// What every question needs.
    pub(super) fn search_head(&self) -> Vec<u8> {
        let (index, cut) = (self.index(), self.cut());
        let sign = |number: usize| char::from_u32(65 + u32::try_from(number).unwrap_or(0)).unwrap_or('A');
        let row = |of: &dyn Fn(&crate::search::Worth) -> usize| {
            index.pages.iter().map(|page| sign(of(page))).collect::<String>()
        };
        let first_ids = cut.pages.iter().filter_map(|first| self.handbook.pages.get(*first)).map(Page::id);
        let head = json!({
            "version": self.search_version(),
            "kinds": index.kinds,
            "stages": index.stages,
            "kind": row(&|page| page.kind),
            "stage": row(&|page| page.stage),
            "share": row(&|page| page.share as usize),
            "ranked": row(&|page| usize::from(page.ranked)),
            "fillers": index.fillers.join(" "),
            "synonyms": index.synonyms,
            "letters": cut.letters.iter().collect::<String>(),
            "stems": cut.stems,
            "pages": cut.pages,
            "ids": first_ids.collect::<Vec<_>>(),
        });
        give("search/head", &head)
    }

    /// Another one whenever a file is: a browser must not put together what it kept from two handbooks.
    fn search_version(&self) -> String {
        let mut hasher = Xxh3::new();
        let index = self.index();
        index.words.hash(&mut hasher);
        index.stems.iter().for_each(|stem| (stem.rare, &stem.places).hash(&mut hasher));
        self.handbook.pages.iter().for_each(|page| page.draft.source.text().hash(&mut hasher));
        format!("{:08x}", hasher.finish() >> 32)
    }

    /// The words of one file, each with the number of its stem.
    pub(super) fn search_words(&self, file: usize) -> Vec<u8> {
        let index = self.index();
        let letter = self.cut().letters.get(file).copied();
        let single = self.cut().letters.len() == 1;
        let own = index.words.iter().filter(|(word, _)| single || word.chars().next() == letter);
        let (words, stems): (Vec<&str>, Vec<u32>) = own.map(|(word, stem)| (word.as_str(), *stem)).unzip();
        give(&format!("search/words/{file}"), &json!([words.join(" "), stems]))
    }

    /// Where the stems of one file stand.
    pub(super) fn search_places(&self, file: usize) -> Vec<u8> {
        let cut = &self.cut().stems;
        let from = cut.get(file).copied().unwrap_or(0);
        let to = cut.get(file + 1).copied().unwrap_or(self.index().stems.len());
        let stems = self.index().stems.get(from..to).unwrap_or(&[]);
        let rows: Vec<Value> = stems.iter().map(|stem| json!([stem.rare, apart(&stem.places)])).collect();
        give(&format!("search/places/{file}"), &rows.into())
    }

    /// What the pages of one file say, record by record.
    pub(super) fn search_texts(&self, file: usize) -> Vec<u8> {
        let cut = &self.cut().pages;
        let from = cut.get(file).copied().unwrap_or(0);
        let to = cut.get(file + 1).copied().unwrap_or(self.handbook.pages.len());
        let rows: Vec<Value> = (from..to).filter_map(|number| self.searched(PageId::new(number))).collect();
        give(&format!("search/texts/{file}"), &rows.into())
    }

    fn searched(&self, id: PageId) -> Option<Value> {
        let page = self.handbook.page(id)?;
        let mut href = String::new();
        encode_into(page.route.path(), &mut href);
        let record = |record: &crate::search::Record| {
            let anchor = record.anchor.as_ref().map(|anchor| encoded(anchor));
            json!([record.sort.number(), record.shown(), anchor])
        };
        let own: Vec<Value> = records(page).iter().map(record).collect();
        let area = self.handbook.area(page).map(|area| area.title.as_str());
        Some(json!([page.id(), page.title(), href, area, page.draft.summary, own, self.set_apart(id, page)]))
    }

    /// The pages that this one's author set it apart from, with the sentence.
    fn set_apart(&self, id: PageId, page: &Page) -> Value {
        let mut notes = serde_json::Map::new();
        for (note, about) in page.draft.relations.iter().zip(self.graph.about(id)) {
            let Some(other) = about.and_then(|about| self.handbook.page(about)) else { continue };
            let differs = sentence(page.draft.flow.text(note.differs));
            if !differs.is_empty() && !notes.contains_key(other.id()) {
                notes.insert(other.id().to_owned(), differs.into());
            }
        }
        notes.into()
    }
}

impl Cut {
    fn new(index: &Index, pages: &[Page]) -> Cut {
        if !index.is_large() {
            let one = |empty: bool| if empty { Vec::new() } else { vec![0] };
            return Cut { letters: vec!['*'], stems: one(index.stems.is_empty()), pages: one(pages.is_empty()) };
        }
        let mut letters: Vec<char> = index.words.iter().filter_map(|(word, _)| word.chars().next()).collect();
        letters.dedup();
        let stems = starts(index.stems.iter().map(|stem| stem.places.len() + 1), PLACES);
        Cut { letters, stems, pages: starts(pages.iter().map(|page| page.draft.source.text().len()), TEXT) }
    }
}

/// Where each file begins, if it is to hold about so much.
fn starts(sizes: impl Iterator<Item = usize>, most: usize) -> Vec<usize> {
    let (mut starts, mut held) = (Vec::new(), 0);
    for (at, size) in sizes.enumerate() {
        if starts.is_empty() || held + size > most {
            starts.push(at);
            held = 0;
        }
        held += size;
    }
    starts
}

/// Places with each page's number as its distance from the one before, and each record's likewise: small numbers pack well.
fn apart(places: &[u32]) -> Vec<u32> {
    let (mut out, mut rest, mut last) = (Vec::with_capacity(places.len()), places, 0);
    while let [page, count, tail @ ..] = rest {
        out.extend([page - last, *count]);
        last = *page;
        let (own, tail) = tail.split_at(tail.len().min(*count as usize * 2));
        let mut before = 0;
        for pair in own.chunks_exact(2) {
            if let [record, worth] = pair {
                out.extend([record - before, *worth]);
                before = *record;
            }
        }
        rest = tail;
    }
    out
}

fn encoded(anchor: &str) -> String {
    let mut out = String::new();
    encode_into(anchor, &mut out);
    out
}
