/// What the ledger knows of a bill and of those that may have taken its place. Their names alone prove nothing: a customer
/// may have a bill of its own that is called `INV-1-R1`.
package struct SeriesHistory: Hashable, Sendable {
  /// What a bill of the series is.
  package enum Standing: Hashable, Sendable {
    /// A row of this ledger has raised it in the place of the one before it.
    case inPlace
    /// A row of this ledger has raised it for itself.
    case another
    /// This ledger can't tell.
    case unknown
  }

  /// An earlier try of ours has voided the bill, and raised nothing in its place.
  package var isVoidedByUs = false
  /// So many bills of the series, from the first one on, each took the place of the one before it.
  package var corrections = 0
  /// The one after these is another bill.
  package var endsBeforeAnother = false
  /// Those that took the place of the last of these, one after the other, for rows that named another bill of the series than
  /// the first: they are called by that one.
  package var branch: [String] = []

  package init(
    isVoidedByUs: Bool = false, corrections: Int = 0, endsBeforeAnother: Bool = false, branch: [String] = []
  ) {
    self.isVoidedByUs = isVoidedByUs
    self.corrections = corrections
    self.endsBeforeAnother = endsBeforeAnother
    self.branch = branch
  }

  /// Another bill would take the place of the last one: the next one of the series, or one that is called by another's name.
  package mutating func goOn(to bill: String, isNext: Bool) {
    endsBeforeAnother = false
    if isNext, branch.isEmpty { corrections += 1 } else { branch.append(bill) }
  }

  /// What the bill of this number is; of 0, the bill itself, nothing is asked.
  package func standing(of number: Int) -> Standing {
    if number <= corrections { return .inPlace }
    return (endsBeforeAnother || !branch.isEmpty) && number == corrections + 1 ? .another : .unknown
  }

  /// The same of the bill of this number on the way to what stands, whatever it is called.
  package func standing(onTheWay number: Int) -> Standing {
    guard !branch.isEmpty else { return standing(of: number) }
    return number <= corrections + branch.count ? .inPlace : .unknown
  }

  /// How the bill of this number on the way to what stands is called; 0 is the bill itself.
  package func reference(of bill: VoidedBill, _ number: Int) -> String {
    guard number > corrections, let last = branch.last else { return bill.reference(number) }
    let place = number - corrections
    guard place > branch.count else { return branch[place - 1] }
    guard let series = bill.series, let (first, ofFirst) = series.first(of: last) else { return last }
    return series.name(of: first, ofFirst + place - branch.count)
  }
}
