# Shared by app/start and tests/run: Debian packages, configuring, building. To be sourced; speaks on standard error.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "kappascope: $*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "installing packages needs root or sudo; as root: apt-get install ${missing[*]}"
    return 1
  fi
}

# Installs what is missing from app/debian-packages.txt; asks apt nothing when all is there.
install_packages() {
  local wanted installed missing
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian: install what app/debian-packages.txt names by hand"
    return 0
  fi
  mapfile -t wanted < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$root/app/debian-packages.txt" | sort)
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
    sed -n 's/^installed //p' | sort -u) || true
  mapfile -t missing < <(printf '%s\n' "${wanted[@]}" | comm -23 - <(printf '%s\n' "$installed"))
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root apt-get update >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >&2
}

# configure PRESET FOLDER: once; later changes of CMake files are noticed by the build itself.
configure() {
  if [ -f "$root/$2/build.ninja" ] || [ -f "$root/$2/Makefile" ]; then return 0; fi
  say "configuring $2/ (preset $1)"
  (cd "$root" && cmake --preset "$1" >&2)
}

# build FOLDER [TARGET...]: what is fresh is not built again.
build() {
  local folder=$1
  shift
  say "building ${*:-everything} in $folder/"
  cmake --build "$root/$folder" ${1:+--target "$@"} >&2
}
