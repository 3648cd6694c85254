//! The direction in which a language is written.

/// Scripts that run from right to left.
const SCRIPTS: [&str; 13] =
    ["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "sogd", "syrc", "thaa", "yezi"];

/// Languages that are written in one of them where their tag names no script.
const LANGUAGES: [&str; 25] = [
    "ar", "arc", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "prs",
    "ps", "rhg", "sd", "skr", "syr", "ug", "ur", "yi",
];

/// `rtl` for a language tag whose script runs from right to left, else `ltr`: what `dir` says of a page.
#[must_use]
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    // A script has four letters, and stands before region and variants.
    let script =
        parts.take_while(|part| part.len() > 1).find(|part| part.len() == 4 && part.is_ascii() && !digit(part));
    let rtl = script.map_or_else(|| LANGUAGES.contains(&language), |script| SCRIPTS.contains(&script));
    if rtl { "rtl" } else { "ltr" }
}

/// A variant of four signs begins with a digit.
fn digit(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
}
