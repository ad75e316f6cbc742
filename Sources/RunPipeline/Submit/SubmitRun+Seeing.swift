import BillModel
import BillSubmission
import MomentAPI

/// Answers held against those before them: what one alone can't show.
extension SubmitRun {
  /// An answer to a row's request, in the light of what was seen before: a bill's id that another bill has is no answer
  /// that can be read; of a customer's id the reference is filled in, where it is known and the answer doesn't tell.
  func examined(_ answer: Answer, for bill: String) -> Answer {
    var examined = answer
    switch answer.judgement {
    case .accepted(.bill(var remote)):
      if let other = other(than: bill, with: remote.id) {
        examined.judgement = .unreadable(.sharedID(remote.id, with: other))
        return examined
      }
      if remote.customerReference == nil { remote.customerReference = remote.customerID.flatMap { seenCustomers[$0] } }
      examined.judgement = .accepted(.bill(remote))
    case .found(.bill(let remote)):
      if let other = other(than: bill, with: remote.id) {
        examined.judgement = .unreadable(.sharedID(remote.id, with: other))
      }
    case .accepted, .found, .notFound, .conflict, .refused, .throttled, .transient, .unreadable, .unauthorised: break
    }
    return examined
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

  private func other(than bill: String, with id: String) -> String? {
    guard let seen = seenBills[id], seen != bill else { return nil }
    return seen
  }
}
