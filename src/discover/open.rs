//! Opening one file safely: regular files only, without following a link at the end, without blocking.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::ground::Ground;

/// Why a file could not be read.
#[derive(Debug)]
pub(super) struct Trouble {
    /// The name of the finding.
    pub(super) check: &'static str,
    /// What is wrong, to stand behind the file's name: "is not UTF-8".
    pub(super) message: String,
    /// The next step.
    pub(super) hint: &'static str,
}

fn trouble(check: &'static str, message: impl Into<String>, hint: &'static str) -> Trouble {
    Trouble { check, message: message.into(), hint }
}

/// Open a regular file; a pipe or device is refused before anything is read from it.
pub(super) fn open(path: &Path) -> Result<(File, u64), Trouble> {
    let file = open_raw(path).map_err(|error| explain(&error))?;
    let meta = file.metadata().map_err(|error| explain(&error))?;
    if !meta.is_file() {
        return Err(trouble("not-a-file", "is neither a file nor a folder", "move it out of the handbook"));
    }
    Ok((file, meta.len()))
}

#[cfg(unix)]
fn open_raw(path: &Path) -> std::io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open_raw(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

/// What a failure of the system means.
pub(super) fn explain(error: &std::io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotFound => trouble("unreadable", "vanished while it was read", "run this again"),
        ErrorKind::PermissionDenied => {
            trouble("unreadable", "may not be read: permission denied", "give yourself the right to read this file")
        }
        _ => trouble("unreadable", format!("cannot be read: {error}"), "put the file back from a copy"),
    }
}

/// The bytes of a file that a scan found; nothing where it is no regular file any more, or cannot be read.
#[must_use]
pub fn bytes_of(path: &Path) -> Option<Vec<u8>> {
    read_bytes(path, u64::MAX - 1).ok()
}

/// The bytes of a regular file of at most `most` bytes.
pub(super) fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Trouble> {
    let (file, size) = match open(path) {
        // An editor that saves by renaming leaves a moment without the file.
        Err(gone) if gone.message.starts_with("vanished") => open(path)?,
        other => other?,
    };
    if size > most {
        return Err(too_large(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| explain(&error))?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

/// A file of more bytes than may be read.
pub(super) fn too_large(most: u64) -> Trouble {
    trouble("too-large", format!("has over {most} bytes"), "make it smaller")
}

/// The text of a page, or of `site.toml`: UTF-8 without NUL bytes.
pub(super) fn read_text(ground: &Ground, (path, most): (&Path, u64)) -> Result<String, Trouble> {
    const SPLIT: &str = "make two pages of it, or raise `page` under `[limits]` in site.toml";
    const ENCODING: &str = "open it in your editor and save it with the encoding UTF-8";
    const NO_TEXT: &str = "if it is no text, give it another ending than `.md`; otherwise put it back from a copy";
    let bytes = ground.bytes(path, most).map_err(|found| match found.check {
        "too-large" => Trouble { hint: SPLIT, ..found },
        _ => found,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
        let byte = bytes.get(at).copied().unwrap_or(0);
        trouble("unreadable", format!("is not UTF-8: byte 0x{byte:02x} in line {line}"), ENCODING)
    })?;
    match text.find('\0') {
        Some(at) => {
            let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
            Err(trouble("unreadable", format!("holds a NUL byte in line {line}"), NO_TEXT))
        }
        None => Ok(lone_returns(text)),
    }
}

/// A lone carriage return ends a line, as it did on old Macs; as a line feed every reader knows it.
fn lone_returns(text: String) -> String {
    let lone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|(at, _)| lone(at)) {
        return text;
    }
    text.char_indices().map(|(at, c)| if c == '\r' && lone(at) { '\n' } else { c }).collect()
}
