//! The program `outcross`: everything is in the library.

fn main() -> std::process::ExitCode {
    outcross::cli::run()
}
