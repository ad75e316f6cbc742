/// What stands at each place of records of one kind, over all that were looked at.
struct Places {
  /// What is known of one place.
  struct Place {
    fileprivate(set) var counts = [Int](repeating: 0, count: SignKind.allCases.count)
    fileprivate(set) var zeros = 0
    /// The signs that stand here, as long as they are few.
    fileprivate(set) var signs: Set<UInt32> = []
    /// How many records have a blank here and none behind it, and the other way round.
    fileprivate(set) var rises = 0
    fileprivate(set) var falls = 0

    subscript(kind: SignKind) -> Int { counts[kind.rawValue] }
  }

  /// How many signs of a place are told apart.
  static let mostSigns = 40
  /// How many records are compared sign by sign where a cut is proven.
  static let mostProofs = 400

  /// The records, all of one width: what is missing of one is blank.
  let rows: [[UInt32]]
  /// The same as bytes, where one byte is one sign.
  let bytes: [[UInt8]]
  let width: Int
  private(set) var places: [Place]
  /// How many of the records differ.
  let distinct: Int

  init(signs: [[UInt32]], bytes: [[UInt8]]) {
    let width = signs.reduce(0) { max($0, $1.count) }
    rows = signs.map { $0.count == width ? $0 : $0 + [UInt32](repeating: 0x20, count: width - $0.count) }
    self.bytes = bytes
    self.width = width
    distinct = Set(rows).count
    places = Array(repeating: Place(), count: width)
    for row in rows { count(row) }
  }

  private mutating func count(_ row: [UInt32]) {
    var isBlankBefore: Bool?
    for (index, sign) in row.enumerated() {
      let kind = SignKind(sign)
      places[index].counts[kind.rawValue] += 1
      if sign == 0x30 { places[index].zeros += 1 }
      if places[index].signs.count < Self.mostSigns { places[index].signs.insert(sign) }
      let isBlank = kind == .blank
      if let before = isBlankBefore, before != isBlank {
        if before { places[index - 1].rises += 1 } else { places[index - 1].falls += 1 }
      }
      isBlankBefore = isBlank
    }
  }

  var count: Int { rows.count }

  subscript(index: Int) -> Place { places[index] }

  /// Whether so many are all records, but for a few bad ones.
  func isAll(_ number: Int) -> Bool { number > 0 && number * 50 >= count * 49 }

  /// Whether so many are a few bad records at most.
  func isFew(_ number: Int) -> Bool { number * 50 <= count }

  /// Whether all that was seen can be relied on.
  var isProof: Bool { distinct >= 16 }

  func filled(_ index: Int) -> Int { count - places[index][.blank] }
  func isBlank(_ index: Int) -> Bool { places[index][.blank] == count }

  /// Whether the place has digits alone in all records that have something there.
  func isDigits(_ index: Int) -> Bool {
    let place = places[index]
    return isFew(filled(index) - place[.digit]) && place[.digit] * 10 >= count * 3
  }

  /// Whether the same letter or sign stands there in all records.
  func isConstant(_ index: Int) -> Bool { places[index].signs.count == 1 }

  /// A stretch of a record as text.
  func text(_ row: Int, _ range: Range<Int>) -> String {
    var text = ""
    for sign in rows[row][range] { text.unicodeScalars.append(Unicode.Scalar(sign) ?? "\u{FFFD}") }
    return text
  }

  /// Records for proofs, from all over the sample.
  var proofs: [Int] {
    guard count > Self.mostProofs else { return Array(0..<count) }
    return (0..<Self.mostProofs).map { $0 * count / Self.mostProofs }
  }
}
