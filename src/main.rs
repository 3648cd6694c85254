//! The `mendbook` binary; everything is in the library's `cli`.

/// Pages are made of many small texts that live shortly: this allocator spends half the time of the system's on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    mendbook::cli::main()
}
