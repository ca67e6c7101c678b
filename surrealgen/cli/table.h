/* surrealgen/cli/table.h: every option and every verb, one row each.
 *
 * To add a verb: one VERB row here, and the function it names, in a file of
 * cli/ (or where its work is done): `int verb_x(const gen_cli *cli)`, which
 * includes cli/options.h and returns a cli_exit. Most begin with
 *
 *     int rc = cli_load(cli);
 *     if (rc != CLI_FINE) return rc;
 *
 * and ask cli_flag(cli, CLI_OVERWRITE), cli_text(cli, CLI_OUT, ".") and the
 * like. Two words make a verb of a group: "schema pull". A verb lists the ids
 * of its options; those marked CLI_EVERY need not be named.
 *
 * A verb whose options can be set in surrealgen.toml also has CONFIG and ENV.
 *
 * To add an option: one OPTION row, its id in the rows of its verbs. The
 * flag --some-name is then also SURREALGEN_SOME_NAME in the environment and
 * some-name in surrealgen.toml, unless it is marked CLI_LINE. CLI_SECRET
 * keeps it out of the file and of what `config show` prints. Two options of
 * one name may have different choices for different verbs.
 *
 * Help, completion, man pages and `config show` print what stands here. This
 * file is included several times; see cli/options.h for the columns. */

OPTION(SCHEMA_FILES, 0, "schema", "PATTERN", CLI_LIST,
       "schema files when none is named: files, folders or patterns such as "
       "schema/**/*.sg")
OPTION(TARGET, 0, "target", "VERSION", CLI_ONCE,
       "server to write for, such as 3.0 or 2.x")
OPTION(OVERWRITE, 0, "overwrite", NULL, CLI_LINE,
       "put OVERWRITE into every DEFINE")
OPTION(IF_NOT_EXISTS, 0, "if-not-exists", NULL, CLI_LINE,
       "put IF NOT EXISTS into every DEFINE")
OPTION(WITH_SECRETS, 0, "with-secrets", NULL, CLI_LINE,
       "print what env() and file() stand for, and hashes of passwords")
OPTION(OUT, 'o', "out", "DIR", CLI_ONCE, "folder to write to (default: here)")
OPTION(PREFIX, 0, "prefix", "P", CLI_ONCE, "prefix of every C name")
OPTION(STAGE, 'd', "dump", "tokens|ast|roundtrip", CLI_LINE,
       "the stage to print")
OPTION(COMPARE, 0, "check", NULL, CLI_LINE,
       "write nothing; list the files that would differ and exit 1")
OPTION(DEPFILE, 0, "depfile", "FILE", CLI_LINE,
       "write what the output depends on, for make and ninja")
OPTION(STDOUT, 0, "stdout", NULL, CLI_LINE,
       "print what would be written, and write nothing")
OPTION(FORMAT, 0, "format", "text|json|sarif|github|gcc", CLI_LINE,
       "form of the diagnostics; json, sarif and github go to stdout")
OPTION(STDIN, 0, "stdin", "NAME", CLI_LINE,
       "read stdin as the file NAME, in its place when it is among the "
       "files: for editors")
OPTION(DENY, 0, "deny", "warnings", CLI_LIST,
       "exit 1 when there are warnings")
OPTION(NOTES, 0, "notes", NULL, CLI_LINE,
       "also tell what is not wrong and better otherwise")
OPTION(MAX_DIAGS, 0, "max-diags", "N", CLI_ONCE,
       "print at most N diagnostics (default: 20; 0: all)")
OPTION(IR_FORMAT, 0, "format", "json", CLI_LINE, "form of the output")
OPTION(LIST_ALL, 0, "list", NULL, CLI_LINE, "print every code and its title")
OPTION(CONFIG, 0, "config", "FILE", CLI_LINE,
       "settings to read (default: surrealgen.toml, when there is one)")
OPTION(ENV, 0, "env", "NAME", CLI_LINE,
       "section of the settings that goes before the rest, such as prod")
