import BillModel

/// Finds the stretches of a record that can be nothing else: packed and zoned numbers, dates, currencies, amounts.
struct ClaimFinder {
  let places: Places
  /// The first place behind the kind of a record.
  let start: Int
  private(set) var claims: [Claim] = []
  /// Where a text begins behind digits that belong to the text before them, and whether that is beyond doubt.
  private(set) var edges: [Int: Bool] = [:]
  private var isTaken: [Bool]

  init(_ places: Places, from start: Int) {
    self.places = places
    self.start = start
    isTaken = Array(repeating: false, count: places.width)
    guard start < places.width else { return }
    findPacked()
    findDates()
    findDecimals()
    findCurrencies()
    findZoned()
    findDigits()
    claims.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func take(_ range: Range<Int>, _ kind: Claim.Kind, start: Bool, end: Bool) {
    // Marks say what a date is; all else takes several records.
    let isProof = places.isProof || kind == .date
    claims.append(Claim(range: range, kind: kind, isStartSure: start && isProof, isEndSure: end && isProof))
    for index in range { isTaken[index] = true }
  }

  private func isFree(_ range: Range<Int>) -> Bool {
    range.lowerBound >= start && range.upperBound <= places.width && !range.contains { isTaken[$0] }
  }

  private func isFree(_ index: Int) -> Bool { index >= start && index < places.width && !isTaken[index] }

  // MARK: Packed

  /// Two digits a byte and a sign in the last half byte, and a good part of the bytes no text.
  private mutating func findPacked() {
    guard !places.bytes.isEmpty, places.bytes.allSatisfy({ $0.count == places.width }) else { return }
    var end = places.width
    while end > start {
      guard isSignByte(end - 1), let first = packedStart(end), isBinary(first..<end) else {
        end -= 1
        continue
      }
      let isSure = places.isProof && places[end - 2].signs.count > 1
      take(first..<end, .packed, start: isSure, end: isSure)
      end = first
    }
  }

  private func isSignByte(_ index: Int) -> Bool {
    let signs = places.bytes.count { $0[index] >> 4 <= 9 && [0x0C, 0x0D, 0x0F].contains($0[index] & 0x0F) }
    // A number that is missing has blanks in its place.
    return places.isAll(signs + places[index][.blank]) && signs * 10 >= places.count * 7
  }

  /// Where the digits before a sign begin, two places at least.
  private func packedStart(_ end: Int) -> Int? {
    var first = end - 1
    while first > start, end - first < 10, isDigitPair(first - 1) { first -= 1 }
    return end - first >= 2 ? first : nil
  }

  private func isDigitPair(_ index: Int) -> Bool {
    let bytes = places.bytes
    let pairs = bytes.count { $0[index] >> 4 <= 9 && $0[index] & 0x0F <= 9 }
    let texts = places[index][.blank] + places[index][.digit]
    return places.isAll(pairs) && texts * 10 < bytes.count * 9 && places[index][.blank] * 10 < bytes.count * 3
  }

  private func isBinary(_ range: Range<Int>) -> Bool {
    let others = range.reduce(0) { $0 + places[$1][.other] }
    return others * 5 >= range.count * places.count
  }

  // MARK: Dates with marks

  private mutating func findDates() {
    for (length, marks) in [(11, [2, 6]), (10, [4, 7]), (10, [2, 5]), (8, [2, 5])] {
      var index = start
      while index + length <= places.width {
        let range = index..<index + length
        if isFree(range), hasMarks(range, marks), areDates(range) {
          take(range, .date, start: true, end: true)
          index += length
        } else {
          index += 1
        }
      }
    }
  }

  private func hasMarks(_ range: Range<Int>, _ offsets: [Int]) -> Bool {
    let first = places[range.lowerBound + offsets[0]].signs.subtracting([0x20])
    let second = places[range.lowerBound + offsets[1]].signs.subtracting([0x20])
    guard first.count == 1, first == second, let mark = first.first else { return false }
    let isInside = [range.lowerBound - 1, range.upperBound].contains { isFree($0) && places[$0].signs.contains(mark) }
    return !isInside && [0x2D, 0x2E, 0x2F].contains(mark)
  }

  private func areDates(_ range: Range<Int>) -> Bool {
    var tally = DateTally()
    var filled = 0
    for row in places.proofs {
      let text = places.text(row, range)
      if text.allSatisfy({ $0 == " " }) { continue }
      filled += 1
      if !text.contains(" ") { tally.add(text) }
    }
    return filled > 0 && (tally.form?.count ?? 0) * 50 >= filled * 49
  }

  // MARK: Amounts with a decimal mark

  private mutating func findDecimals() {
    for index in places.places.indices {
      guard isFree(index), isMark(index), isFree(index..<index + 3), places.isDigits(index + 1),
        places.isDigits(index + 2), index > start, isFree(index - 1), places.isDigits(index - 1)
      else { continue }
      let (first, isStartSure) = numberStart(index)
      let (end, isEndSure) = decimalEnd(index)
      take(first..<end, .decimal, start: isStartSure, end: isEndSure)
    }
  }

  private func isMark(_ index: Int) -> Bool {
    let marks = places[index].signs.subtracting([0x20])
    return marks == [0x2E] || marks == [0x2C]
  }

  /// Where a number begins whose digit before the mark stands before `mark`: blanks, a sign, digits.
  private func numberStart(_ mark: Int) -> (Int, Bool) {
    var first = mark - 1
    while isFree(first - 1), isOfNumber(first - 1), places.isFew(places[first - 1].falls) { first -= 1 }
    while first < mark - 1, places.isBlank(first) { first += 1 }
    // Digits in all records may be those of another number.
    let touches = isFree(first - 1) && !places.isBlank(first - 1)
    return (first, !touches || places.isBlank(first) || places.filled(first) * 10 < places.count * 9)
  }

  private func isOfNumber(_ index: Int) -> Bool {
    let signs = places[index].signs.subtracting([0x20, 0x2B, 0x2C, 0x2D, 0x2E, 0x27])
    return places.isFew(places.count - places[index][.digit] - places[index][.blank] - places[index][.mark])
      && signs.allSatisfy { SignKind($0) == .digit }
  }

  /// Two decimals, and a sign behind them.
  private func decimalEnd(_ mark: Int) -> (Int, Bool) {
    let end = mark + 3
    guard isFree(end) else { return (end, true) }
    let signs = places[end].signs
    if signs.contains(0x2D), signs.isSubset(of: [0x20, 0x2B, 0x2D]) { return (end + 1, true) }
    let letters: [(Set<UInt32>, Set<UInt32>)] = [([0x43, 0x44], [0x52, 0x42])]
    if isFree(end + 1), places[end].falls == 0,
      letters.contains(where: { first, second in
        !signs.isDisjoint(with: first) && signs.isSubset(of: first.union([0x20]))
          && places[end + 1].signs.isSubset(of: second.union([0x20]))
      })
    {
      return (end + 2, true)
    }
    // Digits behind them are another column, or more decimals.
    return (end, !places.isDigits(end))
  }

  // MARK: Currencies

  private mutating func findCurrencies() {
    var index = start
    while index + 3 <= places.width {
      let range = index..<index + 3
      if isFree(range), areCurrencies(range) {
        take(range, .currency, start: true, end: true)
        index += 3
      } else {
        index += 1
      }
    }
  }

  private func areCurrencies(_ range: Range<Int>) -> Bool {
    guard range.allSatisfy({ places[$0][.letter] * 2 >= places.count && places[$0].signs.count <= 12 }) else {
      return false
    }
    var codes: Set<String> = []
    for row in places.proofs {
      let text = places.text(row, range)
      if text != "   " { codes.insert(text) }
    }
    guard codes.allSatisfy({ CurrencyCode($0).map(Currency.isActive) ?? false }), !codes.isEmpty else { return false }
    // Within a word that is the same in all records it is no currency.
    let isInWord =
      codes.count == 1
      && [range.lowerBound - 1, range.upperBound].contains { index in
        isFree(index) && places[index][.letter] * 2 > places.count && places[index].signs.count == 1
      }
    return !isInWord
  }

  // MARK: Zoned numbers

  /// Digits, and behind them a digit with a sign over it: `{`, A to I, `}`, J to R.
  private mutating func findZoned() {
    for index in places.places.indices.reversed() {
      guard isFree(index), isFree(index - 1), isFree(index - 2), isOverpunched(index), places.isDigits(index - 1),
        places.isDigits(index - 2), places.isFew(places[index - 1].falls + places[index - 1].rises)
      else { continue }
      let signs = places[index].signs
      let isSure = places.isProof && (signs.count > 3 || signs.contains(0x7B) || signs.contains(0x7D))
      var first = index - 1
      while isFree(first - 1), places.isDigits(first - 1),
        places.isFew(places[first - 1].falls + places[first - 1].rises)
      {
        first -= 1
      }
      let run = first..<index
      let parts = DigitRun(places, run).parts
      for part in parts.dropLast() { take(part.range, part.kind, start: part.isStartSure, end: part.isEndSure) }
      let last = parts.last.map { $0.kind == .digitDate ? index - 1 : $0.range.lowerBound } ?? first
      let isStartSure = parts.last?.isStartSure ?? true
      if isFree(last..<index + 1) { take(last..<index + 1, .zoned, start: isSure && isStartSure, end: isSure) }
    }
  }

  private func isOverpunched(_ index: Int) -> Bool {
    let signs = places[index].signs.subtracting([0x20])
    let overpunched = signs.filter { SignKind($0) != .digit }
    guard !overpunched.isEmpty, signs.count < Places.mostSigns,
      overpunched.allSatisfy({ (0x41...0x49).contains($0) || (0x4A...0x52).contains($0) || $0 == 0x7B || $0 == 0x7D })
    else { return false }
    let isBeforeLetters = isFree(index + 1) && places[index + 1][.letter] * 5 >= places.count
    let hasMark = signs.contains(0x7B) || signs.contains(0x7D)
    if isBeforeLetters { return hasMark && places.isProof }
    return hasMark || signs.count >= 3
  }

  // MARK: Digits

  private mutating func findDigits() {
    var index = start
    while index < places.width {
      guard isFree(index), places.isDigits(index) else {
        index += 1
        continue
      }
      var end = index + 1
      while isFree(end), places.isDigits(end), places.isFew(places[end - 1].falls + places[end - 1].rises) { end += 1 }
      claimRun(index..<end)
      index = end
    }
  }

  private mutating func claimRun(_ run: Range<Int>) {
    var parts = DigitRun(places, run).parts
    let first = alignedStart(run.lowerBound)
    let isNumber = first < run.lowerBound
    let before = isNumber ? .apart : Glue(places, before: run, isFree: isFree)
    let behind = Glue(places, behind: run, isFree: isFree)
    if isNumber {
      let isSure = parts[0].isEndSure && parts[0].kind == .digits
      parts[0] = Claim(range: first..<parts[0].range.upperBound, kind: .number, isStartSure: true, isEndSure: isSure)
    }
    if before == .joined, behind != .joined, parts.count == 1, run.upperBound < places.width,
      run.allSatisfy({ places.isAll(places.filled($0)) })
    {
      edges[run.upperBound] = behind == .apart && places.isProof
    }
    if before == .joined, parts.count > 1 || parts[0].kind == .digits {
      // What is one with the text before it ends where the next part begins, and where that is, isn't beyond doubt.
      let first = parts.removeFirst()
      if !parts.isEmpty, first.kind == .digitDate { parts[0].isStartSure = parts[0].kind == .digitDate }
    }
    if behind == .joined, !(isNumber && parts.count == 1) {
      parts = parts.filter { $0.range.upperBound < run.upperBound }
    }
    if before == .doubtful, !parts.isEmpty, parts[0].range.lowerBound == run.lowerBound { parts[0].isStartSure = false }
    if behind != .apart, let last = parts.indices.last { parts[last].isEndSure = false }
    for part in parts { take(part.range, part.kind, start: part.isStartSure, end: part.isEndSure) }
  }

  /// Where a number begins that is digits from `index` on, and digits behind blanks before that; `index` where it isn't
  /// filled up with blanks.
  private func alignedStart(_ index: Int) -> Int {
    var first = index
    var hasRise = false
    while isFree(first - 1), isDigitOrBlank(first - 1), places.isFew(places[first - 1].falls) {
      first -= 1
      let rises = places[first].rises
      if !places.isFew(rises), !places.isAll(rises) { hasRise = true }
      if places.isBlank(first) { break }
    }
    while first < index, places.isBlank(first) { first += 1 }
    return hasRise ? first : index
  }

  private func isDigitOrBlank(_ index: Int) -> Bool {
    places.isFew(places.count - places[index][.digit] - places[index][.blank])
  }
}
