//! Live preview without a server: what is edited on disk is what is shown, at once as far as it can be, and when it has
//! settled to the byte what a build would write.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;

use mendbook::route::Route;

mod support;

#[path = "preview/live.rs"]
mod live;
#[path = "preview/scenarios.rs"]
mod scenarios;
#[path = "preview/scripts.rs"]
mod scripts;

use live::{Live, pattern};

/// Three patterns, the second linked from the first, and a page beside them.
fn three() -> Live {
    Live::new(&[
        ("content/index.md", "# Handbook\n\nBegin here.\n"),
        ("content/patterns/late.md", &pattern("Late news", "It comes late. See [[Going quiet]].")),
        ("content/patterns/quiet.md", &pattern("Going quiet", "Nobody speaks up in meetings.")),
        ("content/patterns/broken.md", &pattern("A broken promise", "A date was missed.")),
    ])
}

#[test]
fn an_edit_reads_one_file_and_changes_one_page() {
    let mut live = three();
    assert_eq!(live.parsed(), 4, "each file once, though the site was made twice");
    let before = live.views();
    let text = pattern("Late news", "It comes late. See [[Going quiet]].").replace("so far", "so far, again and again");
    live.write("content/patterns/late.md", &text);
    live.look();
    assert_eq!(live.parsed(), 5);
    assert!(!live.is_settled(), "the others are still to be compared");
    assert_eq!(live.changed_since(&before), ["patterns/late.html", "print.html"]);
    assert!(live.page("patterns/late.html").contains("again and again"));
    live.settle();
    assert_eq!(live.parsed(), 5, "settling reads nothing anew");
}

#[test]
fn a_page_that_is_told_to_have_changed_is_shown_without_a_look() {
    let mut live = three();
    let text =
        pattern("Going quiet", "Nobody speaks up in meetings.").replace("It costs to speak", "It always cost to speak");
    live.write("content/patterns/quiet.md", &text);
    assert!(live.touch("content/patterns/quiet.md"), "it is shown at once");
    assert!(live.page("patterns/quiet.html").contains("It always cost to speak"));
    assert_eq!(live.parsed(), 5);
    live.settle();
    live.is_as_built();
}

#[test]
fn what_concerns_more_than_a_text_is_shown_wherever_it_does() {
    let mut live = three();
    live.write("content/patterns/quiet.md", &pattern("Gone quiet", "Nobody speaks up in meetings."));
    assert!(live.touch("content/patterns/quiet.md"));
    assert!(live.page("patterns/quiet.html").contains("<h1>Gone quiet</h1>"));
    assert!(live.page("patterns/late.html").contains("wanted"), "the link leads nowhere now");
    live.settle();
    live.is_as_built();
}

#[test]
fn an_anchor_that_others_link_to_concerns_them() {
    let mut live = three();
    let linking = pattern("Late news", "See [[Going quiet#^here]].");
    live.write("content/patterns/late.md", &linking);
    live.settle();
    live.write("content/patterns/quiet.md", &pattern("Going quiet", "Nobody speaks up. ^here"));
    assert!(live.touch("content/patterns/quiet.md"));
    assert!(live.page("patterns/late.html").contains("quiet.html#%5Ehere"), "{}", live.page("patterns/late.html"));
    live.settle();
    live.is_as_built();
}

#[test]
fn the_thirteenth_page_that_links_to_one_brings_the_page_that_lists_them_all() {
    let mut live = three();
    for number in 0..13 {
        let text = if number < 12 { "See [[A broken promise]]." } else { "It is late." };
        live.write(&format!("content/guides/g{number}.md"), &format!("# Guide {number}\n\n{text}\n"));
    }
    live.settle();
    let all = Route::made("links/patterns/broken.html");
    assert!(live.site().view(&all).is_none());
    live.write("content/guides/g12.md", "# Guide 12\n\nIt is late: see [[A broken promise]].\n");
    assert!(live.touch("content/guides/g12.md"));
    assert!(live.site().view(&all).is_some());
    live.settle();
    live.is_as_built();
}

