//! The `tawatur` program: commands, output, exit codes. What it knows of Arabic stands in the other crates.

mod cli;
mod commands;
mod eval;
mod keeping;
mod language;
mod messages;
mod output;
mod pipeline;
mod resume;
mod sheet;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(c) => c,
        // clap prints help to standard output and mistakes, with the remedy, to standard error
        Err(e) => {
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { 2 } else { 0 });
        }
    };
    match commands::run(cli) {
        Ok(code) => code,
        Err(e) => {
            // a reader that went away (`| head`) is no failure
            if e.kind() == std::io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            eprintln!("tawatur: {e}");
            ExitCode::from(1)
        }
    }
}
