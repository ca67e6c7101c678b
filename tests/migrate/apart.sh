#!/bin/sh
# tests/migrate/apart.sh BIN: definitions that need a secret from outside are in
# no migration, which is said; the hook of git looks at what is committed.
# Needs no server.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
major=3
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
unset SURREAL_URL

# ---- secrets ---------------------------------------------------------------

begin secrets
export APP_PASS=hunter2-in-the-open
printf 'file-secret-in-the-open' > key.txt
schema <<'S'
model post schemafull { title string; }
user reports on database password env("APP_PASS") roles viewer;
access api on database type jwt { algorithm HS512 key file("../key.txt"); }
S
gives 1 schema diff
err 'note: user reports is in no migration: it needs the variable APP_PASS'
err 'note: access api is in no migration: it needs the file ../key.txt'
err 'surrealgen sql --overwrite --with-secrets'
no_out reports
gives 1 schema diff --format json
out '"not_migrated"'
out '"variable": "APP_PASS"'
out '"file": "../key.txt"'
step init
err 'user reports is in no migration'
no_out reports
gives 0 migrate check
gives 0 schema check --offline
gives 0 migrate generate again --no-input
err 'nothing to do'
err 'user reports is in no migration'
if grep -rn 'in-the-open\|reports' migrations; then bad 'a secret is written'
else good; fi
# What the help names does give the statement.
gives 0 sql --overwrite --with-secrets
out "DEFINE USER OVERWRITE reports ON DATABASE PASSWORD 'hunter2-in-the-open'"

# One that was in the files with its secret, and now is not, stays.
begin moved
cat > schema/a.surql <<'S'
DEFINE TABLE post SCHEMAFULL;
DEFINE USER reports ON DATABASE PASSWORD 'old' ROLES VIEWER;
DEFINE USER other ON DATABASE PASSWORD 'old' ROLES VIEWER;
S
step init
rm schema/a.surql
schema <<'S'
model post schemafull { title option<string>; }
user reports on database password env("APP_PASS") roles viewer;
S
step later
err 'user reports is in no migration'
if grep -q 'REMOVE USER reports' migrations/*_later/up.surql; then
    bad 'the user would be removed'
else good; fi
if grep -q 'REMOVE USER other' migrations/*_later/up.surql; then good
else bad 'the other user would stay'; fi

# ---- the hook --------------------------------------------------------------

begin hook
if ! git --version > /dev/null 2>&1; then
    skip 'no git here'
    sums_up apart
fi
mkdir "$tmp/bin"
ln -s "$bin" "$tmp/bin/surrealgen"
PATH=$tmp/bin:$PATH
export HOME="$tmp" GIT_CONFIG_NOSYSTEM=1
git init -q .
git config user.name nobody
git config user.email nobody@example.org
gives 0 schema check --hook
sh -n "$tmp/.out" && good || bad 'the hook is no shell script'
cp "$tmp/.out" .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
commits() # CODE TEXT
{
    git commit -q -m "$2" > "$tmp/.out" 2>&1
    code=$?
    cat "$tmp/.out" > "$tmp/.err"
    is "$([ $code -eq 0 ]; echo $?)" "$1"
}

# The first commit of a repository, without a migration and with one that was
# not added.
schema <<'S'
model post schemafull {
  title  string;
}
S
"$bin" fmt schema > /dev/null 2>&1
git add schema surrealgen.toml
commits 1 'no migration'
err 'schema check'
step init
commits 1 'a migration nobody added'
err 'git add'
git add migrations
commits 0 'the schema and its migration'
is "$(git log --oneline | wc -l | tr -d ' ')" 1

# What is not about a schema is not looked at, however it stands.
echo 'model broken {' > schema/b.sg
echo text > README
git add README
commits 0 'a readme'
rm schema/b.sg

# What lies in the folder and is not added does not count.
schema <<'S'
model post schemafull {
  title  string;
  slug   option<string>;
}
S
"$bin" fmt schema > /dev/null 2>&1
git add schema
commits 1 'a column without its migration'
step slug
git add migrations
commits 0 'with it'
printf 'model  post schemafull{title string;slug option<string>;}\n' \
    > schema/a.sg
git add schema
commits 1 'another layout'
git commit -q --no-verify -m 'goes without' && good || bad '--no-verify'
is "$(git status --short | wc -l | tr -d ' ')" 0

sums_up apart
