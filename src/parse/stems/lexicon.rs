//! English words that say nothing by themselves, and what they mostly stand before.

use super::{BEFORE_NOUN, BEFORE_VERB, FILLER, Stem};

/// Mostly before a noun.
const NOUN: &str = "about above across after against all along amid among an another any around at before behind below \
    beneath beside besides between beyond both by despite during each either every few for from her his in inside into \
    its less like many more most much my near neither no of off on onto our out outside over per several some such than \
    that the their these this those through throughout toward towards under until up upon whose with within without your";

/// Mostly before a verb.
const VERB: &str = "can can't cannot could couldn't did didn't do does doesn't doing don't he he'd he'll he's i'd i'll \
    i'm i've it it'll it's let let's may might must mustn't never often shall she she'd she'll she's should shouldn't \
    they they'd they'll they're they've to we we'd we'll we're we've who will won't would wouldn't you you'd you'll \
    you're you've";

/// The rest.
const OTHER: &str = "again ago almost already also although always and are aren't as because become becomes been being \
    but came come comes done down else enough etc even ever everyone everything far further get gets getting give given \
    gives go goes going gone got had hadn't has hasn't have haven't having hence here hers herself him himself how \
    however if instead is isn't itself just keep keeps kept know least lot made make makes making maybe me mine myself \
    need needs next nor not nothing now one ones only or other others otherwise ought ours ourselves own perhaps put \
    quite rather really same say says said see seem seems seen simply since so someone something sometimes soon still \
    sure take taken takes tell tells thing things then there there's therefore theirs them themselves though thus too \
    took try two use used uses using usually very want wants was wasn't way ways well went were weren't what what's \
    whatever when where whether which while whom why yes yet yours yourself yourselves";

/// What a word counts as, if it says nothing by itself.
pub(super) fn class(word: &str) -> Option<Stem> {
    let lists = [(NOUN, BEFORE_NOUN), (VERB, BEFORE_VERB), (OTHER, FILLER)];
    lists.into_iter().find(|(list, _)| list.split_ascii_whitespace().any(|known| known == word)).map(|(_, class)| class)
}
