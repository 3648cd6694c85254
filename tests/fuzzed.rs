//! The short form of fuzzing: every target of `fuzz/targets.rs` meets thousands of mutations of the seeds, always the
//! same ones. `fuzz/run` goes on where this ends.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(unreachable_pub, reason = "the targets are shared with the fuzzer")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::panic::catch_unwind;
use std::path::Path;

/// Mutations for each target; `FUZZED` in the environment sets another number. An unoptimised program gets fewer, and
/// so does the target that builds a whole handbook for each.
const TIMES: usize = if cfg!(debug_assertions) { 3_000 } else { 20_000 };

/// Bytes of a mutation.
const LONGEST: usize = 400;

/// Pieces that mean something somewhere.
const PIECES: [&str; 64] = [
    "+++\n",
    "---\n",
    "\n\n",
    "\r",
    "\t",
    "[[",
    "]]",
    "![[",
    "|",
    "#",
    "](",
    "![",
    "<!--",
    "-->",
    "%%",
    "`",
    "```\n",
    "*",
    "**",
    "_",
    "~~",
    "<a id=",
    "<b>",
    "</b>",
    "<div>\n",
    "> ",
    "> [!SAY] ",
    "- ",
    "1. ",
    "   ",
    "- [ ] ",
    "\\",
    "&",
    ";",
    "[^1]",
    "[^1]: ",
    ": ",
    "## ",
    "### ",
    "{#x}",
    "{.internal}",
    "^id",
    "@hr",
    "→ ",
    " — ",
    "differs",
    "connects because",
    "Myth: ",
    "In fact: ",
    "Say: ",
    "When ",
    "http://",
    "www.a.b",
    "= ",
    "[\"",
    "\"]",
    "{",
    "}",
    "&a ",
    "*a",
    "\u{feff}",
    "\u{1}",
    "é\u{301}",
    "\u{202e}👩\u{200d}👩",
];

/// A small generator of numbers that are always the same (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

fn seeds() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// A stretch of a seed with some pieces put in, taken out, doubled and moved.
fn mutation(seeds: &[String], chance: &mut Chance) -> String {
    let seed: Vec<char> = seeds[chance.below(seeds.len())].chars().collect();
    let from = chance.below(seed.len());
    let length = chance.below(LONGEST);
    let mut text: Vec<char> = seed.into_iter().skip(from).take(length).collect();
    for _ in 0..=chance.below(12) {
        let at = chance.below(text.len() + 1);
        let end = (at + chance.below(20)).min(text.len());
        match chance.below(4) {
            0 => drop(text.drain(at..end)),
            1 => {
                let part: Vec<char> = text[at..end].to_vec();
                let to = chance.below(text.len() + 1);
                text.splice(to..to, part);
            }
            2 => drop(text.splice(at..at, char::from_u32(u32::try_from(chance.below(0x3000)).unwrap()))),
            _ => drop(text.splice(at..at, PIECES[chance.below(PIECES.len())].chars())),
        }
    }
    text.into_iter().take(LONGEST).collect()
}

#[test]
fn no_mutation_makes_a_panic() {
    let seeds = seeds();
    let times = std::env::var("FUZZED").ok().and_then(|times| times.parse().ok()).unwrap_or(TIMES);
    let run = |(name, target): targets::Target| {
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let times = if name == "links" { times / 40 } else { times };
        let texts = (0..times).map(|_| mutation(&seeds, &mut chance));
        let failed = texts.filter(|text| catch_unwind(|| target(text)).is_err());
        failed.take(3).map(|text| format!("{name}: {text:?}")).collect::<Vec<_>>()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let run = &run;
        let threads = targets::TARGETS.map(|target| scope.spawn(move || run(target)));
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
