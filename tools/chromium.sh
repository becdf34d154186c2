#!/bin/bash
# Gets a Chromium for the browser tests: Debian's where we are root, else Playwright's own build.
# Says on one line which it is. Does nothing where one is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

works() { /usr/bin/chromium --version 2>/dev/null; }

if ! works && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Installing Chromium from the distribution'
    log=$(mktemp)
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } \
        >"$log" 2>&1 </dev/null || tail -n 5 "$log" >&2
    rm -f "$log"
    works || echo 'The distribution has no Chromium that runs.' >&2
fi
if ! works >/dev/null; then
    if ! .venv/bin/playwright install chromium </dev/null; then
        echo 'No Chromium for the browser tests: as root, apt-get install chromium; or see that Playwright can download.' >&2
        exit 1
    fi
    echo "Chromium: Playwright's own"
fi
