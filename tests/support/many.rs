//! Handbooks of many small patterns, made up by a rule.

use std::fmt::Write as _;
use std::path::Path;

use tempfile::TempDir;

/// A handbook of `count` patterns in `areas` areas; each links to some others, most of them in its own area.
pub fn handbook(count: usize, areas: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let other = |step: usize| (number + step * areas) % count;
        let mut text =
            format!("+++\ntitle = \"Pattern {number}\"\n+++\nAbout thing {number} of kind {}.\n\n", number % 13);
        let _ = writeln!(text, "See [[Pattern {}]] and [[Pattern {}]].\n", other(1), (number * 7 + 1) % count);
        let _ = writeln!(
            text,
            "## Nearby patterns\n\n- [[Pattern {}]] — connects because of x; differs by y {number}",
            other(2)
        );
        write(folder.path(), (number % areas, number), &text);
    }
    folder
}

/// Write one of them.
pub fn write(folder: &Path, (area, number): (usize, usize), text: &str) {
    let path = folder.join(format!("content/patterns/area-{area}/pattern-{number}.md"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A handbook of `count` patterns with ten signals each, in two places.
pub fn signals(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let mut text = format!("+++\ntitle = \"Pattern {number}\"\n+++\nAbout thing {number}.\n\n## Signals\n");
        for place in ["In meetings", "In how people act"] {
            let _ = write!(text, "\n### {place}\n\n");
            for signal in 0..5 {
                let _ = writeln!(text, "- Signal {signal} of pattern {number} {}", place.to_lowercase());
            }
        }
        write(folder.path(), (number % 4, number), &text);
    }
    folder
}
