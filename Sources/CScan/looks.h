/// The loops of the looks, made several times over: included with `CSCAN_WAY` as the ending of their names.
///
///   CSCAN_WAY            plainly                 together                stepping
///   CSCAN_WITH           nothing                 AVX2                    AVX2, SHA
///   CSCAN_IS_TOGETHER    0                       1                       1
///   CSCAN_IS_STEPPING    0                       0                       1: goes on with the column's digest
#define CSCAN_JOIN(name, way) name##_##way
#define CSCAN_NAME(name, way) CSCAN_JOIN(name, way)
#define LOOP(type, name) CSCAN_WITH static type CSCAN_NAME(name, CSCAN_WAY)
#define LOOK(name) LOOP(uint64_t, name)

/// Does something (which may go on to the next one by `continue`) for each `row` from where it is, `count` of them, with
/// the `span` of its value.
#define ROWS(column, count, ...)                                                                                      \
  for (size_t end_ = row + (count); row < end_; row++, span += (column).stride) do                                    \
    __VA_ARGS__ while (0)

/// Does something for each row of a column.
#define EACH(column, ...)                                                                                             \
  const cscan_span *span = (column).spans;                                                                            \
  size_t row = 0;                                                                                                     \
  ROWS(column, (column).rows - row, __VA_ARGS__)

/// The same, and a quarter of a block of the column's digest after each so many rows: about as many as take the same time.
#if CSCAN_IS_STEPPING
#define EACH_STEPPING(column, rows_a_step, ...)                                                                       \
  const cscan_span *span = (column).spans;                                                                            \
  size_t row = 0, blocks = (column).digest->blocks;                                                                   \
  const uint8_t *block = (column).digest->bytes;                                                                      \
  cscan_rounds rounds = cscan_begin_rounds((column).digest);                                                          \
  for (; blocks != 0 && row + 4 * (rows_a_step) <= (column).rows; blocks--, block += 64) {                            \
    ROWS(column, rows_a_step, __VA_ARGS__);                                                                           \
    cscan_quarter(&rounds, block, 0);                                                                                 \
    ROWS(column, rows_a_step, __VA_ARGS__);                                                                           \
    cscan_quarter(&rounds, block, 1);                                                                                 \
    ROWS(column, rows_a_step, __VA_ARGS__);                                                                           \
    cscan_quarter(&rounds, block, 2);                                                                                 \
    ROWS(column, rows_a_step, __VA_ARGS__);                                                                           \
    cscan_quarter(&rounds, block, 3);                                                                                 \
  }                                                                                                                   \
  cscan_end_rounds((column).digest, &rounds);                                                                         \
  (column).digest->bytes = block;                                                                                     \
  (column).digest->blocks = blocks;                                                                                   \
  ROWS(column, (column).rows - row, __VA_ARGS__)
#else
#define EACH_STEPPING(column, rows_a_step, ...) EACH(column, __VA_ARGS__)
#endif

/// How many bytes `run_before` looks at.
#if CSCAN_IS_TOGETHER
#define RUN 32u
#define run_before run_of_32_before
#else
#define RUN 64u
#define run_before (uint32_t)cscan_run_before
#endif

LOOK(present)(cscan_column column) {
  uint64_t mask = 0;
  EACH(column, { mask |= bit(span->start != span->end, row); });
  return mask;
}

LOOK(length)(cscan_column column, uint64_t minimum, uint64_t maximum) {
  uint64_t mask = 0;
  EACH(column, { mask |= bit(length(span) >= minimum && length(span) <= maximum, row); });
  return mask;
}

LOOK(first)(cscan_column column, const uint8_t firsts[256]) {
  uint64_t mask = 0;
  EACH(column, { mask |= bit(length(span) > 0 && firsts[column.base[span->start]], row); });
  return mask;
}

LOOK(not_number)(cscan_column column, uint32_t size) {
  uint64_t mask = 0;
  EACH(column, {
    const uint8_t *bytes = column.base + span->start;
    int is = length(span) == size && (uint8_t)(bytes[0] - '0') < 10 && (uint8_t)(bytes[size - 1] - '0') < 10;
    mask |= bit(!is, row);
  });
  return mask;
}

