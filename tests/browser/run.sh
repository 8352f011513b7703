#!/usr/bin/env bash
# The HTML page of `docbind diff` in a real browser: Debian's chromium, without a window.
#
#   tests/browser/run.sh [FOLDER]
#
# FOLDER keeps the pages, and pictures of one of them; without it, a new one is made and removed
# again. CHROMIUM names the browser. Where there is none, apt-get is asked for one, if that is
# allowed; and where it has none, a line says that the check is skipped.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$here/../.." && pwd)

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

find_chromium() {
  chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  [ -n "$chromium" ]
}

install_chromium() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } \
    >"$folder/apt.log" 2>&1
}

if ! find_chromium && ! { install_chromium && find_chromium; }; then
  echo "skip the HTML page: there is no chromium, and apt-get does not give it"
  exit
fi

DOCBIND_PAGES=$folder cargo test --quiet --manifest-path "$checkout/Cargo.toml" --locked -p docbind \
  --lib diff::report::tests::html::
python3 "$here/page.py" "$chromium" "$folder"
