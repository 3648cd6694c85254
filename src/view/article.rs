//! A page as one plain stretch of HTML, from its title to its notes: what its Markdown is written from.

use std::fmt::Write as _;

use super::shelf::{Here, Shelf};
use super::{ContactView, GroupView, ItemView, NoteView, PageView, PersonView, SectionView};
use crate::model::PageId;
use crate::prose::{escape, leading};
use crate::route::Route;

impl Shelf<'_> {
    /// What the page `id` says, to be shown as Markdown at `route`: links lead to other pages' Markdown.
    #[must_use]
    pub fn article(&self, id: PageId, route: &Route) -> Option<String> {
        let page = self.handbook.page(id)?;
        let here = Here { route, prefix: None, bound: None, texts: Some(&self.known.pages) };
        let view = self.written(id, page, here);
        let mut article = Article { shelf: *self, html: String::new() };
        article.head(&view);
        for section in &view.sections {
            article.section(section, &view);
        }
        article.sources(&view);
        let related = self.cards(self.kin.cards(id).iter().copied(), here);
        if !related.is_empty() {
            article.heading("page.related");
            article.html.push_str("<ul>");
            for card in related {
                let summary = card.summary.map(|summary| format!(": {}", escape(&summary))).unwrap_or_default();
                article.add(format_args!("<li>{}{summary}</li>", link(&card.title, Some(&card.href))));
            }
            article.html.push_str("</ul>");
        }
        article.html.push_str(view.footnotes.as_deref().unwrap_or(""));
        Some(article.html)
    }
}

/// The page so far.
struct Article<'s> {
    shelf: Shelf<'s>,
    html: String,
}

impl Article<'_> {
    fn add(&mut self, html: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.html.write_fmt(html);
    }

    fn say(&self, key: &str) -> String {
        escape(&self.shelf.handbook.wording.say(key, &[]))
    }

    fn heading(&mut self, key: &str) {
        let words = self.say(key);
        self.add(format_args!("<h2>{words}</h2>"));
    }

    fn head(&mut self, page: &PageView) {
        self.add(format_args!("<h1>{}</h1>", escape(&page.title)));
        if let Some(status @ ("draft" | "proposed" | "retired")) = page.status.as_deref() {
            let status = self.say(&format!("status.{status}"));
            self.add(format_args!("<p><em>{status}</em></p>"));
        }
        if let Some(summary) = &page.summary {
            self.add(format_args!("<p>{}</p>", escape(summary)));
        }
        if !page.aliases.is_empty() {
            let wording = &self.shelf.handbook.wording;
            let names = page.aliases.join(&wording.say("join.between", &[]));
            let also = escape(&wording.say("page.also", &[("names", &names)]));
            self.add(format_args!("<p>{also}</p>"));
        }
    }

    fn section(&mut self, section: &SectionView, page: &PageView) {
        match &section.heading {
            Some(heading) => self.add(format_args!("<h2>{heading}</h2>")),
            None if section.name == "meaning" && page.sections.first() != Some(section) => self.heading("page.meaning"),
            None => {}
        }
        self.html.push_str(&section.intro);
        for group in &section.groups {
            if !group.title.is_empty() {
                self.add(format_args!("<h3>{}</h3>", group.title));
            }
            self.html.push_str(&group.intro);
            self.items(section, group);
        }
        self.html.push_str(&section.outro);
        if section.form == "escalation" && !page.contacts.is_empty() {
            self.html.push_str("<ul>");
            page.contacts.iter().for_each(|contact| self.contact(contact));
            self.html.push_str("</ul>");
        }
    }

    fn items(&mut self, section: &SectionView, group: &GroupView) {
        if group.items.is_empty() {
            return;
        }
        let plain = group.items.iter().all(|item| item.blocks.is_empty());
        if section.form == "pairs" && plain {
            return self.table(section, group);
        }
        let list = if section.form == "steps" { "ol" } else { "ul" };
        self.add(format_args!("<{list}>"));
        for item in &group.items {
            self.html.push_str("<li>");
            self.item(section, item);
            self.add(format_args!("{}</li>", item.blocks));
        }
        self.add(format_args!("</{list}>"));
    }

    fn table(&mut self, section: &SectionView, group: &GroupView) {
        self.html.push_str("<table>");
        if !section.columns.is_empty() {
            self.html.push_str("<thead><tr>");
            section.columns.iter().for_each(|column| self.add(format_args!("<th>{column}</th>")));
            self.html.push_str("</tr></thead>");
        }
        for item in &group.items {
            self.add(format_args!("<tr><td>{}</td><td>{}</td></tr>", item.label, item.html));
        }
        self.html.push_str("</table>");
    }

    fn item(&mut self, section: &SectionView, item: &ItemView) {
        if let Some(note) = &item.note {
            self.html.push_str(&link(&note.title, note.href.as_deref()));
            return self.note(note);
        }
        if !item.label.is_empty() {
            self.add(format_args!("<strong>{}</strong> ", leading(&item.label)));
        }
        self.html.push_str(&item.html);
        if section.form == "escalation" && !item.roles.is_empty() {
            self.html.push_str(" → ");
            self.people(&item.roles);
        }
    }

    /// Where two pages connect and where they differ.
    fn note(&mut self, note: &NoteView) {
        for (key, said) in [("note.connects", &note.connects), ("note.differs", &note.differs)] {
            if !said.is_empty() {
                let key = self.say(key);
                self.add(format_args!(" <strong>{key}</strong> {said}"));
            }
        }
    }

    fn contact(&mut self, contact: &ContactView) {
        self.add(format_args!("<li><strong>{}</strong>: ", link(&contact.name, Some(&contact.href))));
        if let Some(when) = &contact.when {
            self.add(format_args!("{} ", escape(when)));
        }
        self.people(&contact.how);
        self.html.push_str("</li>");
    }

    fn people(&mut self, people: &[PersonView]) {
        let between = self.say("join.between");
        let people: Vec<String> = people.iter().map(|person| link(&person.name, person.href.as_deref())).collect();
        self.html.push_str(&people.join(&between));
    }

    /// What other pages wrote about this one, and where it comes from.
    fn sources(&mut self, page: &PageView) {
        if !page.noted_by.is_empty() {
            self.heading("note.elsewhere");
            self.html.push_str("<ul>");
            for note in &page.noted_by {
                let by = link(&note.title, note.href.as_deref());
                let on = self.shelf.handbook.wording.html("note.on", &|_| Some(by.clone()));
                self.add(format_args!("<li>{}", on.unwrap_or_default()));
                self.note(note);
                self.html.push_str("</li>");
            }
            self.html.push_str("</ul>");
        }
        if !page.sources.is_empty() {
            self.heading("page.sources");
            self.html.push_str("<ul>");
            for source in &page.sources {
                self.add(format_args!("<li>{}</li>", link(&source.title, source.url.as_deref())));
            }
            self.html.push_str("</ul>");
        }
    }
}

/// Words as a link, where they lead somewhere.
fn link(words: &str, href: Option<&str>) -> String {
    let words = escape(words);
    match href {
        Some(href) => format!("<a href=\"{}\">{words}</a>", escape(href)),
        None => words,
    }
}