OPTION(URL, 0, "url", "URL", CLI_ELSEWHERE,
       "the server: ws://, wss://, http:// or https:// (SURREAL_URL)")
OPTION(NS, 0, "ns", "NAME", CLI_ELSEWHERE, "the namespace (SURREAL_NAMESPACE)")
OPTION(DB, 0, "db", "NAME", CLI_ELSEWHERE, "the database (SURREAL_DATABASE)")
OPTION(USER, 0, "user", "NAME", CLI_ELSEWHERE,
       "whom to sign in as (SURREAL_USERNAME)")
OPTION(PASS_ENV, 0, "pass-env", "VARIABLE", CLI_ONCE,
       "where the password is (default: SURREAL_PASSWORD)")
OPTION(TOKEN_ENV, 0, "token-env", "VARIABLE", CLI_ONCE,
       "where a token is, instead of a user (default: SURREAL_TOKEN)")
OPTION(PASSWORD, 0, "password", "SECRET", CLI_SECRET,
       "the password: in surrealgen.toml env:NAME or file:PATH")
OPTION(TOKEN, 0, "token", "SECRET", CLI_SECRET,
       "a token, instead of a user: in surrealgen.toml env:NAME or file:PATH")
OPTION(AUTH_LEVEL, 0, "auth-level", "root|namespace|database", CLI_ONCE,
       "where the user is defined (default: root)")
OPTION(CA, 0, "ca", "FILE", CLI_ONCE, "authorities to trust behind TLS")
OPTION(TIMEOUT, 0, "timeout", "SECONDS", CLI_ONCE,
       "how long to wait for the server (default: 30)")
OPTION(ONLY, 0, "only", "TABLE,...", CLI_LINE,
       "these tables alone, and nothing that belongs to none")
OPTION(FORM, 0, "to", "sg|surql", CLI_LINE,
       "the language to write (default: by the file's name, else surql)")
OPTION(OUT_FILE, 'o', "out", "FILE", CLI_LINE,
       "file to write to (default: stdout)")
OPTION(LEVEL, 0, "level", "database|namespace|root", CLI_ONCE,
       "users and access above the database, too (default: database)")
OPTION(DIFF, 0, "diff", NULL, CLI_LINE,
       "print what would change and exit 1 when something would")
OPTION(TO, 0, "to", "model|define", CLI_LINE,
       "write DEFINE statements as .sg items, or the other way round")
OPTION(DROP_EXISTS, 0, "drop-exists", NULL, CLI_LINE,
       "with --to=model: leave OVERWRITE and IF NOT EXISTS out")
OPTION(REMOVE, 0, "remove", NULL, CLI_LINE,
       "with --to: remove the file that was converted")
OPTION(FIX, 0, "fix", "CODES", CLI_LINE,
       "mend what these diagnostics report, such as SG402,SG405 or all")
OPTION(SPENT_HINTS, 0, "spent-hints", NULL, CLI_LINE,
       "take out each @was and @new that the newest migration has done")
OPTION(CHECK_WITH, 0, "check-with", "URL", CLI_LINE,
       "try the definitions on this server, in a transaction rolled back")
OPTION(WITH_SCHEMA, 0, "with-schema", NULL, CLI_LINE,
       "define the schema of the files first, in the same transaction")
OPTION(OFFLINE, 0, "offline", NULL, CLI_LINE,
       "ask no server: exit 1 when the lock is older than the files")
OPTION(NO_SERVER, 0, "offline", NULL, CLI_LINE,
       "ask no server, even where the settings name one")
OPTION(ALL, 0, "all", NULL, CLI_LINE, "every migration, not the newest alone")
OPTION(LOCK, 0, "lock", "FILE", CLI_ONCE,
       "what was checked, and when (default: surrealgen.lock)")
OPTION(MIGRATIONS, 0, "migrations", "DIR", CLI_ONCE,
       "folder of the migrations (default: migrations)")
OPTION(REPORT, 0, "format", "text|json", CLI_LINE, "form of the output")
OPTION(SHOW_FORMAT, 0, "format", "table|json", CLI_LINE,
       "form of the output")
