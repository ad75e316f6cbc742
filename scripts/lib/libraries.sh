# Sourced by the other scripts: install_libraries puts the missing system libraries in place.

# pkg-config name and Debian package of each library that Package.swift names.
billdrop_libraries=(
  "libcurl libcurl4-openssl-dev"
  "sqlite3 libsqlite3-dev"
  "libcrypto libssl-dev"
  "libmicrohttpd libmicrohttpd-dev"
  "zlib zlib1g-dev"
)

# Prints the Debian packages that are missing, one a line.
missing_libraries() {
  local entry
  if ! command -v pkg-config >/dev/null; then
    echo pkg-config
    for entry in "${billdrop_libraries[@]}"; do echo "${entry#* }"; done
    return
  fi
  for entry in "${billdrop_libraries[@]}"; do
    pkg-config --exists "${entry%% *}" || echo "${entry#* }"
  done
}

# Installs what is missing with apt, as root or through sudo; does nothing, and needs no network, where all is there.
install_libraries() {
  local missing=()
  mapfile -t missing < <(missing_libraries)
  [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# Installs libpq and a PostgreSQL server, for builds and tests with the trait Postgres.
install_postgres() {
  local missing=()
  pkg-config --exists libpq || missing+=(libpq-dev)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
  [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# Installs Python for the scripts that are written in it, where it is missing.
install_python() {
  command -v python3 >/dev/null || install_packages python3-minimal python3
}

# Program and Debian package of what the tests run beside our own: an SSH server with its tools, GnuPG, zip, what reads units.
billdrop_test_programs=(
  "sshd openssh-server"
  "ssh-keygen openssh-client"
  "gpg gnupg"
  "zip zip"
  "unzip unzip"
  "systemd-analyze systemd"
)

# Installs the programs that tests need and that are missing.
install_test_programs() {
  local entry missing=()
  for entry in "${billdrop_test_programs[@]}"; do
    PATH=$PATH:/usr/sbin command -v "${entry%% *}" >/dev/null || missing+=("${entry#* }")
  done
  [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
}

# curl, which the documents' sessions use.
install_curl() {
  command -v curl >/dev/null || install_packages curl
}

# Installs Debian packages with apt.
install_packages() {
  local missing=("$@") as_root=()
  if ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]} (Debian's names), and there is no apt-get here: install them by hand" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "missing packages: install them as root with: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi

  local log
  log=$(mktemp)
  echo "Installing ${missing[*]} …" >&2
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
    echo "apt-get could not install ${missing[*]}; its whole output is in $log" >&2
    return 1
  fi
  rm -f "$log"
}

# Stops with a word where there is no Swift.
require_swift() {
  command -v swift >/dev/null && return 0
  echo "swift is not on the PATH: install a Swift 6.2 toolchain or newer from https://www.swift.org/install" >&2
  return 1
}
