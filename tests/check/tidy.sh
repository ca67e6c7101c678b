#!/bin/sh
# House rules that a machine can see. Prints file:line: rule, nothing else.
#
#   width     80 columns (lines with a URL excepted)
#   ascii     ASCII only, no tabs, no trailing blanks in C
#   function  at most 70 lines, but for those listed below
#   part      at most 1,200 lines; generator files 1,600
#   banned    calls that cannot be used safely, and in src/ system calls,
#             clocks, stdio and allocation outside os/, base/ and client/
#   title     line 1 of a part names it
#   marks     unfinished work
set -u
cd "$(dirname "$0")/../.." || exit 1
out=build/tidy.out
mkdir -p build
: > $out

files=$(ls src/*/*.[ch] surrealgen/*.[ch] surrealgen/*/*.[ch] \
    surrealgen/*/*.re tests/*.h tests/*/*.[ch] examples/*.c \
    examples/*/*.[ch] 2> /dev/null |
    grep -v -e '/lex\.c$' -e '^tests/golden/' -e '^tests/engine/')

for f in $files; do
    awk -v F="$f" '
        length($0) > 80 && !/https?:\/\// && !/#error/ {
            print F ":" FNR ": width: " length($0) " columns" }
        /\t/ { print F ":" FNR ": ascii: tab" }
        /[ \r]$/ { print F ":" FNR ": ascii: trailing blank" }
        FNR == 1 && F ~ /^(src|surrealgen)/ && !/^\/\* .*\.(c|h|re): / {
            print F ":1: title: the first line must be /* " F ": ... */" }
        END { limit = F ~ /^surrealgen/ ? 1600 : 1200
              if (F !~ /^tests/ && FNR > limit)
                  print F ":" FNR ": part: more than " limit " lines" }
        # A function body runs from a "{" in column 1 to a "}" in column 1.
        /^\{/ { start = FNR }
        /^\}/ { if (start && FNR - start - 1 > 70 &&
                    F !~ /lex\.re$/)
                    print F ":" start ": function: " FNR - start - 1 " lines"
                start = 0 }
    ' "$f"
    LC_ALL=C grep -nP '[^\x00-\x7f]' "$f" | sed "s|^|$f:|; s|\$| <- ascii|"
done >> $out

banned='strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|sscanf|alloca|rand|setjmp_|tmpnam|strncpy|strncat'
# shellcheck disable=SC2086
grep -nE "(^|[^a-zA-Z0-9_.>])($banned)\(" $files |
    sed 's/$/ <- banned/' >> $out
world='socket|connect|recv|send|poll|open|close|read|write|clock_gettime|time|getenv|fopen|printf|fprintf|malloc|calloc|realloc|free'
for f in src/crypto/*.c src/x509/*.c src/tls/*.c src/http/*.c src/ws/*.c src/cbor/*.c src/value/*.c \
    src/rpc/*.c src/model/*.c; do
    grep -nE "(^|[^a-zA-Z0-9_.>])($world)\(" "$f" |
        sed "s|^|$f:|; s|\$| <- only os/, base/ and client/ may|" >> $out
done
mark1=TO mark2=FIX
# shellcheck disable=SC2086
grep -nE "${mark1}DO|${mark2}ME|XXX|not implemented" $files |
    sed 's/$/ <- marks/' >> $out

# One function writes identifiers into text, one writes record keys (trap:
# the same escaping done twice, once wrongly).
grep -n "'\`'" src/*/*.c | grep -v -e '^src/value/record_id.c' \
    -e '^src/value/text.c' | sed 's/$/ <- quoting belongs to value\//' >> $out

cat $out
bad=$(wc -l < $out)
total=$(echo "$files" | wc -l)
if [ "$bad" -eq 0 ]; then
    echo "check-tidy: $total passed, 0 failed"
else
    echo "check-tidy: $((total > bad ? total - bad : 0)) passed, $bad failed"
    exit 1
fi
