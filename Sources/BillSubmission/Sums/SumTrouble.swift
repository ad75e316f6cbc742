import BillModel
import MomentAPI

/// What is wrong with a sum that a row adds to.
enum SumTrouble: Hashable {
  /// A late request has set it back.
  case takenBack
  /// It has the mark of an addition that the ledger doesn't know.
  case unknownMark
  /// It has no mark any more, and a request of the row may be in it.
  case markMissing
  /// It has no mark any more, and is as it was before what was confirmed: an old reading, or somebody has set it back.
  case setBack

  func code(_ kind: ObjectKind) -> FindingCode {
    switch (self, kind) {
    case (.takenBack, .bill): .paymentTakenBack
    case (.takenBack, .customer), (.takenBack, .account): .balanceTakenBack
    case (.unknownMark, .bill): .paymentUnknownMark
    case (.unknownMark, .customer), (.unknownMark, .account): .balanceUnknownMark
    case (.markMissing, .bill), (.setBack, .bill): .paymentMarkMissing
    case (.markMissing, .customer), (.markMissing, .account), (.setBack, .customer), (.setBack, .account):
      .balanceMarkMissing
    }
  }

  /// Why nothing is sent. `shown`: the sum by the API, `last`: the one that was confirmed last, both in words.
  func refusal(shown: String, mark: String?, last: String?) -> String {
    let there = SanitisedText.shown(mark).map { "\(shown), marked \($0)" } ?? "\(shown), without a mark"
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
    case .setBack:
      "the API shows \(there)" + (last.map { ", and \($0) was there with what was added last" } ?? "")
        + ": an old reading, or somebody has set it back. Nothing was sent"
    }
  }

  /// Why a row isn't sent yet.
  static let isClaimed = "a request of another row to the same sum has no known answer yet"

  /// Why a row stays unknown whose lost request may still land, beside another's mark.
  static let mayStillLand =
    "what was added last is none that this ledger knows, and the row's own request may still land"

  /// Why a row stays unknown that isn't in, behind a lost request and a definite no.
  static let mayComeYet = "the sum doesn't have it so far, and an earlier request for it may still be carried out"

  /// Why a row stays unknown whose addition isn't put back so far.
  static let isNotPutBack = "a late request has taken it back, and the API refuses to put it back"

  /// What is to be said of an object that has the row's own mark, which this ledger never sent.
  static func carried(by object: String) -> String {
    "the \(object) carries this reference already, by another ledger; whether with this amount can't be told"
  }

  /// What is to be said of a sum that a late request had set back, and that is right again.
  static func putRight(late: String, now: String) -> String {
    "a request whose answer was lost had landed late, and set it back to \(late); it is \(now) now, with all that was added"
  }
}
