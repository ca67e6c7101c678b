/* surrealgen/emit/reserved.c: what the standard headers have taken.
 *
 * A macro replaces a name wherever it stands, members too. A function or a
 * type is in the way of names at file scope only: a column may be called
 * `gamma`, a table may not. Keywords are in names.c. */
#include "emit.h"

#include <string.h>

/* Sorted. Macros without parameters, of ISO C and of POSIX; those that a
 * pattern below covers are not here. errno.h may take any name with E and a
 * capital, and columns are called EMAIL: hence the list. */
static const char *const emit_macros[] = {
    "BIG_ENDIAN", "BUFSIZ", "BYTE_ORDER", "CHAR_BIT", "CLOCKS_PER_SEC",
    "DOMAIN", "E2BIG", "EACCES", "EADDRINUSE", "EADDRNOTAVAIL", "EADV",
    "EAFNOSUPPORT", "EAGAIN", "EALREADY", "EAUTH", "EBADARCH", "EBADE",
    "EBADEXEC", "EBADF", "EBADFD", "EBADMACHO", "EBADMSG", "EBADR",
    "EBADRPC", "EBADRQC", "EBADSLT", "EBFONT", "EBUSY", "ECANCELED",
    "ECHILD", "ECHRNG", "ECOMM", "ECONNABORTED", "ECONNREFUSED",
    "ECONNRESET", "EDEADLK", "EDEADLOCK", "EDESTADDRREQ", "EDEVERR",
    "EDOM", "EDOTDOT", "EDQUOT", "EEXIST", "EFAULT", "EFBIG", "EFTYPE",
    "EHOSTDOWN", "EHOSTUNREACH", "EHWPOISON", "EIDRM", "EILSEQ",
    "EINPROGRESS", "EINTR", "EINVAL", "EIO", "EISCONN", "EISDIR", "EISNAM",
    "EKEYEXPIRED", "EKEYREJECTED", "EKEYREVOKED", "EL2HLT", "EL2NSYNC",
    "EL3HLT", "EL3RST", "ELAST", "ELIBACC", "ELIBBAD", "ELIBEXEC",
    "ELIBMAX", "ELIBSCN", "ELNRNG", "ELOOP", "EMEDIUMTYPE", "EMFILE",
    "EMLINK", "EMSGSIZE", "EMULTIHOP", "ENAMETOOLONG", "ENAVAIL",
    "ENEEDAUTH", "ENETDOWN", "ENETRESET", "ENETUNREACH", "ENFILE",
    "ENOANO", "ENOATTR", "ENOBUFS", "ENOCSI", "ENODATA", "ENODEV",
    "ENOENT", "ENOEXEC", "ENOKEY", "ENOLCK", "ENOLINK", "ENOMEDIUM",
    "ENOMEM", "ENOMSG", "ENONET", "ENOPKG", "ENOPOLICY", "ENOPROTOOPT",
    "ENOSPC", "ENOSR", "ENOSTR", "ENOSYS", "ENOTBLK", "ENOTCONN",
    "ENOTDIR", "ENOTEMPTY", "ENOTNAM", "ENOTRECOVERABLE", "ENOTSOCK",
    "ENOTSUP", "ENOTTY", "ENOTUNIQ", "ENXIO", "EOPNOTSUPP", "EOVERFLOW",
    "EOWNERDEAD", "EPERM", "EPFNOSUPPORT", "EPIPE", "EPROCLIM",
    "EPROCUNAVAIL", "EPROGMISMATCH", "EPROGUNAVAIL", "EPROTO",
    "EPROTONOSUPPORT", "EPROTOTYPE", "EPWROFF", "EQFULL", "ERANGE",
    "EREMCHG", "EREMOTE", "EREMOTEIO", "ERESTART", "ERFKILL", "EROFS",
    "ERPCMISMATCH", "ESHLIBVERS", "ESHUTDOWN", "ESOCKTNOSUPPORT", "ESPIPE",
    "ESRCH", "ESRMNT", "ESTALE", "ESTRPIPE", "ETIME", "ETIMEDOUT",
    "ETOOMANYREFS", "ETXTBSY", "EUCLEAN", "EUNATCH", "EUSERS",
    "EWOULDBLOCK", "EXDEV", "EXFULL", "FD_SETSIZE", "HUGE_VAL",
    "HUGE_VALF", "HUGE_VALL", "I", "LITTLE_ENDIAN", "L_tmpnam",
    "MAX_CANON", "MAX_INPUT", "MINSIGSTKSZ", "NFDBITS", "NSIG", "OVERFLOW",
    "PDP_ENDIAN", "PIPE_BUF", "P_tmpdir", "STRUNCATE", "TIMER_ABSTIME",
    "TIME_UTC", "UNDERFLOW", "WCONTINUED", "WEXITED", "WNOHANG", "WNOWAIT",
    "WSTOPPED", "WUNTRACED", "math_errhandling", "sa_handler",
    "sa_sigaction"
};