OPTION(LIVE, 0, "live", NULL, CLI_LINE,
       "what a database has, in place of the schema files")
OPTION(DRY_RUN, 0, "dry-run", NULL, CLI_LINE,
       "print the requests that would be sent; no server is needed")
OPTION(REHEARSE, 0, "rehearse", NULL, CLI_LINE,
       "run everything for real and roll it back")
OPTION(UP_TO, 0, "to", "ID", CLI_LINE,
       "stop at this migration: its id, what it begins with, or its name")
OPTION(STEPS, 0, "steps", "N", CLI_LINE, "at most N migrations")
OPTION(ALLOW, 0, "allow", "CLASS,...", CLI_LINE | CLI_LIST,
       "approve what is refused otherwise: data-loss, irreversible, drift "
       "or a code such as SG101")
OPTION(REASON, 0, "reason", "TEXT", CLI_LINE, "why, for the log")
OPTION(LOCK_WAIT, 0, "lock-wait", "SECONDS", CLI_ONCE,
       "how long to wait for another run (default: 30)")
OPTION(THROTTLE, 0, "throttle", "MS", CLI_ONCE,
       "pause after each batch of rows")
OPTION(ARCHIVE, 0, "archive", NULL, CLI_ONCE,
       "keep the values of columns that go in _surrealgen_attic")
OPTION(YES, 'y', "yes", NULL, CLI_LINE, "answer every question with yes")
OPTION(NO_INPUT, 0, "no-input", NULL, CLI_LINE,
       "ask nothing: exit 4 where a question would be")
OPTION(STRICT, 0, "strict", NULL, CLI_LINE,
       "exit 1 where there would be a warning")
OPTION(DEV_URL, 0, "dev-url", "URL", CLI_ONCE,
       "a server to try things on, such as one in memory")
OPTION(EMPTY, 0, "empty", NULL, CLI_LINE,
       "one without statements, to be written by hand")
OPTION(EDIT, 0, "edit", NULL, CLI_LINE,
       "open what was written in $VISUAL or $EDITOR")
OPTION(PHASED, 0, "phased", NULL, CLI_LINE,
       "two migrations: what old programs do not notice, and the rest")
OPTION(REWRITE_LINKS, 0, "rewrite-links", NULL, CLI_LINE,
       "for a model with @was: copy its rows into the new table and rewrite "
       "every link and edge")
OPTION(BACKFILL, 0, "backfill", "COLUMN=EXPR", CLI_LINE | CLI_LIST,
       "what a new column holds in rows that are there, such as "
       "post.slug=string::slug(title)")
OPTION(EMBED_OUT, 'o', "out", "FILE", CLI_LINE,
       "C file to write; the header goes beside it (default: NAME.c)")
OPTION(C_NAME, 0, "name", "NAME", CLI_LINE,
       "what the C file calls them (default: app_migrations)")
OPTION(KEEP, 0, "keep", NULL, CLI_LINE,
       "leave the old folders where they are; they are passed over from then "
       "on")
OPTION(SQUASH_PRINT, 0, "dry-run", NULL, CLI_LINE,
       "print up.surql of the new migration, and write nothing")
OPTION(SQUASH_NAME, 0, "name", "NAME", CLI_LINE,
       "name of the new migration (default: squashed)")
OPTION(AGAINST, 0, "against", "ID", CLI_LINE,
       "the migration the database should be at (default: the last applied)")
OPTION(STALE, 0, "offline", NULL, CLI_LINE,
       "ask no server: exit 1 when the schema files are not what the newest "
       "migration leaves")
OPTION(HOOK, 0, "hook", NULL, CLI_LINE,
       "print a hook of git that checks before each commit")
OPTION(FAIL_ON, 0, "fail-on", "error|warning|info", CLI_LINE,
       "exit 1 for what is at least as severe (default: warning)")
OPTION(SHOW_DIFF, 0, "show-diff", NULL, CLI_LINE,
       "print each difference clause by clause")
