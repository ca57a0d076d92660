//! The command line: parse, build [`relais::app::App`], run one command.
//!
//! Exit codes are a promise: 0 done, 1 refused or failed with a reason, 2 wrong usage.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    let (cli, lang) = match command::parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(usage) => return command::wrong_usage(&usage),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(failure) => return command::failed(&relais::error::Error::io("tokio")(failure), lang),
    };
    match runtime.block_on(command::run(cli, lang)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => command::failed(&error, lang),
    }
}
