#!/bin/sh
# Fetches dalli 5, of a Debian that is newer than ours, into target/clients/dalli.
set -eu
cd "$(dirname "$0")/../../../.."
file=ruby-dalli_5.2.1-1_all.deb
sum=fe2d9a546b4dd6d30a88c4757e785622e65b48ba4f4cf2a5004f7d3c1bfaa38e
url=http://deb.debian.org/debian/pool/main/r/ruby-dalli/$file

rm -rf target/clients/dalli
mkdir -p target/clients
if command -v curl >/dev/null; then
  curl -sSf --max-time 60 -o "target/clients/$file" "$url"
else
  wget -q --timeout=60 -O "target/clients/$file" "$url"
fi
echo "$sum  target/clients/$file" | sha256sum --check --quiet
dpkg-deb --extract "target/clients/$file" target/clients/dalli
