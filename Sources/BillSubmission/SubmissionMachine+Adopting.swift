import BillModel
import MomentAPI

/// Rule 10, after a 409 whose bill isn't there: the nest met a party that exists. What is there is used by its id,
/// under a new key. Each adoption names more by id than the form before, so that there are at most two.
extension SubmissionMachine {
  /// Looks for the parties that the body nested.
  mutating func lookForParties(replayed: Bool, _ context: SubmissionContext) -> SubmissionStep {
    switch (form, bill.party) {
    case (.nested, .account), (.accountUnder, .account): return ask(.account(replayed: replayed))
    case (.nested, .customer): return ask(.customer(replayed: replayed))
    case (.nested, .customerID), (.nested, .accountID), (.accountUnder, .customer), (.accountUnder, .customerID),
      (.accountUnder, .accountID), (.account, _), (.customer, _):
      return nothingIsThere(replayed: replayed, context)
    }
  }

  mutating func accountIsAbsent(replayed: Bool, _ context: SubmissionContext) -> SubmissionStep {
    switch form {
    case .nested: ask(.customer(replayed: replayed))
    case .accountUnder, .account, .customer: nothingIsThere(replayed: replayed, context)
    }
  }

  /// The account is there: it may be used if it hangs under the customer that the row names.
  mutating func checkOwner(_ account: RemoteAccount, _ context: SubmissionContext) -> SubmissionStep {
    if let reference = account.customerReference {
      return reference == customer?.reference ? adopt(account, context) : ownedByAnother()
    }
    guard let owner = account.customerID else { return ownedByAnother() }
    switch evidence.customer {
    case .id(let id): return id == owner ? adopt(account, context) : ownedByAnother()
    case .absent: return ownedByAnother()
    case .unknown: return ask(.owner(of: account))
    }
  }

  mutating func checkOwner(
    _ account: RemoteAccount, is customer: RemoteCustomer, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard account.customerID == customer.id else { return ownedByAnother() }
    evidence.customer = .id(customer.id)
    return adopt(account, context)
  }

  /// A customer that is there is used: its account is nested under it, or the bill hangs on it.
  mutating func adopt(_ customer: RemoteCustomer, _ context: SubmissionContext) -> SubmissionStep {
    evidence.customer = .id(customer.id)
    form = account == nil ? .customer(id: customer.id) : .accountUnder(customerID: customer.id)
    return adopted(known(customerID: customer.id, accountID: nil), context)
  }

  mutating func ownedByAnother() -> SubmissionStep {
    settle(
      .conflict, code: .apiConflict, field: "account.customer.external_reference",
      message: "the account exists, and belongs to another customer than the row says", by: .lookup)
  }

  /// Neither bill nor parties are there: the key itself is under way. From the store that would stay so for a day.
  mutating func nothingIsThere(replayed: Bool, _ context: SubmissionContext) -> SubmissionStep {
    let reason = "the API reports a conflict, and has neither the bill nor a party that explains it"
    conflicts += 1
    guard !replayed, conflicts <= context.policy.conflictTries else { return giveUp(reason) }
    return pause(.sameKey, context.policy.pause(before: conflicts, jitter: context.jitter))
  }

  private mutating func adopt(_ account: RemoteAccount, _ context: SubmissionContext) -> SubmissionStep {
    evidence.account = .id(account.id)
    form = .account(id: account.id)
    return adopted(known(customerID: account.customerID, accountID: account.id), context)
  }

  private mutating func adopted(_ parties: [KnownParty], _ context: SubmissionContext) -> SubmissionStep {
    var step = open(epoch + 1, context)
    step.learned = parties
    return step
  }
}
