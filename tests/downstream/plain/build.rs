//! Two APIs in one crate.

fn main() -> Result<(), docbind::Error> {
    docbind::Build::new().docs("docs").api_version("v2.0").client("Library").generate()?;
    docbind::Build::new().docs("more docs").name("names").generate()?;
    Ok(())
}
