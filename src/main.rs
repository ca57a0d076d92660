//! The program: one command of [`relais::command`], on a runtime of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    relais::command::main()
}
