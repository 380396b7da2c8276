//! The command line: what was asked for, and the exit code. `clap` lives here, and only here.

mod args;
mod commands;
mod left_out;
mod loaded;
mod output;
mod progress;
mod selection;
mod tape;
mod tapes;
mod text;
mod why;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::{CommandFactory, Parser};

use crate::project::is_reading_one_file;
use crate::source::InputError;
use args::{Command, Sayso, Shared};

/// Runs sayso with the arguments of this process.
pub fn main() -> ExitCode {
    quiet_panics();
    let sayso = match Sayso::try_parse_from(command_first(std::env::args_os().collect())) {
        Ok(sayso) => sayso,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Nobody is left to be told where even this cannot be printed.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let shared = sayso.shared().cloned();
    let ended = catch_unwind(AssertUnwindSafe(|| sayso.run()));
    match ended.unwrap_or_else(|_| Err(vec![fault_of_sayso()])) {
        Ok(code) => code,
        Err(input_errors) => {
            if let Some(shared) = &shared {
                output::complain(shared, &input_errors);
            }
            ExitCode::from(2)
        }
    }
}

/// Options that take a value in an argument of its own, of those that may stand before a command.
const WITH_VALUE: [&str; 6] = ["--config", "--color", "--output", "-o", "--threads", "--published"];

/// Moves a command to the front, so that `sayso --color always quotes` means what it says: without this, what
/// stands before a command belongs to `check`, and `quotes` would be a folder.
fn command_first(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(argument) = arguments.get(at).and_then(|argument| argument.to_str()) {
        if WITH_VALUE.contains(&argument) {
            at += 2;
        } else if argument.len() > 1 && argument.starts_with('-') && argument != "--" {
            at += 1;
        } else {
            if Sayso::command().find_subcommand(argument).is_some() {
                let command = arguments.remove(at);
                arguments.insert(1, command);
            }
            break;
        }
    }
    arguments
}

/// Where the panic happened that ended the run, and what it said.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Says nothing about a panic while one draft is read: it becomes a finding about that draft. Any other panic ends the
/// run, and is kept for the message at its end.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|panic| {
            if !is_reading_one_file() {
                *FAULT.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic.to_string());
            }
        }));
    }
}

/// What is said where sayso itself fails.
fn fault_of_sayso() -> InputError {
    let fault = FAULT.lock().unwrap_or_else(PoisonError::into_inner).take();
    let fault = fault.map_or_else(String::new, |fault| format!(": {}", fault.replace('\n', " ")));
    InputError::new("sayso", format!("it failed, and nothing was checked{fault}")).help(
        "this is a fault of sayso, not of your drafts: please report it with this message and the command that you \
         ran; with RUST_BACKTRACE=1 it says more",
    )
}

type Outcome = Result<ExitCode, Vec<InputError>>;

impl Sayso {
    /// The shared options of the command that was given.
    fn shared(&self) -> Option<&Shared> {
        match &self.command {
            None => Some(&self.check.shared),
            Some(Command::Check(check)) => Some(&check.shared),
            Some(Command::Quotes(quotes)) => Some(&quotes.shared),
            Some(Command::People(people)) => Some(&people.shared),
            Some(Command::Text(text)) => Some(&text.shared),
            Some(Command::Facts(facts)) => Some(&facts.shared),
            Some(Command::Tape(tape)) => Some(&tape.shared),
            Some(Command::Explain(explain)) => Some(&explain.shared),
            Some(Command::Rules(rules)) => Some(&rules.shared),
            Some(Command::Completions { .. }) => None,
        }
    }

    fn run(&self) -> Outcome {
        match &self.command {
            None => commands::check(&self.check),
            Some(Command::Check(options)) => commands::check(options),
            Some(Command::Quotes(options)) => commands::quotes(options),
            Some(Command::People(options)) => commands::people(options),
            Some(Command::Text(options)) => text::text(options),
            Some(Command::Facts(options)) => commands::facts(options),
            Some(Command::Tape(options)) => tape::tape(options),
            Some(Command::Explain(options)) => commands::explain(options),
            Some(Command::Rules(options)) => commands::rules(options),
            Some(Command::Completions { shell }) => {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut Sayso::command(), "sayso", &mut script);
                io::stdout()
                    .write_all(&script)
                    .or_else(output::gone)
                    .map_err(|error| vec![output::failed(&error)])?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_holds_together() {
        Sayso::command().debug_assert();
    }

    #[test]
    fn a_command_may_follow_options() {
        let moved = |line: &str| {
            let arguments = command_first(line.split(' ').map(OsString::from).collect());
            arguments
                .iter()
                .map(|argument| argument.to_string_lossy().into_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(moved("sayso --color always quotes a.txt"), "sayso quotes --color always a.txt");
        assert_eq!(moved("sayso --quiet drafts quotes"), "sayso --quiet drafts quotes");
        assert_eq!(moved("sayso --config rules drafts"), "sayso --config rules drafts");
        assert_eq!(moved("sayso -- quotes"), "sayso -- quotes");
    }
}
