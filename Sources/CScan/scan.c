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
