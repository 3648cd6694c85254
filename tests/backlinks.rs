//! Pages that link to a page: the first stand on it, all of them on a page of their own.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod support;

use std::fmt::Write as _;

use support::program::{Place, at, build};

/// A handbook in which so many pages link to one.
fn linked(count: usize) -> Place {
    let place = Place::with(&[
        ("content/index.md", "# Home\n\nWhat to do.\n"),
        ("content/guides/Late news.md", "# Late news\n\nIt is.\n"),
    ]);
    for number in 0..count {
        place.write(
            &format!("content/notes/n{number:03}.md"),
            &format!("# Note {number}\n\nThe {number}th of [[Late news]] here.\n"),
        );
    }
    build(&place.path);
    place
}

/// How many pages a page lists with the sentence in which they link to it.
fn listed(page: &str) -> usize {
    let list = page.split("<section class=\"backlinks\">").nth(1).and_then(|rest| rest.split("</ul>").next());
    list.map_or(0, |list| list.matches("th of Late news here.</p>").count())
}

#[test]
fn up_to_twelve_stand_on_the_page() {
    let place = linked(12);
    assert_eq!(listed(&place.read("public/guides/Late-news.html")), 12);
    assert!(!place.at("public/links").exists());
}

#[test]
fn of_more_the_first_stand_there_and_all_of_them_on_a_page_of_their_own() {
    let place = linked(14);
    let page = place.read("public/guides/Late-news.html");
    assert_eq!(listed(&page), 12);
    assert!(page.contains("<a href=\"../links/guides/Late-news.html\">and 2 more</a>"), "{page}");
    let all = place.read("public/links/guides/Late-news.html");
    assert!(all.contains("<h1>Pages that link to “Late news”</h1>"), "{all}");
    assert!(all.contains("<a href=\"../../guides/Late-news.html\">Late news</a>"));
    let mut expected = String::new();
    for number in 0..14 {
        let _ = write!(
            expected,
            "<li><a href=\"../../notes/n{number:03}.html\">Note {number}</a><p>The {number}th of Late news here.</p></li>"
        );
    }
    assert!(all.contains(&expected), "{all}");
    at(&place.path, &["check", "--output", "public"]).ends(0, &[]);
}

#[test]
fn of_very_many_only_the_titles_are_listed() {
    let all = linked(501).read("public/links/guides/Late-news.html");
    assert_eq!((all.matches("<li><a href=\"../../notes/").count(), listed(&all)), (501, 0));
}
