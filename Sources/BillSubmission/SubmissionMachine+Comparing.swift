import BillModel
import MomentAPI

/// Rule 12: a bill of this reference is there. Is it the one that the row asks for, and did we make it?
extension SubmissionMachine {
  mutating func compare(_ remote: RemoteBill, _ reason: Question.Reason) -> SubmissionStep {
    switch BillComparison(of: remote, with: bill, evidence: evidence) {
    case .voided: return conflict(remote, field: "status", "the bill exists, and is voided")
    case .differs(let fields):
      return conflict(remote, field: fields.first, "the bill exists, and differs in \(fields.joined(separator: ", "))")
    case .partyUnknown: return ask(.party(account == nil ? .customer : .account, of: remote, reason))
    case .same: return compareOwner(remote, reason, isPaid: false)
    case .samePaid: return compareOwner(remote, reason, isPaid: true)
    }
  }

  /// An account's bill is the same only under the same customer.
  private mutating func compareOwner(
    _ remote: RemoteBill, _ reason: Question.Reason, isPaid: Bool
  ) -> SubmissionStep {
    guard account != nil, !namesAccount, let owner = remote.customerID else {
      return same(remote, reason, isPaid: isPaid)
    }
    switch evidence.customer {
    case .unknown: return ask(.party(.customer, of: remote, reason))
    case .id(owner): return same(remote, reason, isPaid: isPaid)
    case .id, .absent:
      return conflict(
        remote, field: "account.customer.external_reference", "the bill exists, on an account of another customer")
    }
  }

  /// Whether the body form names the account by its id: whoever put it there has checked its customer.
  private var namesAccount: Bool {
    switch form {
    case .account: true
    case .nested, .accountUnder, .customer: false
    }
  }

  private mutating func same(_ remote: RemoteBill, _ reason: Question.Reason, isPaid: Bool) -> SubmissionStep {
    // An account whose customer the answer doesn't tell was not checked, and isn't learned.
    let parties = remote.customerID == nil ? [] : known(customerID: remote.customerID, accountID: remote.accountID)
    let outcome: RowOutcome = explains(reason) && !isPaid ? .created : .unchanged
    return settle(
      outcome, message: isPaid ? "the bill is paid, in part or whole" : nil, billID: remote.id, by: .lookup,
      learned: parties)
  }

  /// Whether a request of ours whose fate is unknown accounts for the bill.
  private func explains(_ reason: Question.Reason) -> Bool {
    switch reason {
    case .conflict, .replayedFailure, .windowPassed, .otherBody, .refusal, .lastResort:
      mayHaveLanded || mayHaveLandedBefore
    case .settledElsewhere, .claimedElsewhere: false
    }
  }

  private mutating func conflict(_ remote: RemoteBill, field: String?, _ message: String) -> SubmissionStep {
    settle(.conflict, code: .apiConflict, field: field, message: message, billID: remote.id, by: .lookup)
  }
}