LOOK(words)(cscan_column column, const uint32_t *list, size_t count, uint32_t *values) {
  uint64_t mask = 0;
  // The values of a file repeat. No value is this one, which has a fourth byte.
  uint32_t known = UINT32_MAX;
  EACH_STEPPING(column, 2, {
    uint32_t value = (uint32_t)word(column.base + span->start) & 0xFFFFFF;
    values[row] = value;
    if (length(span) != 3) continue;
    for (size_t i = 0; i < count && value != known; i++) {
      if (list[i] == value) known = value;
    }
    mask |= bit(value == known, row);
  });
  return mask;
}

// MARK: Numbers

LOOK(integers)(cscan_column column, int64_t minimum, int64_t maximum, int64_t *values) {
  const uint64_t zeros = 0x3030303030303030;
  uint64_t mask = 0;
  EACH_STEPPING(column, 1, {
    uint32_t count = length(span);
    values[row] = 0;
    if (count == 0 || count > 8) continue;
    const uint8_t *bytes = column.base + span->start;
    uint64_t digits = word(bytes);
    if (count < 8) digits = digits << (64 - 8 * count) | zeros >> (8 * count);
    int64_t value = (int64_t)eight_digits(digits);
    values[row] = value;
    mask |= bit(are_digits(digits) & (bytes[0] != '0' || count == 1) & (value >= minimum) & (value <= maximum), row);
  });
  return mask;
}

#if defined(__x86_64__)

LOOK(dates)(cscan_column column) {
  // What each byte may be at most once the zeros and hyphens are taken off.
  const __m128i most = _mm_setr_epi8(9, 9, 9, 9, 0, 1, 9, 0, 3, 9, -1, -1, -1, -1, -1, -1);
  const __m128i form = _mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 0, 0, 0, 0, 0, 0);
  uint64_t mask = 0;
  EACH_STEPPING(column, 2, {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(column.base + span->start));
    __m128i values = _mm_xor_si128(bytes, form);
    int are_few = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, most), values)) == 0xFFFF;
    uint64_t front = (uint64_t)_mm_cvtsi128_si64(values);
    uint32_t back = (uint32_t)_mm_extract_epi16(values, 4);
    uint32_t month = (front >> 40 & 1) * 10 + (front >> 48 & 15), day = (back & 3) * 10 + (back >> 8 & 15);
    int is_day = day - 1 < days_of[month < 20 ? month : 0];
    mask |= bit((length(span) == 10) & are_few & is_day & ((uint32_t)front != 0), row);
  });
  return mask;
}

#else

LOOK(dates)(cscan_column column) {
  const uint64_t hyphens = (uint64_t)'-' << 32 | (uint64_t)'-' << 56, at_hyphens = 0xFF0000FF00000000;
  const uint64_t swap = (uint64_t)('-' ^ '0') << 32 | (uint64_t)('-' ^ '0') << 56;
  uint64_t mask = 0;
  EACH(column, {
    const uint8_t *bytes = column.base + span->start;
    uint64_t front = word(bytes), back = word(bytes + 2);
    uint32_t month = (front >> 40 & 15) * 10 + (front >> 48 & 15), day = (back >> 48 & 15) * 10 + (back >> 56 & 15);
    int are_numbers = ((front & at_hyphens) == hyphens) & are_digits(front ^ swap) &
                      are_digits((back & 0xFFFF000000000000) | 0x303030303030) & ((uint32_t)front != 0x30303030);
    // Bit k of 0xAD5 is set where month k + 1 has 31 days.
    int is_day = (day - 1 < 28) | ((day - 29 < 2) & (month != 2)) | ((day == 31) & (0xAD5 >> ((month - 1) & 15)));
    mask |= bit((length(span) == 10) & are_numbers & (month - 1 < 12) & is_day, row);
  });
  return mask;
}

#endif

LOOK(order)(cscan_column first, cscan_column second) {
  uint64_t mask = 0;
  const cscan_span *other = second.spans;
  EACH_STEPPING(first, 2, {
    const uint8_t *left = first.base + span->start, *right = second.base + other->start;
    int is_whole = length(span) == 10 && length(other) == 10;
    int is_before = is_whole && memcmp(right, left, 10) < 0;
    mask |= bit(!is_before, row);
    other += second.stride;
  });
  return mask;
}

// MARK: Text

#if CSCAN_IS_TOGETHER

