//! Completions for shells, and the manual page: both made of the declared command line.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};

use super::Outcome;
use super::args::Sayso;
use super::output;
use crate::rules::{groups, ids};
use crate::source::{InputError, nearest};

/// `sayso completions`.
pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_names(Sayso::command()), "sayso", &mut script);
    print(&script)
}

/// The command line with the names of rules and groups as values. Only completions have them: a run takes names from
/// pages of a desk too, and says more about a name that there is not.
fn with_names(command: Command) -> Command {
    let names = || ids().chain(groups());
    let known = || PossibleValuesParser::new(names());
    let levels = || {
        let levels = ["off", "note", "warning", "error"];
        let set = names().flat_map(move |name| levels.map(|level| format!("{name}={level}")));
        PossibleValuesParser::new(set.collect::<Vec<_>>())
    };
    let check = |command: Command| {
        command
            .mut_arg("only", |option| option.value_parser(known()))
            .mut_arg("rules", |option| option.value_parser(levels()))
    };
    check(command)
        .mut_subcommand("check", check)
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(known())))
}

/// `sayso man`.
pub(super) fn man(command: Option<&str>) -> Outcome {
    let mut declared = Sayso::command();
    declared.build();
    let page = match command {
        None => declared,
        Some(name) => {
            let Some(found) = declared.find_subcommand(name) else {
                let names = declared.get_subcommands().map(Command::get_name);
                let error = InputError::new(name, "there is no command of this name");
                return Err(vec![match nearest(name, names) {
                    Some(near) => error.help(format!("did you mean `sayso man {near}`?")),
                    None => error.help("`sayso --help` lists the commands"),
                }]);
            };
            found
                .clone()
                .name(format!("sayso-{name}"))
                .bin_name(format!("sayso {name}"))
                .version(env!("CARGO_PKG_VERSION"))
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).map_err(|error| vec![output::failed(&error)])?;
    print(&text)
}

fn print(text: &[u8]) -> Outcome {
    io::stdout().write_all(text).or_else(output::gone).map_err(|error| vec![output::failed(&error)])?;
    Ok(ExitCode::SUCCESS)
}
