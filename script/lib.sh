# Set-up that every script shares: system packages, the virtual environment, the lock.
# Sourced by bash, from the root of the checkout; the caller has set -euo pipefail.

say() { printf '%s\n' "$*" >&2; }

# The first Python that is new enough, by name.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    return 1
}

# Names, one a line, of the Debian packages that this machine lacks. Asks the loader and the
# programs rather than dpkg, so that a machine that has them from elsewhere is left alone.
missing_packages() {
    local python
    if ! python=$(find_python); then
        printf '%s\n' python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian keeps ensurepip in a package of its own, one for each version of Python.
        if [ "$python" = python3 ]; then printf '%s\n' python3-venv; else printf '%s\n' "$python-venv"; fi
    fi
    has_library libpango-1.0.so.0 || printf '%s\n' libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || printf '%s\n' libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || printf '%s\n' libharfbuzz-subset0
    if [ "${1:-}" = with-browser ] && ! command -v chromium >/dev/null 2>&1; then
        printf '%s\n' chromium
    fi
}

# A library counts as present when the loader's cache names it; ldconfig is not on every PATH.
has_library() {
    local cache
    cache=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 1
    case $cache in *"$1 "*) return 0 ;; *) return 1 ;; esac
}

install_packages() {
    local line="apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "This machine lacks what these Debian packages hold: $*"
        exit 3
    fi
    if [ "$(id -u)" -eq 0 ]; then
        say "Installing: $*"
        apt_get apt-get "$@"
    elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
        say "Some system packages are missing: $*"
        say "Installing them with sudo, which may ask for your password."
        apt_get "sudo apt-get" "$@"
    else
        say "Some system packages are missing. As root, run:"
        say "$line"
        exit 3
    fi
}

apt_get() {
    local command=$1
    shift
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # the command may be two words
    {
        $command update -qq || true # old lists may still do
        $command install -y -qq --no-install-recommends "$@"
    } >&2 </dev/null
}

# What an environment holds: this Python, at this path (an environment cannot move), these locks.
stamp_of() {
    local python=$1 lock=$2
    printf '%s %s ' "$PWD" "$lock"
    {
        "$python" -c 'import sys; print(sys.version)'
        cat "$lock"
    } | sha256sum | cut -d' ' -f1
}

# set_up LOCK…: makes .venv hold the last lock named. Each lock contains the ones before it, so
# one installation satisfies them all. With nothing to do it only compares the stamp.
set_up() {
    local missing python lock wanted stamps=""
    local browser=${BROWSER:-}
    missing=$(missing_packages "$browser")
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086  # one word for each package
        install_packages $missing
    fi
    python=$(find_python) || {
        say "Python 3.11 or newer is needed; this machine has none."
        exit 3
    }
    for lock in "$@"; do
        stamps+="$(stamp_of "$python" "$lock")"$'\n'
    done
    wanted=$(printf '%s' "$stamps" | tail -n 1)
    if [ -x .venv/bin/python ] && [ -f .venv/stamp ] && grep -qxF "$wanted" .venv/stamp; then
        return 0
    fi
    if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null ||
        ! grep -qsF "$PWD " .venv/stamp; then
        # A moved or half-made environment is made again; one without a stamp is only completed.
        if [ -f .venv/stamp ] || ! [ -x .venv/bin/python ]; then
            "$python" -m venv --clear .venv
        fi
    fi
    say "Installing from ${*: -1} …"
    # Nothing is compiled here: one package is published as source only, and it is plain Python.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: --no-binary flask-principal -r "${*: -1}" >&2
    printf '%s' "$stamps" >.venv/stamp
}
