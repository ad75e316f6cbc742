/// Looks at 64 bytes at a time, at any alignment: SSE2 on x86-64, NEON on arm64, else plain C. Bit i of a mask speaks
/// of byte i. All 64 bytes must be readable.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CHash.h"
#include "CPairs.h"
#include "CSayings.h"
#include "CScreen.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

/// What 64 bytes of delimited text hold.
typedef struct {
  /// Where the delimiter stands.
  uint64_t delimiters;
  /// Where an LF stands.
  uint64_t line_feeds;
  /// Where the quote stands, or another byte up to 0x0D: CR, NUL, the controls between them. Never a delimiter.
  uint64_t special;
  /// Not zero if any byte is 0x80 or more; which one, it doesn't say.
  uint64_t beyond_ascii;
} cscan_delimited_masks;

/// The masks of so many times 64 bytes, side by side: with AVX-512 or AVX2 where a program finds them when it runs.
void cscan_delimited_words(const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t quote,
                           cscan_delimited_masks *masks);

/// Where a record stands in its text, and its fields among all.
typedef struct {
  ptrdiff_t number, line;
  /// Its first byte, and one past its line end.
  uint32_t start, end;
  uint32_t first_field, field_count;
} cscan_record;

/// How far text is split into fields and records.
typedef struct {
  /// Where they are written, with room for 8 fields more than there are.
  cscan_span *fields;
  cscan_record *records;
  ptrdiff_t field_count, record_count;
  /// The first byte of the next field, and of the next record.
  ptrdiff_t field_start, record_start;
  /// Of the next record.
  ptrdiff_t first_field, number, line;
  /// Line ends inside the fields of the next record, so far.
  ptrdiff_t line_ends;
  /// The most bytes that a record may have, and whether one had more.
  ptrdiff_t most_bytes;
  int is_too_long;
} cscan_splitting;

/// Splits words of 64 bytes that hold nothing special, by their masks; `place` is the first byte of the first one. How
/// many it went through: all, or those before one that holds something special or ends a record that is too long.
size_t cscan_split(cscan_splitting *state, const cscan_delimited_masks *masks, size_t words, ptrdiff_t place);

#if defined(__SSE2__)

static inline uint64_t cscan_join(__m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32 | (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48;
}

static inline uint64_t cscan_equal(const __m128i words[4], __m128i byte) {
  return cscan_join(_mm_cmpeq_epi8(words[0], byte), _mm_cmpeq_epi8(words[1], byte), _mm_cmpeq_epi8(words[2], byte),
                    _mm_cmpeq_epi8(words[3], byte));
}

static inline __m128i cscan_is_quote_or_low(__m128i bytes, __m128i quote) {
  __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x0D)), bytes);
  return _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), low);
}

static inline cscan_delimited_masks cscan_delimited(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m128i *from = (const __m128i *)bytes;
  __m128i words[4] = {_mm_loadu_si128(from), _mm_loadu_si128(from + 1), _mm_loadu_si128(from + 2),
                      _mm_loadu_si128(from + 3)};
  __m128i y = _mm_set1_epi8((char)quote);
  cscan_delimited_masks masks;
  masks.delimiters = cscan_equal(words, _mm_set1_epi8((char)delimiter));
  masks.line_feeds = cscan_equal(words, _mm_set1_epi8('\n'));
  masks.special = cscan_join(cscan_is_quote_or_low(words[0], y), cscan_is_quote_or_low(words[1], y),
                             cscan_is_quote_or_low(words[2], y), cscan_is_quote_or_low(words[3], y)) &
                  ~(masks.delimiters | masks.line_feeds);
  masks.beyond_ascii = (uint64_t)(uint32_t)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(words[0], words[1]), _mm_or_si128(words[2], words[3])));
  return masks;
}

/// Where a byte is NUL or 0x80 or more.
static inline uint64_t cscan_unusual(const uint8_t *bytes) {
  const __m128i *words = (const __m128i *)bytes;
  __m128i zero = _mm_setzero_si128();
  return ~cscan_join(_mm_cmpgt_epi8(_mm_loadu_si128(words), zero), _mm_cmpgt_epi8(_mm_loadu_si128(words + 1), zero),
                     _mm_cmpgt_epi8(_mm_loadu_si128(words + 2), zero),
                     _mm_cmpgt_epi8(_mm_loadu_si128(words + 3), zero));
}