OPTION(STATEMENTS, 0, "print", "adopt|restore", CLI_LINE,
       "print statements instead: adopt, those of the database for the schema "
       "files; restore, those that bring ours back")
OPTION(DUMP_FILE, 0, "from", "FILE", CLI_LINE,
       "instead of a server: what `schema pull` wrote, or INFO as JSON")
OPTION(CREATE, 0, "create", NULL, CLI_LINE,
       "make the namespace and the database when they are not there")
OPTION(FAKE, 0, "fake", NULL, CLI_LINE,
       "write down that it was applied, and run nothing; needs --reason")
OPTION(AFTER_DEPLOY, 0, "after-deploy", NULL, CLI_LINE,
       "no program of before runs any more: apply what waits for that")
OPTION(GROUP, 0, "group", "NAME", CLI_LINE,
       "the sections [env.NAME] with this `group`")
OPTION(STRATEGY, 0, "strategy", "sequential|parallel|rolling|canary", CLI_LINE,
       "one by one (the default), all at once, some at a time, or a few first")
OPTION(MAX_CONCURRENT, 0, "max-concurrent", "N", CLI_LINE,
       "at most N at a time (default: 5)")
OPTION(BATCH_SIZE, 0, "batch-size", "N", CLI_LINE,
       "rolling: N at a time (default: 1)")
OPTION(CANARY_PERCENT, 0, "canary-percent", "N", CLI_LINE,
       "canary: N of a hundred go first, one at least (default: 10)")
OPTION(APPROVE, 0, "approve", "NAME,...", CLI_LINE | CLI_LIST,
       "go ahead with these where `approve = true` asks")
OPTION(NO_REHEARSE, 0, "no-rehearse", NULL, CLI_LINE,
       "do not try everything on every database first")
OPTION(SKIP_HEALTH, 0, "skip-health-check", NULL, CLI_LINE,
       "do not run the `health` queries")
OPTION(NO_ROLLBACK, 0, "no-rollback", NULL, CLI_LINE,
       "leave what is done when another database fails")
OPTION(PLAN_ONLY, 0, "dry-run", NULL, CLI_LINE,
       "print the plan, and change nothing")
OPTION(FORGET, 0, "forget", NULL, CLI_LINE,
       "take the migration out of the history; the schema stays")
OPTION(HELP, 'h', "help", NULL, CLI_LINE | CLI_EVERY, "print this")
OPTION(VERSION, 'V', "version", NULL, CLI_LINE | CLI_EVERY,
       "print the version")

VERB("check", verb_check, "[FILE]...",
     "SCHEMA_FILES TARGET PREFIX FORMAT STDIN DENY NOTES MAX_DIAGS "
     "CONFIG ENV CHECK_WITH NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT",
     "report what is wrong in the schema",
     "Reads the files as one schema. Diagnostics go to stderr; nothing is\n"
     "printed when all is well.")
VERB("sql", verb_sql, "[FILE]...",
     "SCHEMA_FILES TARGET OVERWRITE IF_NOT_EXISTS WITH_SECRETS MAX_DIAGS "
     "CONFIG ENV",
     "print the schema as SurrealQL",
     "Models become DEFINE statements; DEFINE statements come out in one\n"
     "canonical form, other statements as they are.")
VERB("generate", verb_generate, "[FILE]...",
     "SCHEMA_FILES TARGET OUT PREFIX COMPARE DEPFILE STDOUT FORMAT "
     "DENY MAX_DIAGS CONFIG ENV",
     "write the C header and source",
     "Writes PREFIX.h and PREFIX.c: both or, when anything is wrong, none. A\n"
     "file that would not change is not touched.")
VERB("ir", verb_ir, "[FILE]...",
     "SCHEMA_FILES TARGET IR_FORMAT MAX_DIAGS CONFIG ENV",
     "print the schema as JSON, for other generators",
     "Everything that was read, with types resolved, under names that stay.\n"
     "docs/ir.md describes it.")
