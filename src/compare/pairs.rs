//! Facts of two states set against each other: the same, reworded, added or gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::facts::Fact;
use super::{Change, Part};

/// Two texts of which this share of the words is common are one text, reworded.
const ALIKE: f64 = 0.5;

/// Pairs of texts that are looked at for likeness; beyond that a page was written anew.
const MOST: usize = 40_000;

/// What became of the facts, by what they are about, in the order of the later text; what is gone comes last.
pub(super) fn pairs(old: Vec<Fact>, new: Vec<Fact>) -> BTreeMap<Part, Vec<Change>> {
    let (mut before, mut now) = (by_part(old), by_part(new));
    let parts: BTreeSet<Part> = before.keys().chain(now.keys()).copied().collect();
    let mut out = BTreeMap::new();
    for part in parts {
        let (old, new) = (before.remove(&part).unwrap_or_default(), now.remove(&part).unwrap_or_default());
        let changes = if part == Part::Link { links(&old, &new) } else { items(part, &old, &new) };
        if !changes.is_empty() {
            out.insert(part, changes);
        }
    }
    out
}

fn by_part(facts: Vec<Fact>) -> BTreeMap<Part, Vec<Fact>> {
    let mut parts: BTreeMap<Part, Vec<Fact>> = BTreeMap::new();
    for fact in facts {
        parts.entry(fact.part).or_default().push(fact);
    }
    parts
}

/// For each fact of the later text the index of the one it was.
fn partners(part: Part, old: &[Fact], new: &[Fact]) -> Vec<Option<usize>> {
    let mut left: HashSet<usize> = (0..old.len()).collect();
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, fact) in old.iter().enumerate().rev() {
        by_key.entry(&fact.key).or_default().push(index);
    }
    for (fact, partner) in new.iter().zip(&mut partners) {
        *partner = by_key.get_mut(fact.key.as_str()).and_then(Vec::pop).filter(|index| left.remove(index));
    }
    if part == Part::Relation {
        by_written((old, new), &mut left, &mut partners);
    }
    // Sections and details are known by their names alone, notes by the page they are about.
    let by_likeness = matches!(part, Part::Signal | Part::Driver | Part::Step | Part::Condition);
    let open = partners.iter().filter(|partner| partner.is_none()).count();
    if by_likeness && left.len() * open <= MOST {
        for (at, index) in alike((old, new), &left, &partners) {
            if let Some(partner) = partners.get_mut(at) {
                *partner = Some(index);
            }
        }
    }
    partners
}

/// Notes without a partner that are written about the same name: the page of that name is gone, or came.
fn by_written((old, new): (&[Fact], &[Fact]), left: &mut HashSet<usize>, partners: &mut [Option<usize>]) {
    for (fact, partner) in new.iter().zip(partners).filter(|(_, partner)| partner.is_none()) {
        let same = old.iter().enumerate().position(|(index, was)| left.contains(&index) && was.written == fact.written);
        *partner = same.filter(|index| left.remove(index));
    }
}

/// Facts without a partner that say nearly the same, the likest first: (later, earlier).
fn alike((old, new): (&[Fact], &[Fact]), left: &HashSet<usize>, partners: &[Option<usize>]) -> Vec<(usize, usize)> {
    let words = |fact: &Fact| -> Vec<String> {
        let mut words: Vec<String> = fact.value.split_whitespace().map(str::to_lowercase).collect();
        words.sort_unstable();
        words
    };
    let before: Vec<_> =
        old.iter().enumerate().filter(|(at, _)| left.contains(at)).map(|(at, f)| (at, words(f))).collect();
    let open = new.iter().zip(partners).enumerate().filter(|(_, (_, partner))| partner.is_none());
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for (at, (fact, _)) in open {
        let own = words(fact);
        let alike = before.iter().map(|(index, other)| (likeness(&own, other), at, *index));
        found.extend(alike.filter(|(likeness, ..)| *likeness >= ALIKE));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut given) = (HashSet::new(), HashSet::new());
    let free = found.into_iter().filter(|(_, at, index)| {
        let free = !taken.contains(at) && !given.contains(index);
        free && taken.insert(*at) && given.insert(*index)
    });
    free.map(|(_, at, index)| (at, index)).collect()
}

/// The share of common words of two sorted lists, between 0 and 1.
#[allow(clippy::cast_precision_loss, reason = "no page has so many words")]
fn likeness(one: &[String], other: &[String]) -> f64 {
    let (mut common, mut rest) = (0_usize, other);
    for word in one {
        let smaller = rest.partition_point(|other| other < word);
        rest = rest.get(smaller..).unwrap_or(&[]);
        if rest.first() == Some(word) {
            common += 1;
            rest = rest.get(1..).unwrap_or(&[]);
        }
    }
    2.0 * common as f64 / (one.len() + other.len()).max(1) as f64
}

fn items(part: Part, old: &[Fact], new: &[Fact]) -> Vec<Change> {
    let partners = partners(part, old, new);
    let met: HashSet<usize> = partners.iter().copied().flatten().collect();
    let mut changes: Vec<Change> = Vec::new();
    for (fact, partner) in new.iter().zip(partners) {
        match partner.and_then(|index| old.get(index)) {
            None => changes.push(Change::Added(shown(fact))),
            Some(was) if was.value != fact.value => changes.push(Change::Reworded(shown(was), shown(fact))),
            Some(_) => {}
        }
    }
    let gone = old.iter().enumerate().filter(|(index, _)| !met.contains(index));
    changes.extend(gone.map(|(_, fact)| Change::Gone(shown(fact))));
    changes
}

/// Details are told by their names.
fn shown(fact: &Fact) -> String {
    if fact.part == Part::Detail { fact.key.clone() } else { fact.text.clone() }
}

/// A link is the place it leads to; one that leads nowhere is what its author wrote.
fn links(old: &[Fact], new: &[Fact]) -> Vec<Change> {
    let place = |fact: &Fact| if fact.broken { (fact.key.clone(), true) } else { (fact.value.clone(), false) };
    // The name in a note is told as a link only where it leads nowhere, or did.
    let told = |fact: &&Fact| !fact.noted || fact.broken;
    let places = |facts: &[Fact]| -> HashSet<_> { facts.iter().filter(told).map(place).collect() };
    let (before, now) = (places(old), places(new));
    let written = |facts: &[Fact], broken: bool| -> HashSet<String> {
        facts.iter().filter(|fact| fact.broken == broken).map(|fact| fact.key.clone()).collect()
    };
    let (whole_before, broken_before) = (written(old, false), written(old, true));
    let (whole_now, broken_now) = (written(new, false), written(new, true));
    let mut seen = HashSet::new();
    let mut changes = Vec::new();
    for fact in new.iter().filter(|fact| !before.contains(&place(fact)) && seen.insert(place(fact))) {
        match fact.broken {
            true if whole_before.contains(&fact.key) => changes.push(Change::Broken(fact.text.clone())),
            false if broken_before.contains(&fact.key) => changes.push(Change::Mended(fact.text.clone())),
            _ if told(&fact) => changes.push(Change::Added(fact.text.clone())),
            _ => {}
        }
    }
    for fact in old.iter().filter(|fact| told(fact) && !now.contains(&place(fact)) && seen.insert(place(fact))) {
        // The same words lead nowhere now, or lead somewhere at last: that was told.
        let told = if fact.broken { whole_now.contains(&fact.key) } else { broken_now.contains(&fact.key) };
        if !told {
            changes.push(Change::Gone(fact.text.clone()));
        }
    }
    changes
}
