//! One file after the other is held to what every file keeps, and then the places that links name to what is there.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::address::{Base, Lead, Written, lead};
use super::files::{File, Listing};
use super::page::{Address, Document, Purpose};
use super::{Fault, data, ends, is_page, sheet};
use crate::source::Span;

/// What is kept of a file once it is read.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What is wrong with it.
    pub(super) faults: Vec<Fault>,
    /// Addresses that were followed within the output.
    pub(super) addresses: usize,
    /// Places on other pages, or on itself, that it leads to.
    pub(super) wants: Vec<Want>,
    /// Hashes of the ids and names that it has, in order; none where it is no page.
    places: Option<Vec<u64>>,
    /// The page that it forwards to.
    forward: Option<(u32, Span)>,
}

/// A link to a place on a page.
#[derive(Debug)]
pub(super) struct Want {
    page: u32,
    place: u64,
    span: Span,
}

/// What files are held to.
pub(super) struct Judge<'a> {
    /// Where the output lies.
    pub(super) folder: &'a Path,
    /// Its files.
    pub(super) listing: &'a Listing,
    /// The address at which it will be served.
    pub(super) base: Option<Base<'a>>,
}

impl Judge<'_> {
    /// Read a file and hold it to the rules for its kind.
    pub(super) fn file(&self, number: u32) -> Facts {
        let mut facts = Facts::default();
        let Some(file) = self.listing.file(number) else { return facts };
        let page = is_page(&file.path);
        let made = self.listing.ours && !file.copied;
        let domain = file.path == "CNAME";
        if !(page
            || domain
            || ends(&file.path, &["css", "xml", "txt"])
            || made && ends(&file.path, &["json", "js", "md"]))
        {
            return facts;
        }
        let text = match std::fs::read(self.folder.join(&file.path)).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) if !page => return facts,
            Ok(Err(_)) => {
                facts.faults.push(
                    Fault::of("unreadable", "the page is not UTF-8")
                        .hint("save it as UTF-8")
                        .at(number, Span::default()),
                );
                return facts;
            }
            Err(error) => {
                facts.faults.push(
                    Fault::of("unreadable", format!("the file cannot be read: {error}")).at(number, Span::default()),
                );
                return facts;
            }
        };
        if page {
            self.page((number, file), &text, &mut facts);
        } else if domain {
            facts.faults.extend(
                data::domain(&text, self.base.as_ref())
                    .map(|fault| fault.at(number, Span::new(0, text.trim_end().len()))),
            );
        } else {
            // Addresses in data count from the top, wherever the file lies.
            let top = ends(&file.path, &["json", "js"]).then(|| File { path: String::new(), ..file.clone() });
            let from = top.as_ref().unwrap_or(file);
            addresses(file, made, &text).iter().for_each(|address| self.address(address, (number, from), &mut facts));
        }
        facts
    }

    fn page(&self, (number, file): (u32, &File), text: &str, facts: &mut Facts) {
        let document = Document::read(text);
        let made = self.listing.ours && !file.copied;
        if made || !self.listing.ours && document.is_page {
            form(&document, made, |fault, span| facts.faults.push(fault.at(number, span)));
        }
        if made && document.has.policy {
            for (what, span) in &document.inline {
                let fault = Fault::of("blocked-code", format!("{what}, which the page's policy blocks"));
                facts.faults.push(fault.hint("put it into a file of the theme's assets").at(number, *span));
            }
        }
        let mut places = HashSet::with_capacity(document.ids.len());
        for (id, span) in &document.ids {
            if !places.insert(xxh3_64(id.as_bytes())) {
                let fault = Fault::of("duplicate-id", format!("the id `{id}` is given twice"));
                facts
                    .faults
                    .push(fault.hint("links to it reach the first one only: change one of the two").at(number, *span));
            }
        }
        places.extend(document.names.iter().map(|name| xxh3_64(name.as_bytes())));
        let mut places: Vec<u64> = places.into_iter().collect();
        places.sort_unstable();
        facts.places = Some(places);
        // A page that says so has its links count from elsewhere.
        let base = document.base.as_deref().map(|base| lead(base, &file.path, self.base.as_ref()));
        let from = match base {
            Some(Lead::Inside { path, .. }) => File { path, ..file.clone() },
            Some(_) => return,
            None => file.clone(),
        };
        document.addresses.iter().for_each(|address| self.address(address, (number, &from), facts));
    }

    /// Follow one address from a file.
    fn address(&self, address: &Address, (number, from): (u32, &File), facts: &mut Facts) {
        let made = self.listing.ours && !from.copied;
        let span = address.span;
        let mut fault = |fault: Fault| facts.faults.push(fault.at(number, span));
        let (path, fragment, written) = match lead(&address.text, &from.path, self.base.as_ref()) {
            Lead::Inside { path, fragment, written } => (path, fragment, written),
            Lead::Local => {
                let message = format!("`{}` is an address of the reader's own machine", address.text);
                return fault(
                    Fault::of("local-address", message).hint("write the published address, or show it as code"),
                );
            }
            Lead::Leaves => {
                let message = format!("`{}` leaves the handbook", address.text);
                return fault(Fault::of("broken-address", message).hint("write it from the page it stands on"));
            }
            Lead::Outside => return self.outside(address, made, fault),
        };
        // A file of its own that is served at any depth, and what is told in full, are written from the root.
        if made && written == Written::Rooted && from.path != "404.html" {
            let message = format!("`{}` begins at the root of the host", address.text);
            fault(
                Fault::of("rooted-address", message)
                    .hint("write it from the page: it works neither from disk nor at another address"),
            );
        }
        if written != Written::Full && address.purpose == Purpose::Tell && self.base.is_some() {
            let message = format!("`{}` is no full address", address.text);
            return fault(Fault::of("wrong-base", message).hint("programs need it with its host"));
        }
        if made && written == Written::Relative && (path.is_empty() || path.ends_with('/')) {
            let message = format!("an address leads to the folder `{path}`");
            let hint = format!("name the file, `{path}index.html`: opened from disk a folder only lists its files");
            return fault(Fault::of("broken-address", message).hint(hint));
        }
        match self.find(&path) {
            Ok(page) => {
                facts.addresses += 1;
                if address.purpose == Purpose::Forward {
                    facts.forward = Some((page, span));
                }
                if let Some(fragment) = fragment.filter(|fragment| is_place(fragment)) {
                    // A page's Markdown has no ids: a place in it is one of the page beside it.
                    let beside = path.strip_suffix(".md").and_then(|page| self.listing.exact(&format!("{page}.html")));
                    let page = beside.unwrap_or(page);
                    facts.wants.push(Want { page, place: xxh3_64(fragment.as_bytes()), span });
                }
            }
            Err(dead) if written == Written::Rooted && self.base.is_none() => {
                fault(dead.hint("say where it will be served, by `--base-url`, or correct the address"));
            }
            Err(dead) => fault(dead),
        }
    }

    /// An address of another host.
    fn outside(&self, address: &Address, made: bool, fault: impl FnOnce(Fault)) {
        if address.purpose == Purpose::Tell && self.base.is_some() {
            let message = format!("`{}` is not below the address of the handbook", address.text);
            fault(Fault::of("wrong-base", message).hint("build with the `base_url` at which it will be published"));
        } else if address.purpose == Purpose::Load && made {
            let message = format!("`{}` is loaded from elsewhere, which the page's policy blocks", address.text);
            fault(Fault::of("blocked-code", message).hint("put the file beside the page, or into the theme's assets"));
        }
    }

    /// The file that a path means.
    fn find(&self, path: &str) -> Result<u32, Fault> {
        let listing = self.listing;
        let index = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(file) = listing.exact(&index) {
            return Ok(file);
        }
        let slashed = format!("{path}/index.html");
        // GitHub Pages adds what is missing; a disk does not.
        let served = listing.exact(&slashed).or_else(|| listing.exact(&format!("{path}.html")));
        if let Some(file) = served.filter(|_| !listing.ours) {
            return Ok(file);
        }
        let fault = Fault::of("broken-address", format!("an address leads to `{index}`, and there is no such file"));
        Err(match (served.and_then(|file| listing.file(file)), listing.near(&index)) {
            (Some(file), _) => fault.hint(format!("name the file: `{}`", file.path)),
            (None, Some(file)) => fault.hint(format!("there is `{}`: case and Unicode form count", file.path)),
            (None, None) => fault.hint("correct the address, or build again"),
        })
    }

    /// Links to places that their page has not.
    pub(super) fn places(&self, facts: &[Facts]) -> Vec<Fault> {
        let missing = |(number, of): (usize, &Facts)| -> Vec<Fault> {
            let missing = of.wants.iter().filter(|want| {
                let places = facts.get(want.page as usize).and_then(|page| page.places.as_ref());
                places.is_some_and(|places| places.binary_search(&want.place).is_err())
            });
            let text = missing.clone().next().and_then(|_| self.text(number));
            missing.map(|want| self.no_place(want, number, text.as_deref())).collect()
        };
        facts.par_iter().enumerate().flat_map_iter(missing).collect()
    }

    fn no_place(&self, want: &Want, number: usize, text: Option<&str>) -> Fault {
        // Only its hash was kept.
        let written = text.and_then(|text| text.get(want.span.range())).unwrap_or("");
        let place = crate::route::decode(written.split_once('#').map_or("", |(_, place)| place));
        let page = self.listing.file(want.page).map_or("", |file| file.path.as_str());
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let fault = Fault::of(
            "broken-fragment",
            format!("an address leads to `{page}#{place}`, and that page has no such place"),
        );
        fault.hint("readers land at the top of the page: name an id that is there").at(number, want.span)
    }

    fn text(&self, number: usize) -> Option<String> {
        let file = self.listing.files.get(number)?;
        std::fs::read_to_string(self.folder.join(&file.path)).ok()
    }

    /// Pages that forward to each other and never to a page that stays.
    pub(super) fn circles(&self, facts: &[Facts]) -> Vec<Fault> {
        let next: HashMap<u32, (u32, Span)> =
            facts.iter().zip(0..).filter_map(|(facts, number)| Some((number, facts.forward?))).collect();
        let mut faults = Vec::new();
        for (number, facts) in (0..).zip(facts) {
            let Some((mut at, span)) = facts.forward else { continue };
            let mut seen = HashSet::from([number]);
            while seen.insert(at) {
                let Some((then, _)) = next.get(&at) else { break };
                at = *then;
            }
            if at == number {
                let fault = Fault::of("broken-address", "the page forwards in a circle, back to itself");
                faults
                    .push(fault.hint("let `moved_from` name the old address on the page that stays").at(number, span));
            }
        }
        faults
    }
}

