//! `outcross export`: what an instance knows, in formats of others.

use super::{Trouble, cacao, contacts};

/// What to write out.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Contact points as CSV, which `import contacts` reads
    Contacts(contacts::ExportContacts),
    /// A playbook as CACAO 2.0, which `import cacao` reads; needs no server
    Cacao(cacao::ExportArguments),
}

/// Writes it.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    match arguments {
        Arguments::Contacts(arguments) => contacts::export(arguments),
        Arguments::Cacao(arguments) => cacao::export(&arguments),
    }
}
