#!/usr/bin/env bash
# What tests need that is no Python package: LibreOffice, which opens the questionnaires, fonts for their scripts, and
# Chromium, which opens the pages.
# Installs what is missing where it may; where it may not, the tests that need it are skipped, and this says so.
set -uo pipefail
command -v soffice >/dev/null && command -v chromium >/dev/null && exit 0
packages=(libreoffice-calc fonts-noto-core fonts-noto-cjk chromium)
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  "${as_root[@]}" apt-get -qq update >/dev/null &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get -qq install -y --no-install-recommends "${packages[@]}" >/dev/null
fi
command -v soffice >/dev/null ||
  echo "LibreOffice is not there and cannot be installed: its tests are skipped (apt-get install ${packages[*]})"
command -v chromium >/dev/null ||
  echo "Chromium is not there and cannot be installed: its tests are skipped (apt-get install chromium)"
