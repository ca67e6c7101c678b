# amalgamate.awk: joins the parts of src/PARTS into surreal.h.
#
#   awk -f src/amalgamate.awk src/PARTS > surreal.h
#
# Pure concatenation in the order of PARTS: what is reviewed in a part is what
# ships. Nothing printed depends on more than one part (no dates, no hashes, no
# running numbers), so branches that edit different parts merge without help.
#
# Line 1 of a part is its title; it becomes the banner. Because that line is
# taken before "#line 1" is printed, the "#endif" stands in its place and the
# line numbers under SURREAL_DEV_LINES are exact. Quoted includes become blank
# lines: the order of PARTS replaces them.
#
# Parts between "[unless MACRO]" and "[always]" are left out by that macro.

function die(message)
{
    print "amalgamate: " message > "/dev/stderr"
    failed = 1
    exit 1
}

function banner(title)
{
    print ""
    print "/*" bar
    print " *" substr(title, 3, length(title) - 5)
    print " *" bar "*/"
}

function part(name,   file, line, n)
{
    file = dir "/" name
    n = 0
    while ((getline line < file) > 0) {
        n++
        if (line ~ /[ \t\r]$/) die(file ":" n ": trailing blank")
        if (n == 1) {
            if (line !~ /^\/\* .*\*\/$/ || index(line, name ": ") != 4)
                die(file ":1: the first line must be /* " name ": ... */")
            banner(line)
            if (implementation) {
                print "#ifdef SURREAL_DEV_LINES"
                print "#line 1 \"src/" name "\""
                print "#endif"
            }
            continue
        }
        if (line ~ /^#[ \t]*include[ \t]*"/) line = ""
        print line
    }
    if (!n) die("cannot read " file)
    close(file)
}

BEGIN {
    bar = "==========================================================================="
    dir = ARGV[1]
    sub(/\/[^\/]*$/, "", dir)
    print "/* surreal.h: a SurrealDB client in one C header.    SPDX-License-Identifier: MIT"
    print " * Generated from src/ by `make`; edit the part, not this file. */"
}

/^#/ || /^$/ { next }

/^\[public\]/ {
    print "#ifndef SURREAL_H"
    print "#define SURREAL_H"
    next
}

/^\[implementation\]/ {
    implementation = 1
    print ""
    print "#endif /* SURREAL_H */"
    print ""
    print "#ifdef SURREAL_IMPLEMENTATION"
    print "#ifndef SURREAL_IMPLEMENTATION_DONE"
    print "#define SURREAL_IMPLEMENTATION_DONE"
    next
}

/^\[unless / {
    macro = $2
    sub(/\]$/, "", macro)
    print ""
    print "#ifndef " macro
    next
}

/^\[always\]/ {
    print ""
    print "#endif /* " macro " */"
    next
}

/^\[end\]/ {
    implementation = 0
    print ""
    print "#endif /* SURREAL_IMPLEMENTATION_DONE */"
    print "#endif /* SURREAL_IMPLEMENTATION */"
    next
}

{ part($1) }

END { if (failed) exit 1 }