LOOK(positions)(cscan_column column, const uint32_t *positions, uint32_t fixed, const cscan_class *set,
                uint64_t minimum, uint64_t maximum) {
  const __m256i low = half(set->low), high = half(set->high);
  const uint32_t run = ~(uint32_t)((1ull << fixed) - 1);
  uint64_t mask = 0;
  EACH_STEPPING(column, 2, {
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
  });
  return mask;
}

LOOK(emails)(cscan_column column, const cscan_class *local, const cscan_class *domain) {
  const __m256i local_low = half(local->low), local_high = half(local->high);
  const __m256i domain_low = half(domain->low), domain_high = half(domain->high);
  uint64_t mask = 0;
  EACH_STEPPING(column, 1, {
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
  });
  return mask;
}

#else

LOOK(positions)(cscan_column column, const uint32_t *positions, uint32_t fixed, const cscan_class *set,
                uint64_t minimum, uint64_t maximum) {
  uint64_t mask = 0;
  EACH(column, {
    uint32_t count = length(span);
    if (count < minimum || count > maximum) continue;
    const uint8_t *bytes = column.base + span->start;
    uint8_t all = 1;
    for (uint32_t i = fixed; i < count; i++) all &= set->members[bytes[i]];
    mask |= bit(all & are_positions(bytes, positions, fixed), row);
  });
  return mask;
}

LOOK(emails)(cscan_column column, const cscan_class *local, const cscan_class *domain) {
  // Without shuffles nothing is gained over asking each by itself.
  (void)column, (void)local, (void)domain;
  return 0;
}

#endif

LOOK(unspoilt)(cscan_column column) {
  uint64_t mask = 0;
  EACH_STEPPING(column, 2, {
    uint32_t count = length(span);
    const uint8_t *bytes = column.base + span->start;
    int is_number = count > 4 && (uint8_t)(bytes[0] - '0') < 10;
    int is_spoilt = (count > 0 && bytes[0] == '#') || (is_number && (count > 15 || memchr(bytes, '+', count) != NULL));
    mask |= bit(!is_spoilt, row);
  });
  return mask;
}

LOOP(void, trim)(cscan_column column, cscan_filling filling, cscan_span *trimmed, size_t stride) {
  EACH_STEPPING(column, 2, {
    uint32_t start = span->start, end = span->end;
    if (filling.at_end) {
      uint32_t run = RUN;
      while (run == RUN && end > start && end >= RUN) {
        run = run_before(column.base + end, filling.padding);
        end = end - start > run ? end - run : start;
      }
      if (run == RUN) {
        while (end > start && column.base[end - 1] == filling.padding) end--;
      }
    }
    if (filling.at_start) {
      while (end > start && column.base[start] == filling.padding) start++;
    }
    *trimmed = (cscan_span){start, end};
    trimmed += stride;
  });
}

// MARK: Hashes

LOOK(hashes)(cscan_column column, cscan_seed seed, uint64_t *hashes) {
  uint64_t mask = 0;
  EACH_STEPPING(column, 2, {
    uint32_t count = span->end - span->start;
    hashes[row] = cscan_hash(column.base + span->start, count, seed);
    mask |= (uint64_t)(count != 0) << row;
  });
  return mask;
}

LOOP(void, block_hashes)(cscan_column first, size_t columns, cscan_seed seed, uint64_t *hashes) {
  EACH_STEPPING(first, 1, {
    const uint32_t begin = span->start;
    uint32_t end = begin, is_block = 1;
    uint64_t places = 0;
    for (size_t column = 0; column < columns; column++) {
      const cscan_span value = span[column];
      // At most a delimiter and two quotes.
      is_block &= (value.start - end <= 3) & (value.end - begin < 1 << 12);
      places = (places + ((uint64_t)(value.start - begin) << 12) + (value.end - begin)) * 0x9e3779b97f4a7c15;
      end = value.end;
    }
    hashes[row] = is_block ? cscan_hash(first.base + begin, end - begin, seed) ^ places
                           : hash_apart(first.base, span, columns, seed);
  });
}

#undef EACH_STEPPING
#undef EACH
#undef ROWS
#undef LOOK
#undef LOOP
#undef RUN
#undef run_before
#undef CSCAN_NAME
#undef CSCAN_JOIN
#undef CSCAN_WAY
#undef CSCAN_WITH
#undef CSCAN_IS_TOGETHER
#undef CSCAN_IS_STEPPING
