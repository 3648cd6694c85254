//! The `mendbook` binary; everything is in the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mendbook::cli::main()
}
