//! Addresses in files for programs: routes in data, links in Markdown, the sitemap that robots.txt names, the domain in CNAME.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::Fault;
use super::address::Base;
use super::page::{Address, Purpose};
use crate::route::encoded;
use crate::source::Span;

/// The keys under which data names an address.
const KEYS: [&str; 2] = ["\"href\":\"", ROUTE];

/// A route is the path of a file, not yet an address.
const ROUTE: &str = "\"route\":\"";

/// Every route in JSON, or in a script that hands over JSON.
pub(super) fn routes(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    for key in KEYS {
        for (at, _) in text.match_indices(key) {
            let start = at + key.len() - 1;
            // The literal is read with its quotes, as JSON; the first value of the rest is it.
            let mut values = serde_json::Deserializer::from_str(text.get(start..).unwrap_or("")).into_iter::<String>();
            if let Some(Ok(route)) = values.next() {
                let span = Span::new(start + 1, start + values.byte_offset() - 1);
                let text = if key == ROUTE { encoded(&route) } else { route };
                found.push(Address { text, span, purpose: Purpose::Follow });
            }
        }
    }
    found
}

/// The links and pictures of a page's Markdown, or of the list of them.
pub(super) fn links(text: &str, purpose: Purpose) -> Vec<Address> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let target = |(event, range): (Event<'_>, std::ops::Range<usize>)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            // It stands behind its words; where it is written otherwise than it reads, the whole link is shown.
            let written = text.get(range.clone()).and_then(|link| link.rfind(&*dest_url)).map(|at| range.start + at);
            let span = written.map_or(Span::from(range), |at| Span::new(at, at + dest_url.len()));
            Some(Address { text: dest_url.into_string(), span, purpose })
        }
        _ => None,
    };
    Parser::new_ext(text, options).into_offset_iter().filter_map(target).collect()
}

/// The sitemaps that robots.txt names.
pub(super) fn sitemaps(text: &str) -> Vec<Address> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(':').filter(|(key, _)| key.trim().eq_ignore_ascii_case("sitemap")) {
            let start = at + key.len() + 1 + value.len() - value.trim_start().len();
            let value = value.trim();
            found.push(Address {
                text: value.to_owned(),
                span: Span::new(start, start + value.len()),
                purpose: Purpose::Tell,
            });
        }
        at += line.len();
    }
    found
}

/// What is wrong with a CNAME file.
pub(super) fn domain(text: &str, base: Option<&Base<'_>>) -> Option<Fault> {
    let domain = text.trim();
    let plain = domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    if !plain {
        let fault = Fault::of("wrong-base", "`CNAME` holds no domain");
        return Some(fault.hint("it wants one line such as `handbook.example.org`"));
    }
    // GitHub forwards from one of these to the other.
    let bare = |host: &str| host.to_ascii_lowercase().trim_start_matches("www.").to_owned();
    let base = base.filter(|base| bare(base.host) != bare(domain))?;
    let message = format!("`CNAME` says `{domain}`, and the pages say `{}`", base.host);
    Some(Fault::of("wrong-base", message).hint("set `domain` or `base_url` in site.toml, so that both are the same"))
}