#elif defined(__ARM_NEON) && defined(__aarch64__)

static inline uint64_t cscan_join(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t w = vld1q_u8(weights);
  uint8x16_t low = vpaddq_u8(vandq_u8(a, w), vandq_u8(b, w));
  uint8x16_t high = vpaddq_u8(vandq_u8(c, w), vandq_u8(d, w));
  uint8x16_t sums = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline uint64_t cscan_equal(const uint8x16_t words[4], uint8x16_t byte) {
  return cscan_join(vceqq_u8(words[0], byte), vceqq_u8(words[1], byte), vceqq_u8(words[2], byte),
                    vceqq_u8(words[3], byte));
}

static inline uint8x16_t cscan_is_quote_or_low(uint8x16_t bytes, uint8x16_t quote) {
  return vorrq_u8(vceqq_u8(bytes, quote), vcleq_u8(bytes, vdupq_n_u8(0x0D)));
}

static inline cscan_delimited_masks cscan_delimited(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  uint8x16_t words[4] = {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)};
  uint8x16_t y = vdupq_n_u8(quote);
  cscan_delimited_masks masks;
  masks.delimiters = cscan_equal(words, vdupq_n_u8(delimiter));
  masks.line_feeds = cscan_equal(words, vdupq_n_u8('\n'));
  masks.special = cscan_join(cscan_is_quote_or_low(words[0], y), cscan_is_quote_or_low(words[1], y),
                             cscan_is_quote_or_low(words[2], y), cscan_is_quote_or_low(words[3], y)) &
                  ~(masks.delimiters | masks.line_feeds);
  masks.beyond_ascii = vmaxvq_u8(vorrq_u8(vorrq_u8(words[0], words[1]), vorrq_u8(words[2], words[3]))) & 0x80;
  return masks;
}

/// Where a byte is NUL or 0x80 or more.
static inline uint64_t cscan_unusual(const uint8_t *bytes) {
  uint8x16_t limit = vdupq_n_u8(0x7F), one = vdupq_n_u8(1);
  return cscan_join(
      vcgeq_u8(vsubq_u8(vld1q_u8(bytes), one), limit), vcgeq_u8(vsubq_u8(vld1q_u8(bytes + 16), one), limit),
      vcgeq_u8(vsubq_u8(vld1q_u8(bytes + 32), one), limit), vcgeq_u8(vsubq_u8(vld1q_u8(bytes + 48), one), limit));
}

#else

static inline cscan_delimited_masks cscan_delimited(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  cscan_delimited_masks masks = {0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t byte = bytes[i];
    masks.delimiters |= (uint64_t)(byte == delimiter) << i;
    masks.line_feeds |= (uint64_t)(byte == '\n') << i;
    masks.special |= (uint64_t)(byte == quote || byte <= 0x0D) << i;
    masks.beyond_ascii |= byte & 0x80;
  }
  masks.special &= ~(masks.delimiters | masks.line_feeds);
  return masks;
}

/// Where a byte is NUL or 0x80 or more.
static inline uint64_t cscan_unusual(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == 0 || bytes[i] >= 0x80) << i;
  return mask;
}

#endif

/// How many bytes right before `end` are all `byte`, 64 at most. The 64 bytes before it must be readable.
static inline int cscan_run_before(const uint8_t *end, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i *from = (const __m128i *)(end - 64);
  __m128i words[4] = {_mm_loadu_si128(from), _mm_loadu_si128(from + 1), _mm_loadu_si128(from + 2),
                      _mm_loadu_si128(from + 3)};
  uint64_t others = ~cscan_equal(words, _mm_set1_epi8((char)byte));
#elif defined(__ARM_NEON) && defined(__aarch64__)
  uint8x16_t words[4] = {vld1q_u8(end - 64), vld1q_u8(end - 48), vld1q_u8(end - 32), vld1q_u8(end - 16)};
  uint64_t others = ~cscan_equal(words, vdupq_n_u8(byte));
#else
  uint64_t others = 0;
  for (int i = 0; i < 64; i++) others |= (uint64_t)(end[i - 64] != byte) << i;
#endif
  return others == 0 ? 64 : __builtin_clzll(others);
}
