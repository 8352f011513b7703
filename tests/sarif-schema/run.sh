#!/usr/bin/env bash
# The SARIF that `docbind diff` writes against the JSON Schema of OASIS, which a crate carries.
#
#   tests/sarif-schema/run.sh [FOLDER]
#
# FOLDER keeps what is fetched; without it, a new one is made and removed again. Where the registry
# does not give the crate, a line says that the check is skipped.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$here/../.." && pwd)
crate=serde-sarif
version=0.8.0

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# A package that is never built: cargo is asked for the sources of what it depends on.
fetch() {
  mkdir -p "$folder/fetch"
  : >"$folder/fetch/lib.rs"
  cat >"$folder/fetch/Cargo.toml" <<END
[package]
name = "fetch"
version = "0.0.0"
edition = "2024"

[lib]
path = "lib.rs"

[dependencies]
$crate = { version = "=$version", default-features = false }

[workspace]
END
  cargo fetch --quiet --manifest-path "$folder/fetch/Cargo.toml" &&
    cargo metadata --format-version 1 --manifest-path "$folder/fetch/Cargo.toml" \
      >"$folder/metadata.json"
}

if ! fetch 2>"$folder/fetch.log"; then
  echo "skip $crate@$version: it cannot be fetched; see the registry, or $folder/fetch.log"
  exit
fi

manifest=$(python3 - "$folder/metadata.json" "$crate" <<'END'
import json, sys
packages = json.load(open(sys.argv[1]))["packages"]
print(next(it["manifest_path"] for it in packages if it["name"] == sys.argv[2]))
END
)
export DOCBIND_SARIF_SCHEMA=${manifest%/Cargo.toml}/src/schema.json
grep -q '"title": "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"' \
  "$DOCBIND_SARIF_SCHEMA"
cargo test --quiet --manifest-path "$checkout/Cargo.toml" --locked -p docbind --lib \
  diff::report::tests::sarif::
