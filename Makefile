# make              surreal.h (when a part changed) and build/surrealgen
# make demo         the countries of the world in a real SurrealDB; with TLS=1
#                   over wss://
# make test         every test, on surreal.h as it ships and a real SurrealDB
# make check        make test and everything a commit must hold to
# make check-NAME   one of those: generated, parts, symbols, macros, deps, tidy,
#                   docs, matrix, threads, fuzz, ct, interop
# make check-threads POOL_SECONDS=60   the pool under ThreadSanitizer, longer
# make bench        speed, next to its peers in the same run
# make lexer        the lexer's C again after a change of lex.re (re2c 3.0)
# make server       build the real SurrealDB server (Rust; 15 minutes)
# make test-server  the live tests against that server
# make fuzz         every fuzz target for FUZZ_SECONDS (60) each
# make install      header, surrealgen, manual and completion below PREFIX (/usr/local)
# make where L=n    the part and line behind line n of surreal.h
# make clean        remove everything that was built
#
# Everything built goes to build/. Each test and example also builds with the
# one command in its first comment. CONTRIBUTING.md says how expected files of
# tests are renewed.

CC      ?= cc
CXX     ?= c++
CFLAGS  ?= -O1 -g
PREFIX  ?= /usr/local
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef \
           -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
# A warning of a compiler yet to come must not stop a user; make check is not
# for users.
ifneq ($(filter check%,$(MAKECMDGOALS)),)
WERROR  := -Werror
endif
SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_SECONDS ?= 60
RE2C    ?= re2c
LEX_OUT ?= surrealgen/schema/lex.c

PARTS   := $(addprefix src/,$(shell sed -e '/^\#/d' -e '/^\[/d' -e '/^$$/d' \
             src/PARTS))
