//! Why a page is suggested on another, in words that a reader understands.

use std::cell::OnceCell;

use super::phrases::{Text, phrases};
use super::{Ground, Kin, Links};
use crate::graph::{Graph, Target};
use crate::model::{Handbook, Page, PageId, tag_key};
use crate::parse::Stem;

/// Reasons that a card tells.
const TOLD: usize = 2;

/// Words that are named.
const WORDS: usize = 3;

/// A word or tag on more than a quarter of all pages tells nothing about two of them; of few pages, on more than half.
const FEW: usize = 25;

/// A page that links to more pages than this is a list, and says little about two of them.
const LIST: usize = 30;

/// Longest signal that is quoted, in characters.
const QUOTED: usize = 90;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it rests on: `pinned`, `apart`, `linked`, `links`, `names`, `named`, `cited`, `driver`, `signal`, `words`,
    /// `tags` or `area`.
    pub kind: &'static str,
    /// A sentence without its full stop.
    pub text: String,
    /// What it names: words, titles, labels, tags.
    pub terms: Vec<String>,
}

/// The reasons for the suggestions on one page.
#[derive(Debug)]
pub struct Why<'k> {
    kin: &'k Kin,
    ground: Option<&'k Ground>,
    book: &'k Handbook,
    graph: &'k Graph,
    id: PageId,
    /// The page's words, cut when they are first needed.
    text: OnceCell<Text<'k>>,
}

impl Kin {
    /// The reasons for the suggestions on a page.
    #[must_use]
    pub fn why<'k>(&'k self, book: &'k Handbook, graph: &'k Graph, id: PageId) -> Why<'k> {
        Why { kin: self, ground: self.ground.as_deref(), book, graph, id, text: OnceCell::new() }
    }

    /// The reasons that the cards of a page tell, card for card. They are worked out when they are first asked for: a page
    /// and the handbook as data tell the same.
    #[must_use]
    pub fn told(&self, book: &Handbook, graph: &Graph, id: PageId) -> &[Vec<Reason>] {
        let Some(told) = self.told.get(id.index()) else { return &[] };
        told.get_or_init(|| {
            let why = self.why(book, graph, id);
            self.cards(id).iter().map(|other| why.reasons(*other, TOLD)).collect()
        })
    }
}

