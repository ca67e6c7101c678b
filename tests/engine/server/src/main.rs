// The real SurrealDB server for the live tests, from its published crates:
// what the `surreal` program of a release does.
#![recursion_limit = "512"]

use std::process::ExitCode;

use surrealdb_server::core::CommunityComposer;

fn main() -> ExitCode {
    surrealdb_server::init(CommunityComposer())
}
