//! The terminal, the clock and the process: everything that a command says goes through here.

use std::io::{IsTerminal as _, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use clap::CommandFactory as _;

use super::Stop;
use super::args::{Args, Color};

static COLOR: AtomicU8 = AtomicU8::new(0);

/// Remember when to use colours.
pub(super) fn set_color(color: Color) {
    let value = match color {
        Color::Auto => 0,
        Color::Always => 1,
        Color::Never => 2,
    };
    COLOR.store(value, Ordering::Relaxed);
}

fn color(terminal: bool) -> bool {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    match COLOR.load(Ordering::Relaxed) {
        1 => true,
        2 => false,
        _ => terminal && wanted,
    }
}

/// Whether standard output is coloured.
pub(super) fn color_out() -> bool {
    color(std::io::stdout().is_terminal())
}

/// Whether standard error is coloured.
pub(super) fn color_err() -> bool {
    color(std::io::stderr().is_terminal())
}

/// Whether messages go to a terminal.
pub(super) fn is_terminal() -> bool {
    use std::io::IsTerminal as _;
    std::io::stderr().is_terminal()
}

/// A line on standard error.
pub(super) fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Text on standard error.
pub(super) fn print_err(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Data on standard output.
pub(super) fn print_out(text: &str) -> Result<(), Stop> {
    write_out(|out| out.write_all(text.as_bytes()))
}

/// Data on standard output, bit by bit; a reader that has seen enough is no mistake, a full disk is one.
pub(super) fn write_out(fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    match fill(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Stop::Cannot(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// The day by which reviews are due: `--today`, else `SOURCE_DATE_EPOCH`, else the day itself.
pub(super) fn today(given: Option<&str>) -> Result<String, Stop> {
    if let Some(day) = given {
        return crate::data::iso_date(day)
            .ok_or_else(|| Stop::Cannot(format!("`{day}` is no day; write it as 2026-10-03")));
    }
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty()) else {
        return Ok(jiff::Zoned::now().date().to_string());
    };
    let seconds = epoch.to_str().and_then(|epoch| epoch.parse().ok());
    let stamp = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let stamp = stamp.ok_or_else(|| {
        let given = epoch.to_string_lossy();
        Stop::Cannot(format!("SOURCE_DATE_EPOCH is `{given}`: it wants the seconds since 1970, as 1767225600"))
    })?;
    Ok(stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

/// A panic is a mistake of mendbook's: say so, with what helps to find it. The process then ends with 101.
pub(super) fn on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let what = panic.payload_as_str().unwrap_or("no message");
        say(&bug(&format!("{what}{place}"), crate::source::worked_on().as_deref()));
    }));
}

fn bug(what: &str, on: Option<&str>) -> String {
    let (on, with) = match on {
        Some(on) => (format!(", while working on `{on}`"), "that file"),
        None => (String::new(), "the handbook"),
    };
    let report = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    format!("this is a bug in mendbook{on}: {what}\nplease report it with {with} and this line; this is {report}")
}

/// `mendbook completions`.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<(), Stop> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "mendbook", &mut out);
    print_out(&String::from_utf8_lossy(&out))
}

/// `mendbook man`.
pub(super) fn man() -> Result<(), Stop> {
    let mut out = Vec::new();
    let page = clap_mangen::Man::new(Args::command());
    page.render(&mut out).map_err(|error| Stop::Cannot(format!("the manual page cannot be made: {error}")))?;
    print_out(&String::from_utf8_lossy(&out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_names_the_file_it_was_met_in() {
        let said = bug("index out of bounds at src/parse.rs:1", Some("content/a.md"));
        assert!(said.starts_with("this is a bug in mendbook, while working on `content/a.md`: index out"), "{said}");
        assert!(bug("x", None).starts_with("this is a bug in mendbook: x\n"));
    }
}
