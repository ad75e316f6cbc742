import BillModel

/// What a row that adds to a sum sets it to, and what it has met there on the way.
struct SumAim: Hashable {
  /// What is done about the sum.
  enum Decision: Hashable {
    /// It is set to this, in minor units.
    case set(Int64)
    /// The same, with the mark that it had: the row's own addition was taken back.
    case putBack(Int64)
    /// Nothing: the row is in, by the ledger.
    case isIn
    /// Nothing: there is no number for it.
    case tooLarge
    /// Nothing: nobody can tell what it is to be.
    case undecided(SumTrouble)
  }

  /// Which addition to the sum the row goes by; `nil` before the first look.
  private(set) var basis: Int?
  /// What a late request had set the sum back to, in minor units; `nil` where none was met.
  private(set) var late: Int64?
  /// The mark that was there with it.
  private(set) var lateMark: String?
  /// The object had a mark, and doesn't any more.
  private(set) var isMarkMissing = false
  /// The total was decided whatever mark was there, since that was asked for.
  private(set) var takesOthers = false
  /// How often a sum that looks like an old reading was read again.
  private(set) var rereadings = 0
  /// What is sent is the last word, whatever of the row's own may still land.
  private(set) var isLastWord = false

  init() {}

  /// As the intent of a row that is resumed has it.
  init(_ terms: RowTerms?) {
    late = terms?.late
    isMarkMissing = terms?.isUnmarked ?? false
    takesOthers = terms?.takesOthers ?? false
  }

  /// Keeps it with the row.
  func write(to terms: inout RowTerms?) {
    terms?.late = late
    terms?.isUnmarked = isMarkMissing
    terms?.takesOthers = takesOthers
  }

  /// What `amount` (minor units) comes to, where the sum shown has this mark. `sent`: what the row's own request was to set, where it has sent one.
  mutating func decide(
    _ base: SumBase, shown: Int64, marked mark: String?, adding amount: Int64, sent: Int64?, _ history: SumHistory
  ) -> Decision {
    basis = history.last?.place ?? 0
    switch base {
    case .shown: return .sum(shown, amount)
    case .others:
      takesOthers = true
      return .sum(shown, amount)
    // Its own request was decided so, and all is as it was then.
    case .undecided(.unknownMark) where takesOthers && sent.map(Decision.set) == .sum(shown, amount):
      return .sum(shown, amount)
    case .unmarked:
      isMarkMissing = true
      return .sum(shown, amount)
    case .confirmed(let sum):
      late = shown
      return .sum(sum, amount)
    case .own(let sum):
      putBack(from: shown, marked: mark, history)
      return .putBack(sum)
    case .isIn: return .isIn
    case .undecided(let trouble): return .undecided(trouble)
    }
  }

  /// The row was added last, and a late request has set the sum back to what is shown: it is sent again as it was.
  mutating func putBack(from shown: Int64, marked mark: String?, _ history: SumHistory) {
    (late, lateMark, isLastWord, basis) = (shown, mark, true, history.last?.place ?? 0)
  }

  /// A request of the row was lost: what it sends next isn't the last word.
  mutating func lost() { isLastWord = false }

  /// Whether a sum that looks like an old reading is to be read again.
  mutating func rereads(_ base: SumBase) -> Bool {
    guard base == .undecided(.setBack), rereadings < Self.mostRereadings else { return false }
    rereadings += 1
    return true
  }

  private static let mostRereadings = 3
}

extension SumAim.Decision {
  fileprivate static func sum(_ sum: Int64, _ amount: Int64) -> Self {
    let (total, isTooLarge) = sum.addingReportingOverflow(amount)
    return isTooLarge ? .tooLarge : .set(total)
  }
}
