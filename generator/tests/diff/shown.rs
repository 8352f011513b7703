//! A change in one line, for expectations.

use docbind::diff::{Change, Level, Subject};

/// `error property-type-changed example.note.text: Edm.String → Edm.Int32 (wire, rust)`, and where
/// both sides say it.
pub(crate) fn line(change: &Change) -> String {
    let version = change.version.as_ref().map(|it| format!("{it} ")).unwrap_or_default();
    let part = match &change.subject {
        Subject::Operation { part: Some(part), .. } => format!(" {part}"),
        _ => String::new(),
    };
    let member = change.member.as_ref().map(|it| format!(" [{it}]")).unwrap_or_default();
    let (from, to) = (change.from.as_deref(), change.to.as_deref());
    let stated = match (from, to) {
        (None, None) => String::new(),
        (from, to) => format!(": {} → {}", from.unwrap_or("·"), to.unwrap_or("·")),
    };
    let breaks = [(change.breaks_wire, "wire"), (change.breaks_rust(), "rust")];
    let breaks: Vec<_> = breaks.iter().filter(|it| it.0).map(|it| it.1).collect();
    let breaks =
        if breaks.is_empty() { String::new() } else { format!(" ({})", breaks.join(", ")) };
    let place = |source: Option<&docbind::model::Source>| {
        source.map_or_else(|| "·".to_owned(), |it| format!("{}:{}", it.file, it.line))
    };
    let (base, head) = (place(change.base.as_ref()), place(change.head.as_ref()));
    format!(
        "{} {} {version}{}{part}{member}{stated}{breaks}\n    {base} → {head}\n",
        change.level, change.rule, change.target
    )
}

/// The changes of facts, a line each.
pub(crate) fn facts(changes: &[Change]) -> String {
    changes.iter().filter(|change| change.level > Level::Docs).map(line).collect()
}
