//! HTML and Markdown, each as what it says: its text without white space, its links, pictures and headings, in order.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Node};

/// What a document says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its text, white space left out.
    pub text: String,
    /// Where its links lead.
    pub links: Vec<String>,
    /// Its pictures.
    pub pictures: Vec<String>,
    /// Its headings with their levels.
    pub headings: Vec<(u8, String)>,
}

impl Said {
    /// What Markdown says to a reader of GitHub's.
    pub fn by_markdown(markdown: &str) -> Said {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let mut said = Said::default();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => said.links.push(dest_url.to_string()),
                Event::Start(Tag::Image { dest_url, .. }) => said.pictures.push(dest_url.to_string()),
                Event::Start(Tag::Heading { level, .. }) => said.headings.push((level as u8, said.text.clone())),
                Event::End(TagEnd::Heading(_)) => said.end_heading(),
                Event::Text(text) | Event::Code(text) | Event::FootnoteReference(text) => said.push(&text),
                Event::Html(html) | Event::InlineHtml(html) => panic!("HTML in Markdown: {html}\n{markdown}"),
                _ => {}
            }
        }
        said
    }

    /// What HTML says to a reader of the page.
    pub fn by_html(html: &str) -> Said {
        let mut said = Said::default();
        said.element(Html::parse_fragment(html).root_element());
        said
    }

    /// Where this first differs from another, in a few words.
    pub fn difference(&self, other: &Said) -> Option<String> {
        let lists = |said: &Said| (said.links.clone(), said.pictures.clone(), said.headings.clone());
        if self.text == other.text {
            let (one, two) = (lists(self), lists(other));
            return (one != two).then(|| format!("{one:?} is not {two:?}"));
        }
        let same = self.text.chars().zip(other.text.chars()).take_while(|(one, two)| one == two).count();
        let near = |text: &str| text.chars().skip(same.saturating_sub(30)).take(80).collect::<String>();
        Some(format!("`{}` is not `{}`", near(&self.text), near(&other.text)))
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let (name, attr) = (element.value().name(), |name| element.attr(name).unwrap_or("").to_owned());
        if matches!(name, "script" | "style" | "template") || attr("class") == "footnote-back" {
            return;
        }
        match name {
            "img" => {
                self.pictures.push(attr("src"));
                self.push(&attr("alt"));
            }
            "a" if element.attr("href").is_some() && !attr("href").starts_with("#fn:") => self.links.push(attr("href")),
            _ => {}
        }
        if matches!(name, "pre" | "code") {
            // Code holds no links; the address stands there all the same.
            return element.text().for_each(|text| self.push(text));
        }
        let level = name.strip_prefix('h').and_then(|level| level.parse().ok());
        if let Some(level) = level {
            self.headings.push((level, self.text.clone()));
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.push(text),
                _ => ElementRef::wrap(child).into_iter().for_each(|child| self.element(child)),
            }
        }
        if level.is_some() {
            self.end_heading();
        }
    }

    fn push(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| !c.is_whitespace()));
    }

    /// A heading is all that was said since it began.
    fn end_heading(&mut self) {
        if let Some((_, heading)) = self.headings.last_mut() {
            *heading = self.text.get(heading.len()..).unwrap_or("").to_owned();
        }
    }
}
