//! Edits without rhyme or reason, always the same ones: whatever they were, what is shown settles on the truth.

use std::fs;
use std::path::Path;

use super::live::{Live, pattern};

/// Scripts that are run; before a release more are, by `SCRIPTS=500`.
fn scripts() -> u64 {
    std::env::var("SCRIPTS").ok().and_then(|count| count.parse().ok()).unwrap_or(10)
}

/// Steps of one script.
const STEPS: usize = 30;

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }
}

const FILES: [&str; 9] = [
    "content/index.md",
    "content/a.md",
    "content/patterns/one.md",
    "content/patterns/two.md",
    "content/patterns/deep/three.md",
    "content/patterns/deep/index.md",
    "content/guides/four.md",
    "content/glossary/five.md",
    "content/notes.txt",
];

const TITLES: [&str; 6] = ["One", "Two", "Late news", "Going quiet", "A broken promise", "one"];

const LEADS: [&str; 7] = [
    "See [[One]] and [[Nobody wrote this]].",
    "It comes late. ^here",
    "![[Two]]",
    "Links: [four](../guides/four.md), [[Late news#^here]], [[#signals]].",
    "A date was missed, and nobody said so: [[Two#Signals]].",
    "<b>bold</b>\n\n### A heading\n\nText[^1].\n\n[^1]: A note.",
    "",
];

fn text(dice: &mut Dice) -> String {
    let title = dice.pick(&TITLES);
    let mut text = pattern(title, dice.pick(&LEADS));
    match dice.roll(7) {
        0 => text = text.replace("tags =", "status = \"draft\"\ntags ="),
        1 => text = text.replace("tags =", "aliases = [\"Slow news\"]\nupdated = 2026-05-01\ntags ="),
        2 => text.push_str("\n## Nearby patterns\n\n- [[One]] - connects because both wait; differs by who speaks\n"),
        3 => text = text.replace("tags =", "related = { pin = [\"Two\"], block = [\"One\"] }\ntags ="),
        4 => text = text.replace("+++\n\n", "\n"),
        5 => text = "Only words, without a title.\n".to_owned(),
        _ => {}
    }
    text
}

/// One edit; what cannot be done is not done.
fn step(folder: &Path, dice: &mut Dice) {
    let file = folder.join(dice.pick(&FILES));
    match dice.roll(12) {
        0..=5 => {
            let _ = fs::create_dir_all(file.parent().unwrap());
            let _ = fs::write(&file, text(dice));
        }
        6 => drop(fs::remove_file(&file)),
        7 => drop(fs::rename(&file, folder.join(dice.pick(&FILES)))),
        8 => drop(fs::remove_dir_all(file.parent().unwrap())),
        9 => {
            let toml = [
                "",
                "title = \"Other\"\n",
                "title = 3",
                "[checks]\norphan = \"off\"\n",
                "[theme]\nlayers = [\"ours\"]\n",
            ];
            let _ = fs::write(folder.join("site.toml"), dice.pick(&toml));
        }
        10 => {
            let theme = [
                "{% extends \"plain/page.html\" %}",
                "{% block",
                "{% extends \"plain/page.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}",
            ];
            let _ = fs::create_dir_all(folder.join("themes/ours"));
            let _ = fs::write(folder.join("themes/ours/page.html"), dice.pick(&theme));
        }
        _ => {
            let _ = fs::rename(folder.join("content/patterns"), folder.join("content/moved"));
            let _ = fs::rename(folder.join("content/guides"), folder.join("content/patterns"));
        }
    }
}

#[test]
fn random_edits_settle_on_what_a_build_would_write() {
    for seed in 0..scripts() {
        let mut dice = Dice(seed);
        let mut live = Live::new(&[("content/patterns/one.md", &pattern("One", "The first."))]);
        for number in 0..STEPS {
            step(live.folder(), &mut dice);
            // Some edits are told, some are found, some come together, and some while the whole is made.
            match dice.roll(4) {
                0 => drop(live.touch(dice.pick(&FILES))),
                1 => drop(live.look()),
                2 => live.settle(),
                _ => {}
            }
            if number % 10 == 9 {
                live.mend();
                live.settle();
                live.is_as_built();
            }
        }
    }
}
