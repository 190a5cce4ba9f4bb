# Sourced by the scripts beside this folder. `ensure_installed` goes to the repository's root, installs what is
# missing and sets NODE, the Node that runs everything. Whatever it has to say goes to stderr.

minka_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
NODE="$minka_root/node_modules/node/bin/node"
minka_install_lock="$minka_root/node_modules/.minka-install-lock"
minka_install_stamp="$minka_root/node_modules/.minka-install-stamp"

minka_fail() {
  echo "minka: $1" >&2
  exit 1
}

minka_fingerprint() {
  cat pnpm-lock.yaml pnpm-workspace.yaml package.json | cksum
  uname -sm
}

minka_is_installed() {
  [ -x "$NODE" ] && [ -f "$minka_install_stamp" ] && [ "$(cat "$minka_install_stamp")" = "$(minka_fingerprint)" ]
}

# A symbolic link is made in one step together with its content, the holder's process number.
minka_take_install_lock() {
  local holder said=
  until ln -sn "$$" "$minka_install_lock" 2>/dev/null; do
    [ -w "$minka_root/node_modules" ] || minka_fail "cannot write to $minka_root/node_modules"
    holder="$(readlink "$minka_install_lock")" || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      # Only one of those who wait moves the dead one's lock away; a new one moved by mistake goes back.
      if mv "$minka_install_lock" "$minka_install_lock.$$" 2>/dev/null; then
        if [ "$(readlink "$minka_install_lock.$$")" = "$holder" ]; then
          rm -f "$minka_install_lock.$$"
        else
          mv "$minka_install_lock.$$" "$minka_install_lock"
        fi
      fi
      continue
    fi
    [ -n "$said" ] || echo "minka: another script is installing; waiting for it" >&2
    said=yes
    sleep 1
  done
}

minka_install() {
  local version
  version="$(node -p 'require("./package.json").packageManager.split("@")[1].split("+")[0]')"
  echo "minka: installing packages (the first time takes about a minute)" >&2
  # Tools to run the checks and Node itself are development packages: they are needed in production, too.
  npx --yes "pnpm@$version" install --frozen-lockfile --prod=false --config.confirm-modules-purge=false >&2 ||
    minka_fail "the packages could not be installed; see above, and try again when the registry can be reached"
  "$NODE" --version >/dev/null 2>&1 || npx --yes "pnpm@$version" rebuild node >&2 || true
  "$NODE" --version >/dev/null 2>&1 || minka_fail "the npm package node did not bring its program; see above"
  minka_fingerprint >"$minka_install_stamp"
}

ensure_installed() {
  cd "$minka_root" || exit 1
  if ! minka_is_installed; then
    command -v node >/dev/null && command -v npx >/dev/null || minka_fail "Node 20 or newer with npm is needed"
    [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] ||
      minka_fail "Node 20 or newer is needed; this is $(node --version)"
    mkdir -p node_modules
    minka_take_install_lock
    trap 'rm -f "$minka_install_lock"' EXIT
    # Whoever held the lock before may have done it already.
    minka_is_installed || minka_install
    rm -f "$minka_install_lock"
    trap - EXIT
  fi
  export PATH="$minka_root/node_modules/node/bin:$minka_root/node_modules/.bin:$PATH"
  # Node reads two thousand source files at a start; what it makes of them is kept, and thrown away with the packages.
  export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$minka_root/node_modules/.cache/node}"
}