impl Why<'_> {
    /// Why `other` is suggested: at most `most` reasons, what says most first. There is always one.
    #[must_use]
    pub fn reasons(&self, other: PageId, most: usize) -> Vec<Reason> {
        let (Some(page), Some(kin)) = (self.book.page(self.id), self.book.page(other)) else { return Vec::new() };
        let both = (page, kin);
        let mut cited = self.cited(other);
        let sources: [&dyn Fn() -> Vec<Reason>; 6] = [
            &|| self.author(other),
            &|| self.links(other).into_iter().collect(),
            &|| cited.iter().filter(|cited| cited.terms.len() > 1).cloned().collect(),
            &|| self.items(both, true).into_iter().chain(self.items(both, false)).collect(),
            &|| self.words(other, kin).into_iter().collect(),
            &|| self.tags(page, kin).into_iter().collect(),
        ];
        let mut reasons = Vec::new();
        for source in sources {
            if reasons.len() < most {
                reasons.extend(source());
            }
        }
        // One page that links to both is an accident more often than not.
        reasons.extend(cited.take().filter(|cited| cited.terms.len() == 1));
        if reasons.is_empty() {
            reasons.extend(self.last(both, other));
        }
        reasons.truncate(most);
        reasons
    }

    /// What authors said on purpose: a pin, a note that sets the pages apart.
    fn author(&self, other: PageId) -> Vec<Reason> {
        let pinned = self.kin.ranking(self.id).iter().any(|ranked| ranked.page == other && ranked.pinned);
        let notes =
            |from: PageId, to| self.graph.relations.get(from.index()).is_some_and(|about| about.contains(&Some(to)));
        let mut reasons = Vec::new();
        if pinned {
            reasons.push(self.plain("pinned", "reason.pinned"));
        }
        if notes(self.id, other) {
            reasons.push(self.plain("apart", "reason.apart"));
        } else if notes(other, self.id) {
            reasons.push(self.plain("apart", "reason.apart-there"));
        }
        reasons
    }

    /// Links in the text of one to the other; else its name there.
    fn links(&self, other: PageId) -> Option<Reason> {
        let links = |from: PageId, to: PageId| {
            let targets = self.graph.targets.get(from.index()).into_iter().flatten();
            let notes = self.book.page(from).map(|page| page.draft.relations.iter().filter_map(|note| note.link));
            let notes: Vec<u32> = notes.into_iter().flatten().collect();
            let to = |target: &Target| matches!(target, Target::Page(id, _) | Target::NoAnchor(id) if *id == to);
            targets.zip(0..).any(|(target, index)| to(target) && !notes.contains(&index))
        };
        if links(self.id, other) {
            return Some(self.plain("linked", "reason.linked"));
        }
        if links(other, self.id) {
            return Some(self.plain("links", "reason.links"));
        }
        if self.names(self.id, other, true) {
            return Some(self.plain("names", "reason.names"));
        }
        self.names(other, self.id, true).then(|| self.plain("named", "reason.named"))
    }

    fn names(&self, from: PageId, to: PageId, sure: bool) -> bool {
        let mentions = self.ground.and_then(|ground| ground.scorer.mentions.of.get(from.index()));
        mentions.into_iter().flatten().any(|mention| mention.page as usize == to.index() && (mention.sure || !sure))
    }

    /// Pages that link to both; else one near to this page that links to the other.
    fn cited(&self, other: PageId) -> Option<Reason> {
        let Links { out, back } = &self.ground?.scorer.links;
        let few = |from: &u32| {
            let front = self.book.page(PageId::new(*from as usize)).is_none_or(|page| page.front_page);
            !front && out.get(*from as usize).is_some_and(|out| out.len() <= LIST)
        };
        let named = |page: &u32| self.book.page(PageId::new(*page as usize)).map(|page| page.title().to_owned());
        let theirs = back.get(other.index()).map_or(&[][..], Vec::as_slice);
        let both = back.get(self.id.index()).into_iter().flatten().filter(|page| theirs.binary_search(page).is_ok());
        let both: Vec<String> = both.filter(|page| few(page)).filter_map(named).collect();
        let wording = &self.book.wording;
        match both.len() {
            0 => {}
            1 => return Some(self.with("cited", ("reason.cited-once", &[("page", &self.quoted(&both))]), both)),
            2 | 3 => {
                let values = [("number", &*wording.number(both.len())), ("pages", &self.quoted(&both))];
                return Some(self.with("cited", ("reason.cited", &values), both));
            }
            many => {
                let shown = both.get(..2).unwrap_or(&both).to_vec();
                let values = [("number", &*wording.number(many)), ("pages", &self.quoted(&shown))];
                return Some(self.with("cited", ("reason.cited-often", &values), shown));
            }
        }
        let near =
            self.kin.ranking(self.id).iter().take(6).map(|ranked| u32::try_from(ranked.page.index()).unwrap_or(0));
        let via = near.filter(|near| theirs.binary_search(near).is_ok() && few(near)).find_map(|near| named(&near))?;
        let via = vec![via];
        Some(self.with("cited", ("reason.cited-near", &[("page", &self.quoted(&via))]), via))
    }

    /// A driver that both can come from, or a signal that both show.
    fn items(&self, (page, kin): (&Page, &Page), driver: bool) -> Option<Reason> {
        let list = |page: &Page| -> Vec<(usize, usize, Vec<Stem>)> {
            let items = page.draft.stems.items().filter(|(said, _)| said.driver == driver);
            items.map(|(said, stems)| (said.section as usize, said.item as usize, stems.to_vec())).collect()
        };
        let theirs = list(kin);
        let same = |stems: &[Stem]| {
            theirs.iter().any(|(.., other)| if driver { stems == other } else { alike(stems, other) >= 0.6 })
        };
        let (section, item, _) =
            list(page).into_iter().find(|(.., stems)| stems.len() > usize::from(!driver) * 2 && same(stems))?;
        let item = page.draft.sections.get(section)?.items.get(item)?;
        let text = page.draft.flow.text(if driver { item.label } else { item.body });
        let text = text.trim_end_matches('.').to_owned();
        let quoted = self.book.wording.quoted(&text);
        let values = [("text", &*quoted)];
        match driver {
            true => Some(self.with("driver", ("reason.driver", &values), vec![text])),
            false if text.chars().count() <= QUOTED => {
                Some(self.with("signal", ("reason.signal", &values), vec![text]))
            }
            false => None,
        }
    }

    /// What both are about: the words that make them alike.
    fn words(&self, other: PageId, kin: &Page) -> Option<Reason> {
        let (page, ground) = (self.book.page(self.id)?, self.ground?);
        let most = self.few();
        let shared = ground.scorer.vectors.shared(self.id.index(), other.index()).into_iter();
        let shared: Vec<(Stem, f32)> =
            shared.filter(|(_, pages, _)| *pages as usize <= most).map(|(stem, _, weight)| (stem, weight)).collect();
        if shared.is_empty() {
            return None;
        }
        let own = self.text.get_or_init(|| Text::new(page, ground.cutter));
        let words = phrases((own, &kin.draft.stems), (&shared, &ground.nouns), WORDS);
        // One word alone is an accident.
        let enough = words.len() > 1 || words.first().is_some_and(|phrase| phrase.contains(' '));
        enough.then(|| self.with("words", ("reason.words", &[("words", &self.book.wording.list(&words))]), words))
    }

    /// On how many pages a word or a tag may be that tells something.
    fn few(&self) -> usize {
        let all = self.book.pages.len();
        (all / 4).max((all / 2).min(FEW)).max(2)
    }

    fn tags(&self, page: &Page, kin: &Page) -> Option<Reason> {
        let most = self.few();
        let theirs: Vec<String> = kin.draft.front.tags.iter().map(|tag| tag_key(tag)).collect();
        let few = |key: &String| self.book.order.tags.get(key).is_some_and(|(_, pages)| pages.len() <= most);
        let both = page
            .draft
            .front
            .tags
            .iter()
            .filter(|tag| Some(tag_key(tag)).is_some_and(|key| theirs.contains(&key) && few(&key)));
        let both: Vec<String> = both.take(WORDS).cloned().collect();
        (!both.is_empty())
            .then(|| self.with("tags", ("reason.tags", &[("tags", &self.book.wording.list(&both))]), both))
    }

    /// Where there is nothing better: a name of one word, which may be meant as a word; where they lie.
    fn last(&self, (page, kin): (&Page, &Page), other: PageId) -> Option<Reason> {
        if self.names(self.id, other, false) {
            return Some(self.plain("names", "reason.names"));
        }
        if self.names(other, self.id, false) {
            return Some(self.plain("named", "reason.named"));
        }
        let area = |page: &Page| self.book.area(page).map(|area| area.title.clone());
        match (area(page), area(kin)) {
            (Some(one), Some(other)) if one == other => {
                Some(self.with("area", ("reason.same-area", &[("area", &*one.clone())]), vec![one]))
            }
            (_, Some(other)) => {
                Some(self.with("area", ("reason.other-area", &[("area", &*other.clone())]), vec![other]))
            }
            _ => Some(self.plain("area", "reason.elsewhere")),
        }
    }

    fn plain(&self, kind: &'static str, key: &str) -> Reason {
        self.with(kind, (key, &[]), Vec::new())
    }

    /// A reason in the words of a phrase.
    fn with(&self, kind: &'static str, (key, values): (&str, &[(&str, &str)]), terms: Vec<String>) -> Reason {
        Reason { kind, text: self.book.wording.say(key, values), terms }
    }

    /// Titles in quotation marks: they may hold commas and conjunctions themselves.
    fn quoted(&self, titles: &[String]) -> String {
        let wording = &self.book.wording;
        wording.list(&titles.iter().map(|title| wording.quoted(title)).collect::<Vec<_>>())
    }
}

/// How much of two signals is the same: the words of both over the words of either. Both are in order.
#[must_use]
pub(crate) fn alike(one: &[Stem], other: &[Stem]) -> f32 {
    let both = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
    let either = one.len() + other.len() - both;
    if either == 0 { 0.0 } else { both as f32 / either as f32 }
}
