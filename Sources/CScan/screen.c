#include "CScreen.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }
#endif

#define EACH(column)                                                                                                  \
  const cscan_span *span = (column).spans;                                                                            \
  for (size_t row = 0; row < (column).rows; cscan_digest_pass((column).digest, row), row++, span += (column).stride)

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

void cscan_make_class(const uint8_t members[256], cscan_class *set) {
  memset(set, 0, sizeof *set);
  for (int byte = 0; byte < 128; byte++) {
    set->high[byte >> 4] = (uint8_t)(1 << (byte >> 4));
    if (!members[byte]) continue;
    set->low[byte & 15] |= (uint8_t)(1 << (byte >> 4));
    set->members[byte] = 1;
  }
}

uint64_t cscan_present(cscan_column column) {
  uint64_t mask = 0;
  EACH(column) mask |= bit(span->start != span->end, row);
  return mask;
}

uint64_t cscan_length(cscan_column column, uint64_t minimum, uint64_t maximum) {
  uint64_t mask = 0;
  EACH(column) mask |= bit(length(span) >= minimum && length(span) <= maximum, row);
  return mask;
}

uint64_t cscan_first(cscan_column column, const uint8_t firsts[256]) {
  uint64_t mask = 0;
  EACH(column) mask |= bit(length(span) > 0 && firsts[column.base[span->start]], row);
  return mask;
}

uint64_t cscan_not_number(cscan_column column, uint32_t size) {
  uint64_t mask = 0;
  EACH(column) {
    const uint8_t *bytes = column.base + span->start;
    int is = length(span) == size && (uint8_t)(bytes[0] - '0') < 10 && (uint8_t)(bytes[size - 1] - '0') < 10;
    mask |= bit(!is, row);
  }
  return mask;
}

uint64_t cscan_words(cscan_column column, const uint32_t *list, size_t count, uint32_t *values) {
  uint64_t mask = 0;
  // The values of a file repeat. No value is this one, which has a fourth byte.
  uint32_t known = UINT32_MAX;
  EACH(column) {
    uint32_t value = (uint32_t)word(column.base + span->start) & 0xFFFFFF;
    values[row] = value;
    if (length(span) != 3) continue;
    for (size_t i = 0; i < count && value != known; i++) {
      if (list[i] == value) known = value;
    }
    mask |= bit(value == known, row);
  }
  return mask;
}

// MARK: Numbers

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

uint64_t cscan_integers(cscan_column column, int64_t minimum, int64_t maximum, int64_t *values) {
  const uint64_t zeros = 0x3030303030303030;
  uint64_t mask = 0;
  EACH(column) {
    uint32_t count = length(span);
    values[row] = 0;
    if (count == 0 || count > 8) continue;
    const uint8_t *bytes = column.base + span->start;
    uint64_t digits = word(bytes);
    if (count < 8) digits = digits << (64 - 8 * count) | zeros >> (8 * count);
    int64_t value = (int64_t)eight_digits(digits);
    values[row] = value;
    mask |= bit(are_digits(digits) & (bytes[0] != '0' || count == 1) & (value >= minimum) & (value <= maximum), row);
  }
  return mask;
}

#if defined(__x86_64__)

/// By month, how many days it has for sure; none where there is no such month.
static const uint8_t days_of[20] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

uint64_t cscan_dates(cscan_column column) {
  // What each byte may be at most once the zeros and hyphens are taken off.
  const __m128i most = _mm_setr_epi8(9, 9, 9, 9, 0, 1, 9, 0, 3, 9, -1, -1, -1, -1, -1, -1);
  const __m128i form = _mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 0, 0, 0, 0, 0, 0);
  uint64_t mask = 0;
  EACH(column) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(column.base + span->start));
    __m128i values = _mm_xor_si128(bytes, form);
    int are_few = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, most), values)) == 0xFFFF;
    uint64_t front = (uint64_t)_mm_cvtsi128_si64(values);
    uint32_t back = (uint32_t)_mm_extract_epi16(values, 4);
    uint32_t month = (front >> 40 & 1) * 10 + (front >> 48 & 15), day = (back & 3) * 10 + (back >> 8 & 15);
    int is_day = day - 1 < days_of[month < 20 ? month : 0];
    mask |= bit((length(span) == 10) & are_few & is_day & ((uint32_t)front != 0), row);
  }
  return mask;
}

#else

uint64_t cscan_dates(cscan_column column) {
  const uint64_t hyphens = (uint64_t)'-' << 32 | (uint64_t)'-' << 56, at_hyphens = 0xFF0000FF00000000;
  const uint64_t swap = (uint64_t)('-' ^ '0') << 32 | (uint64_t)('-' ^ '0') << 56;
  uint64_t mask = 0;
  EACH(column) {
    const uint8_t *bytes = column.base + span->start;
    uint64_t front = word(bytes), back = word(bytes + 2);
    uint32_t month = (front >> 40 & 15) * 10 + (front >> 48 & 15), day = (back >> 48 & 15) * 10 + (back >> 56 & 15);
    int are_numbers = ((front & at_hyphens) == hyphens) & are_digits(front ^ swap) &
                      are_digits((back & 0xFFFF000000000000) | 0x303030303030) & ((uint32_t)front != 0x30303030);
    // Bit k of 0xAD5 is set where month k + 1 has 31 days.
    int is_day = (day - 1 < 28) | ((day - 29 < 2) & (month != 2)) | ((day == 31) & (0xAD5 >> ((month - 1) & 15)));
    mask |= bit((length(span) == 10) & are_numbers & (month - 1 < 12) & is_day, row);
  }
  return mask;
}

