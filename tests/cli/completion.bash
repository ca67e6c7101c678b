# tests/cli/completion.bash BIN: the script, asked as bash asks it.
bin=$1
PATH=$(dirname "$bin"):$PATH
source <("$bin" completion bash) || exit 1
failed=0

# want "REPLY" WORD...: what is offered for the last word.
want()
{
    local want=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _surrealgen
    if [ "${COMPREPLY[*]}" = "$want" ]; then
        echo "ok $*"
    else
        echo "$*: \`${COMPREPLY[*]}\`, not \`$want\`"
        failed=1
    fi
}

complete -p surrealgen > /dev/null || failed=1
want "generate" surrealgen gen
want "show" surrealgen config ""
want "--format" surrealgen check --form
want "text json sarif github gcc" surrealgen check --format ""
want "json" surrealgen ir --format ""
want "--stdout" surrealgen generate --std
want "SG1001 SG1002 SG1003 SG1004 SG1005 SG1006 SG1007 SG1008 SG1009" \
    surrealgen explain SG100
want "bash" surrealgen completion ba
want "surrealgen surrealgen-schema" surrealgen man ""
cd "$(mktemp -d)" && mkdir folder && touch file.sg && {
    want "folder" surrealgen generate --out ""
    want "folder" surrealgen generate -o fo
    want "file.sg" surrealgen check fi
    rm -r "$PWD"
}
exit $failed
