//! Faults that are planted into a good output, each with the check that finds it.

use std::fs;
use std::path::Path;

/// What is done to a good output.
pub(crate) enum Plant {
    /// Markup before the end of a page's `main`; the address or words in it that are at fault.
    Markup(&'static str, &'static str),
    /// A text in a file becomes another; what is at fault.
    Text(&'static str, (&'static str, &'static str), &'static str),
    /// A file is not there.
    Gone(&'static str),
    /// A file that is there too.
    More(&'static str, &'static [u8]),
    /// Anything else.
    Deed(fn(&Path)),
}

use Plant::{Deed, Gone, Markup, More, Text};

/// The page that markup is planted into.
pub(crate) const PAGE: &str = "patterns/going-quiet.html";

/// The name of each fault, how it is planted, and which check finds it with which words.
pub(crate) type Case = (&'static str, Plant, &'static str, &'static str);

/// Every fault.
pub(crate) fn planted() -> impl Iterator<Item = &'static Case> {
    [ADDRESSES, PROGRAMS, PAGES, FILES].into_iter().flatten()
}

/// Addresses on pages and in style sheets.
const ADDRESSES: &[Case] = &[
    (
        "a page that is not there",
        Markup("<a href=\"gone.html\">x</a>", "gone.html"),
        "broken-address",
        "`patterns/gone.html`",
    ),
    (
        "a page in other case",
        Markup("<a href=\"Going-Quiet.html\">x</a>", "Going-Quiet.html"),
        "broken-address",
        "`patterns/Going-Quiet.html`",
    ),
    (
        "a page without its ending",
        Markup("<a href=\"late-bad-news\">x</a>", "late-bad-news"),
        "broken-address",
        "`patterns/late-bad-news`",
    ),
    (
        "a folder without its page",
        Markup("<a href=\"../patterns\">x</a>", "../patterns"),
        "broken-address",
        "`patterns`",
    ),
    (
        "a folder",
        Markup("<a href=\"../patterns/\">x</a>", "../patterns/"),
        "broken-address",
        "leads to the folder `patterns/`",
    ),
    ("a picture", Markup("<img src=\"../a%20b.png\" alt=\"\">", "../a%20b.png"), "broken-address", "`a b.png`"),
    (
        "one picture of several",
        Markup("<img srcset=\"../assets/favicon.svg 1x, big.png 2x\" alt=\"\">", "../assets"),
        "broken-address",
        "`patterns/big.png`",
    ),
    ("a poster", Markup("<video poster=\"p.png\"></video>", "p.png"), "broken-address", "`patterns/p.png`"),
    (
        "a script",
        Markup("<script src=\"../assets/gone.js?v=1\"></script>", "../assets/gone.js?v=1"),
        "broken-address",
        "`assets/gone.js`",
    ),
    ("an object", Markup("<object data=\"o.pdf\"></object>", "o.pdf"), "broken-address", "`patterns/o.pdf`"),
    (
        "a picture for those without scripts",
        Markup("<noscript><img src=\"n.png\" alt=\"\"></noscript>", "n.png"),
        "broken-address",
        "`patterns/n.png`",
    ),
    ("a style sheet", Gone("assets/mend.css"), "broken-address", "`assets/mend.css`"),
    (
        "a font of the style sheet",
        Deed(|folder| fs::remove_dir_all(folder.join("assets/fonts")).unwrap()),
        "broken-address",
        "`assets/fonts/",
    ),
    (
        "a picture of the style sheet",
        Text("assets/mend.css", ("body", "@import \"more.css\"; body"), "more.css"),
        "broken-address",
        "`assets/more.css`",
    ),
    ("out by `..`", Markup("<a href=\"../../x.html\">x</a>", "../../x.html"), "broken-address", "leaves the handbook"),
    (
        "out by the root",
        Markup("<a href=\"/other/x.html\">x</a>", "/other/x.html"),
        "broken-address",
        "leaves the handbook",
    ),
    (
        "from the root",
        Markup("<a href=\"/repo/index.html\">x</a>", "/repo/index.html"),
        "rooted-address",
        "root of the host",
    ),
    (
        "in full, and not there",
        Markup("<a href=\"https://handbook.test/repo/no.html\">x</a>", "https://handbook.test/repo/no.html"),
        "broken-address",
        "`no.html`",
    ),
    (
        "a link of 404.html",
        Text("404.html", ("</main>", "<a href=\"/repo/no.html\">x</a></main>"), "/repo/no.html"),
        "broken-address",
        "`no.html`",
    ),
    (
        "a place of another page",
        Markup("<a href=\"late-bad-news.html#gone\">x</a>", "late-bad-news.html#gone"),
        "broken-fragment",
        "`patterns/late-bad-news.html#gone`",
    ),
    (
        "a place of the page itself",
        Markup("<a href=\"#gone%20too\">x</a>", "#gone%20too"),
        "broken-fragment",
        "going-quiet.html#gone too`",
    ),
    ("a place in other case", Markup("<a href=\"#Signals\">x</a>", "#Signals"), "broken-fragment", "#Signals`"),
    (
        "this machine by its name",
        Markup("<a href=\"http://localhost:1111/\">x</a>", "http://localhost:1111/"),
        "local-address",
        "localhost",
    ),
    (
        "this machine by its number",
        Markup("<img src=\"//127.0.0.1/x.png\" alt=\"\">", "//127.0.0.1/x.png"),
        "local-address",
        "127.0.0.1",
    ),
    (
        "this machine's disk",
        Markup("<a href=\"file:///home/me/x.html\">x</a>", "file:///home/me/x.html"),
        "local-address",
        "file:",
    ),
];

/// Addresses in files for programs, and pages that forward.
const PROGRAMS: &[Case] = &[
    (
        "a page of the sitemap",
        Text(
            "sitemap.xml",
            ("</urlset>", "<url><loc>https://handbook.test/repo/no.html</loc></url></urlset>"),
            "https://handbook.test/repo/no.html",
        ),
        "broken-address",
        "`no.html`",
    ),
    (
        "a sitemap of elsewhere",
        Text("sitemap.xml", ("</urlset>", "<url><loc>https://old.test/</loc></url></urlset>"), "https://old.test/"),
        "wrong-base",
        "old.test",
    ),
    (
        "an entry of the feed",
        Text(
            "feed.xml",
            ("href=\"https://handbook.test/repo/moved.html", "href=\"https://handbook.test/repo/gone.html"),
            "https://handbook.test/repo/gone.html",
        ),
        "broken-address",
        "`gone.html`",
    ),
    (
        "an entry of a tag's feed",
        Text(
            "tags/first.xml",
            ("href=\"https://handbook.test/repo/moved.html", "href=\"https://handbook.test/repo/gone.html"),
            "https://handbook.test/repo/gone.html",
        ),
        "broken-address",
        "`gone.html`",
    ),
    (
        "a page of llms.txt",
        Text("llms.txt", ("repo/moved.md", "repo/gone.md"), "https://handbook.test/repo/gone.md"),
        "broken-address",
        "`gone.md`",
    ),
    (
        "a link in a page's Markdown",
        Text("moved.md", ("patterns/going-quiet.md#", "patterns/gone.md#"), "patterns/gone.md#signals"),
        "broken-address",
        "`patterns/gone.md`",
    ),
    (
        "a place in a page's Markdown",
        Text("moved.md", ("going-quiet.md#signals", "going-quiet.md#nowhere"), "patterns/going-quiet.md#nowhere"),
        "broken-fragment",
        "`patterns/going-quiet.html#nowhere`",
    ),
    (
        "a canonical address of elsewhere",
        Text(
            PAGE,
            ("rel=\"canonical\" href=\"https://handbook.test/repo/", "rel=\"canonical\" href=\"https://handbook.test/"),
            "https://handbook.test/",
        ),
        "wrong-base",
        "`https://handbook.test/",
    ),
    (
        "a card of this machine",
        Text(
            PAGE,
            ("og:url\" content=\"https://handbook.test", "og:url\" content=\"http://localhost:3000"),
            "http://localhost:3000",
        ),
        "local-address",
        "localhost",
    ),
    (
        "the sitemap of robots.txt",
        Text("robots.txt", ("repo/sitemap.xml", "repo/map.xml"), "https://handbook.test/repo/map.xml"),
        "broken-address",
        "`map.xml`",
    ),
    ("another domain", More("CNAME", b"other.test\n"), "wrong-base", "`other.test`"),
    ("no domain", More("CNAME", b"https://handbook.test/\n"), "wrong-base", "no domain"),
    (
        "a route in the data",
        Text("handbook.json", ("\"route\":\"moved.html\"", "\"route\":\"gone.html\""), "gone.html"),
        "broken-address",
        "`gone.html`",
    ),
    (
        "where a moved page forwards",
        Text("old/place.html", ("data-target=\"../moved.html\"", "data-target=\"../gone.html\""), "../gone.html"),
        "broken-address",
        "`gone.html`",
    ),
    (
        "where it forwards without scripts",
        Text("old/place.html", ("url=../moved.html", "url=../gone.html"), ""),
        "broken-address",
        "`gone.html`",
    ),
    (
        "moved in a circle",
        Deed(|folder| {
            change(folder, "old/place.html", ("data-target=\"../moved.html\"", "data-target=\"../older.html\""));
            change(folder, "old/place.html", ("url=../moved.html", "url=../older.html"));
            change(folder, "older.html", ("data-target=\"moved.html\"", "data-target=\"old/place.html\""));
            change(folder, "older.html", ("url=moved.html", "url=old/place.html"));
        }),
        "broken-address",
        "forwards in a circle",
    ),
];

/// What pages have.
const PAGES: &[Case] = &[
    ("two headings of the page", Markup("<h1>Two</h1>", "<h1"), "bad-page", "2 `<h1>`"),
    ("no heading of the page", Text(PAGE, ("<h1", "<h2"), ""), "bad-page", "no `<h1>`"),
    ("no language", Text(PAGE, ("<html lang=\"en\">", "<html>"), ""), "bad-page", "no `lang`"),
    ("no title", Text(PAGE, ("<title>", "<title></title><!--"), ""), "bad-page", "no `<title>`"),
    ("no encoding", Text(PAGE, ("<meta charset=\"utf-8\">", ""), ""), "bad-page", "no encoding"),
    ("no viewport", Text(PAGE, ("name=\"viewport\"", "name=\"view\""), ""), "bad-page", "no viewport"),
    ("no policy", Text(PAGE, ("Content-Security-Policy", "X-Policy"), ""), "bad-page", "no Content-Security-Policy"),
    ("cut off", Text(PAGE, ("</html>", ""), ""), "bad-page", "no end"),
    ("not UTF-8", More(PAGE, b"<!doctype html><html>\xE9"), "unreadable", "not UTF-8"),
    ("one id twice", Markup("<p id=\"signals\"></p>", "signals"), "duplicate-id", "`signals`"),
    ("a script in the page", Markup("<script>x()</script>", "<script"), "blocked-code", "an inline script"),
    ("a style in the page", Markup("<p style=\"color: red\">x</p>", "color: red"), "blocked-code", "an inline style"),
    ("a handler", Markup("<p onclick=\"x()\">x</p>", "x()"), "blocked-code", "a handler"),
    (
        "a script from elsewhere",
        Markup("<script src=\"https://cdn.test/x.js\"></script>", "https://cdn.test/x.js"),
        "blocked-code",
        "`https://cdn.test/x.js`",
    ),
];

/// Names, sizes and kinds of files.
const FILES: &[Case] = &[
    ("no .nojekyll", Gone(".nojekyll"), "missing-file", "`.nojekyll`"),
    ("no front page", Gone("index.html"), "missing-file", "`index.html`"),
    ("no 404.html", Gone("404.html"), "missing-file", "`404.html`"),
    ("names that differ in case", More("Moved.HTML", b"x"), "address-clash", "`Moved.HTML` and `moved.html`"),
    (
        "names that differ in Unicode form",
        Deed(|folder| {
            fs::write(folder.join("b\u{fc}.txt"), "").unwrap();
            fs::write(folder.join("bu\u{308}.txt"), "").unwrap();
        }),
        "address-clash",
        "Unicode form",
    ),
    (
        "a symbolic link",
        Deed(|folder| std::os::unix::fs::symlink("moved.html", folder.join("link.html")).unwrap()),
        "not-a-file",
        "`link.html` is a symbolic link",
    ),
    ("a name that Windows keeps for itself", More("aux.txt", b""), "bad-name", "`aux.txt`"),
    ("a name with a colon", More("a:b.txt", b""), "bad-name", "`a:b.txt`"),
    ("a name that begins with a dot", More(".htaccess", b""), "hidden-file", "`.htaccess`"),
    ("a file of over 100 MB", Deed(|folder| sparse(folder, "film.mp4", 101)), "too-large", "`film.mp4`"),
    ("a file of over 50 MB", Deed(|folder| sparse(folder, "film.mp4", 51)), "heavy", "`film.mp4`"),
    (
        "over 800 MB together",
        Deed(|folder| (0..18).for_each(|part| sparse(folder, &format!("{part}.mp4"), 49))),
        "heavy",
        "the output has 9",
    ),
    (
        "over 1 GB together",
        Deed(|folder| (0..21).for_each(|part| sparse(folder, &format!("{part}.mp4"), 49))),
        "too-large",
        "the output has 1",
    ),
];

/// Plant a fault; the text that is at fault, where there is one.
pub(crate) fn put(folder: &Path, plant: &Plant) -> Option<&'static str> {
    match plant {
        Markup(markup, fault) => {
            change(folder, PAGE, ("</main>", &format!("{markup}</main>")));
            Some(fault)
        }
        Text(file, (old, new), fault) => {
            change(folder, file, (old, new));
            Some(*fault).filter(|fault| !fault.is_empty())
        }
        Gone(file) => {
            fs::remove_file(folder.join(file)).unwrap();
            None
        }
        More(file, bytes) => {
            fs::write(folder.join(file), bytes).unwrap();
            None
        }
        Deed(deed) => {
            deed(folder);
            None
        }
    }
}

/// Put words into a file of the output, before a mark or in its place.
pub(crate) fn change(folder: &Path, file: &str, (old, new): (&str, &str)) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert!(text.contains(old), "{file} has no `{old}`:\n{text}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

/// A file of this size that takes no room on the disk.
fn sparse(folder: &Path, file: &str, megabytes: u64) {
    fs::File::create(folder.join(file)).unwrap().set_len(megabytes << 20).unwrap();
}
