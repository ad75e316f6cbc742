/// A stretch of a record whose signs say what it is, and so where it begins and ends.
struct Claim {
  enum Kind: Hashable {
    case packed, zoned, currency
    /// With a decimal mark, right-aligned.
    case decimal
    /// Digits behind blanks.
    case number
    /// Digits in all places.
    case digits
    /// With marks between day, month and year.
    case date
    /// Of digits alone.
    case digitDate
  }

  var range: Range<Int>
  let kind: Kind
  /// Whether its first and its last place are beyond doubt.
  var isStartSure: Bool
  var isEndSure: Bool
}
