//! The program `outcross`.

fn main() {}
