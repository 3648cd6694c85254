//! `mendbook review`: whose turn it is to read which page again.

use std::fmt::Write as _;

use super::args::Args;
use super::load::{Changes, load, number};
use super::{Stop, shell};
use crate::model::{Page, PageId, Turn, turns};
use crate::site::Site;

pub(super) fn run(args: &Args) -> Result<(), Stop> {
    let site = load(args, &Changes::default())?.site;
    shell::print_out(&board(&site, args.verbose))
}

/// The board as text; what comes later is named in full only where it is asked for.
fn board(site: &Site, all: bool) -> String {
    let pages = site.handbook.lists.review.groups.iter().flat_map(|group| &group.entries).copied();
    let turns = turns(&site.handbook, pages, (&site.config, &site.today));
    if turns.is_empty() {
        let how = "set `review_every` in site.toml, or on a page, to have pages reviewed in turn";
        return format!("No page is reviewed in turn: {how}\n");
    }
    let count = |of: fn(&Turn) -> &Vec<PageId>| turns.iter().map(|turn| of(turn).len()).sum::<usize>();
    let mut out = format!(
        "{}: {} overdue, {} never reviewed, {} later\n",
        site.today,
        count(|turn| &turn.overdue),
        count(|turn| &turn.never),
        count(|turn| &turn.later)
    );
    for turn in &turns {
        let _ = writeln!(out, "\n{}", owner(site, turn));
        let later = if all { &turn.later[..] } else { turn.later.get(..1).unwrap_or(&[]) };
        for (word, pages) in [("overdue", &turn.overdue[..]), ("never", &turn.never), ("later", later)] {
            for page in pages.iter().filter_map(|id| site.handbook.page(*id)) {
                out.push_str(&line(site, word, page));
            }
        }
        let rest = turn.later.len() - later.len();
        if rest > 0 {
            let _ = writeln!(out, "  {:<9}{:<12}{}", "", "", format_args!("and {} after that", number(rest, "page")));
        }
    }
    out
}

/// The owner's name, and the id by which pages name a contact.
fn owner(site: &Site, turn: &Turn) -> String {
    let Some(owner) = &turn.owner else { return "Nobody keeps these yet".to_owned() };
    let contact = site.config.contacts.iter().flatten().find(|contact| contact.id == *owner);
    contact.map_or_else(|| owner.clone(), |contact| format!("{} (@{owner})", contact.name))
}

/// One page: what it is, its day, its title and its file, and how long ago it was read.
fn line(site: &Site, word: &str, page: &Page) -> String {
    let due = page.due.as_deref().unwrap_or("-");
    let age = page.age(&site.today).filter(|_| word == "overdue").map_or_else(String::new, |age| {
        let unit = number(usize::try_from(age.count).unwrap_or(0), age.unit.trim_end_matches('s'));
        let what = if page.draft.front.reviewed.is_some() { "last reviewed" } else { "never reviewed, written" };
        format!(", {what} {unit} ago")
    });
    format!("  {word:<9}{due:<12}{} ({}){age}\n", page.title(), page.draft.path)
}
