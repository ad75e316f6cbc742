import BillModel
import MomentAPI

/// Rule 10, after a 409 whose bill isn't there, or a 422: the nest may have met a party that exists. What is there is
/// used by its id, under a new key. Each adoption names more by id than the form before, so that there are at most two.
///
/// The same looks come before the first request where the row was told to look first; what is there is used under the
/// row's own key then. A look that leads nowhere costs the row nothing: it nests, and is told what is there.
extension SubmissionMachine {
  /// Looks for the parties that the body would nest.
  mutating func lookFirst(_ context: SubmissionContext) -> SubmissionStep {
    isLookingFirst = true
    return lookForParties(.beforehand, context)
  }

  /// Looks for the parties that the body nested.
  mutating func lookForParties(
    _ trouble: Question.NestTrouble, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch (form, bill.party) {
    case (.nested, .account), (.accountUnder, .account): return ask(.account(trouble))
    case (.nested, .customer): return ask(.customer(trouble))
    case (.nested, .customerID), (.nested, .accountID), (.accountUnder, .customer), (.accountUnder, .customerID),
      (.accountUnder, .accountID), (.account, _), (.customer, _), (.change, _):
      return nothingIsThere(trouble, context)
    }
  }

  /// Whether the body of this epoch describes a party that it would create.
  var nestsParties: Bool {
    switch (form, bill.party) {
    case (.nested, .account), (.nested, .customer), (.accountUnder, .account): true
    case (.nested, .customerID), (.nested, .accountID), (.accountUnder, .customer), (.accountUnder, .customerID),
      (.accountUnder, .accountID), (.account, _), (.customer, _), (.change, _):
      false
    }
  }

  mutating func accountIsAbsent(
    _ trouble: Question.NestTrouble, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch form {
    case .nested: ask(.customer(trouble))
    case .accountUnder, .account, .customer, .change: nothingIsThere(trouble, context)
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

  /// Neither bill nor parties are there. After a 409 the key itself is under way; from the store that would stay so for
  /// a day. A 422 was about the row.
  mutating func nothingIsThere(
    _ trouble: Question.NestTrouble, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch trouble {
    case .beforehand: open(epoch, context)
    case .refusal(let problem): refusedForGood(problem)
    case .conflict(let replayed): keyIsUnderWay(replayed: replayed, context)
    }
  }

  private mutating func keyIsUnderWay(replayed: Bool, _ context: SubmissionContext) -> SubmissionStep {
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
    var step = open(isLookingFirst ? epoch : epoch + 1, context)
    step.learned = parties
    return step
  }
}
