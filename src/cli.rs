//! The command line: arguments in, exit code out; the only room that prints.

use std::process::ExitCode;

use clap::Parser as _;

mod address;
mod args;
mod build;
mod check;
mod explain;
mod export;
mod fix;
mod init;
mod load;
mod new;
mod pool;
mod shell;

use args::{Args, Command};

/// Something that keeps a command from doing its work.
#[derive(Debug)]
enum Stop {
    /// Something is wrong in the author's files; the findings were shown.
    Wrong,
    /// Refused, or impossible: why.
    Cannot(String),
}

/// Run mendbook with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    shell::on_panic();
    let args = Args::parse();
    shell::set_color(args.color);
    let done = match &args.command {
        Command::Init { place } => init::run(&args, place.as_deref()),
        Command::New { kind, title } => new::run(&args, kind, title),
        Command::Build(options) => build::run(&args, options),
        Command::Check(options) => check::run(&args, options),
        Command::Explain { check } => explain::run(check.as_deref()),
        Command::Export { format, related: _ } => export::run(&args, *format),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::man(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Wrong) => ExitCode::from(1),
        Err(Stop::Cannot(why)) => {
            shell::say(&format!("mendbook: {why}"));
            ExitCode::from(2)
        }
    }
}
