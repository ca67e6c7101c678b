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
       "print what env() and file() stand for, too")
OPTION(OUT, 'o', "out", "DIR", CLI_ONCE, "folder to write to (default: here)")
OPTION(PREFIX, 0, "prefix", "P", CLI_ONCE, "prefix of every C name")
OPTION(STAGE, 'd', "dump", "tokens|ast|roundtrip", CLI_LINE,
       "the stage to print")
OPTION(COMPARE, 0, "check", NULL, CLI_LINE,
       "write nothing; list the files that would differ and exit 1")
OPTION(DEPFILE, 0, "depfile", "FILE", CLI_LINE,
       "write what the output depends on, for make and ninja")
OPTION(STDOUT, 0, "stdout", NULL, CLI_LINE,
       "print header and source instead of writing them")
OPTION(FORMAT, 0, "format", "text|json|sarif|github|gcc", CLI_LINE,
       "form of the diagnostics; json, sarif and github go to stdout")
OPTION(STDIN, 0, "stdin", "NAME", CLI_LINE,
       "read stdin as the file NAME, in its place when it is among the "
       "files: for editors")
OPTION(DENY, 0, "deny", "warnings", CLI_LIST,
       "exit 1 when there are warnings")
OPTION(MAX_DIAGS, 0, "max-diags", "N", CLI_ONCE,
       "print at most N diagnostics (default: 20; 0: all)")
OPTION(IR_FORMAT, 0, "format", "json", CLI_LINE, "form of the output")
OPTION(LIST_ALL, 0, "list", NULL, CLI_LINE, "print every code and its title")
OPTION(CONFIG, 0, "config", "FILE", CLI_LINE,
       "settings to read (default: surrealgen.toml, when there is one)")
OPTION(ENV, 0, "env", "NAME", CLI_LINE,
       "section of the settings that goes before the rest, such as prod")
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
OPTION(HELP, 'h', "help", NULL, CLI_LINE | CLI_EVERY, "print this")
OPTION(VERSION, 'V', "version", NULL, CLI_LINE | CLI_EVERY,
       "print the version")

VERB("check", verb_check, "[FILE]...",
     "SCHEMA_FILES TARGET PREFIX FORMAT STDIN DENY MAX_DIAGS CONFIG ENV",
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
VERB("fmt", verb_fmt, "[FILE]...",
     "SCHEMA_FILES TARGET COMPARE DIFF STDIN STDOUT TO DROP_EXISTS REMOVE FIX "
     "CONFIG ENV",
     "lay out schema files, convert or mend them",
     "Files are rewritten in place in the one layout there is; one with\n"
     "errors is reported and left alone. --to=model writes x.surql as x.sg\n"
     "beside it, --to=define x.sg as x.surql. --fix changes what it mends,\n"
     "not the layout.")
VERB("help", verb_help, "[VERB]", "", "say more about a verb",
     "Prints the usage of a verb and what its options mean.")
