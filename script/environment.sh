# Shared by script/server and script/test: a Python, a virtual environment, its requirements.
# To be sourced with the working directory at the root of the repository.

export PATH # in an empty environment bash has a path of its own and tells nobody

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m' rewrite=$'\r\e[K'
else
    bold='' red='' green='' plain='' rewrite=''
fi

installer=uv==0.13.9 # it installs the requirements, nothing needs it afterwards

say() { printf '%s\n' "$*"; }
step() { printf '%s\n' "${bold}→ $*${plain}"; }
die() {
    printf '%s\n' "${red}$1${plain}" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

# Prints the command of a Python 3.11+ that can make virtual environments; explains what is wrong otherwise.
# The system's own comes first: distributions compile theirs with every optimisation, version managers theirs
# with few, which makes everything slower by a quarter to a third. PYTHON names another one.
find_python() {
    local candidate seen='' no_venv='' candidates=()
    for candidate in python3.13 python3.12 python3.11 python3; do candidates+=("/usr/bin/$candidate"); done
    candidates+=(python3.13 python3.12 python3.11 python3)
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        # A name may answer and still not run (the shims of version managers), so each one is tried.
        local version
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        seen="$seen $candidate ($version)"
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue
        if ! "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            no_venv="$candidate ($version)"
            continue
        fi
        printf '%s\n' "$candidate"
        return
    done
    if [ -n "$no_venv" ]; then
        die "$no_venv cannot make a virtual environment: its venv module is missing." \
            "On Debian or Ubuntu: apt install python3-venv"
    elif [ -n "$seen" ]; then
        die "Agora needs Python 3.11 or newer; found only:$seen." \
            "Install a newer one, or name it: PYTHON=/path/to/python3.12 $0"
    elif [ -n "${PYTHON:-}" ]; then
        die "PYTHON names « $PYTHON », which does not run." "Correct it, or leave it unset."
    fi
    die "Agora needs Python 3.11 or newer, and there is no Python here." \
        "Install it with the system's package manager, or name it: PYTHON=/path/to/python3.12 $0"
}

# Makes the virtual environment once; sets `venv` (its folder) and `python` (its interpreter).
make_venv() {
    venv=${VENV:-$PWD/.venv}
    python=$venv/bin/python
    # An environment that was moved, copied from elsewhere or left by a removed Python is made again.
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$python" -m pip --version >/dev/null 2>&1 && return
    fi
    local found
    found=$(find_python) || exit 1
    step "Making the virtual environment with $("$found" -V 2>&1), in ${venv/#$PWD\//}"
    if [ -e "$venv" ] && [ ! -e "$venv/pyvenv.cfg" ] && [ -n "$(ls -A "$venv" 2>/dev/null)" ]; then
        die "$venv exists and is not a virtual environment." "Move it away, or choose another folder: VENV=…"
    fi
    "$found" -m venv --clear "$venv" || die "The virtual environment could not be made in $venv."
}

# Installs a file of requirements, only when it changed since the last time: `install_requirements FILE`.
install_requirements() {
    local file=$1 stamp log wanted started=$SECONDS
    stamp=$venv/.installed-$(basename "$file" .txt)
    wanted=$("$python" - requirements.txt "$file" <<'PY'
import hashlib, pathlib, sys
print(hashlib.sha256(sys.version.encode() + b"".join(pathlib.Path(f).read_bytes() for f in sys.argv[1:])).hexdigest())
PY
    )
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    step "Installing $file"
    log=$venv/install.log
    # pip reads its own configuration (index, proxy, certificates, wheels kept at hand): nothing here overrides it.
    if ! install_fast "$file" >"$log" 2>&1 &&
        ! "$python" -m pip install --disable-pip-version-check --no-input --progress-bar off -r "$file" 2>&1 |
        tee "$log" | show_packages; then
        explain_failed_install "$log" "$file"
    fi
    printf '%s' "$wanted" >"$stamp"
    say "  done in $((SECONDS - started)) s"
}

# Installs a file of requirements with uv, which takes a quarter of pip's time: `install_fast FILE`. Fails, and so
# leaves it to pip, where uv cannot be had, and where pip was told of more than a certificate and a folder of wheels:
# uv reads none of that.
install_fast() {
    local file=$1 settings cert links
    settings=$("$python" -m pip config list) || return
    ! grep -qvE "^$|\.(cert|find-links|default-timeout|timeout|disable-pip-version-check|no-input|cache-dir)='\S*'$" <<<"$settings" || return
    cert=$(sed -n "s/^[^=]*\.cert='\(.*\)'$/\1/p" <<<"$settings" | tail -n 1)
    links=$(sed -n "s/^[^=]*\.find-links='\(.*\)'$/\1/p" <<<"$settings" | tail -n 1)
    "$python" -m pip install --disable-pip-version-check --no-input --quiet "$installer" || return
    env ${cert:+"SSL_CERT_FILE=$cert"} "$python" -m uv pip install --python "$python" --no-config --compile-bytecode \
        ${links:+--find-links "$links"} -r "$file"
}

# Reads pip's output; shows the package under way on one line of a terminal, a dot each elsewhere.
show_packages() {
    local line dots=''
    while IFS= read -r line; do
        case $line in
            Collecting\ *)
                if [ -n "$rewrite" ]; then
                    line=${line#Collecting }
                    printf '%s  %s' "$rewrite" "${line%% (from *}"
                else
                    printf '.' && dots=yes
                fi
                ;;
            Installing\ collected*)
                if [ -n "$rewrite" ]; then printf '%s  putting the packages in place' "$rewrite"; fi
                ;;
        esac
    done
    if [ -n "$rewrite" ]; then printf '%s' "$rewrite"; elif [ -n "$dots" ]; then printf '\n'; fi
}

# Says why pip failed: `explain_failed_install LOG FILE`. A site that cannot be reached looks like a missing version.
explain_failed_install() {
    local log=$1 file=$2
    tail -n 12 "$log" >&2
    if grep -qE 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Max retries|ProxyError|SSLError|CERTIFICATE|Temporary failure in name|from versions: none' "$log"; then
        die "The package index could not be reached (or does not hold what $file asks for)." \
            "Check the network, a proxy (HTTPS_PROXY) or an index of your own (PIP_INDEX_URL), then start again." \
            "What pip said: $log"
    fi
    die "$file could not be installed." "What pip said: $log"
}
