#!/bin/sh
# Prepares .venv: a virtual environment with uv in it, and then exactly what uv.lock says.
#
#   sh scripts/setup.sh site    what is needed to build the site
#   sh scripts/setup.sh test    that, and the tools for the tests
#
# Needs Python 3.11 or later and nothing else. Does nothing when the environment is already right.
# PYTHON=... picks an interpreter; settings of pip and uv in the environment are respected.
set -eu

cd "$(dirname "$0")/.."
level=${1:-site}
venv=.venv

fail() {
    printf '\n%s\n' "$*" >&2
    exit 2
}

case $level in
site) groups='--no-dev --inexact' ;;
test) groups='--group dev' ;;
*) fail "Okänt val: $level. Skriv site eller test." ;;
esac

# A checksum, not a time: a fresh clone or a change of branch gives the files new times.
fingerprint() {
    cat pyproject.toml uv.lock scripts/setup.sh | cksum
}

# The environment of the tests holds all that the site needs, so its stamp serves for both.
stamped() {
    for name in "$level" test; do
        stamp="$venv/est-build-$name"
        [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] && return 0
    done
    return 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# An environment cannot be moved: its programs hold its path. One made by hand is taken as it is.
works() {
    [ ! -f "$venv/est-build-path" ] || [ "$(cat "$venv/est-build-path")" = "$(pwd -P)" ] || return 1
    [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python"
}

if works && stamped; then
    exit 0
fi

# ---- an interpreter ---------------------------------------------------------------------------
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.14 python3.13 python3.12 python3.11 python
    fi
    for candidate; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    found=$(command -v "${PYTHON:-python3}" || true)
    if [ -n "$found" ]; then
        found="Här finns $("$found" --version 2>&1 | head -n 1) ($found)."
    elif [ -n "${PYTHON:-}" ]; then
        found="$PYTHON finns inte."
    else
        found='Här finns ingen Python.'
    fi
    fail "est-build behöver Python 3.11 eller nyare. $found
Installera en nyare Python från din dators programförråd eller python.org.
Finns den redan någon annanstans? Skriv: make site PYTHON=/sökväg/till/python3.12"
fi

# ---- a virtual environment --------------------------------------------------------------------
if ! works; then
    echo 'Skapar en egen Python-miljö i mappen .venv ...' >&2
    rm -rf "$venv"
    if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv" || fail 'Det gick inte att skapa .venv. Se meddelandet ovanför.'
    elif "$python" -c 'import venv, pip' 2>/dev/null; then
        # Debian and Ubuntu ship ensurepip apart; a pip outside the environment serves as well.
        "$python" -m venv --without-pip "$venv" || fail 'Det gick inte att skapa .venv.'
    else
        fail "Python saknar modulen venv (eller ensurepip), som behövs för att skapa en egen miljö.
På Debian och Ubuntu: sudo apt-get install python3-venv
Kör sedan samma kommando igen."
    fi
fi

pwd -P >"$venv/est-build-path"

pip_install() {
    if "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
    else
        "$python" -m pip --python "$venv/bin/python" install --quiet --disable-pip-version-check "$@"
    fi
}

# uv is the one package that uv cannot fetch. Its version and hashes stand in uv.lock with all the others.
uv_from_lock() {
    "$venv/bin/python" - <<'PYTHON'
import tomllib

with open("uv.lock", "rb") as file:
    (uv,) = (package for package in tomllib.load(file)["package"] if package["name"] == "uv")
print(f"uv=={uv['version']}", *(f"--hash={wheel['hash']}" for wheel in uv["wheels"]))
PYTHON
}

wanted=$(uv_from_lock) || fail 'Filen uv.lock går inte att läsa. Hämta tillbaka den: git restore uv.lock'
if [ ! -x "$venv/bin/uv" ] || [ ! -f "$venv/est-build-uv" ] || [ "$(cat "$venv/est-build-uv")" != "$wanted" ]; then
    printf '%s\n' "$wanted" >"$venv/uv.txt"
    pip_install --require-hashes --only-binary :all: -r "$venv/uv.txt" ||
        fail 'Det gick inte att hämta installationsverktyget uv. Är datorn ansluten till internet?
Står det "hashes" ovanför? Då är det som hämtades något annat än det som uv.lock anger. Installera det inte.'
    printf '%s' "$wanted" >"$venv/est-build-uv"
fi

# ---- the packages -----------------------------------------------------------------------------
# An environment that the caller happens to be in, or another choice of Python, is not ours.
unset VIRTUAL_ENV CONDA_PREFIX UV_PYTHON
export UV_PROJECT_ENVIRONMENT="$venv" UV_PYTHON_DOWNLOADS=never
# Without a home that can be written to, keep the cache with the environment.
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    export UV_CACHE_DIR="${UV_CACHE_DIR:-$(pwd -P)/$venv/cache}"
fi

echo 'Hämtar det som uv.lock anger ...' >&2
# shellcheck disable=SC2086 # $groups is several words
"$venv/bin/uv" sync --quiet --locked --python "$venv/bin/python" $groups || fail \
    'Det gick inte att hämta paketen. Är datorn ansluten till internet?
Står det "lockfile ... needs to be updated" ovanför? Kör då: .venv/bin/uv lock'
fingerprint >"$venv/est-build-$level"
