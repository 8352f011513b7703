//! Docs that two crates of the workspace share.

fn main() -> Result<(), docbind::Error> {
    docbind::Build::new().docs("../docs").api_version("v2.0").generate()?;
    Ok(())
}