VERB("explain", verb_explain, "[CODE]...", "LIST_ALL",
     "say what a diagnostic means and how to get rid of it",
     "Prints a page: what the code means, an example that has it, the way\n"
     "out. CODE is what stands behind `error` or `warning`: SG1211.")
VERB("init", verb_init, "[DIR]", "",
     "write a small project that works",
     "Writes a schema, settings, a Makefile and a program. Nothing that is\n"
     "there is written over.")
VERB("completion", verb_completion, "bash|zsh|fish", "",
     "print completion for a shell",
     "For bash: `source <(surrealgen completion bash)`; `make install` puts\n"
     "the scripts where shells look for them.")
VERB("man", verb_man, "[surrealgen|surrealgen-schema]", "",
     "print a manual page",
     "For `man -l`, or a folder of manual pages; `make install` puts them\n"
     "there.")
VERB("config show", verb_config_show, "", "*",
     "print every setting and where it comes from",
     "A flag goes before SURREALGEN_... in the environment, that before .env,\n"
     "that before the section --env names in surrealgen.toml, that before the\n"
     "top of the file.")
VERB("dump", verb_dump, "FILE", "STAGE",
     "print a stage of reading: tokens, ast, roundtrip",
     "For work on surrealgen itself. `surrealgen -d STAGE FILE` is the same.")
VERB("schema pull", verb_schema_pull, "",
     "URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT ONLY FORM "
     "OUT_FILE COMPARE LEVEL WITH_SECRETS CONFIG ENV",
     "write down what a database has defined",
     "Asks the server for all it has defined and prints it in one fixed\n"
     "order: applying that to an empty database makes the same schema. Keys\n"
     "are never told by a server, and hashes of passwords are left out unless\n"
     "asked for: what is missing is named at the end.")
VERB("schema print", verb_schema_print, "[FILE]...",
     "SCHEMA_FILES TARGET FORM OUT_FILE COMPARE CONFIG ENV",
     "the schema in the order of `schema pull`",
     "Reads the files and prints them as `schema pull` would print a database\n"
     "they were applied to, as far as that can be known without a server: the\n"
     "order of things is the same, so that the two can be compared.")
VERB("schema show", verb_schema_show, "[TABLE]",
     "SCHEMA_FILES TARGET LIVE SHOW_FORMAT URL NS DB USER PASS_ENV TOKEN_ENV "
     "AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "list the tables of a schema, or show one",
     "Of the files or, with --live, of a database: each table with its kind\n"
     "and how much is defined for it. With a TABLE its columns, indexes and\n"
     "events, the columns that lead to it or away, and its edges.")
VERB("schema diff", verb_schema_diff, "[A] [B]",
     "SCHEMA_FILES TARGET MIGRATIONS REPORT CONFIG ENV",
     "what differs between two schemas, or files and the newest migration",
     "Prints what `migrate generate` would be about, a line for each change,\n"
     "and exits 1 when there is any. With A and B it says what leads from A\n"
     "to B: each is a schema file, a folder of them, a pattern in quotes, a\n"
     "snapshot (.snap), or a migration. No server is asked.")
VERB("migrate generate", verb_migrate_generate, "[NAME] [FILE]...",
     "SCHEMA_FILES TARGET MIGRATIONS EMPTY EDIT STDOUT PHASED BACKFILL "
     "REWRITE_LINKS ARCHIVE NO_INPUT YES REPORT MAX_DIAGS NO_SERVER URL NS DB "
     "USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "write the migration that the schema files ask for",
     "Compares the files with the schema.snap of the newest migration and\n"
     "writes a folder with up.surql, down.surql and schema.snap. A server is\n"
     "asked for nothing but how many rows have a value, where one is named\n"
     "and something may have been renamed. Nothing changed: nothing is\n"
     "written.")