#[test]
fn a_card_on_another_page_follows_the_edit() {
    let mut live = three();
    let before = live.views();
    let text = pattern("A broken promise", "A date was missed.").replace("title =", "summary = \"Short.\"\ntitle =");
    live.write("content/patterns/broken.md", &text);
    live.look();
    let changed = live.changed_since(&before);
    assert!(changed.contains(&"patterns/broken.html".to_owned()), "{changed:?}");
    assert!(changed.contains(&"patterns/index.html".to_owned()), "its folder lists it: {changed:?}");
    live.settle();
    live.is_as_built();
}

#[test]
fn a_broken_template_leaves_the_last_whole_theme_and_the_newest_text() {
    let mut live = three();
    live.write("site.toml", "[theme]\nlayers = [\"ours\"]\n");
    live.write(
        "themes/ours/page.html",
        "{% extends \"plain/page.html\" %}\n{% block main %}<h1>Ours {{ page.title }}</h1>{% endblock %}\n",
    );
    live.settle();
    assert!(live.page("patterns/late.html").contains("Ours Late news"));
    live.write("themes/ours/page.html", "{% extends \"plain/page.html\" %}\n{% block main %}{{ page.title ");
    live.look();
    let fault = live.fault().unwrap();
    assert!(fault.contains("template-error") && fault.contains("themes/ours/page.html:2"), "{fault}");
    live.write("content/patterns/late.md", &pattern("Later news", "It comes late."));
    live.look();
    assert!(live.page("patterns/late.html").contains("Ours Later news"));
    live.write(
        "themes/ours/page.html",
        "{% extends \"plain/page.html\" %}\n{% block main %}<h1>Mended</h1>{% endblock %}\n",
    );
    live.settle();
    assert_eq!(live.fault(), None);
    assert!(live.page("patterns/late.html").contains("Mended"));
    live.is_as_built();
}

#[test]
fn a_broken_site_toml_leaves_the_last_good_site() {
    let mut live = three();
    live.write("site.toml", "title = \"Ours\"\n");
    live.settle();
    live.write("site.toml", "title = \"Ours\n");
    live.look();
    assert!(live.fault().unwrap().contains("site.toml:1"), "{:?}", live.fault());
    assert!(live.page("index.html").contains("Ours"));
    live.write("site.toml", "title = \"Theirs\"\n");
    live.settle();
    assert_eq!(live.fault(), None);
    assert!(live.page("index.html").contains("Theirs"));
    live.is_as_built();
}

#[test]
fn a_theme_that_is_broken_from_the_start_shows_the_pages_in_the_embedded_one() {
    let live = Live::new(&[
        ("site.toml", "[theme]\nlayers = [\"ours\"]\n"),
        ("themes/ours/page.html", "{% if %}"),
        ("content/a.md", "# A page\n\nText.\n"),
    ]);
    assert!(live.fault().unwrap().contains("themes/ours/page.html:1"), "{:?}", live.fault());
    assert!(live.page("a.html").contains("<h1>A page</h1>"));
}

#[test]
fn nothing_is_written() {
    let mut live = three();
    live.write("content/patterns/late.md", &pattern("Late news", "Other words."));
    let before = support::tree(live.folder());
    live.settle();
    live.page("patterns/late.html");
    assert_eq!(support::tree(live.folder()), before);
}

#[test]
fn a_stylesheet_changes_no_view() {
    let mut live = three();
    live.write("site.toml", "[theme]\nlayers = [\"ours\"]\n");
    live.write("themes/ours/assets/mend.css", "body { color: red }\n");
    live.settle();
    let route = Route::made("patterns/late.html");
    let seen = |live: &Live| (live.site().view(&route).unwrap(), live.site().theme().unwrap().prints());
    let (view, prints) = seen(&live);
    live.write("themes/ours/assets/mend.css", "body { color: green }\n");
    live.settle();
    let (now, printed) = seen(&live);
    assert_eq!((now, printed.templates), (view, prints.templates));
    assert_ne!(printed.assets, prints.assets);
    live.is_as_built();
}

#[test]
fn a_folder_that_is_replaced_by_another_is_read_again() {
    let mut live = three();
    fs::rename(live.folder().join("content"), live.folder().join("was")).unwrap();
    live.look();
    fs::rename(live.folder().join("was"), live.folder().join("content")).unwrap();
    live.settle();
    live.is_as_built();
}
