/// Places that have digits in all records, cut into the numbers that stand there.
struct DigitRun {
  private let places: Places
  /// In their order, together the whole run.
  private(set) var parts: [Claim] = []

  /// The longest run that is looked at.
  private static let longest = 256

  init(_ places: Places, _ run: Range<Int>) {
    self.places = places
    guard run.count <= Self.longest else {
      parts = [Claim(range: run, kind: .digits, isStartSure: false, isEndSure: false)]
      return
    }
    let dates = Self.dates(places, run)
    var start = run.lowerBound
    for date in dates {
      parts += numbers(start..<date.range.lowerBound)
      parts.append(date)
      start = date.range.upperBound
    }
    parts += numbers(start..<run.upperBound)
  }

  // MARK: Dates

  private struct Best {
    var bits = 0.0
    /// The date that ends here, if one does.
    var length = 0
    var isSure = false
  }

  /// The dates that together prove the most.
  private static func dates(_ places: Places, _ run: Range<Int>) -> [Claim] {
    var best = [Best](repeating: Best(), count: run.count + 1)
    let rows = places.proofs
    for end in 1...run.count {
      best[end] = Best(bits: best[end - 1].bits)
      for length in [8, 7, 6, 5] where length <= end {
        let range = run.lowerBound + end - length..<run.lowerBound + end
        let isWhole = range == run
        let values = numbers(places, rows, range)
        guard let reading = DigitDate.reading(values, digits: length), length % 2 == 0 || !isCounter(values),
          isLikely(reading, length, isWhole: isWhole, isEdge: range.lowerBound == run.lowerBound || end == run.count)
        else { continue }
        let bits = best[end - length].bits + reading.bits
        if bits > best[end].bits { best[end] = Best(bits: bits, length: length, isSure: reading.bits >= 40) }
      }
    }
    var claims: [Claim] = []
    var end = run.count
    while end > 0 {
      let length = best[end].length
      if length > 0 {
        let range = run.lowerBound + end - length..<run.lowerBound + end
        let isSure = best[end].isSure
        claims.insert(Claim(range: range, kind: .digitDate, isStartSure: isSure, isEndSure: isSure), at: 0)
        end -= length
      } else {
        end -= 1
      }
    }
    return claims
  }

  /// Short forms need more proof, and more within a run than where the run is nothing else.
  private static func isLikely(_ reading: DigitDate.Reading, _ length: Int, isWhole: Bool, isEdge: Bool) -> Bool {
    switch length {
    case 8: reading.bits >= 10
    case 7: reading.bits >= (isWhole ? 20 : 30)
    case 6: reading.bits >= (isWhole ? 14 : isEdge ? 21 : 40)
    default: reading.bits >= 24 && isWhole
    }
  }

  /// Whether each number is greater than the one before it, as numbers of bills are, and days of years seldom.
  private static func isCounter(_ numbers: [Int]) -> Bool {
    numbers.count >= 8 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  private static func numbers(_ places: Places, _ rows: [Int], _ range: Range<Int>) -> [Int] {
    rows.compactMap { row in
      var number = 0
      for sign in places.rows[row][range] {
        guard sign >= 0x30, sign <= 0x39 else { return nil }
        number = number * 10 + Int(sign) - 0x30
      }
      return number
    }
  }

  // MARK: Numbers

  /// Cuts where digits that vary are followed by zeros, or others that don't, and these by digits that vary again.
  private func numbers(_ range: Range<Int>) -> [Claim] {
    guard !range.isEmpty else { return [] }
    var claims: [Claim] = []
    var (start, isStartSure) = (range.lowerBound, true)
    var index = range.lowerBound
    while index < range.upperBound - 1 {
      let still = still(from: index + 1, to: range.upperBound)
      if varies(index), still > 0, index + 1 + still < range.upperBound, still > 1 || isZero(index + 1) {
        let isSure = places.isProof && still > 1 && isZero(index + 1)
        claims.append(Claim(range: start..<index + 1, kind: .digits, isStartSure: isStartSure, isEndSure: isSure))
        (start, isStartSure) = (index + 1, isSure)
        index += still
      }
      index += 1
    }
    claims.append(Claim(range: start..<range.upperBound, kind: .digits, isStartSure: isStartSure, isEndSure: true))
    return claims
  }

  /// How many places from one on are the same digit in nearly all records.
  private func still(from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, places.isConstant(index) || isZero(index) { index += 1 }
    return index - start
  }

  private func isZero(_ index: Int) -> Bool { places[index].zeros * 10 >= places.filled(index) * 9 }

  private func varies(_ index: Int) -> Bool {
    places[index].signs.subtracting([0x20]).count >= 3 && !isZero(index)
  }
}