VERB("schema check", verb_schema_check, "[FILE]...",
     "SCHEMA_FILES TARGET MIGRATIONS URL NS DB USER PASS_ENV TOKEN_ENV "
     "AUTH_LEVEL CA TIMEOUT DEV_URL DUMP_FILE AGAINST REPORT SHOW_DIFF "
     "STATEMENTS FAIL_ON STALE HOOK CONFIG ENV",
     "find out whether a database was changed by hand",
     "Compares what is defined with the snapshot of the last migration that\n"
     "was applied. The server reads the snapshot in a transaction that is\n"
     "rolled back, so that both sides are in its own words: in a database\n"
     "made for that, or, with the rights of a database user, in place. Where\n"
     "neither is allowed, and on SurrealDB 2, the texts are compared;\n"
     "--dev-url names a server to try them on.")
VERB("schema validate", verb_schema_validate, "[FILE]...",
     "SCHEMA_FILES TARGET URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT DEV_URL DUMP_FILE REPORT SHOW_DIFF STATEMENTS FAIL_ON CONFIG ENV",
     "compare the schema files with a database",
     "Lets the server read the definitions of the files in a transaction that\n"
     "is rolled back, and compares what it makes of them with what it has.\n"
     "What is missing there or otherwise is an error, what is there alone or\n"
     "about permissions a warning; a comment, or a user only there, is of no\n"
     "consequence.")
VERB("fmt", verb_fmt, "[FILE]...",
     "SCHEMA_FILES TARGET COMPARE DIFF STDIN STDOUT TO DROP_EXISTS REMOVE FIX "
     "SPENT_HINTS MIGRATIONS CONFIG ENV",
     "lay out schema files, convert or mend them",
     "Files are rewritten in place in the one layout there is; one with\n"
     "errors is reported and left alone. --to=model writes x.surql as x.sg\n"
     "beside it, --to=define x.sg as x.surql. --fix changes what it mends,\n"
     "not the layout. --spent-hints looks at the newest migration and at all\n"
     "files together, and changes nothing else.")
VERB("query check", verb_query_check, "[FILE]...",
     "SCHEMA_FILES URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT "
     "WITH_SCHEMA OFFLINE LOCK TARGET FORMAT MAX_DIAGS CONFIG ENV",
     "try the typed queries on a server",
     "Each query runs with a sample of each parameter, in a transaction that\n"
     "is always rolled back. Writes surrealgen.lock, so that --offline can\n"
     "tell without a server that nothing has changed since.")
VERB("query list", verb_query_list, "[FILE]...",
     "SCHEMA_FILES TARGET CONFIG ENV",
     "print the typed queries", "One line for each: file:line: name(types).")
VERB("migrate new", verb_migrate_new, "NAME",
     "MIGRATIONS TARGET EDIT CONFIG ENV",
     "begin a migration by hand",
     "Writes a folder with the header, the parent and the schema carried\n"
     "over, for statements no schema file asks for: changes of rows. Prints\n"
     "the file to write them into. In it `-- step:` lines divide the\n"
     "statements:\n"
     "  -- step: tx [touch=a,b]   statements of one transaction\n"
     "  -- step: data TABLE [batch=N] [quiet]   one statement about $batch,\n"
     "        for N rows at a time; `-- where: CONDITION` says for which\n"
     "  -- step: index TABLE NAME   one DEFINE INDEX ... CONCURRENTLY")
VERB("migrate check", verb_migrate_check, "",
     "MIGRATIONS FORMAT STRICT MAX_DIAGS DEV_URL CONFIG ENV",
     "report what is wrong in the folder of migrations",
     "For CI: one newest migration, parents that are there and were not\n"
     "edited since, files that are whole, statements that may stand in a\n"
     "migration. With --dev-url they are run there from the beginning, in a\n"
     "database that is made and removed: each must leave what its schema.snap\n"
     "says, and each way down lead back. SURREAL_DEV_USERNAME and\n"
     "SURREAL_DEV_PASSWORD say who signs in there.")
