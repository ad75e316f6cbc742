import BillModel
import MomentAPI

/// From a bill that is voided already to the one that stands in its place: the one of the next name in its series, or what
/// another row has raised there that named one of the series, but only where it hangs on the same party, in the same currency,
/// and this ledger has raised it in that place. A bill of that name may be another one, and its void couldn't be undone.
extension VoidMachine {
  /// The next bill of the series is looked for; `nil` where there can be none.
  mutating func next(after remote: RemoteBill) -> SubmissionStep? {
    guard bill.series != nil, number < CorrectionSeries.most else { return nil }
    (voided, number) = (remote, number + 1)
    return look(.before)
  }

  /// The end of a row whose series this bill doesn't belong to, or may not belong to; `nil` where it does, and where it is
  /// voided like the one before it.
  mutating func endsBefore(_ remote: RemoteBill) -> SubmissionStep? {
    guard let voided else { return nil }
    let standing = remote.mayReplace(voided) ? history.standing(onTheWay: number) : .another
    switch standing {
    case .inPlace: return nil
    case .another: return isAtItsEnd(askedBill)
    case .unknown where remote.status == .voided: return nil
    case .unknown:
      return settle(
        .conflict, field: "external_reference",
        message: "\(history.reference(of: bill, number - 1)) is voided, and this ledger can't tell whether "
          + "\(askedBill) took its place; a row that names \(askedBill) voids it", id: remote.id, by: .lookup)
    }
  }

  /// The bill before this one is voided, and nothing has taken its place. `another`: a bill that is called as if it had.
  mutating func isAtItsEnd(_ another: String?) -> SubmissionStep {
    number -= 1
    var words: [String] = []
    if number > 0 { words.append("it was corrected before, and so was \(askedBill), which is voided too") }
    if let another { words.append("\(another) is another bill, and is left as it is") }
    let message = words.isEmpty ? nil : words.joined(separator: "; ")
    return settle(.unchanged, message: message, id: voided?.id, by: .lookup)
  }

  /// What is to be said where another bill than the row's was voided.
  var followed: String? {
    number > 0 ? "it was corrected before: \(askedBill), which stood in its place, is voided" : nil
  }
}

extension RemoteBill {
  /// Whether it hangs where this one does, and in its currency, as far as both tell.
  fileprivate func mayReplace(_ voided: Self) -> Bool {
    func mayBeSame<Value: Equatable>(_ path: KeyPath<Self, Value?>) -> Bool {
      guard let mine = self[keyPath: path], let its = voided[keyPath: path] else { return true }
      return mine == its
    }
    return isOnAccount == voided.isOnAccount && mayBeSame(\.accountID) && mayBeSame(\.customerID)
      && mayBeSame(\.accountReference) && mayBeSame(\.customerReference) && mayBeSame(\.currency)
  }
}