#endif

uint64_t cscan_order(cscan_column first, cscan_column second) {
  uint64_t mask = 0;
  const cscan_span *other = second.spans;
  EACH(first) {
    const uint8_t *left = first.base + span->start, *right = second.base + other->start;
    int is_whole = length(span) == 10 && length(other) == 10;
    int is_before = is_whole && memcmp(right, left, 10) < 0;
    mask |= bit(!is_before, row);
    other += second.stride;
  }
  return mask;
}

// MARK: Text, byte by byte

static inline int are_positions(const uint8_t *bytes, const uint32_t *positions, uint32_t fixed) {
  uint32_t all = 1;
  for (uint32_t i = 0; i < fixed; i++) all &= positions[bytes[i]] >> i;
  return (int)(all & 1);
}

static uint64_t positions_plainly(cscan_column column, const uint32_t *positions, uint32_t fixed,
                                  const cscan_class *set, uint64_t minimum, uint64_t maximum) {
  uint64_t mask = 0;
  EACH(column) {
    uint32_t count = length(span);
    if (count < minimum || count > maximum) continue;
    const uint8_t *bytes = column.base + span->start;
    uint8_t all = 1;
    for (uint32_t i = fixed; i < count; i++) all &= set->members[bytes[i]];
    mask |= bit(all & are_positions(bytes, positions, fixed), row);
  }
  return mask;
}

// MARK: Text, 32 bytes together

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

WITH_AVX2 static uint64_t positions_together(cscan_column column, const uint32_t *positions, uint32_t fixed,
                                             const cscan_class *set, uint64_t minimum, uint64_t maximum) {
  const __m256i low = half(set->low), high = half(set->high);
  const uint32_t run = ~(uint32_t)((1ull << fixed) - 1);
  uint64_t mask = 0;
  EACH(column) {
    uint32_t count = length(span);
    if (count < minimum || count > maximum) continue;
    const uint8_t *bytes = column.base + span->start;
    uint32_t bad = outside(load(bytes), low, high) & run;
    if (count < 32) {
      bad &= (uint32_t)((1ull << count) - 1);
    } else {
      uint32_t place = 32;
      for (; place + 32 <= count; place += 32) bad |= outside(load(bytes + place), low, high);
      if (place < count) bad |= outside(load(bytes + place), low, high) & (uint32_t)((1ull << (count - place)) - 1);
    }
    mask |= bit((bad == 0) & are_positions(bytes, positions, fixed), row);
  }
  return mask;
}

WITH_AVX2 static inline uint64_t equal(__m256i first, __m256i second, char byte) {
  __m256i wanted = _mm256_set1_epi8(byte);
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, wanted)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(second, wanted)) << 32;
}

WITH_AVX2 static uint64_t emails_together(cscan_column column, const cscan_class *local, const cscan_class *domain) {
  const __m256i local_low = half(local->low), local_high = half(local->high);
  const __m256i domain_low = half(domain->low), domain_high = half(domain->high);
  uint64_t mask = 0;
  EACH(column) {
    uint32_t count = length(span);
    if (count == 0 || count > 64) continue;
    const uint8_t *bytes = column.base + span->start;
    __m256i first = load(bytes), second = count > 32 ? load(bytes + 32) : _mm256_setzero_si256();
    uint64_t all = _bzhi_u64(~0ull, count), last = 1ull << (count - 1);
    uint64_t ats = equal(first, second, '@') & all, dots = equal(first, second, '.') & all;
    uint64_t hyphens = equal(first, second, '-') & all;
    if (ats == 0 || (ats & (ats - 1)) != 0) continue;
    uint64_t before = ats - 1, after = all & ~(before | ats);
    uint64_t not_local = outside(first, local_low, local_high) |
                         (uint64_t)outside(second, local_low, local_high) << 32;
    uint64_t not_domain = outside(first, domain_low, domain_high) |
                          (uint64_t)outside(second, domain_low, domain_high) << 32;
    uint64_t between = ats | dots;
    uint64_t bad = (not_local & before) | (not_domain & after);
    // Nothing stands between two of them, or before the first, or behind the last.
    bad |= (between & between << 1) | (between & (last | 1));
    bad |= hyphens & after & (between << 1 | between >> 1 | last);
    uint64_t domain_dots = dots & after;
    if (bad != 0 || domain_dots == 0) continue;
    mask |= bit(bytes[64 - _lzcnt_u64(domain_dots)] >= 'A', row);
  }
  return mask;
}

#endif

uint64_t cscan_positions(cscan_column column, const uint32_t *positions, uint32_t fixed, const cscan_class *set,
                         uint64_t minimum, uint64_t maximum) {
#if defined(__x86_64__)
  if (has_avx2()) return positions_together(column, positions, fixed, set, minimum, maximum);
#endif
  return positions_plainly(column, positions, fixed, set, minimum, maximum);
}

uint64_t cscan_emails(cscan_column column, const cscan_class *local, const cscan_class *domain) {
#if defined(__x86_64__)
  if (has_avx2()) return emails_together(column, local, domain);
#endif
  // Without shuffles nothing is gained over asking each by itself.
  return 0;
}
