import BillModel

/// What is wrong with a sum that a row adds to.
enum SumTrouble: Hashable {
  /// A late request has set it back.
  case takenBack
  /// It has the mark of an addition that the ledger doesn't know.
  case unknownMark
  /// It has no mark any more.
  case markMissing

  func code(_ kind: ObjectKind) -> FindingCode {
    switch (self, kind) {
    case (.takenBack, .bill): .paymentTakenBack
    case (.takenBack, .customer), (.takenBack, .account): .balanceTakenBack
    case (.unknownMark, .bill): .paymentUnknownMark
    case (.unknownMark, .customer), (.unknownMark, .account): .balanceUnknownMark
    case (.markMissing, .bill): .paymentMarkMissing
    case (.markMissing, .customer), (.markMissing, .account): .balanceMarkMissing
    }
  }

  /// Why nothing is sent. `shown`: the sum by the API, `last`: the one that was confirmed last, both in words.
  func refusal(shown: String, mark: String?, last: String?) -> String {
    let there = mark.map { "\(shown), marked \($0)" } ?? "\(shown), without a mark"
    return switch self {
    case .takenBack:
      "the API shows \(there): a late request of ours, and not a sum that one has set"
        + (last.map { "; it was \($0) with what was added last" } ?? "") + ". Nothing was sent"
    case .unknownMark:
      "the API shows \(there): an addition that this ledger doesn't know"
        + (last.map { ", which has \($0) as the last sum" } ?? "")
        + ". Another ledger adds to it, or this is an older copy. Nothing was sent"
    case .markMissing:
      "the API shows \(there)" + (last.map { ", and \($0) was there with what was added last" } ?? "")
        + "; whether this row's lost request is in can't be told"
    }
  }

  /// What is to be said of a sum that a late request had set back, and that is right again.
  static func putRight(late: String, now: String) -> String {
    "a request whose answer was lost had landed late, and set it back to \(late); it is \(now) now, with all that was added"
  }
}