VERB("migrate snapshot", verb_migrate_snapshot, "create|list|compare [NAME]...",
     "MIGRATIONS TARGET REPORT SHOW_DIFF FAIL_ON DUMP_FILE DEV_URL URL NS DB "
     "USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "keep what a database has defined under a name, and compare",
     "`create NAME` writes DIR/.snapshots/NAME.snap from the database. `list`\n"
     "names them and the schema.snap of each migration. `compare A B` says\n"
     "what is different between two: a migration, a name, a file; `compare A`\n"
     "between one and the database.")
VERB("migrate squash", verb_migrate_squash, "FROM..TO",
     "MIGRATIONS SQUASH_NAME KEEP SQUASH_PRINT NO_SERVER DEV_URL MAX_DIAGS "
     "CONFIG ENV",
     "make one migration of several",
     "From the schema before FROM and the one behind TO, never from the texts\n"
     "between. Statements about rows stand in the way, unless `-- elidable`\n"
     "in the header of their migration says they may go. Proved on --dev-url,\n"
     "where the old ones and the new one run and must leave the same. The old\n"
     "folders go to .squashed; a database that has all of them has the new "
     "one.")
VERB("migrate baseline", verb_migrate_baseline, "NAME",
     "MIGRATIONS REASON LOCK_WAIT REPORT URL NS DB USER PASS_ENV TOKEN_ENV "
     "AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "begin with what a database has",
     "Writes a first migration that makes what is defined, and writes down\n"
     "that this database has it; nothing else is changed. Users, and keys no\n"
     "server tells, stay out. `schema pull` writes the schema files to go on "
     "with.")
VERB("migrate rebase", verb_migrate_rebase, "[ID]",
     "MIGRATIONS CONFIG ENV",
     "put one of two branches of migrations behind the other",
     "After a merge two migrations are the newest. The branch of the later\n"
     "one (or of ID) gets the other as its parent, and schema.snap what the\n"
     "other one changed. Refused when both changed the same object.")
VERB("migrate embed", verb_migrate_embed, "",
     "MIGRATIONS EMBED_OUT C_NAME COMPARE DEPFILE CONFIG ENV",
     "write the migrations as a C file",
     "For a program that migrates its database itself, by the same rules as\n"
     "`migrate up`: surreal_migrate(db, &app_migrations, NULL, NULL). A\n"
     "folder with errors is reported and nothing is written.")
VERB("migrate lint", verb_migrate_lint, "[ID]...",
     "MIGRATIONS ALL ALLOW AFTER_DEPLOY STRICT LIST_ALL SCHEMA_FILES FORMAT "
     "MAX_DIAGS NO_SERVER URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT CONFIG ENV",
     "look for what a migration would lose or break",
     "Looks at the newest migration, or at those named. With a server it\n"
     "looks at those that are pending and counts the rows a statement is\n"
     "about. A line `-- sg-allow SG102: why` before a statement, or in the\n"
     "header, says that it is meant. What `up` would refuse is exit 4.")
VERB("migrate up", verb_migrate_up, "",
     "MIGRATIONS UP_TO STEPS DRY_RUN REHEARSE FAKE REASON ALLOW "
     "AFTER_DEPLOY STRICT LOCK_WAIT THROTTLE ARCHIVE CREATE REPORT URL NS DB "
     "USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "apply the migrations that are pending",
     "Each one in one transaction, together with the note that it was\n"
     "applied: run by several at once, each is applied once. One of several\n"
     "steps goes on where it was stopped. Before one marked `-- phase:\n"
     "contract` it stops with exit 4, unless --after-deploy says that no\n"
     "program of before runs any more.")
VERB("migrate down", verb_migrate_down, "",
     "MIGRATIONS UP_TO STEPS DRY_RUN REASON ALLOW LOCK_WAIT THROTTLE REPORT "
     "URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "take back the newest migration",
     "--to ID goes back to that one and keeps it, --steps N goes back N. What\n"
     "would lose values is counted, and refused without --allow data-loss.")
VERB("migrate redo", verb_migrate_redo, "",
     "MIGRATIONS REASON ALLOW LOCK_WAIT THROTTLE REPORT URL NS DB USER "
     "PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "take the newest migration back and apply it again",
     "While it is being written, on a database of one's own.")
