//! English words that say nothing by themselves, and what they mostly stand before.

use super::{BEFORE_NOUN, BEFORE_VERB, FILLER, Stem};

/// Mostly before a noun.
const NOUN: &str = "about above across after against all along amid among an another any around at before behind below \
    beneath beside besides between beyond both by despite during each either every few for from her his in inside into \
    its less like many more most much my near neither no of off on onto our out outside over per several some such \
    the their these this those through throughout toward towards under up upon whose with within without your";

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
    quite rather really same say says said see seem seems seen simply since so someone than that until something sometimes soon still \
    sure take taken takes tell tells thing things then there there's therefore theirs them themselves though thus too \
    took try two us use used uses using usually very want wants was wasn't way ways well went were weren't what what's \
    whatever when where whether which while whom why yes yet yours yourself yourselves";

/// Words that tell pages apart and yet are no subject of any: times, numbers, measures, general nouns and adjectives.
const WEAK: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
    august september october november december day days week weeks fortnight month months quarter quarters year years \
    hour hours minute minutes morning afternoon evening night today tomorrow yesterday time times moment moments date \
    once twice first second third fourth fifth last two three four five six seven eight nine ten eleven twelve dozen \
    hundred thousand half couple pair number numbers amount lots rest part parts piece bit kind kinds sort sorts type \
    types example examples case cases point points side sides end ends start beginning middle top bottom line lines \
    place places area areas level levels step steps item items list lists page pages section sections form forms name \
    names word words sentence sentences question questions answer answers reason reasons result results effect effects \
    difference differences problem problems situation situations fact facts matter matters issue issues story person \
    people man woman everybody somebody nobody anybody self good better best bad worse worst great big small large long \
    short high low old new young early late next past present future real true false right wrong certain sure possible \
    important different common general special particular exact whole full empty open clear simple easy hard difficult \
    strong weak able ready wide deep near close far hand hands head eye eyes room rooms door table desk desks test tests \
    use work works help look looks turn change changes increase decrease total act acts begin begins except afterwards share shares anything stay stays built";

/// Whether a word in lower case is no subject by itself.
pub(super) fn is_weak(word: &str) -> bool {
    WEAK.split_ascii_whitespace().any(|known| known == word)
}

/// What a word counts as, if it says nothing by itself.
pub(super) fn class(word: &str) -> Option<Stem> {
    let lists = [(NOUN, BEFORE_NOUN), (VERB, BEFORE_VERB), (OTHER, FILLER)];
    lists.into_iter().find(|(list, _)| list.split_ascii_whitespace().any(|known| known == word)).map(|(_, class)| class)
}