/* Sorted. Functions, types and tags. */
static const char *const emit_scope[] = {
    "a64l", "acos", "acosf", "acosh", "acoshf", "acoshl", "acosl",
    "aligned_alloc", "alloca", "arc4random", "arc4random_buf",
    "arc4random_uniform", "asctime", "asctime_r", "asin", "asinf", "asinh",
    "asinhf", "asinhl", "asinl", "at_quick_exit", "atan", "atan2",
    "atan2f", "atan2l", "atanf", "atanh", "atanhf", "atanhl", "atanl",
    "atol", "atoll", "bcmp", "bcopy", "blkcnt_t", "blksize_t", "bzero",
    "cabs", "cabsf", "cabsl", "cacos", "cacosf", "cacosh", "cacoshf",
    "cacoshl", "cacosl", "caddr_t", "carg", "cargf", "cargl", "casin",
    "casinf", "casinh", "casinhf", "casinhl", "casinl", "catan", "catanf",
    "catanh", "catanhf", "catanhl", "catanl", "cbrt", "cbrtf", "cbrtl",
    "ccos", "ccosf", "ccosh", "ccoshf", "ccoshl", "ccosl", "ceilf",
    "ceill", "cexp", "cexpf", "cexpl", "cimag", "cimagf", "cimagl",
    "clearenv", "clearerr", "clearerr_unlocked", "clock_getcpuclockid",
    "clock_getres", "clock_gettime", "clock_nanosleep", "clock_settime",
    "clock_t", "clockid_t", "clog", "clogf", "clogl", "conj", "conjf",
    "conjl", "copysign", "copysignf", "copysignl", "cosf", "cosh", "coshf",
    "coshl", "cosl", "cpow", "cpowf", "cpowl", "cproj", "cprojf", "cprojl",
    "creal", "crealf", "creall", "csin", "csinf", "csinh", "csinhf",
    "csinhl", "csinl", "csqrt", "csqrtf", "csqrtl", "ctan", "ctanf",
    "ctanh", "ctanhf", "ctanhl", "ctanl", "ctermid", "ctime_r", "daddr_t",
    "dev_t", "div_t", "double_t", "dprintf", "drand48", "drand48_data",
    "drand48_r", "drem", "dremf", "dreml", "duplocale", "dysize", "ecvt",
    "ecvt_r", "erand48", "erand48_r", "erf", "erfc", "erfcf", "erfcl",
    "erff", "erfl", "exp2", "exp2f", "exp2l", "expf", "expl",
    "explicit_bzero", "expm1", "expm1f", "expm1l", "fabs", "fabsf",
    "fabsl", "fclose", "fcvt", "fcvt_r", "fd_mask", "fd_set", "fdim",
    "fdimf", "fdiml", "fdopen", "feclearexcept", "fegetenv",
    "fegetexceptflag", "fegetround", "feholdexcept", "fenv_t", "feof",
    "feof_unlocked", "feraiseexcept", "ferror", "ferror_unlocked",
    "fesetenv", "fesetexceptflag", "fesetround", "fetestexcept",
    "feupdateenv", "fexcept_t", "fflush_unlocked", "ffs", "ffsl", "ffsll",
    "fgetc", "fgetc_unlocked", "fgetpos", "fileno", "fileno_unlocked",
    "finite", "finitef", "finitel", "float_t", "flockfile", "floorf",
    "floorl", "fma", "fmaf", "fmal", "fmax", "fmaxf", "fmaxl", "fmemopen",
    "fmin", "fminf", "fminl", "fmod", "fmodf", "fmodl", "fpclassify",
    "fpos_t", "fpregset_t", "fprintf", "fputc", "fputc_unlocked", "fread",
    "fread_unlocked", "freelocale", "freopen", "frexp", "frexpf", "frexpl",
    "fsblkcnt_t", "fscanf", "fseek", "fseeko", "fsetpos", "fsfilcnt_t",
    "fsid_t", "ftell", "ftello", "ftrylockfile", "funlockfile", "fwrite",
    "fwrite_unlocked", "gamma", "gammaf", "gammal", "gcvt", "getc",
    "getc_unlocked", "getchar", "getchar_unlocked", "getdelim", "getline",
    "getloadavg", "getsubopt", "getw", "gid_t", "gmtime", "gmtime_r",
    "greg_t", "gregset_t", "gsignal", "hypot", "hypotf", "hypotl", "id_t",
    "ilogb", "ilogbf", "ilogbl", "imaxabs", "imaxdiv", "imaxdiv_t",
    "initstate", "initstate_r", "ino_t", "int16_t", "int32_t", "int8_t",
    "int_fast16_t", "int_fast32_t", "int_fast64_t", "int_fast8_t",
    "int_least16_t", "int_least32_t", "int_least64_t", "int_least8_t",
    "intmax_t", "intptr_t", "isalnum", "isalnum_l", "isalpha", "isalpha_l",
    "isascii", "isblank", "isblank_l", "iscntrl", "iscntrl_l", "isdigit",
    "isdigit_l", "isfinite", "isgraph", "isgraph_l", "isgreater",
    "isgreaterequal", "isinf", "isinff", "isinfl", "isless", "islessequal",
    "islessgreater", "islower", "islower_l", "isnan", "isnanf", "isnanl",
    "isnormal", "isprint", "isprint_l", "ispunct", "ispunct_l", "isspace",
    "isspace_l", "isunordered", "isupper", "isupper_l", "isxdigit",
    "isxdigit_l", "itimerspec", "j0", "j0f", "j0l", "j1", "j1f", "j1l",
    "jmp_buf", "jn", "jnf", "jnl", "jrand48", "jrand48_r", "key_t",
    "killpg", "l64a", "lcong48", "lcong48_r", "lconv", "ldexp", "ldexpf",
    "ldexpl", "ldiv_t", "lgamma", "lgamma_r", "lgammaf", "lgammaf_r",
    "lgammal", "lgammal_r", "llabs", "lldiv", "lldiv_t", "llrint",
    "llrintf", "llrintl", "llround", "llroundf", "llroundl", "locale_t",
    "localeconv", "localtime", "localtime_r", "loff_t", "log10", "log10f",
    "log10l", "log1p", "log1pf", "log1pl", "log2", "log2f", "log2l",
    "logb", "logbf", "logbl", "logf", "logl", "longjmp", "lrand48",
    "lrand48_r", "lrint", "lrintf", "lrintl", "lround", "lroundf",
    "lroundl", "max_align_t", "mblen", "mbstowcs", "mbtowc", "mcontext_t",
    "memccpy", "memchr", "memcmp", "memmove", "mkdtemp", "mkstemp",
    "mkstemps", "mktemp", "mktime", "mode_t", "modf", "modff", "modfl",
    "mrand48", "mrand48_r", "nan", "nanf", "nanl", "nanosleep",
    "nearbyint", "nearbyintf", "nearbyintl", "newlocale", "nextafter",
    "nextafterf", "nextafterl", "nexttoward", "nexttowardf", "nexttowardl",
    "nlink_t", "nrand48", "nrand48_r", "off_t", "on_exit",
    "open_memstream", "pclose", "perror", "pid_t", "popen",
    "posix_memalign", "powf", "powl", "pselect", "psiginfo", "psignal",
    "pthread_attr_t", "pthread_barrier_t", "pthread_barrierattr_t",
    "pthread_cond_t", "pthread_condattr_t", "pthread_key_t",
    "pthread_kill", "pthread_mutex_t", "pthread_mutexattr_t",
    "pthread_once_t", "pthread_rwlock_t", "pthread_rwlockattr_t",
    "pthread_sigmask", "pthread_spinlock_t", "pthread_t", "ptrdiff_t",
    "putc_unlocked", "putchar", "putchar_unlocked", "putenv", "putw",
    "qecvt", "qecvt_r", "qfcvt", "qfcvt_r", "qgcvt", "quad_t",
    "quick_exit", "rand_r", "random_data", "random_r", "reallocarray",
    "realpath", "remainder", "remainderf", "remainderl", "remquo",
    "remquof", "remquol", "renameat", "rewind", "rindex", "rint", "rintf",
    "rintl", "roundf", "roundl", "rpmatch", "scalb", "scalbf", "scalbl",
    "scalbln", "scalblnf", "scalblnl", "scalbn", "scalbnf", "scalbnl",
    "scanf", "seed48", "seed48_r", "setbuf", "setbuffer", "setenv",
    "setjmp", "setlinebuf", "setlocale", "setstate", "setstate_r",
    "setvbuf", "sig_atomic_t", "sig_t", "sigaction", "sigaddset",
    "sigaltstack", "sigblock", "sigcontext", "sigdelset", "sigemptyset",
    "sigevent", "sigevent_t", "sigfillset", "siggetmask", "siginterrupt",
    "sigismember", "sigjmp_buf", "siglongjmp", "signbit", "significand",
    "significandf", "significandl", "sigpending", "sigprocmask",
    "sigqueue", "sigreturn", "sigset_t", "sigsetmask", "sigstack",
    "sigsuspend", "sigtimedwait", "sigval", "sigval_t", "sigwait",
    "sigwaitinfo", "sinf", "sinh", "sinhf", "sinhl", "sinl", "snprintf",
    "sprintf", "sqrtf", "sqrtl", "srand", "srand48", "srand48_r",
    "srandom", "srandom_r", "sscanf", "ssignal", "ssize_t", "stack_t",
    "std", "stpcpy", "stpncpy", "strcasecmp", "strcasecmp_l", "strcat",
    "strchr", "strcoll", "strcoll_l", "strcpy", "strcspn", "strdup",
    "strerror", "strerror_l", "strerror_r", "strftime", "strftime_l",
    "strncasecmp", "strncasecmp_l", "strncat", "strncmp", "strncpy",
    "strndup", "strnlen", "strpbrk", "strrchr", "strsep", "strsignal",
    "strspn", "strstr", "strtod", "strtof", "strtoimax", "strtok",
    "strtok_r", "strtol", "strtold", "strtoll", "strtoq", "strtoul",
    "strtoull", "strtoumax", "strtouq", "strxfrm", "strxfrm_l",
    "suseconds_t", "tan", "tanf", "tanh", "tanhf", "tanhl", "tanl",
    "tempnam", "tgamma", "tgammaf", "tgammal", "time_t", "timegm",
    "timelocal", "timer_create", "timer_delete", "timer_getoverrun",
    "timer_gettime", "timer_settime", "timer_t", "timespec",
    "timespec_get", "timeval", "tm", "tmpfile", "tmpnam", "tmpnam_r",
    "toascii", "tolower", "tolower_l", "toupper", "toupper_l", "trunc",
    "truncf", "truncl", "tzset", "u_char", "u_int", "u_int16_t",
    "u_int32_t", "u_int64_t", "u_int8_t", "u_long", "u_quad_t", "u_short",
    "ucontext_t", "uid_t", "uint", "uint16_t", "uint32_t", "uint_fast16_t",
    "uint_fast32_t", "uint_fast64_t", "uint_fast8_t", "uint_least16_t",
    "uint_least32_t", "uint_least64_t", "uint_least8_t", "uintmax_t",
    "uintptr_t", "ulong", "ungetc", "unsetenv", "uselocale", "ushort",
    "va_list", "valloc", "vdprintf", "vfprintf", "vfscanf", "vprintf",
    "vscanf", "vsnprintf", "vsprintf", "vsscanf", "wcstoimax", "wcstombs",
    "wcstoumax", "wctomb", "wint_t", "y0", "y0f", "y0l", "y1", "y1f",
    "y1l", "yn", "ynf", "ynl"
};

