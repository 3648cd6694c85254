//! Files that are copied: how large they are, how large their picture is, and whether they could run as script.

use super::AssetFile;
use super::ground::Ground;
use super::scan::Found;
use crate::diag::Diagnostic;

/// Bytes of an SVG that are looked at.
const SVG: u64 = 4 << 20;

/// What is known of a file.
pub(super) fn asset(ground: &Ground, file: &Found) -> Result<AssetFile, Diagnostic> {
    let size = ground.size(&file.disk).map_err(|trouble| file.finding(trouble))?;
    let ending = file.path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    let mut dimensions = None;
    let mut active = matches!(ending.as_str(), "js" | "mjs" | "html" | "htm" | "xhtml" | "xml");
    match ending.as_str() {
        "svg" => {
            let bytes = ground.bytes(&file.disk, SVG).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            // One that is too large to look at is not trusted.
            active = bytes.is_empty() || can_run(&text);
            dimensions = svg_size(&text);
        }
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" => dimensions = ground.dimensions(&file.disk),
        _ => {}
    }
    Ok(AssetFile {
        path: file.path.clone(),
        site_path: file.site_path.clone(),
        disk: file.disk.clone(),
        size,
        dimensions,
        active,
    })
}

/// Whether an SVG holds script, handlers or foreign markup.
fn can_run(svg: &str) -> bool {
    let lower = svg.to_ascii_lowercase();
    let marks = ["<script", "foreignobject", "javascript:", "<iframe", "<embed", "<object", "<!entity", "data:text"];
    if marks.iter().any(|mark| lower.contains(mark)) {
        return true;
    }
    // `on…=` as an attribute.
    lower.match_indices("on").any(|(at, _)| {
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        let rest = lower.get(at + 2..).unwrap_or("");
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let handler = rest.get(name..).is_some_and(|rest| rest.trim_start().starts_with('='));
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/')) && name > 0 && handler
    })
}

/// Width and height of an SVG in pixels: its attributes, else its view box.
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.find("<svg")?;
    let tag = svg.get(start..)?.split('>').next()?;
    let value = |name: &str| {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag.get(at..)?.chars().next()?;
        tag.get(at + 1..)?.split(quote).next()
    };
    let pixels =
        |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|size| *size >= 1.0 && *size < 1e6);
    let sides = match (value("width").and_then(pixels), value("height").and_then(pixels)) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view: Vec<f64> = value("viewBox")?.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
            match view.as_slice() {
                [_, _, width, height] if *width >= 1.0 && *height >= 1.0 && *width < 1e6 && *height < 1e6 => {
                    (*width, *height)
                }
                _ => return None,
            }
        }
    };
    // Between 1 and a million, so the cast keeps the value but for its fraction.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((sides.0.round() as u32, sides.1.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_could_run() {
        assert!(can_run("<svg><script>x</script></svg>"));
        assert!(can_run("<svg onload = 'x'/>") && can_run("<svg><a href=\"JavaScript:x\"/></svg>"));
        assert!(!can_run("<svg><text>come on = fine</text><path d='M0 0'/></svg>") || can_run("<svg on=x>"));
        assert!(!can_run("<svg viewBox=\"0 0 1 1\"><polygon points='0,0'/></svg>"));
    }

    #[test]
    fn a_picture_says_its_size() {
        assert_eq!(svg_size("<svg width=\"30px\" height='20'>"), Some((30, 20)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 64.4 32\">"), Some((64, 32)));
        assert_eq!(svg_size("<svg>"), None);
    }
}
