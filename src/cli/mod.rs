//! The command line: what was asked for, and the exit code. `clap` lives here, and only here.

mod archive;
mod archive_args;
mod args;
mod check_report;
mod commands;
mod complete;
mod fix;
mod init;
mod left_out;
mod load;
mod loaded;
mod output;
mod progress;
mod report;
mod said;
mod selection;
mod show_config;
mod tape;
mod tapes;
mod text;
mod watch;
mod why;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::{CommandFactory, Parser};

use crate::lsp;
use crate::project::is_reading_one_file;
use crate::report::{harmless, is_harmless};
use crate::source::{InputError, nearest};
use args::{ArchiveCommand, Command, Sayso, Shared};

/// Runs sayso with the arguments of this process.
pub fn main() -> ExitCode {
    quiet_panics();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let sayso = match Sayso::try_parse_from(command_first(arguments.clone())) {
        Ok(sayso) => sayso,
        Err(error) => {
            // Its message repeats an argument, which a script may take from the name of a file.
            let printed = match arguments.iter().all(|argument| is_harmless(&argument.to_string_lossy())) {
                true => error.print().and_then(|()| io::stdout().flush()),
                false => output::error_stream().write_all(harmless(&error.to_string()).as_bytes()),
            };
            if error.use_stderr() {
                // Nobody is left to be told where even this cannot be printed.
                return ExitCode::from(2);
            }
            let Err(error) = printed.or_else(output::gone) else { return ExitCode::SUCCESS };
            let _ = writeln!(output::error_stream(), "sayso: {}", output::failed(&error).message);
            return ExitCode::from(2);
        }
    };
    let shared = sayso.shared().unwrap_or(&sayso.check.shared).clone();
    let ended = catch_unwind(AssertUnwindSafe(|| sayso.run()));
    match ended.unwrap_or_else(|_| Err(vec![fault_of_sayso()])) {
        Ok(code) => code,
        Err(input_errors) => {
            output::complain(&shared, &input_errors);
            ExitCode::from(2)
        }
    }
}

/// The options of `check` that take a value in an argument of its own: they may stand before a command.
fn with_value(command: &clap::Command) -> Vec<String> {
    let options = command.get_arguments().filter(|option| option.get_action().takes_values());
    let names = options.flat_map(|option| {
        let long = option.get_long().map(|long| format!("--{long}"));
        let short = option.get_short().map(|short| format!("-{short}"));
        long.into_iter().chain(short)
    });
    names.collect()
}

/// Moves a command to the front, so that `sayso --color always quotes` means what it says: without this, what
/// stands before a command belongs to `check`, and `quotes` would be a folder.
fn command_first(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let declared = Sayso::command();
    let with_value = with_value(&declared);
    let mut at = 1;
    while let Some(argument) = arguments.get(at).and_then(|argument| argument.to_str()) {
        if with_value.iter().any(|option| option == argument) {
            at += 2;
        } else if argument.len() > 1 && argument.starts_with('-') && argument != "--" {
            at += 1;
        } else {
            if declared.find_subcommand(argument).is_some() {
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

/// `sayso lsp`. The exit code is the protocol's: 0 where the editor said `shutdown` before it left, else 1.
fn serve() -> Outcome {
    let here = load::working_directory()?;
    match lsp::serve(io::stdin(), io::stdout(), &here) {
        true => Ok(ExitCode::SUCCESS),
        false => Ok(ExitCode::FAILURE),
    }
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
            Some(Command::Report(report)) => Some(&report.shared),
            Some(Command::Facts(facts)) => Some(&facts.shared),
            Some(Command::Archive(ArchiveCommand::Build(build))) => Some(&build.shared),
            Some(Command::Archive(ArchiveCommand::Add(add))) => Some(&add.shared),
            Some(Command::Archive(ArchiveCommand::Remove(remove))) => Some(&remove.shared),
            Some(Command::Archive(ArchiveCommand::Info(info))) => Some(&info.shared),
            Some(Command::Said(said)) => Some(&said.shared),
            Some(Command::Judge(judge)) => Some(&judge.shared),
            Some(Command::Tape(tape)) => Some(&tape.shared),
            Some(Command::Explain(explain)) => Some(&explain.shared),
            Some(Command::Rules(rules)) => Some(&rules.shared),
            Some(Command::Init(init)) => Some(&init.shared),
            Some(Command::Schema(schema)) => Some(&schema.shared),
            Some(Command::Completions { .. } | Command::Man { .. } | Command::Lsp { .. }) => None,
        }
    }

    fn run(&self) -> Outcome {
        let one_file = !matches!(self.command, None | Some(Command::Check(_)));
        if let Some(shared) = self.shared().filter(|shared| one_file && shared.output.len() > 1) {
            let files: Vec<String> = shared.output.iter().map(|file| file.display().to_string()).collect();
            let message = format!("this command writes one file, and {} are named", files.join(", "));
            return Err(vec![
                InputError::new("--output", message).help("name one; only `check` writes several"),
            ]);
        }
        match &self.command {
            None => commands::check(&self.check).map_err(|errors| self.meant_a_command(errors)),
            Some(Command::Check(options)) => commands::check(options),
            Some(Command::Quotes(options)) => commands::quotes(options),
            Some(Command::People(options)) => commands::people(options),
            Some(Command::Text(options)) => text::text(options),
            Some(Command::Report(options)) => report::report(options),
            Some(Command::Facts(options)) => commands::facts(options),
            Some(Command::Archive(command)) => archive::archive(command),
            Some(Command::Said(options)) => said::said(options),
            Some(Command::Judge(options)) => said::judge(options),
            Some(Command::Tape(options)) => tape::tape(options),
            Some(Command::Explain(options)) => commands::explain(options),
            Some(Command::Rules(options)) => commands::rules(options),
            Some(Command::Init(options)) => init::init(options),
            Some(Command::Schema(options)) => commands::schema(options),
            Some(Command::Lsp { .. }) => serve(),
            Some(Command::Man { command }) => complete::man(command.as_deref()),
            Some(Command::Completions { shell }) => complete::completions(*shell),
        }
    }

    /// Says which command may be meant where none was given and the first path is not there.
    fn meant_a_command(&self, mut input_errors: Vec<InputError>) -> Vec<InputError> {
        let Some(first) = self.check.drafts.paths.first().and_then(|path| path.to_str()) else {
            return input_errors;
        };
        let declared = Sayso::command();
        let names = declared.get_subcommands().map(|command| command.get_name());
        if let (Some(near), Some(error)) = (nearest(first, names), input_errors.first_mut())
            && error.path == first
            && !first.contains(['/', '.'])
        {
            error.message = "there is no such file, folder or command".to_owned();
            error.help = Some(format!("did you mean `sayso {near}`?"));
        }
        input_errors
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
