#!/bin/sh
# tests/migrate/corpus.sh BIN [DIR]: real schemas, changed and migrated.
#
# DIR (or SURREAL_TEST_CORPUS) holds VERDICTS-*.txt and schemas/*.surql of other
# people. Every file the server accepts becomes a first migration; then one
# thing of each table is changed, and it goes up to that and back.
here=$(cd "$(dirname "$0")" && pwd)
corpus=${2:-${SURREAL_TEST_CORPUS:-../shared/corpus}}
case $corpus in /*) ;; *) corpus=$PWD/$corpus ;; esac
if ! ls "$corpus"/VERDICTS-*.txt > /dev/null 2>&1; then
    echo "skipped: no corpus of schema files at $corpus"
    echo "corpus: 0 passed, 0 failed, 1 skipped"
    exit 0
fi
export SURREAL_TEST_CORPUS="$corpus"
. "$here/lib.sh"
on_both "$@"
node "$here/corpus.mjs" "$bin" "$tmp" "$corpus"