VERB("migrate status", verb_migrate_status, "",
     "MIGRATIONS REPORT URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT CONFIG ENV",
     "say which migrations are applied",
     "Exit 1 when one is pending, half applied, edited since, or unknown.")
VERB("migrate history", verb_migrate_history, "",
     "REPORT URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG "
     "ENV",
     "print what was done to the database, and when",
     "The log of the database: what was applied, taken back, repaired.")
VERB("migrate plan-rollback", verb_migrate_plan_rollback, "TARGET",
     "MIGRATIONS REPORT URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT CONFIG ENV",
     "print what going back to a migration would do",
     "Each migration on the way with what it loses, values counted, and its\n"
     "statements.")
VERB("migrate rollback", verb_migrate_rollback, "TARGET",
     "MIGRATIONS REASON ALLOW LOCK_WAIT THROTTLE YES NO_INPUT REPORT URL NS "
     "DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "go back to a migration, which is kept",
     "Shows the plan and asks. TARGET is an id, what it begins with, or its\n"
     "name; \"\" takes everything back.")
VERB("migrate unlock", verb_migrate_unlock, "",
     "YES NO_INPUT REASON URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA "
     "TIMEOUT CONFIG ENV",
     "remove the lock of a run that is gone",
     "Says who holds it and asks. A lock expires by itself, 20 seconds after\n"
     "its holder was last heard of.")
VERB("migrate dups", verb_migrate_dups, "TABLE.COLUMNS",
     "URL NS DB USER PASS_ENV TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "print values that a unique index would not take",
     "Such as `post.slug` or `post.slug,lang`. Exit 1 when there are any.")
VERB("migrate repair", verb_migrate_repair, "ID",
     "MIGRATIONS FORGET REASON YES NO_INPUT URL NS DB USER PASS_ENV "
     "TOKEN_ENV AUTH_LEVEL CA TIMEOUT CONFIG ENV",
     "correct what the history says",
     "Takes an edited migration for what was applied, or --forget takes one\n"
     "out of the history. Nothing is run; the reason goes into the log.")
VERB("orchestrate deploy", verb_orchestrate_deploy, "",
     "GROUP STRATEGY MAX_CONCURRENT BATCH_SIZE CANARY_PERCENT APPROVE "
     "NO_REHEARSE SKIP_HEALTH NO_ROLLBACK PLAN_ONLY AFTER_DEPLOY ALLOW STRICT "
     "ARCHIVE LOCK_WAIT THROTTLE TIMEOUT NO_INPUT MIGRATIONS REPORT CONFIG",
     "apply what is pending to several databases",
     "Those of the sections [env.NAME] with this group, by their `order`. All\n"
     "of them are asked first; when one cannot be reached, does not fit the\n"
     "folder, is not healthy or fails the rehearsal, none is changed. A\n"
     "failure ends the roll-out and takes back what this run has done, where\n"
     "the way back is exact or safe. The same command goes on. Exit 7: it\n"
     "failed, and nothing is changed; 8: some are changed and stay so.")
VERB("orchestrate status", verb_orchestrate_status, "",
     "GROUP MAX_CONCURRENT TIMEOUT MIGRATIONS REPORT CONFIG",
     "print which migrations each database has",
     "A column for each section [env.NAME] with this group, or with any. Exit\n"
     "1 when something is pending or was changed by hand, 4 when a database\n"
     "does not fit the folder, 6 when one cannot be reached.")
VERB("orchestrate validate", verb_orchestrate_validate, "",
     "GROUP MAX_CONCURRENT SKIP_HEALTH TIMEOUT MIGRATIONS REPORT CONFIG",
     "find out whether a deployment could begin",
     "Settings, variables and files, the folder of migrations, and of each\n"
     "database whether it answers, has the version they are for, fits them\n"
     "and is healthy. Nothing is changed; pending migrations are no failure.")
VERB("help", verb_help, "[VERB]", "", "say more about a verb",
     "Prints the usage of a verb and what its options mean.")
