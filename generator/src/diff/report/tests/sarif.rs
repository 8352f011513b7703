//! SARIF, by what its readers take from it, and by its schema where that is at hand.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::sample::{HARMFUL, HOSTILE, MODELS, every_rule, hostile, ignored, many, small};
use crate::diff::report::{Compared, to_sarif};
use crate::diff::{Diff, Rule};

fn log(diff: &Diff, compared: &Compared<'_>, folder: &str) -> Value {
    serde_json::from_str(&to_sarif(diff, compared, folder)).unwrap()
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn a_result_has_what_readers_want() {
    let sample = small();
    let log = log(&sample.diff, &sample.compared(), "my docs");
    expect_test::expect![[r#"
        {
          "ruleId": "property-type-changed",
          "ruleIndex": 2,
          "level": "error",
          "message": {
            "text": "type example.notes.note: property `importance` has another type: `Edm.String` → `Edm.Int32`; breaks wire and Rust, needs a major version."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "my%20docs/resources/note.md",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 12,
                  "snippet": {
                    "text": "|importance|Int32|How much it matters.|"
                  }
                }
              }
            }
          ],
          "partialFingerprints": {
            "docbindChange/v1": "036bc0d88c2b7eacacc5046842063b7b:1"
          },
          "properties": {
            "level": "error",
            "breaksWire": true,
            "breaksRust": true,
            "bump": "major"
          },
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "my%20docs/resources/note.md",
                  "uriBaseId": "BASE"
                },
                "region": {
                  "startLine": 12,
                  "snippet": {
                    "text": "|importance|String|How much it matters.|"
                  }
                }
              },
              "id": 1,
              "message": {
                "text": "What the base says."
              }
            }
          ]
        }
    "#]].assert_eq(&format!("{:#}\n", results(&log)[1]));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results(&log) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().unwrap().len(), 1, "{result:#}");
    }
    for rule in rules {
        let id: Rule = rule["id"].as_str().unwrap().parse().unwrap();
        assert!(
            id.explanation()
                .contains(rule["help"]["markdown"].as_str().unwrap().lines().next().unwrap())
        );
    }
}

#[test]
fn what_is_ignored_is_suppressed() {
    let diff = ignored(hostile());
    let log = log(&diff, &HARMFUL, "");
    let (shown, suppressed) = results(&log).split_at(diff.changes.len());
    assert_eq!(suppressed.len(), diff.ignored.len());
    assert!(shown.iter().all(|it| it["suppressions"] == serde_json::json!([])));
    for result in suppressed {
        let suppression = &result["suppressions"][0];
        assert_eq!(suppression["kind"], "external");
        let reason = suppression["justification"].as_str().unwrap();
        assert!(reason.starts_with("As ") && !reason.contains(char::is_control), "{reason}");
    }
}

#[test]
fn a_fingerprint_outlives_a_move() {
    let prints = |diff: &Diff| -> Vec<String> {
        let log = log(diff, &MODELS, "");
        let print = |result: &Value| {
            result["partialFingerprints"]["docbindChange/v1"].as_str().unwrap().to_owned()
        };
        results(&log).iter().map(print).collect()
    };
    let mut diff = many(200);
    let before = prints(&diff);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 200);
    for change in &mut diff.changes {
        for place in [&mut change.base, &mut change.head].into_iter().flatten() {
            place.line += 7;
        }
    }
    assert_eq!(prints(&diff), before);
    // What looks the same is told apart by its number.
    diff.changes.extend(diff.changes.clone());
    assert_eq!(prints(&diff).iter().collect::<BTreeSet<_>>().len(), 400);
}

#[test]
fn harm_stays_text() {
    let log = log(&hostile(), &HARMFUL, "");
    for result in results(&log) {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let uri = uri.as_str().unwrap();
        assert!(uri.chars().all(|it| it.is_ascii_alphanumeric() || "/-._~%".contains(it)), "{uri}");
        assert_eq!(percent_decode_str(uri).decode_utf8().unwrap(), HOSTILE);
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.contains(|letter: char| letter.is_control() || letter == '\u{202e}'));
        assert!(!text.replace("\\]", "").contains(']'), "{text}");
    }
}

/// The schema is of OASIS, and fetched by `tests/sarif-schema/run.sh`.
#[test]
#[expect(clippy::print_stdout, reason = "a test that does nothing says so")]
fn sarif_keeps_to_the_schema() {
    let Some(path) = std::env::var_os("DOCBIND_SARIF_SCHEMA") else {
        println!("DOCBIND_SARIF_SCHEMA is not set: SARIF is not held against its schema");
        return;
    };
    let schema = std::fs::read_to_string(path).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // Its pattern has a bracket that nothing opens, which is an error by the rules of today.
    for at in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{at}/properties/language"));
        language.unwrap().as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let sample = small();
    for (diff, compared) in [
        (&sample.diff, &sample.compared()),
        (&every_rule(), &MODELS),
        (&hostile(), &HARMFUL),
        (&Diff::default(), &MODELS),
        (&ignored(hostile()), &HARMFUL),
    ] {
        let log = log(diff, compared, "docs/a b");
        let errors = validator.iter_errors(&log);
        let errors: Vec<_> =
            errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    let mut wrong = log(&sample.diff, &sample.compared(), "");
    wrong["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!validator.is_valid(&wrong));
}
