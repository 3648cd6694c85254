//! The command line: arguments in, exit code out; the only room that prints.

use std::process::ExitCode;

/// Run mendbook with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
