//! Where a page's running text stands in its source: outside of links, headings, code and markup.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Draft;
use super::events::events;
use super::mask::mask;

impl Draft {
    /// The stretches of the source that are running text, word for word as readers see it.
    #[must_use]
    pub fn running_text(&self) -> Vec<Range<usize>> {
        let source = self.source.text();
        let body = self.body as usize;
        let masked = mask(source.get(body..).unwrap_or(""));
        let mut stretches = Vec::new();
        let mut at = 0;
        let Some(evs) = events(&masked, 0) else { return stretches };
        while let Some(ev) = evs.get(at) {
            match &ev.event {
                Event::Start(
                    Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock,
                ) => {
                    at = ev.close;
                }
                Event::Text(text) => {
                    let span = ev.span.start + body..ev.span.end + body;
                    if source.get(span.clone()) == Some(&**text) {
                        stretches.push(span);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        stretches
    }
}
