import BillModel
import MomentAPI

/// Rule 12: a bill of this reference is there. Is it the one that the row asks for, and did we make it?
extension SubmissionMachine {
  mutating func compare(
    _ remote: RemoteBill, _ reason: Question.Reason, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch BillComparison(of: remote, with: bill, evidence: evidence) {
    case .voided: return conflict(remote, field: "status", "the bill exists, and is voided")
    case .differs(let fields):
      return conflict(remote, field: fields.first, "the bill exists, and differs in \(fields.joined(separator: ", "))")
    case .partyUnknown: return ask(.party(account == nil ? .customer : .account, of: remote, reason))
    case .same: return compareOwner(remote, reason, isPaid: false, context)
    case .samePaid: return compareOwner(remote, reason, isPaid: true, context)
    }
  }

  /// An account's bill is the same only under the same customer.
  private mutating func compareOwner(
    _ remote: RemoteBill, _ reason: Question.Reason, isPaid: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard account != nil, !namesAccount, let owner = remote.customerID else {
      return same(remote, reason, isPaid: isPaid, context)
    }
    switch evidence.customer {
    case .unknown: return ask(.party(.customer, of: remote, reason))
    case .id(owner): return same(remote, reason, isPaid: isPaid, context)
    case .id, .absent:
      return conflict(
        remote, field: "account.customer.external_reference", "the bill exists, on an account of another customer")
    }
  }

  /// Whether the body form names the account by its id: whoever put it there has checked its customer.
  private var namesAccount: Bool {
    switch form {
    case .account: true
    case .nested, .accountUnder, .customer, .change: false
    }
  }

  private mutating func same(
    _ remote: RemoteBill, _ reason: Question.Reason, isPaid: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    if !isPaid, keyCanTell(reason, context) { return askKey(context) }
    // An account whose customer the answer doesn't tell was not checked, and isn't learned.
    let parties = remote.customerID == nil ? [] : known(customerID: remote.customerID, accountID: remote.accountID)
    let isOurs = explains(reason) && !isPaid
    let note =
      isPaid
      ? "the bill is paid, in part or whole"
      : isOurs ? "found there as asked; taken for ours, since a request for it is without a known answer" : nil
    return settle(
      isOurs ? .created : .unchanged, message: note, billID: remote.id, by: .lookup, learned: parties)
  }

  /// Whether a request before the one that was told 409 may have been carried out, and the key could say so: had it made
  /// the bill, its answer comes back from the store, or it is under way; else the 409 does.
  func keyCanTell(_ reason: Question.Reason, _ context: SubmissionContext) -> Bool {
    guard case .conflict(replayed: false) = reason, mayHaveLanded, conflicts < context.policy.conflictTries else {
      return false
    }
    return windowIsOpen(context)
  }

  /// Sends the very same again after a pause, to hear from the store what became of it.
  mutating func askKey(_ context: SubmissionContext) -> SubmissionStep {
    conflicts += 1
    return pause(.sameKey, context.policy.pause(before: conflicts, jitter: context.jitter))
  }

  /// Whether a request of ours whose fate is unknown accounts for the bill.
  private func explains(_ reason: Question.Reason) -> Bool {
    switch reason {
    case .conflict, .refusal, .replayedFailure, .windowPassed, .otherBody, .lastResort, .look: !hadNoEffect
    case .replayed, .settledElsewhere, .claimedElsewhere, .foresight, .planned: false
    }
  }

  mutating func conflict(
    _ remote: RemoteBill, field: String?, _ message: String, by confirmation: RowSettlement.Confirmation = .lookup
  ) -> SubmissionStep {
    settle(.conflict, code: .apiConflict, field: field, message: message, billID: remote.id, by: confirmation)
  }
}
