import BillModel
import BillSubmission
import MomentAPI

/// Answers held against those before them: what one alone can't show.
extension SubmitRun {
  /// An answer to a row's request, in the light of what was seen before: a bill's id that another bill has is no answer
  /// that can be read; of a customer's id the reference is filled in, where it is known and the answer doesn't tell.
  func examined(_ answer: Answer, for row: ActiveRow) -> Answer {
    switch answer.judgement {
    case .accepted(.bill(let remote)):
      if let other = other(than: row, with: remote.id) { return answer.withSharedID(remote.id, other) }
      guard remote.customerReference == nil, let known = remote.customerID.flatMap({ seenCustomers[$0] }) else { break }
      var told = remote
      told.customerReference = known
      var examined = answer
      examined.judgement = .accepted(.bill(told))
      return examined
    case .found(.bill(let remote)):
      if let other = other(than: row, with: remote.id) { return answer.withSharedID(remote.id, other) }
    case .accepted, .found, .notFound, .conflict, .refused, .throttled, .transient, .unreadable, .unauthorised: break
    }
    return answer
  }

  /// Remembers the id of a row's bill.
  func see(_ settlement: RowSettlement) {
    guard settlement.claim == .newBill, settlement.outcome != .conflict, let id = settlement.billID else { return }
    seenBills.note(id, settlement.reference)
  }

  /// Remembers whose a customer's id is.
  func see(_ parties: [KnownParty]) {
    for party in parties where party.key.kind == .customer { seenCustomers.note(party.id, party.key.reference) }
  }

  /// The bill that an id was seen with, where it isn't the one that the row asked for.
  private func other(than row: ActiveRow, with id: String) -> String? {
    guard let seen = seenBills[id], seen != row.machine.askedBill else { return nil }
    return seen
  }
}

extension Answer {
  /// The answer as one that can't be read, since another bill has its id.
  fileprivate func withSharedID(_ id: String, _ other: String) -> Self {
    var answer = self
    answer.judgement = .unreadable(.sharedID(id, with: other))
    return answer
  }
}
