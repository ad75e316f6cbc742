/// The length of records that follow one another without line ends, seen by what stands at one distance being alike:
/// digits below digits, blanks below blanks.
struct BlockLength {
  /// How many bytes are looked at, and the greatest distance.
  private static let (mostBytes, mostLength) = (64 * 1024, 8192)
  /// The least length of a record: shorter ones are rows of like signs.
  private static let leastLength = 16
  /// How many records there must be.
  private static let leastRecords = 3

  /// How many bytes a record has.
  let length: Int
  /// How many bytes stand behind the last whole record.
  let rest: Int

  /// - Parameters:
  ///   - bytes: The file's beginning.
  ///   - total: How many bytes the file has.
  init?(_ bytes: [UInt8], total: Int, isEBCDIC: Bool) {
    let sample = Array(bytes.prefix(Self.mostBytes))
    let most = min(Self.mostLength, sample.count / Self.leastRecords)
    guard most >= Self.leastLength else { return nil }
    let likeness = Self.likeness(sample, most, isEBCDIC)
    guard let length = Self.pick(likeness, total: total) else { return nil }
    self.length = length
    rest = total % length
  }

  /// The least distance at which nearly as much is alike as at the best one; one that divides the file is preferred.
  private static func pick(_ likeness: [Double], total: Int) -> Int? {
    let peaks = (1..<likeness.count).filter { distance in
      let beside = max(likeness[distance - 1], distance + 1 < likeness.count ? likeness[distance + 1] : 0)
      return likeness[distance] >= 0.4 && 1 - likeness[distance] <= 0.85 * (1 - beside)
    }
    guard let best = peaks.map({ likeness[$0] }).max() else { return nil }
    func isNearly(_ distance: Int, _ share: Double) -> Bool {
      1 - likeness[distance] <= share * (1 - best) + 0.01
    }
    let good = peaks.filter { isNearly($0, 1.3) }
    let whole = peaks.first { total % $0 == 0 && isNearly($0, 2) }
    guard let least = good.first, let length = whole ?? good.first else { return nil }
    return least >= leastLength && length >= leastLength ? length : nil
  }

  /// By distance, how much more often than by chance two bytes are of one kind: 1 is always, 0 is by chance.
  private static func likeness(_ bytes: [UInt8], _ most: Int, _ isEBCDIC: Bool) -> [Double] {
    let kinds = bytes.map { isEBCDIC ? ebcdicKind($0) : asciiKind($0) }
    let words = (bytes.count + 63) / 64
    var maps = [[UInt64]](repeating: Array(repeating: 0, count: words + 1), count: 7)
    for (index, kind) in kinds.enumerated() { maps[kind][index / 64] |= 1 << UInt64(index % 64) }
    let shares = maps.map { map in Double(map.reduce(0) { $0 + $1.nonzeroBitCount }) / Double(bytes.count) }
    let chance = shares.reduce(0) { $0 + $1 * $1 }
    guard chance < 0.98 else { return [0] }
    return (0...most).map { distance in
      if distance == 0 { return 1 }
      let alike = maps.reduce(0) { $0 + common($1, words, distance) }
      return (Double(alike) / Double(bytes.count - distance) - chance) / (1 - chance)
    }
  }

  /// How many bits are set both in a map and in the same one moved down by `distance`.
  private static func common(_ map: [UInt64], _ words: Int, _ distance: Int) -> Int {
    let (skip, shift) = (distance / 64, UInt64(distance % 64))
    return map.withUnsafeBufferPointer { map in
      var count = 0
      for index in 0..<max(0, words - skip) {
        let low = map[index + skip] >> shift
        let high = shift == 0 ? 0 : map[index + skip + 1] << (64 - shift)
        count += (map[index] & (low | high)).nonzeroBitCount
      }
      return count
    }
  }

  private static func ebcdicKind(_ byte: UInt8) -> Int {
    switch byte {
    case 0x40: 0
    case 0xF0...0xF9: 1
    case 0xC1...0xE9: 2
    case 0x81...0xA9: 3
    case 0x00: 4
    case 0x4B...0x7F: 5
    default: 6
    }
  }

  private static func asciiKind(_ byte: UInt8) -> Int {
    switch byte {
    case 0x20: 0
    case 0x30...0x39: 1
    case 0x41...0x5A: 2
    case 0x61...0x7A: 3
    case 0x00: 4
    case 0x21...0x7E: 5
    default: 6
    }
  }
}