bool
emit_find(gen_str name, const char *const *words, size_t count)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name.ptr, words[middle]);

        if (!order) return true;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static bool
emit_is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* PATH_MAX, DBL_EPSILON and their like. */
static bool
emit_is_measure(gen_str name)
{
    static const char *const ends[] = {"_DIG", "_EPSILON", "_EXP", "_MAX",
                                       "_MIN"};
    size_t i;

    for (i = 0; i < name.len; i++) {
        if (!emit_is_capital(name.ptr[i])) return false;
    }
    for (i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);

        if (name.len > len &&
            !memcmp(name.ptr + name.len - len, ends[i], len)) {
            return true;
        }
    }
    return false;
}

/* Beginnings that the headers keep for themselves, with a capital behind. */
static bool
emit_is_family(gen_str name)
{
    static const char *const starts[] = {
        "CLOCK_", "DBL_", "EXIT_", "FE_", "FLT_", "FPE_", "FP_", "LC_",
        "LDBL_", "MATH_", "M_", "SA_", "SEEK_", "SIG", "SI_"};
    size_t i;

    for (i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t len = strlen(starts[i]);

        if (name.len > len && !memcmp(name.ptr, starts[i], len) &&
            emit_is_capital(name.ptr[len])) {
            return true;
        }
    }
    /* PRId64, SCNxPTR */
    return name.len > 4 &&
           (!memcmp(name.ptr, "PRI", 3) || !memcmp(name.ptr, "SCN", 3)) &&
           strchr("diouxX", name.ptr[3]) && emit_is_capital(name.ptr[4]);
}

bool
emit_is_macro(gen_str name)
{
    /* A `_` behind a name is what makes it free. */
    if (name.len && name.ptr[name.len - 1] == '_') return false;
    if (name.len >= 7 && !memcmp(name.ptr, "SURREAL", 7)) return true;
    return emit_is_measure(name) || emit_is_family(name) ||
           emit_find(name, emit_macros,
                     sizeof emit_macros / sizeof *emit_macros);
}

bool
emit_is_scope(gen_str name)
{
    return emit_find(name, emit_scope,
                     sizeof emit_scope / sizeof *emit_scope);
}
