/// How dates are written: the pieces of a pattern.
package struct DateForm: Hashable, Sendable {
  /// A piece of a pattern.
  package enum Piece: Hashable, Sendable {
    /// `yyyy`
    case year
    /// `yy`
    case shortYear
    /// `MM`, or `M` with one digit or two.
    case month(isPadded: Bool)
    /// `MMM`: Jan, Feb, …, in any case.
    case monthName
    /// `dd`, or `d` with one digit or two.
    case day(isPadded: Bool)
    /// `DDD`, from 001.
    case dayOfYear
    /// Any other character, as UTF-8.
    case literal([UInt8])
  }

  /// Why a pattern can't be used.
  package enum Mistake: Error, Hashable, Sendable {
    case unknownLetters(String)
    case noYear
    case noDay
    /// Both or twice: the day of the year beside day and month, or a piece again.
    case repeated(String)
    case needsPivot
    case needlessPivot
    /// A piece of one digit or two stands before digits.
    case unclearEnd(String)
  }

  /// The pattern as it was written.
  package let pattern: String
  package let pieces: [Piece]
  /// The first year that `yy` can stand for.
  package let pivot: Int?
  /// Texts that mean that there is no date.
  package let empty: [[UInt8]]

  package init(pattern: String, pivot: Int? = nil, empty: [[UInt8]] = []) throws(Mistake) {
    self.pattern = pattern
    self.pivot = pivot
    self.empty = empty
    pieces = try Self.pieces(pattern)
    try Self.check(pieces, pivot)
  }

  private static func pieces(_ pattern: String) throws(Mistake) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(pattern)
    while let first = rest.first {
      let run = String(rest.prefix { $0 == first })
      rest = rest.dropFirst(run.count)
      switch run {
      case "yyyy": pieces.append(.year)
      case "yy": pieces.append(.shortYear)
      case "MM", "M": pieces.append(.month(isPadded: run.count == 2))
      case "MMM": pieces.append(.monthName)
      case "dd", "d": pieces.append(.day(isPadded: run.count == 2))
      case "DDD": pieces.append(.dayOfYear)
      default:
        if first.isASCII && (first.isLetter || first.isNumber) && first != "T" { throw .unknownLetters(run) }
        for character in run { pieces.append(.literal(Array(String(character).utf8))) }
      }
    }
    return pieces
  }

  private static func check(_ pieces: [Piece], _ pivot: Int?) throws(Mistake) {
    func count(_ wanted: (Piece) -> Bool) -> Int { pieces.filter(wanted).count }
    let years = count { $0 == .year || $0 == .shortYear }
    let months = count { if case .month = $0 { true } else { $0 == .monthName } }
    let days = count { if case .day = $0 { true } else { false } }
    let ordinals = count { $0 == .dayOfYear }
    if years == 0 { throw .noYear }
    if years > 1 { throw .repeated("the year") }
    if ordinals > 0 {
      if months + days > 0 || ordinals > 1 { throw .repeated("the day") }
    } else {
      if months == 0 || days == 0 { throw .noDay }
      if months > 1 || days > 1 { throw .repeated(months > 1 ? "the month" : "the day") }
    }
    let isShort = pieces.contains(.shortYear)
    if isShort, pivot == nil { throw .needsPivot }
    if !isShort, pivot != nil { throw .needlessPivot }
    for (piece, next) in zip(pieces, pieces.dropFirst()) {
      guard piece == .month(isPadded: false) || piece == .day(isPadded: false) else { continue }
      if case .literal(let text) = next, let byte = text.first, !(48...57).contains(byte) { continue }
      if next == .monthName { continue }
      throw .unclearEnd(piece == .month(isPadded: false) ? "M" : "d")
    }
  }
}
