/// What a processor may have beyond the least of its kind, which is found out when a program runs.
#pragma once

#if defined(__x86_64__)

#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

static inline int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }

#endif