/// The addresses in a file that is no page.
fn addresses(file: &File, made: bool, text: &str) -> Vec<Address> {
    match file.path.as_str() {
        "robots.txt" => data::sitemaps(text),
        "llms.txt" if made => data::links(text, Purpose::Tell),
        path if ends(path, &["css"]) => sheet::addresses(text),
        path if ends(path, &["xml"]) => Document::read(text).addresses,
        path if ends(path, &["md"]) => data::links(text, Purpose::Follow),
        path if ends(path, &["json", "js"]) => data::routes(text),
        _ => Vec::new(),
    }
}

/// Whether a fragment names a place: `top` is everywhere, and some are for scripts or for the browser.
fn is_place(fragment: &str) -> bool {
    !(fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        || fragment.contains(['=', '#', ','])
        || fragment.starts_with(":~:"))
}

/// What a page lacks.
fn form(document: &Document, made: bool, mut tell: impl FnMut(Fault, Span)) {
    let has = document.has;
    let lacking = [
        (
            has.language,
            "no `lang` on its `<html>`",
            "screen readers need it: set `language` in site.toml, and say it in the template",
        ),
        (has.title, "no `<title>`", "browsers and search results show it"),
        (has.charset, "no encoding", "write `<meta charset=\"utf-8\">` into its head"),
        (
            has.viewport,
            "no viewport",
            "write `<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">` into its head",
        ),
        (
            has.policy || !made,
            "no Content-Security-Policy",
            "keep the one in the head of `base.html`: it stops scripts that are not yours",
        ),
        (has.end || !made, "no end", "the file was cut off: build again"),
        (!document.headings.is_empty(), "no `<h1>`", "a page says what it is in one"),
    ];
    for (_, what, hint) in lacking.into_iter().filter(|(there, ..)| !there) {
        tell(Fault::of("bad-page", format!("the page has {what}")).hint(hint), Span::default());
    }
    if let Some(second) = document.headings.get(1) {
        let fault = Fault::of("bad-page", format!("the page has {} `<h1>`", document.headings.len()));
        tell(fault.hint("one says what the page is: make the others `<h2>`"), *second);
    }
}
