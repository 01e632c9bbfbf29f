# Shared by ./run and ./test: makes the virtual environment and puts everything in it.
# Sourced from the root of the checkout. Sets up once; a second time it only looks.

fail() { # sentences: say why, and stop
  printf '\n%s\n' "$@" >&2
  exit 1
}

say() {
  printf '%s\n' "$*"
}

find_python() { # prints a Python that is new enough
  local name
  for name in python3.11 python3 python3.12 python3.13; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

install_quietly() { # arguments of pip: what it says is shown only when it fails
  .venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install "$@" \
    >.venv/install.log 2>&1
}

set_up() { # lock file: afterwards .venv holds what it names, and the program
  local lock=$1 python stamp wanted
  stamp=.venv/stamp-$lock
  wanted=$({ cat "$lock" pyproject.toml && pwd; } | sha256sum)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || ! is_whole; then
    [ ! -L .venv ] || fail ".venv wijst naar een andere map. Haal die verwijzing weg: rm .venv"
    if ! is_whole; then # none yet, half made, or the folder was moved
      python=$(find_python) || fail \
        "Achterban heeft Python 3.11 of nieuwer nodig, en dat staat hier niet." \
        "Op Debian of Ubuntu: sudo apt-get install python3.11 python3.11-venv"
      say "Omgeving maken (.venv) …"
      "$python" -m venv --clear .venv >/dev/null 2>&1 || fail \
        "Python kan hier geen eigen omgeving maken: het onderdeel venv ontbreekt." \
        "Op Debian of Ubuntu: sudo apt-get install python3-venv"
    fi
    say "Onderdelen ophalen en controleren; de eerste keer duurt dat een paar minuten …"
    if ! install_quietly --require-hashes -r "$lock" ||
      ! install_quietly --no-deps --no-build-isolation -e .; then
      tail -n 5 .venv/install.log >&2
      fail "Het ophalen is niet gelukt. Is er internet en nog ruimte op de schijf?" \
        "Begin daarna gewoon opnieuw. Alles over de fout staat in .venv/install.log"
    fi
    printf '%s' "$wanted" >"$stamp"
  fi
  compile_catalogue
}

is_whole() { # whether .venv belongs in this folder and the program is in it
  grep -qsF "$PWD/.venv/bin/python" .venv/bin/achterban &&
    .venv/bin/python -c 'import achterban' 2>/dev/null
}

compile_catalogue() {
  local texts=achterban/locale/nl/LC_MESSAGES/django
  if [ ! -f $texts.mo ] || [ $texts.po -nt $texts.mo ]; then
    .venv/bin/python scripts/catalogue.py compile ||
      fail "De Nederlandse teksten zijn niet te lezen: $texts.po"
  fi
}
