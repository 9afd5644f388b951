# What the checks borrow from the system: gettext, Chromium, PostgreSQL, search servers. Sourced by script/test and
# script/search_servers, after environment.sh.
# Each `find_…` prints where the tool is, or fails; `borrow` installs it when that is permitted.

# Installs packages of the system, only where that needs no question: `borrow PACKAGE…`.
borrow() {
    local sudo=()
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
        sudo=(sudo -n)
    fi
    step "Installing $* with the system's package manager"
    local install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@")
    {
        flock 9 # one at a time: servers are brought while the checks go on
        "${install[@]}" || { "${sudo[@]}" apt-get update && "${install[@]}"; }
    } 9>"${TMPDIR:-/tmp}/agora-packages-$(id -u).lock" >>"$logs/system-packages.log" 2>&1
}

find_chromium() {
    local name
    # The shell draws pages and nothing around them: half the work for the same engine.
    for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        # A name may be a stub that only says how to install the real thing.
        "$name" --version >/dev/null 2>&1 && command -v "$name" && return
    done
    "$python" - <<'PY' 2>/dev/null
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as driver:
    path = driver.chromium.executable_path
if not pathlib.Path(path).exists():
    sys.exit(1)
print(path)
PY
}

borrow_chromium() {
    borrow chromium-headless-shell fonts-dejavu-core || borrow chromium fonts-dejavu-core
}

# Prints the folder of the newest PostgreSQL programs, 15 or later.
find_postgresql() {
    local folder best='' newest=14 version
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] || continue
        version=$("$folder/postgres" --version 2>/dev/null | sed -E 's/.* ([0-9]+).*/\1/')
        case $version in '' | *[!0-9]*) continue ;; esac
        if [ "$version" -gt "$newest" ]; then newest=$version best=$folder; fi
    done
    [ -n "$best" ] && printf '%s\n' "$best"
}

# Runs PostgreSQL's own programs; they refuse to work as root.
as_postgres() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    elif command -v runuser >/dev/null 2>&1; then
        runuser -u "$pg_owner" -- "$@"
    else
        setpriv --reuid="$pg_owner" --regid="$pg_owner" --clear-groups -- "$@"
    fi
}

# Starts a cluster that lives in a temporary folder and answers on a socket there, away from any other
# PostgreSQL of the machine: `start_postgresql BIN`; sets DATABASE_URL_TEST_PG.
start_postgresql() {
    local bin=$1 parent=${TMPDIR:-/tmp}
    [ ${#parent} -lt 60 ] || parent=/tmp # the path of a socket is short by law
    if getent passwd postgres >/dev/null 2>&1; then pg_owner=postgres; else pg_owner=nobody; fi
    pg_folder=$(mktemp -d "$parent/agora-pg.XXXXXX")
    chmod 755 "$pg_folder"
    [ "$(id -u)" -ne 0 ] || chown "$pg_owner" "$pg_folder"
    pg_bin=$bin
    (
        cd /
        as_postgres "$bin/initdb" -D "$pg_folder/data" -U agora -A trust -E UTF8 --locale=C -N &&
            as_postgres "$bin/pg_ctl" -D "$pg_folder/data" -l "$pg_folder/log" -w -t 60 -s \
                -o "-c listen_addresses='' -c unix_socket_directories='$pg_folder' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60" \
                start
    ) >"$logs/postgresql-server.log" 2>&1 || return 1
    DATABASE_URL_TEST_PG=postgres://agora@$("$python" -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=""))' "$pg_folder")/postgres
    export DATABASE_URL_TEST_PG
}

stop_postgresql() {
    [ -n "${pg_folder:-}" ] || return 0
    (cd / && as_postgres "$pg_bin/pg_ctl" -D "$pg_folder/data" -m immediate -s stop) >/dev/null 2>&1 || true
    rm -rf "$pg_folder"
    pg_folder=''
}

# Starts Elasticsearch and OpenSearch apart from any others, but for those that the environment names, and does not
# wait for them: they take half a minute of one core.
begin_search_servers() {
    own_search_servers
    script/search_servers start >"$logs/search-servers.env" 2>>"$logs/search-servers.log" &
    servers_pid=$!
}

# Waits for them; what will not start is told by the tests, which name the server that they miss.
await_search_servers() {
    local lines name
    step "Starting Elasticsearch and OpenSearch"
    if wait "$servers_pid"; then
        eval "$(<"$logs/search-servers.env")"
    else
        for name in elasticsearch opensearch; do
            if lines=$(script/search_servers start "$name" 2>>"$logs/search-servers.log"); then eval "$lines"; fi
        done
        tail -n 8 "$logs/search-servers.log"
    fi
}

# Gives the servers that will be started a folder of their own, so that two runs of the checks do not meet.
own_search_servers() {
    SEARCH_SERVERS_RUN=$(mktemp -d "${TMPDIR:-/tmp}/agora-search.XXXXXX")
    # A server lives for a minute or two here: compiled well is compiled too late.
    : "${SEARCH_SERVERS_JAVA_OPTS:=-XX:+UseSerialGC -XX:TieredStopAtLevel=1}"
    export SEARCH_SERVERS_RUN SEARCH_SERVERS_JAVA_OPTS
}

stop_search_servers() {
    [ -n "${SEARCH_SERVERS_RUN:-}" ] || return 0
    script/search_servers stop >/dev/null 2>&1 || true
    rm -rf "$SEARCH_SERVERS_RUN"
    unset SEARCH_SERVERS_RUN
}
