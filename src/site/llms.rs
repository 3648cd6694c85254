//! `llms.txt`: what the handbook is, and each page's Markdown with what it is about, area by area.

use std::fmt::Write as _;

use super::Site;
use crate::markdown;
use crate::model::Page;
use crate::prose::escape;
use crate::route::Route;

impl Site {
    /// As <https://llmstxt.org> has it: a title, a summary, and lists of links under headings.
    pub(super) fn llms(&self) -> String {
        let here = Route::made("llms.txt");
        let href = |page: &Page| match self.config.base_url.as_deref() {
            Some(base) => page.route.as_markdown().absolute(base),
            None => here.href_to(&page.route.as_markdown(), None),
        };
        let mut html = format!("<h1>{}</h1>", escape(&self.config.title));
        if let Some(description) = &self.config.description {
            let _ = write!(html, "<blockquote>{}</blockquote>", escape(description));
        }
        // As for print: pages that are retired have no place in it, and patterns come first.
        for area in &self.handbook.lists.print.groups {
            let _ = write!(html, "<h2>{}</h2><ul>", escape(&area.title));
            let pages = area.entries.iter().filter_map(|id| self.handbook.page(*id));
            for page in pages.filter(|page| page.route.path() != "404.html") {
                let _ = write!(html, "<li><a href=\"{}\">{}</a>", escape(&href(page)), escape(page.title()));
                if let Some(summary) = &page.draft.summary {
                    let _ = write!(html, ": {}", escape(summary));
                }
                html.push_str("</li>");
            }
            html.push_str("</ul>");
        }
        markdown::from_html(&html)
    }
}
