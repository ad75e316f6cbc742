#include "CHash.h"

uint64_t cscan_hashes(cscan_column column, cscan_seed seed, uint64_t *hashes) {
  uint64_t mask = 0;
  const cscan_span *span = column.spans;
  for (size_t row = 0; row < column.rows; row++, span += column.stride) {
    uint32_t count = span->end - span->start;
    hashes[row] = cscan_hash(column.base + span->start, count, seed);
    mask |= (uint64_t)(count != 0) << row;
    cscan_digest_pass(column.digest, row);
  }
  return mask;
}

uint64_t cscan_block_hashes(cscan_column first, size_t columns, cscan_seed seed, uint64_t *hashes) {
  uint64_t mask = 0;
  const cscan_span *spans = first.spans;
  for (size_t row = 0; row < first.rows; row++, spans += first.stride) {
    const uint32_t begin = spans[0].start;
    uint32_t end = begin, is_block = 1;
    uint64_t places = 0;
    for (size_t column = 0; column < columns; column++) {
      const cscan_span span = spans[column];
      // At most a delimiter and two quotes.
      is_block &= (span.start - end <= 3) & (span.end - begin < 1 << 12);
      places = (places + ((uint64_t)(span.start - begin) << 12) + (span.end - begin)) * 0x9e3779b97f4a7c15;
      end = span.end;
    }
    hashes[row] = is_block ? cscan_hash(first.base + begin, end - begin, seed) ^ places : 0;
    mask |= (uint64_t)is_block << row;
    cscan_digest_pass(first.digest, row);
  }
  return mask;
}
