//! Opening a browser and an editor, and finding the address by which a phone reaches this machine.

use std::io::Result;
use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};

/// Open an address in the system's browser.
pub(super) fn browser(url: &str) -> Result<()> {
    start(system(url))
}

/// Open a file at a line. `editor` is an address that the system opens, a command with `{path}` and `{line}`, or a program
/// that is given `PATH:LINE`.
pub(super) fn editor(editor: &str, (file, line): (&Path, u32)) -> Result<()> {
    start(command(editor, (file, line)))
}

fn command(editor: &str, (file, line): (&Path, u32)) -> Command {
    let (path, line) = (file.display().to_string(), line.to_string());
    let filled = |part: &str| part.replace("{path}", &path).replace("{line}", &line);
    if editor.contains("://") {
        return system(&filled(editor));
    }
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words.map(filled));
    if !editor.contains("{path}") {
        command.arg(format!("{path}:{line}"));
    }
    command
}

/// What opens an address on this system.
fn system(url: &str) -> Command {
    let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url);
    command
}

/// Start a program that is not waited for, and keep its words off the terminal.
fn start(mut command: Command) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Whoever started a program has to see it end.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// The address by which others in the network reach this machine: that of the way out. Nothing is sent.
pub(super) fn own_address() -> Option<IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(editor: &str) -> Vec<String> {
        let command = command(editor, (Path::new("/book/a b.md"), 7));
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words.map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn an_editor_is_a_program_a_command_or_an_address() {
        assert_eq!(words("code -g"), ["code", "-g", "/book/a b.md:7"]);
        assert_eq!(words("vim +{line} {path}"), ["vim", "+7", "/book/a b.md"]);
        assert_eq!(words("zed://file{path}:{line}").last().unwrap(), "zed://file/book/a b.md:7");
    }
}
