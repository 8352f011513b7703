//! The one spelling in which paths are compared: in lower case, placeholders without names, no
//! quotes, blanks or empty parentheses.
//!
//! A documented path has several: that of its text, so that whoever copies it into a filter means
//! just this one, and those of its segments, which say what the text was understood as.

use crate::model::{Argument, ArgumentValue, Segment};

/// What stands for a placeholder.
pub(super) const PLACEHOLDER: &str = "{}";

/// The segments of a text.
pub(super) fn of_text(path: &str) -> Vec<String> {
    let mut segments = Vec::new();
    let mut segment = String::new();
    let mut placeholder = 0_usize;
    let mut parentheses = 0_usize;
    // A parenthesis that nobody closes holds no segments together.
    let is_closed = path.matches('(').count() == path.matches(')').count();
    for char in path.chars() {
        match char {
            '{' | '<' => {
                if placeholder == 0 {
                    segment.push_str(PLACEHOLDER);
                }
                placeholder += 1;
            }
            '}' | '>' => placeholder = placeholder.saturating_sub(1),
            _ if placeholder > 0 => {}
            '/' if parentheses == 0 || !is_closed => segments.push(std::mem::take(&mut segment)),
            '\'' | '"' => {}
            _ if char.is_whitespace() => {}
            _ => {
                parentheses = match char {
                    '(' => parentheses + 1,
                    ')' => parentheses.saturating_sub(1),
                    _ => parentheses,
                };
                segment.extend(char.to_lowercase());
            }
        }
    }
    segments.push(segment);
    finished(segments)
}

/// The segments of a path as it was understood, each by itself: also keys in parentheses and paths
/// between colons, so that wildcards mean them as they mean other keys.
pub(super) fn of_segments(path: &[Segment]) -> Vec<String> {
    let segments = path.iter().map(|segment| match segment {
        Segment::Literal(word) | Segment::Cast(word) => word.to_lowercase(),
        Segment::Key(_) => PLACEHOLDER.to_owned(),
        Segment::Call { name, arguments } => name.to_lowercase() + &in_parentheses(arguments),
        Segment::AlternateKey(key) => in_parentheses(key),
        Segment::ByPath(_) => format!(":{PLACEHOLDER}"),
        Segment::Ref => "$ref".to_owned(),
        Segment::Value => "$value".to_owned(),
        Segment::Count => "$count".to_owned(),
    });
    finished(segments.collect())
}

/// The same segments, put together as a text has them.
pub(super) fn joined(segments: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if segment.starts_with('(') => last.push_str(segment),
            Some(last) if segment.starts_with(':') => {
                last.push(':');
                joined.push(format!("{}:", &segment[1..]));
            }
            _ => joined.push(segment.clone()),
        }
    }
    finished(joined)
}

fn in_parentheses(arguments: &[Argument]) -> String {
    let arguments: Vec<String> = arguments.iter().map(argument).collect();
    format!("({})", arguments.join(","))
}

fn argument(argument: &Argument) -> String {
    let value = match &argument.value {
        ArgumentValue::Placeholder { .. } => PLACEHOLDER.to_owned(),
        ArgumentValue::Literal { text, .. } => {
            text.to_lowercase().chars().filter(|char| !char.is_whitespace()).collect()
        }
    };
    match &argument.name {
        Some(name) => format!("{}={value}", name.to_lowercase()),
        None => value,
    }
}

/// Without empty segments and parentheses; a colon at the end closes nothing.
fn finished(mut segments: Vec<String>) -> Vec<String> {
    segments.retain(|segment| !segment.is_empty());
    for segment in &mut segments {
        if segment.ends_with("()") {
            segment.truncate(segment.len() - 2);
        }
    }
    if let Some(last) = segments.last_mut() {
        last.truncate(last.trim_end_matches(':').len());
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Target;

    /// The spellings of a documented path, which differ only where the docs are odd.
    #[track_caller]
    fn check(path: &str, of_text_: &str, of_segments_: &str) {
        let target = Target::parse(path).expect("a path");
        assert_eq!(of_text(&target.template.text).join(" "), of_text_);
        let segments = of_segments(&target.template.segments);
        assert_eq!(joined(&segments).join(" "), of_segments_);
    }

    #[track_caller]
    fn check_both(path: &str, expected: &str) {
        check(path, expected, expected);
    }

    #[test]
    fn words_and_keys() {
        check_both("/Users/{id | userPrincipalName}/messages/$count", "users {} messages $count");
        check_both("/groups/{id}/members/contoso.user/$ref", "groups {} members contoso.user $ref");
        check_both("/users/delta()", "users delta");
    }

    #[test]
    fn arguments() {
        check_both("/me/view(start='{s}', end='{a/b}')", "me view(start={},end={})");
        check_both("/image(width=640)/text", "image(width=640) text");
        check_both("/range(<address>)", "range({})");
        check_both("/applications(appId='{appId}')/owners", "applications(appid={}) owners");
    }

    #[test]
    fn paths_of_items() {
        check_both("/drive/root:/{item-path}:/children", "drive root: {}: children");
        check_both("/sites/{host}:/{path}", "sites {}: {}");
        check_both("/drive/root:/{item-path}:", "drive root: {}");
    }

    #[test]
    fn what_had_to_be_understood() {
        check("/domains/contoso.com/records", "domains contoso.com records", "domains {} records");
        check("/range(address='<address>'/row", "range(address={} row", "range(address={}) row");
        check("/kind/{a} | b", "kind {}|b", "kind {}");
    }
}
