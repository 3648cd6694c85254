//! The command line: arguments in, exit code out; the only room that prints.

use std::process::ExitCode;

use clap::Parser as _;

mod address;
mod args;
mod build;
mod check;
mod diff;
mod explain;
mod export;
mod init;
mod load;
mod new;
mod pdf;
mod pool;
mod proof;
mod publish;
mod related;
mod review;
mod search;
mod serve;
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
    let done = pool::start().and_then(|()| run(&args));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Wrong) => ExitCode::from(1),
        Err(Stop::Cannot(why)) => {
            shell::say(&format!("mendbook: {why}"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Stop> {
    match &args.command {
        Command::Init { place, host } => init::run(args, place.as_deref(), *host),
        Command::New { kind, title } => new::run(args, kind, title),
        Command::Build(options) => build::run(args, options),
        Command::Serve(options) => serve::run(args, options),
        Command::Check(options) => check::run(args, options),
        Command::Publish(options) => publish::run(args, options),
        Command::Pdf(options) => pdf::run(args, options),
        Command::Explain { check } => explain::run(check.as_deref()),
        Command::Export { format, related } => export::run(args, (*format, *related)),
        Command::Related { page, explain } => related::run(args, page, *explain),
        Command::Review => review::run(args),
        Command::Search(options) => search::run(args, options),
        Command::Diff(options) => diff::run(args, options),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::man(),
    }
}