GEN_C   := $(wildcard surrealgen/*.c surrealgen/*/*.c)
GEN_H   := $(wildcard surrealgen/*.h surrealgen/*/*.h)
GEN_O   := $(GEN_C:surrealgen/%.c=build/surrealgen.d/%.o)
UNIT    := $(patsubst tests/unit/%.c,build/unit/%,$(wildcard tests/unit/*.c))
FAULT   := $(patsubst tests/fault/%.c,build/fault/%,\
             $(wildcard tests/fault/*.c))
LIVE    := $(patsubst tests/live/%.c,build/live/%,$(wildcard tests/live/*.c))
FUZZ    := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/*.c))

# One short line for each thing built; V=1 shows the commands.
ifeq ($(V),)
Q := @
SAY = @echo "  $(1)  $(2)"
endif

.DELETE_ON_ERROR:
.PHONY: all lexer demo test check bench fuzz fuzz-targets install where \
        clean setup tests server test-server \
        check-generated check-parts check-symbols check-macros check-deps \
        check-tidy check-docs check-matrix check-threads check-fuzz check-ct \
        check-interop

all: surreal.h build/surrealgen

# ---- the product ------------------------------------------------------------

surreal.h: src/PARTS src/amalgamate.awk $(PARTS)
	$(call SAY,join,$@)
	$(Q)awk -f src/amalgamate.awk src/PARTS > $@.tmp && mv $@.tmp $@

build/surrealgen: $(GEN_O)
	$(call SAY,link,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(GEN_O) -o $@ -lm -lpthread

# What is installed is to be fast; -O1 is for the many programs of the tests.
build/surrealgen.d/%.o: surrealgen/%.c $(GEN_H) surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS:-O1=-O2) -Isurrealgen -c $< -o $@

# The whole client is in one object: compiled again only when it changes.
build/surrealgen.d/db/client.o: surrealgen/db/client.c surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS) -c $< -o $@

# The lexer's output is committed: re2c is needed only to change it.
lexer:
	$(RE2C) -i -8 --no-generation-date --no-version \
	    surrealgen/schema/lex.re -o $(LEX_OUT)

SHARE    = $(DESTDIR)$(PREFIX)/share
MAN      = $(SHARE)/man
BASH_DIR = $(SHARE)/bash-completion/completions
ZSH_DIR  = $(SHARE)/zsh/site-functions
FISH_DIR = $(SHARE)/fish/vendor_completions.d

install: all
	install -d $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/bin
	install -m 644 surreal.h $(DESTDIR)$(PREFIX)/include/surreal.h
	install -m 755 build/surrealgen $(DESTDIR)$(PREFIX)/bin/surrealgen
	install -d $(MAN)/man1 $(MAN)/man5 $(BASH_DIR) $(ZSH_DIR) $(FISH_DIR)
	build/surrealgen man surrealgen > $(MAN)/man1/surrealgen.1
	build/surrealgen man surrealgen-schema > $(MAN)/man5/surrealgen-schema.5
	build/surrealgen completion bash > $(BASH_DIR)/surrealgen
	build/surrealgen completion zsh > $(ZSH_DIR)/_surrealgen
	build/surrealgen completion fish > $(FISH_DIR)/surrealgen.fish

where:
	@awk -v L="$(L)" \
	  '/^#line 1 "src\// { p = $$3; gsub(/"/, "", p); base = NR + 1 } \
	   NR == L { if (p) printf "%s:%d\n", p, NR - base + 1; \
	             else print "public section"; exit }' surreal.h

# ---- tests ------------------------------------------------------------------

setup:
	@sh tests/engine/setup.sh

# These are programs of one file, so that nothing but what they use need be
# compiled: SURREAL_STATIC takes a tenth of the time.
build/unit/%: tests/unit/%.c tests/test.h $(wildcard tests/*.h) surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS) $(SANITIZE) -DSURREAL_DEV_LINES \
	    -DSURREAL_STATIC -I. $< -o $@ -lm

# The same tests on other limbs.
build/unit/test_curve25519_32: tests/unit/test_curve25519.c
build/unit/test_aead32: tests/unit/test_aead.c
build/unit/test_ecc32: tests/unit/test_ecc.c
build/unit/test_rsa32: tests/unit/test_rsa.c

# What surrealgen wrote for the golden tests, run.
build/unit/test_model build/unit/test_model_kinds \
build/unit/test_model_versions build/fault/test_typed \
build/fuzz/fuzz_model: $(wildcard tests/golden/c/*/*.[ch])

# The schema reader as a library, with blocks so small that every allocation
# of it is one of the allocator's.
SCHEMA_C := $(wildcard surrealgen/schema/*.c surrealgen/surql/*.c)
fuzz_schema_MORE := -Isurrealgen -Itests/fuzz $(filter-out \
    surrealgen/main.c surrealgen/cli/% surrealgen/db/% surrealgen/migrate/%,$(GEN_C))
fuzz_schema_tokens_MORE := $(fuzz_schema_MORE)
fuzz_fmt_MORE := $(fuzz_schema_MORE)
MIGRATION_C := surrealgen/migrate/canon.c surrealgen/migrate/script.c
fuzz_migration_MORE := $(fuzz_schema_MORE) $(MIGRATION_C)
build/fuzz/fuzz_schema build/fuzz/fuzz_schema_tokens build/fuzz/fuzz_fmt \
build/fuzz/fuzz_migration: $(GEN_C) $(GEN_H)

build/unit/test_migration: tests/unit/test_migration.c tests/test.h \
                           $(SCHEMA_C) $(GEN_C) $(GEN_H) surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS) $(SANITIZE) -Isurrealgen -I. $< \
	    $(SCHEMA_C) $(MIGRATION_C) -o $@ -lm

build/unit/test_schema: tests/unit/test_schema.c tests/test.h $(SCHEMA_C) \
                        $(GEN_H)
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS) $(SANITIZE) -DGEN_BLOCK=64 \
	    -Isurrealgen -I. $< $(SCHEMA_C) -o $@

build/fault/%: tests/fault/%.c tests/test.h $(wildcard tests/*.h \
               tests/fault/*.h) surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(CC) -std=c99 $(WARN) $(CFLAGS) $(SANITIZE) -DSURREAL_DEV_LINES \
	    -DSURREAL_STATIC -I. $< -o $@ -lm -lpthread

# The one test with threads looks for races instead.
build/fault/test_wake: SANITIZE := -fsanitize=thread -pthread

# The library and the generated C once for all of them: with sanitizers each
# takes half a minute.
LIVE_CC = $(CC) -std=c99 $(WARN) $(CFLAGS) $(SANITIZE) -DSURREAL_DEV_LINES -I. \
          -Ibuild/gen

build/live/surreal.o: surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$< with sanitizers)
	$(Q)$(LIVE_CC) -DSURREAL_IMPLEMENTATION -DSURREAL_FUNCTIONS -x c \
	    -c $< -o $@

build/live/%.o: build/gen/%.c surreal.h
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)$(LIVE_CC) -c $< -o $@

# An archive gives a test that compiles the library itself only the rest.
build/live/libtest.a: build/live/surreal.o build/live/types.o \
                      build/live/shop.o
	$(Q)rm -f $@ && $(AR) rcs $@ $^

build/live/%: tests/live/%.c tests/test.h $(wildcard tests/*.h \
              tests/live/*.h) build/live/libtest.a
	$(call SAY,cc  ,$<)
	$(Q)$(LIVE_CC) -DLIVE_LINKED $< build/live/libtest.a -o $@ -lm -lpthread

build/gen/shop.c: tests/golden/c/queries.sg build/surrealgen
	@mkdir -p $(@D)
	$(call SAY,gen ,$<)
	$(Q)build/surrealgen generate -o build/gen $<
	@touch $@

# Typed C for the live tests, as a user would generate it.
build/gen/types.c: tests/live/types.sg build/surrealgen
	@mkdir -p $(@D)
	$(call SAY,gen ,$<)
	$(Q)build/surrealgen sql --target 3.0 tests/live/types.sg > $(@D)/types-3.surql
	$(Q)build/surrealgen sql --target 2.6 tests/live/types.sg > $(@D)/types-2.surql
	$(Q)build/surrealgen generate -o build/gen tests/live/types.sg
	@touch $@

tests: $(UNIT) $(FAULT) $(LIVE) build/surrealgen

test: setup tests
	@sh tests/run.sh

# Never needed: what these two prove is in tests/engine/README.md.
server:
	@sh tests/engine/server/build.sh

test-server: $(LIVE)
	@sh tests/live/server.sh $(LIVE)

check: setup tests
	@CHECK=1 sh tests/run.sh

check-generated check-parts check-symbols check-macros check-deps check-tidy \
check-docs check-matrix check-threads check-fuzz check-ct check-interop: all
	@CC="$(CC)" sh tests/check/$(@:check-%=%).sh

# ---- the demo, benches, fuzzing -----------------------------------------------

demo: setup all
	@TLS="$(TLS)" sh examples/countries/demo.sh

bench: setup all
	@sh tests/bench/run.sh

build/fuzz/%: tests/fuzz/%.c surreal.h $(wildcard tests/fuzz/*.h)
	@mkdir -p $(@D)
	$(call SAY,cc  ,$<)
	$(Q)clang -std=c99 -O1 -g -fsanitize=fuzzer,address,undefined \
	    -fno-sanitize-recover=all -DSURREAL_DEV_LINES -DSURREAL_STATIC -I. \
	    $< $($(@F)_MORE) -o $@ -lm

fuzz-targets: $(FUZZ)

fuzz: fuzz-targets
	@FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run.sh $(FUZZ)

clean:
	rm -rf build
