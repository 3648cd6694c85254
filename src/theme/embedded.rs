//! The theme `plain`, embedded in the binary.

/// Each file's path below the layer, and its bytes.
pub const FILES: &[(&str, &[u8])] = &[
    ("404.html", include_bytes!("../../themes/plain/404.html")),
    ("assets/compare.css", include_bytes!("../../themes/plain/assets/compare.css")),
    ("assets/compare.js", include_bytes!("../../themes/plain/assets/compare.js")),
    ("assets/favicon.svg", include_bytes!("../../themes/plain/assets/favicon.svg")),
    ("assets/finder.css", include_bytes!("../../themes/plain/assets/finder.css")),
    ("assets/finder.js", include_bytes!("../../themes/plain/assets/finder.js")),
    ("assets/fonts/hanken-OFL.txt", include_bytes!("../../themes/plain/assets/fonts/hanken-OFL.txt")),
    ("assets/fonts/hanken.woff2", include_bytes!("../../themes/plain/assets/fonts/hanken.woff2")),
    ("assets/fonts/literata-OFL.txt", include_bytes!("../../themes/plain/assets/fonts/literata-OFL.txt")),
    ("assets/fonts/literata-italic.woff2", include_bytes!("../../themes/plain/assets/fonts/literata-italic.woff2")),
    ("assets/fonts/literata.woff2", include_bytes!("../../themes/plain/assets/fonts/literata.woff2")),
    ("assets/forward.js", include_bytes!("../../themes/plain/assets/forward.js")),
    ("assets/keep.css", include_bytes!("../../themes/plain/assets/keep.css")),
    ("assets/map.css", include_bytes!("../../themes/plain/assets/map.css")),
    ("assets/map.js", include_bytes!("../../themes/plain/assets/map.js")),
    ("assets/mend.css", include_bytes!("../../themes/plain/assets/mend.css")),
    ("assets/mend.js", include_bytes!("../../themes/plain/assets/mend.js")),
    ("assets/peek.js", include_bytes!("../../themes/plain/assets/peek.js")),
    ("assets/print.css", include_bytes!("../../themes/plain/assets/print.css")),
    ("assets/redirect.js", include_bytes!("../../themes/plain/assets/redirect.js")),
    ("assets/search.js", include_bytes!("../../themes/plain/assets/search.js")),
    ("assets/sheet.js", include_bytes!("../../themes/plain/assets/sheet.js")),
    ("assets/sky.js", include_bytes!("../../themes/plain/assets/sky.js")),
    ("assets/split.js", include_bytes!("../../themes/plain/assets/split.js")),
    ("assets/weave.svg", include_bytes!("../../themes/plain/assets/weave.svg")),
    ("base.html", include_bytes!("../../themes/plain/base.html")),
    ("compare.html", include_bytes!("../../themes/plain/compare.html")),
    ("coverage.html", include_bytes!("../../themes/plain/coverage.html")),
    ("drivers.html", include_bytes!("../../themes/plain/drivers.html")),
    ("folder.html", include_bytes!("../../themes/plain/folder.html")),
    ("glossary.html", include_bytes!("../../themes/plain/glossary.html")),
    ("help.html", include_bytes!("../../themes/plain/help.html")),
    ("home.html", include_bytes!("../../themes/plain/home.html")),
    ("links.html", include_bytes!("../../themes/plain/links.html")),
    ("made.html", include_bytes!("../../themes/plain/made.html")),
    ("map.html", include_bytes!("../../themes/plain/map.html")),
    ("page.html", include_bytes!("../../themes/plain/page.html")),
    ("pair.html", include_bytes!("../../themes/plain/pair.html")),
    ("parts/cards.html", include_bytes!("../../themes/plain/parts/cards.html")),
    ("parts/constellation.html", include_bytes!("../../themes/plain/parts/constellation.html")),
    ("parts/contact.html", include_bytes!("../../themes/plain/parts/contact.html")),
    ("parts/dues.html", include_bytes!("../../themes/plain/parts/dues.html")),
    ("parts/find.html", include_bytes!("../../themes/plain/parts/find.html")),
    ("parts/keep.html", include_bytes!("../../themes/plain/parts/keep.html")),
    ("parts/map.html", include_bytes!("../../themes/plain/parts/map.html")),
    ("parts/pair.html", include_bytes!("../../themes/plain/parts/pair.html")),
    ("parts/sections.html", include_bytes!("../../themes/plain/parts/sections.html")),
    ("parts/split.html", include_bytes!("../../themes/plain/parts/split.html")),
    ("parts/threads.html", include_bytes!("../../themes/plain/parts/threads.html")),
    ("parts/ways.html", include_bytes!("../../themes/plain/parts/ways.html")),
    ("print.html", include_bytes!("../../themes/plain/print.html")),
    ("redirect.html", include_bytes!("../../themes/plain/redirect.html")),
    ("review.html", include_bytes!("../../themes/plain/review.html")),
    ("search.html", include_bytes!("../../themes/plain/search.html")),
    ("signals.html", include_bytes!("../../themes/plain/signals.html")),
    ("tag.html", include_bytes!("../../themes/plain/tag.html")),
    ("tags.html", include_bytes!("../../themes/plain/tags.html")),
    ("wanted.html", include_bytes!("../../themes/plain/wanted.html")),
    ("words/de.toml", include_bytes!("../../themes/plain/words/de.toml")),
    ("words/en.toml", include_bytes!("../../themes/plain/words/en.toml")),
];

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn the_embedded_theme_is_the_folder() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain");
        let mut there: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
            .filter(|path| path != "README.md")
            .collect();
        there.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(there, embedded);
    }
}
