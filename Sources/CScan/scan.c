#include "CScan.h"

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static inline uint64_t both(__m256i first, __m256i second) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(first) | (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
}

__attribute__((target("avx2"))) static void words_of_32(const uint8_t *bytes, size_t words, uint8_t delimiter,
                                                        uint8_t quote, cscan_delimited_masks *masks) {
  const __m256i x = _mm256_set1_epi8((char)delimiter), y = _mm256_set1_epi8((char)quote);
  const __m256i lf = _mm256_set1_epi8('\n'), low = _mm256_set1_epi8(0x0D);
  for (; words > 0; words--, bytes += 64, masks++) {
    __m256i a = _mm256_loadu_si256((const __m256i *)bytes), b = _mm256_loadu_si256((const __m256i *)(bytes + 32));
    uint64_t delimiters = both(_mm256_cmpeq_epi8(a, x), _mm256_cmpeq_epi8(b, x));
    uint64_t line_feeds = both(_mm256_cmpeq_epi8(a, lf), _mm256_cmpeq_epi8(b, lf));
    uint64_t special = both(_mm256_or_si256(_mm256_cmpeq_epi8(a, y), _mm256_cmpeq_epi8(_mm256_min_epu8(a, low), a)),
                            _mm256_or_si256(_mm256_cmpeq_epi8(b, y), _mm256_cmpeq_epi8(_mm256_min_epu8(b, low), b)));
    *masks = (cscan_delimited_masks){delimiters, line_feeds, special & ~(delimiters | line_feeds), both(a, b)};
  }
}

__attribute__((target("avx512f,avx512bw"))) static void words_of_64(const uint8_t *bytes, size_t words,
                                                                    uint8_t delimiter, uint8_t quote,
                                                                    cscan_delimited_masks *masks) {
  const __m512i x = _mm512_set1_epi8((char)delimiter), y = _mm512_set1_epi8((char)quote);
  const __m512i lf = _mm512_set1_epi8('\n'), low = _mm512_set1_epi8(0x0D);
  for (; words > 0; words--, bytes += 64, masks++) {
    __m512i word = _mm512_loadu_si512(bytes);
    uint64_t delimiters = _mm512_cmpeq_epi8_mask(word, x), line_feeds = _mm512_cmpeq_epi8_mask(word, lf);
    uint64_t special = _mm512_cmpeq_epi8_mask(word, y) | _mm512_cmple_epu8_mask(word, low);
    *masks = (cscan_delimited_masks){delimiters, line_feeds, special & ~(delimiters | line_feeds),
                                     _mm512_movepi8_mask(word)};
  }
}
#endif

void cscan_delimited_words(const uint8_t *bytes, size_t words, uint8_t delimiter, uint8_t quote,
                           cscan_delimited_masks *masks) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return words_of_64(bytes, words, delimiter, quote, masks);
  if (__builtin_cpu_supports("avx2")) return words_of_32(bytes, words, delimiter, quote, masks);
#endif
  for (size_t i = 0; i < words; i++) masks[i] = cscan_delimited(bytes + 64 * i, delimiter, quote);
}

// MARK: Records and fields

static inline void end_record(cscan_splitting *at, ptrdiff_t line_feed, ptrdiff_t fields_end) {
  at->records[at->record_count++] = (cscan_record){
      at->number, at->line, (uint32_t)at->record_start, (uint32_t)(line_feed + 1), (uint32_t)at->first_field,
      (uint32_t)(fields_end - at->first_field)};
  at->number++;
  at->line += 1 + at->line_ends;
  at->line_ends = 0;
  at->first_field = fields_end;
  at->record_start = line_feed + 1;
}

/// Ends the records that end in a word; 0 where one is too long.
static inline int end_records(cscan_splitting *at, uint64_t separators, uint64_t line_feeds, ptrdiff_t place,
                              ptrdiff_t fields_before) {
  for (; line_feeds != 0; line_feeds &= line_feeds - 1) {
    uint64_t up_to_this = line_feeds ^ (line_feeds - 1);
    ptrdiff_t line_feed = place + __builtin_ctzll(line_feeds);
    if (line_feed - at->record_start > at->most_bytes) return 0;
    end_record(at, line_feed, fields_before + __builtin_popcountll(separators & up_to_this));
  }
  return 1;
}

/// Writes the fields that end in a word: eight at once, of which those past the last separator don't count.
static inline void write_fields(const cscan_splitting *at, uint64_t separators, ptrdiff_t place) {
  cscan_span *field = at->fields + at->field_count;
  uint32_t start = (uint32_t)at->field_start;
  do {
    for (int slot = 0; slot < 8; slot++) {
      // A word without separators left gives anything.
      uint32_t end = (uint32_t)place + (uint32_t)__builtin_ctzll(separators | 1ull << 63);
      field[slot] = (cscan_span){start, end};
      start = end + 1;
      separators &= separators - 1;
    }
    field += 8;
  } while (separators != 0);
}

#define SPLIT(write)                                                                                                  \
  cscan_splitting at = *state;                                                                                        \
  size_t word = 0;                                                                                                    \
  for (; word < words && masks[word].special == 0; word++, place += 64) {                                             \
    uint64_t separators = masks[word].delimiters | masks[word].line_feeds;                                            \
    if (separators == 0) continue;                                                                                    \
    ptrdiff_t before = at.field_count;                                                                                \
    write;                                                                                                            \
    at.field_count += __builtin_popcountll(separators);                                                               \
    at.field_start = place + 64 - __builtin_clzll(separators);                                                        \
    if (end_records(&at, separators, masks[word].line_feeds, place, before)) continue;                                \
    at.is_too_long = 1;                                                                                               \
    break;                                                                                                            \
  }                                                                                                                   \
  *state = at;                                                                                                        \
  return word

static size_t split_plainly(cscan_splitting *state, const cscan_delimited_masks *masks, size_t words,
                            ptrdiff_t place) {
  SPLIT(write_fields(&at, separators, place));
}

#if defined(__x86_64__)
#define WITH_VBMI2 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))

/// The same for up to eight fields without a step for each: the places of the bits are pressed together.
WITH_VBMI2 static inline void write_fields_together(const cscan_splitting *at, uint64_t separators, ptrdiff_t place,
                                                    __m512i numbers, __m512i zipped) {
  __m512i ends = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(_mm512_maskz_compress_epi8(separators, numbers)));
  ends = _mm512_add_epi32(ends, _mm512_set1_epi32((int)place));
  __m512i behind = _mm512_add_epi32(ends, _mm512_set1_epi32(1));
  __m512i starts = _mm512_alignr_epi32(behind, _mm512_set1_epi32((int)at->field_start), 15);
  _mm512_storeu_si512(at->fields + at->field_count, _mm512_permutex2var_epi32(starts, zipped, ends));
}

WITH_VBMI2 static size_t split_together(cscan_splitting *state, const cscan_delimited_masks *masks, size_t words,
                                        ptrdiff_t place) {
  uint8_t bytes[64];
  for (int i = 0; i < 64; i++) bytes[i] = (uint8_t)i;
  const __m512i numbers = _mm512_loadu_si512(bytes);
  const __m512i zipped = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  SPLIT({
    if (__builtin_popcountll(separators) > 8) {
      write_fields(&at, separators, place);
    } else {
      write_fields_together(&at, separators, place, numbers, zipped);
    }
  });
}
#endif

size_t cscan_split(cscan_splitting *state, const cscan_delimited_masks *masks, size_t words, ptrdiff_t place) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vl")) {
    return split_together(state, masks, words, place);
  }
#endif
  return split_plainly(state, masks, words, place);
}
