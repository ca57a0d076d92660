//! The help in two languages: `help-<command>` and `help-<command>-<option>` of the texts.

use crate::i18n::{Lang, Words};
use clap::{Arg, Command};

/// The command with every description in one language.
pub(super) fn translated(command: Command, lang: Lang) -> Command {
    described(command, "help-relais", Words(lang))
}

fn described(command: Command, key: &str, words: Words) -> Command {
    let command = command.about(words.say(key)).mut_args(|arg| explained(arg, key, words));
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let key = format!("{key}-{name}");
        command.mut_subcommand(name, |sub| described(sub, &key, words))
    })
}

fn explained(arg: Arg, key: &str, words: Words) -> Arg {
    let id = arg.get_id().as_str().replace('_', "-");
    let global =
        matches!(id.as_str(), "data" | "database-url" | "json" | "lang" | "help" | "version");
    let key = if global { format!("help-option-{id}") } else { format!("{key}-{id}") };
    arg.help(words.say(&key))
}

#[cfg(test)]
mod tests {
    use crate::command::help::*;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_and_option_is_described_in_both_languages() {
        for lang in Lang::ALL {
            let command = translated(crate::command::Cli::command(), lang);
            let missing = undescribed(&command, command.get_name());
            assert!(missing.is_empty(), "{lang:?}: {missing:#?}");
        }
    }

    fn undescribed(command: &Command, path: &str) -> Vec<String> {
        let unknown = |text: Option<&clap::builder::StyledStr>| {
            text.is_none_or(|text| text.to_string().contains("Unknown localization"))
        };
        let mut missing = Vec::new();
        if unknown(command.get_about()) {
            missing.push(path.to_owned());
        }
        let options = command.get_arguments().filter(|arg| unknown(arg.get_help()));
        missing.extend(options.map(|arg| format!("{path} {}", arg.get_id())));
        for sub in command.get_subcommands() {
            missing.extend(undescribed(sub, &format!("{path}-{}", sub.get_name())));
        }
        missing
    }
}
