/// A set of record numbers, a bit for each record.
struct RecordSet: Sendable {
  private var words: [UInt64] = []
  private(set) var count = 0

  /// Adds a record; whether it is new.
  @discardableResult
  mutating func insert(_ record: UInt32) -> Bool {
    let word = Int(record >> 6)
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: max(word + 1 - words.count, 1024))) }
    let bit: UInt64 = 1 << UInt64(record & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    count += 1
    return true
  }

  func contains(_ record: UInt32) -> Bool {
    let word = Int(record >> 6)
    return word < words.count && words[word] >> UInt64(record & 63) & 1 == 1
  }

  /// The first record from `start` on that this set or another one has.
  func first(from start: UInt32, or other: RecordSet) -> UInt32? {
    var word = Int(start >> 6)
    var bits = (self.word(word) | other.word(word)) & (.max << UInt64(start & 63))
    while bits == 0 {
      word += 1
      guard word < max(words.count, other.words.count) else { return nil }
      bits = self.word(word) | other.word(word)
    }
    return UInt32(word * 64 + bits.trailingZeroBitCount)
  }

  private func word(_ index: Int) -> UInt64 { index < words.count ? words[index] : 0 }
}
