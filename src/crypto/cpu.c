/* crypto/cpu.c: what the CPU can do beyond its base instruction set. */
#include "crypto/crypto.h"

#if defined(SRL_CRYPTO_X86)
#include <cpuid.h>
#elif defined(SRL_CRYPTO_ARM) && defined(__linux__)
#include <sys/auxv.h>
#endif

/* The answer, once asked for. The only variable of the library that outlives
 * a call: every thread that races to set it stores the same value, and nothing
 * else is published with it, so relaxed atomics are all it takes. */
static unsigned srl_cpu_found;

#if defined(SRL_CRYPTO_X86)

/* Bits of CPUID leaf 1, ECX, and of leaf 7.0, EBX (Intel SDM volume 2A). */
#define SRL_CRYPTO_PCLMUL (1u << 1)
#define SRL_CRYPTO_SSSE3 (1u << 9)
#define SRL_CRYPTO_SSE41 (1u << 19)
#define SRL_CRYPTO_AESNI (1u << 25)
#define SRL_CRYPTO_OSXSAVE (1u << 27)
#define SRL_CRYPTO_AVX (1u << 28)
#define SRL_CRYPTO_AVX2 (1u << 5)
#define SRL_CRYPTO_SHANI (1u << 29)

/* True if the system saves the upper halves of the YMM registers, which the
 * CPU's own bits do not say (SDM volume 1, 14.3). */
static bool
srl_cpu_saves_ymm(void)
{
    unsigned low, high;

    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    (void)high;
    return (low & 6) == 6;
}

static unsigned
srl_cpu_ask(void)
{
    const unsigned sse = SRL_CRYPTO_SSSE3 | SRL_CRYPTO_SSE41;
    const unsigned aes = sse | SRL_CRYPTO_AESNI | SRL_CRYPTO_PCLMUL;
    const unsigned avx = SRL_CRYPTO_OSXSAVE | SRL_CRYPTO_AVX;
    unsigned found = SRL_CPU_SSE2;
    unsigned a, b, c, d;
    unsigned one;

    if (!__get_cpuid(1, &a, &b, &one, &d)) return found;
    if ((one & aes) == aes) found |= SRL_CPU_AES;
    if (__get_cpuid_max(0, NULL) < 7) return found;
    __cpuid_count(7, 0, a, b, c, d);
    if ((one & sse) == sse && (b & SRL_CRYPTO_SHANI)) found |= SRL_CPU_SHA;
    if ((one & avx) == avx && (b & SRL_CRYPTO_AVX2) && srl_cpu_saves_ymm()) {
        found |= SRL_CPU_AVX2;
    }
    return found;
}

#elif defined(SRL_CRYPTO_ARM)

static unsigned
srl_cpu_ask(void)
{
    unsigned found = SRL_CPU_NEON; /* part of the base of AArch64 */

    /* What the compiler was told to take for granted. */
#if defined(__ARM_FEATURE_CRYPTO) || defined(__ARM_FEATURE_AES)
    found |= SRL_CPU_AES;
#endif
#if defined(__ARM_FEATURE_CRYPTO) || defined(__ARM_FEATURE_SHA2)
    found |= SRL_CPU_SHA;
#endif
#ifdef __linux__
    {
        /* Bits of AT_HWCAP (Linux, Documentation/arch/arm64/elf_hwcaps). */
        const unsigned long aes = 1ul << 3 | 1ul << 4; /* AES, PMULL */
        const unsigned long sha2 = 1ul << 6;
        unsigned long has = getauxval(AT_HWCAP);

        if ((has & aes) == aes) found |= SRL_CPU_AES;
        if (has & sha2) found |= SRL_CPU_SHA;
    }
#endif
    return found;
}

#endif

SRL_FN unsigned
srl_cpu(void)
{
#if defined(SRL_CRYPTO_X86) || defined(SRL_CRYPTO_ARM)
    unsigned found = __atomic_load_n(&srl_cpu_found, __ATOMIC_RELAXED);

    if (SRL_LIKELY(found)) return found;
    found = srl_cpu_ask() | SRL_CPU_KNOWN;
    __atomic_store_n(&srl_cpu_found, found, __ATOMIC_RELAXED);
    return found;
#else
    return srl_cpu_found | SRL_CPU_KNOWN; /* never written: no race */
#endif
}
