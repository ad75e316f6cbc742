/// Whether digits are one value with what stands beside them.
enum Glue {
  case joined, doubtful, apart

  /// Marks within a value: `20250701-001`.
  private static let joiners: Set<UInt32> = Set("-/._:&".unicodeScalars.map(\.value))

  /// What stands before digits.
  init(_ places: Places, before run: Range<Int>, isFree: (Int) -> Bool) {
    let index = run.lowerBound - 1
    guard isFree(index) else {
      self = .apart
      return
    }
    if Self.goesOn(places, behind: run, isFree), places.isBlank(index) || places.isConstant(index) {
      self = .joined
      return
    }
    if let mixed = Self.mixed(places, index) {
      self = mixed
      return
    }
    guard places.isAll(places.filled(index)) else {
      self = .apart
      return
    }
    // A few letters before digits are their beginning: INV000001. Where a text is as long as its column in all records,
    // nothing tells.
    var first = index
    while isFree(first - 1), places[first - 1][.letter] * 2 > places.count { first -= 1 }
    let isFlag = first == index && (2...3).contains(places[index].signs.count)
    let isShort = run.lowerBound - first <= 3 && !isFlag
    self = places.isConstant(index) && run.lowerBound - first <= 8 || isShort ? .joined : .doubtful
  }

  /// What stands behind them.
  init(_ places: Places, behind run: Range<Int>, isFree: (Int) -> Bool) {
    let index = run.upperBound
    guard isFree(index), !places.isBlank(index) else {
      self = .apart
      return
    }
    if Self.goesOn(places, behind: run, isFree) {
      self = .joined
    } else if let mixed = Self.mixed(places, index) {
      self = mixed
    } else if places.filled(index) * 10 < places.count * 3 {
      self = .joined
    } else {
      let isWord = isFree(index + 1) && places[index + 1][.letter] * 5 >= places.count
      // A to R may be a sign over the last digit.
      let canBeSign =
        !places.isConstant(index)
        && places[index].signs.allSatisfy { (0x41...0x52).contains($0) || SignKind($0) == .blank }
      self = isWord && !canBeSign ? .apart : .doubtful
    }
  }

  /// Marks that join, and places with letters in some records and digits in others.
  private static func mixed(_ places: Places, _ index: Int) -> Glue? {
    let filled = places.filled(index)
    if places[index][.mark] * 2 >= filled, !places[index].signs.isDisjoint(with: joiners) { return .joined }
    if places[index][.digit] * 10 >= filled, filled * 10 >= places.count * 9 { return .joined }
    return nil
  }

  /// Whether the digits go on in some records: they stand at the left of their column.
  private static func goesOn(_ places: Places, behind run: Range<Int>, _ isFree: (Int) -> Bool) -> Bool {
    let last = run.upperBound - 1
    return isFree(run.upperBound) && !places.isFew(places[last].falls) && places[last + 1][.digit] > 0
  }
}
