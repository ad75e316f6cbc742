/// Rounds of SHA-256 (FIPS 180-4), a quarter of a block at a time, for the loops that go through them by the way.
#pragma once
#include "CDigest.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define CSCAN_STEPPING __attribute__((target("sha,sse4.1,ssse3,avx2,bmi,bmi2,lzcnt,popcnt")))

extern const uint32_t cscan_round_constants[64];

/// What the instructions work on, to be kept in registers: the chaining value as they want it, F E B A and H G D C from
/// the lowest place, the same before the block, and the last 16 words of its message schedule.
typedef struct {
  __m128i feba, hgdc, feba_before, hgdc_before, a, b, c, d;
} cscan_rounds;

#define CSCAN_LOAD(from) _mm_loadu_si128((const __m128i *)(from))
#define CSCAN_STORE(to, value) _mm_storeu_si128((__m128i *)(to), value)

/// Four rounds with four words of the schedule.
CSCAN_STEPPING CSCAN_INLINE void cscan_four_rounds(cscan_rounds *at, __m128i words, int first) {
  __m128i sum = _mm_add_epi32(words, CSCAN_LOAD(cscan_round_constants + first));
  at->hgdc = _mm_sha256rnds2_epu32(at->hgdc, at->feba, sum);
  at->feba = _mm_sha256rnds2_epu32(at->feba, at->hgdc, _mm_shuffle_epi32(sum, 0x0E));
}

/// The four words that come 16 behind the first ones.
CSCAN_STEPPING CSCAN_INLINE __m128i cscan_next_words(__m128i first, __m128i second, __m128i third, __m128i fourth) {
  return _mm_sha256msg2_epu32(
      _mm_add_epi32(_mm_sha256msg1_epu32(first, second), _mm_alignr_epi8(fourth, third, 4)), fourth);
}

/// A quarter of a block, 0 to 3 in their order.
CSCAN_STEPPING CSCAN_INLINE void cscan_quarter(cscan_rounds *at, const uint8_t *block, int quarter) {
  if (quarter == 0) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    at->feba_before = at->feba;
    at->hgdc_before = at->hgdc;
    at->a = _mm_shuffle_epi8(CSCAN_LOAD(block), swap);
    at->b = _mm_shuffle_epi8(CSCAN_LOAD(block + 16), swap);
    at->c = _mm_shuffle_epi8(CSCAN_LOAD(block + 32), swap);
    at->d = _mm_shuffle_epi8(CSCAN_LOAD(block + 48), swap);
  }
  if (quarter != 0) at->a = cscan_next_words(at->a, at->b, at->c, at->d);
  cscan_four_rounds(at, at->a, 16 * quarter);
  if (quarter != 0) at->b = cscan_next_words(at->b, at->c, at->d, at->a);
  cscan_four_rounds(at, at->b, 16 * quarter + 4);
  if (quarter != 0) at->c = cscan_next_words(at->c, at->d, at->a, at->b);
  cscan_four_rounds(at, at->c, 16 * quarter + 8);
  if (quarter != 0) at->d = cscan_next_words(at->d, at->a, at->b, at->c);
  cscan_four_rounds(at, at->d, 16 * quarter + 12);
  if (quarter == 3) {
    at->feba = _mm_add_epi32(at->feba, at->feba_before);
    at->hgdc = _mm_add_epi32(at->hgdc, at->hgdc_before);
  }
}

CSCAN_STEPPING CSCAN_INLINE cscan_rounds cscan_begin_rounds(const cscan_digest *digest) {
  cscan_rounds at;
  at.feba = CSCAN_LOAD(digest->state);
  at.hgdc = CSCAN_LOAD(digest->state + 4);
  return at;
}

CSCAN_STEPPING CSCAN_INLINE void cscan_end_rounds(cscan_digest *digest, const cscan_rounds *at) {
  CSCAN_STORE(digest->state, at->feba);
  CSCAN_STORE(digest->state + 4, at->hgdc);
}

#endif
