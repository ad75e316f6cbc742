#include "CScan.h"
#include "steps.h"
#include "ways.h"
#include <string.h>

static inline uint64_t bit(int holds, size_t row) { return (uint64_t)(holds != 0) << row; }

static inline uint32_t length(const cscan_span *span) { return span->end - span->start; }

static inline uint64_t word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline int are_digits(uint64_t word) {
  const uint64_t high = 0xF0F0F0F0F0F0F0F0, zeros = 0x3030303030303030, six = 0x0606060606060606;
  return ((word & high) == zeros) & (((word + six) & high) == zeros);
}

/// The value of eight digits, the first in the lowest byte.
static inline uint64_t eight_digits(uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16;
  return (word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32;
}

static inline int are_positions(const uint8_t *bytes, const uint32_t *positions, uint32_t fixed) {
  uint32_t all = 1;
  for (uint32_t i = 0; i < fixed; i++) all &= positions[bytes[i]] >> i;
  return (int)(all & 1);
}

/// The hashes of values that don't lie side by side, one after the other.
static inline uint64_t hash_apart(const uint8_t *base, const cscan_span *values, size_t count, cscan_seed seed) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum = (sum + cscan_hash(base + values[i].start, length(values + i), seed)) * 0x9e3779b97f4a7c15;
  }
  return sum;
}

void cscan_make_class(const uint8_t members[256], cscan_class *set) {
  memset(set, 0, sizeof *set);
  for (int byte = 0; byte < 128; byte++) {
    set->high[byte >> 4] = (uint8_t)(1 << (byte >> 4));
    if (!members[byte]) continue;
    set->low[byte & 15] |= (uint8_t)(1 << (byte >> 4));
    set->members[byte] = 1;
  }
}

// MARK: Three ways through a column

#if defined(__x86_64__)

/// By month, how many days it has for sure; none where there is no such month.
static const uint8_t days_of[20] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

#endif

#define CSCAN_WAY plainly
#define CSCAN_WITH
#define CSCAN_IS_TOGETHER 0
#define CSCAN_IS_STEPPING 0
#include "looks.h"

#if defined(__x86_64__)

/// Where a byte isn't in the set whose halves are `low` and `high`.
WITH_AVX2 static inline uint32_t outside(__m256i bytes, __m256i low, __m256i high) {
  __m256i halves = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
  __m256i shared = _mm256_and_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(high, halves));
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(shared, _mm256_setzero_si256()));
}

WITH_AVX2 static inline __m256i half(const uint8_t table[16]) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

WITH_AVX2 static inline __m256i load(const uint8_t *bytes) { return _mm256_loadu_si256((const __m256i *)bytes); }

WITH_AVX2 static inline uint64_t equal(__m256i first, __m256i second, char byte) {
  __m256i wanted = _mm256_set1_epi8(byte);
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, wanted)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(second, wanted)) << 32;
}

/// How many bytes right before `end` are all `byte`, 32 at most.
WITH_AVX2 static inline uint32_t run_of_32_before(const uint8_t *end, uint8_t byte) {
  __m256i same = _mm256_cmpeq_epi8(load(end - 32), _mm256_set1_epi8((char)byte));
  return _lzcnt_u32(~(uint32_t)_mm256_movemask_epi8(same));
}

#define CSCAN_WAY together
#define CSCAN_WITH WITH_AVX2
#define CSCAN_IS_TOGETHER 1
#define CSCAN_IS_STEPPING 0
#include "looks.h"

#define CSCAN_WAY stepping
#define CSCAN_WITH CSCAN_STEPPING
#define CSCAN_IS_TOGETHER 1
#define CSCAN_IS_STEPPING 1
#include "looks.h"

// There is a digest only where the processor can.
#define LOOK(name, column, ...)                                                                                       \
  ((column).digest != NULL ? name##_stepping(__VA_ARGS__)                                                             \
                           : has_avx2() ? name##_together(__VA_ARGS__) : name##_plainly(__VA_ARGS__))
#else
#define LOOK(name, column, ...) name##_plainly(__VA_ARGS__)
#endif

uint64_t cscan_present(cscan_column column) { return LOOK(present, column, column); }

uint64_t cscan_length(cscan_column column, uint64_t minimum, uint64_t maximum) {
  return LOOK(length, column, column, minimum, maximum);
}

uint64_t cscan_first(cscan_column column, const uint8_t firsts[256]) { return LOOK(first, column, column, firsts); }

uint64_t cscan_not_number(cscan_column column, uint32_t size) { return LOOK(not_number, column, column, size); }

uint64_t cscan_words(cscan_column column, const uint32_t *list, size_t count, uint32_t *values) {
  return LOOK(words, column, column, list, count, values);
}

uint64_t cscan_integers(cscan_column column, int64_t minimum, int64_t maximum, int64_t *values) {
  return LOOK(integers, column, column, minimum, maximum, values);
}

uint64_t cscan_dates(cscan_column column) { return LOOK(dates, column, column); }

uint64_t cscan_order(cscan_column first, cscan_column second) { return LOOK(order, first, first, second); }

uint64_t cscan_positions(cscan_column column, const uint32_t *positions, uint32_t fixed, const cscan_class *set,
                         uint64_t minimum, uint64_t maximum) {
  return LOOK(positions, column, column, positions, fixed, set, minimum, maximum);
}

uint64_t cscan_emails(cscan_column column, const cscan_class *local, const cscan_class *domain) {
  return LOOK(emails, column, column, local, domain);
}

uint64_t cscan_hashes(cscan_column column, cscan_seed seed, uint64_t *hashes) {
  return LOOK(hashes, column, column, seed, hashes);
}

void cscan_block_hashes(cscan_column first, size_t columns, cscan_seed seed, uint64_t *hashes) {
  LOOK(block_hashes, first, first, columns, seed, hashes);
}

void cscan_trim(cscan_column column, cscan_filling filling, cscan_span *trimmed, size_t stride) {
  LOOK(trim, column, column, filling, trimmed, stride);
}

uint64_t cscan_unspoilt(cscan_column column) { return LOOK(unspoilt, column, column); }
