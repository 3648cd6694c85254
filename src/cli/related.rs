//! `mendbook related`: the pages that help the readers of a page next, and why.

use std::fmt::Write as _;

use super::args::Args;
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::diag::Spellings;
use crate::model::{Found, Page, PageId};
use crate::related::Shares;
use crate::site::Site;

/// Pages that are listed.
const LISTED: usize = 20;

pub(super) fn run(args: &Args, name: &str, explain: bool) -> Result<(), Stop> {
    let site = load(args, &Changes::default())?.site;
    let id = find(&site, name).map_err(Stop::Cannot)?;
    let Some(page) = site.handbook.page(id) else { return Ok(()) };
    let mut out = format!("{} ({})\n", page.title(), page.id());
    if explain {
        explained(&site, id, &mut out)
    } else {
        listed(&site, id, &mut out)
    }
    shell::print_out(&out)
}

/// The page that is meant: by its path, its id, its title or another of its names.
pub(super) fn find(site: &Site, name: &str) -> Result<PageId, String> {
    let bare = name.trim_start_matches("./");
    let bare = bare.strip_prefix("content/").filter(|_| !site.handbook.bare).unwrap_or(bare);
    match site.handbook.names.find(bare, "") {
        Found::Page(id, _) => Ok(id),
        Found::Draft(_) => Err(format!("`{name}` is a draft: `--drafts` reads it too")),
        Found::Several(ids) => {
            let ids: Vec<&str> = ids.iter().filter_map(|id| site.handbook.page(*id)).map(Page::id).collect();
            Err(format!("`{name}` names several pages: {}", ids.join(", ")))
        }
        Found::Nothing => {
            let known = site.handbook.names.spellings();
            let near = Spellings::new(known.keys().copied()).nearest(bare);
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(format!("there is no page `{name}`{hint}"))
        }
    }
}

/// Card or not, title, reasons.
fn listed(site: &Site, id: PageId, out: &mut String) {
    let why = site.kin.why(&site.handbook, &site.graph, id);
    let cards = site.kin.cards(id);
    let rest = site.kin.ranking(id).iter().map(|ranked| ranked.page).filter(|other| !cards.contains(other));
    let rest: Vec<PageId> = rest.take(LISTED.saturating_sub(cards.len())).collect();
    for (heading, pages) in [("On its cards", cards), ("Next in the ranking", &rest)] {
        if pages.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{heading}");
        for (page, other) in pages.iter().filter_map(|other| Some((site.handbook.page(*other)?, *other))) {
            let reasons: Vec<String> = why.reasons(other, usize::MAX).into_iter().map(|reason| reason.text).collect();
            let _ = writeln!(out, "  {} ({})\n      {}", page.title(), page.id(), reasons.join("; "));
        }
    }
    if cards.is_empty() && rest.is_empty() {
        out.push_str("\nNothing: it shares no words, names or links with a page that may be suggested.\n");
    }
}

/// A table: what each part of the score adds.
fn explained(site: &Site, id: PageId, out: &mut String) {
    let shares = site.kin.shares(id);
    let cards = site.kin.cards(id);
    out.push_str("\n    score    sum  words  names  named folder  near>  >near\n");
    for ranked in site.kin.ranking(id).iter().take(LISTED) {
        let Some(page) = site.handbook.page(ranked.page) else { continue };
        let own = shares.iter().find(|(other, _)| *other == ranked.page).map_or(Shares::default(), |(_, own)| *own);
        let mark = if cards.contains(&ranked.page) { '*' } else { ' ' };
        let pinned = if ranked.pinned { ", pinned" } else { "" };
        let _ = write!(out, "{mark}  {:>6.3} {:>6.3}", ranked.score, ranked.sum);
        for share in [own.words, own.names, own.named, own.folder, own.near_link, own.link_near] {
            let _ = write!(out, " {share:>6.3}");
        }
        let _ = writeln!(out, "  {} ({}{pinned})", page.title(), page.id());
    }
    out.push_str(
        "\n*      on the page's cards; notes on nearby pages are shown in their own place\nscore  the sum, with hubs corrected: the order of the ranking\nwords  how much the words of the two pages are alike (a cosine)\nnames  this page speaks of the other; named: the other speaks of this one\nfolder they lie together\nnear>  pages near to this one link to the other; >near: this page links to pages near to the other\n",
    );
}
