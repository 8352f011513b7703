#!/usr/bin/env bash
# Real clients, which nobody here wrote, against `docbind mock` on docs-input.
#
#   tests/real-clients/run.sh [FOLDER]
#
# FOLDER keeps what is installed; without it, a new one is made and removed again. Prints a line for
# each call, and ends with status 1 when one of them fails. Where a registry does not answer, a line
# says that its client is skipped.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$here/../.." && pwd)
python_sdk=msgraph-sdk==1.65.0
node_sdk=@microsoft/microsoft-graph-client@3.0.7

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  remove=$folder
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

mock=
finish() {
  if [ -n "$mock" ]; then
    kill -INT "$mock" 2>/dev/null || true
    wait "$mock" 2>/dev/null || true
  fi
  if [ -n "${remove:-}" ]; then rm -rf "$remove"; fi
}
trap finish EXIT

cargo build --quiet --manifest-path "$checkout/Cargo.toml" -p docbind --features mock-tls
docbind=${CARGO_TARGET_DIR:-$checkout/target}/debug/docbind

# Starts a mock on a free port, with these flags, and sets `url` to where it listens.
start() {
  "$docbind" mock --docs "$checkout/docs-input" --listen 127.0.0.1:0 --bodies "$@" \
    >"$folder/mock.out" 2>"$folder/mock.err" &
  mock=$!
  url=
  for _ in $(seq 100); do
    url=$(sed -n 's|^listening on \(.*\)/v1.0: .*|\1|p' "$folder/mock.out")
    if [ -n "$url" ]; then return; fi
    if ! kill -0 "$mock" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$folder/mock.err" >&2
  echo "the mock does not start" >&2
  exit 1
}

stop() {
  kill -INT "$mock"
  wait "$mock" || { echo "the mock did not end well" >&2; failed=1; }
  mock=
}

# Whether the update of the client named `$1` brought a null with it.
check_null() {
  if grep -q '"flag": *null' "$folder/mock.err"; then
    echo "pass $1 null arrived"
  else
    echo "FAIL $1 null arrived: no body holds \`\"flag\": null\`"
    failed=1
  fi
}

failed=0

install_python() {
  [ -x "$folder/python/bin/python" ] || python3 -m venv "$folder/python" || return
  "$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check \
    "$python_sdk" >"$folder/pip.log" 2>&1
}

install_node() {
  mkdir -p "$folder/node"
  cp "$here/package.json" "$here/client.mjs" "$folder/node/"
  (cd "$folder/node" && npm install --no-audit --no-fund --no-package-lock "$node_sdk") \
    >"$folder/npm.log" 2>&1
}

if install_python; then
  start
  "$folder/python/bin/python" "$here/client.py" "$url/v1.0" || failed=1
  stop
  check_null msgraph-sdk
else
  echo "skip $python_sdk: it cannot be installed; see the registry, or $folder/pip.log"
fi

if install_node; then
  start --tls --tls-cert "$folder/mock.pem"
  # By a name, since a certificate that is trusted for itself has to have one.
  NODE_EXTRA_CA_CERTS="$folder/mock.pem" \
    node "$folder/node/client.mjs" "${url/127.0.0.1/localhost}" || failed=1
  stop
  check_null microsoft-graph-client
else
  echo "skip $node_sdk: it cannot be installed; see the registry, or $folder/npm.log"
fi

if [ "$failed" != 0 ]; then
  echo "what the mock answered last:" >&2
  tail -n 20 "$folder/mock.err" >&2
fi
exit "$failed"
