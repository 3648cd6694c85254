//! Which words are forms of one: what is looked for as "decided" is found as "decision" too.

use rust_stemmers::Stemmer;

use crate::parse::Cutter;

/// English forms that no rule of endings brings together, and the one that stands for each.
const IRREGULAR: &str = "bought buy broke break broken break brought bring built build chose choose chosen choose \
    came come did do done do drawn draw drew draw fallen fall fell fall felt feel forgave forgive forgiven forgive \
    forgot forget forgotten forget fought fight found find gave give given give gone go went go grew grow heard hear \
    held hold hid hide hidden hide hurt hurt kept keep knew know known know laid lay led lead left leave lost lose \
    made make meant mean met meet paid pay ran run said say sat sit saw see seen see sent send shown show slept sleep \
    sold sell spent spend spoke speak spoken speak stood stand stole steal stolen steal stuck stick sworn swear taken \
    take took take taught teach thought think threw throw told tell withdrew withdraw withdrawn withdraw woke wake won \
    win wore wear worn wear written write wrote write understood understand misunderstood misunderstand overheard \
    overhear everyone everybody someone somebody anyone anybody people person men man women woman children child worse bad worst bad";

/// What a word counts that mostly fills a sentence, in sixteenths.
const FILLS: u16 = 8;

/// What a word counts that tells pages apart and is no subject.
const WEAK: u16 = 13;

/// Stems that differ by more than an ending.
const STEMS: [(&str, &str); 8] = [
    ("decis", "decid"),
    ("apologis", "apolog"),
    ("apologet", "apolog"),
    ("silenc", "silent"),
    ("absenc", "absent"),
    ("behavior", "behav"),
    ("defens", "defend"),
    ("exclus", "exclud"),
];

/// Brings the forms of a word together.
pub(super) struct Forms {
    cutter: Cutter,
    stemmer: Option<Stemmer>,
}

impl Forms {
    /// Of a language.
    pub(super) fn new(language: &str) -> Forms {
        let cutter = Cutter::new(language);
        Forms { cutter, stemmer: cutter.stemmer() }
    }

    /// How much a word counts, in sixteenths: in a handbook of fifty pages "completely" may be as rare as "betrayed",
    /// and tells less.
    pub(super) fn sense(&self, word: &str) -> u16 {
        if self.cutter.is_filler(word) {
            FILLS
        } else if self.cutter.is_weak(word) {
            WEAK
        } else {
            16
        }
    }

    /// What stands for all forms of a folded word.
    pub(super) fn term(&self, word: &str) -> String {
        let Some(stemmer) = &self.stemmer else { return word.to_owned() };
        if !self.cutter.is_english() {
            return stemmer.stem(word).into_owned();
        }
        let mut pairs = IRREGULAR.split_ascii_whitespace();
        let mut base = word;
        while let (Some(form), Some(own)) = (pairs.next(), pairs.next()) {
            if form == word {
                base = own;
            }
        }
        // Both spellings of "organise" end alike; the stemmer knows endings of the one only. "Prize" and "size" are short.
        let spelt = if base.len() < 7 {
            base.to_owned()
        } else {
            base.replace("ize", "ise").replace("iza", "isa").replace("izi", "isi")
        };
        let stem = stemmer.stem(&spelt).replace("our", "or");
        STEMS.iter().find(|(from, _)| *from == stem).map_or(stem, |(_, to)| (*to).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Forms;

    #[test]
    fn forms_of_a_word_are_one() {
        let english = Forms::new("en-GB");
        let same = [
            ("decided", "decision"),
            ("apology", "apologised"),
            ("favorites", "favourites"),
            ("organization", "organisations"),
            ("told", "tell"),
            ("broken", "breaks"),
            ("silence", "silent"),
            ("behavior", "behaviours"),
        ];
        for (one, other) in same {
            assert_eq!(english.term(one), english.term(other), "{one}, {other}");
        }
        assert_ne!(english.term("promise"), english.term("promote"));
        assert_eq!(Forms::new("de").term("versprechens"), Forms::new("de").term("versprechen"));
        assert_eq!(Forms::new("xx").term("told"), "told");
    }
}
