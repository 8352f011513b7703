//! A program.

docbind_runtime::include_api!();

fn main() {
    println!("{}", Client::offline().publications().list().url());
}
