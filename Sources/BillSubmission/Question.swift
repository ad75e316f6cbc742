package import BillModel
package import MomentAPI

/// What a GET is to find out.
package enum Question: Hashable, Sendable {
  /// Whether the bill is there, and why that is asked.
  case bill(Reason)
  /// The id of the row's customer or account, to compare a bill that was found with the row (rule 12).
  case party(PartyKind, of: RemoteBill, Reason)
  /// Whether the account that a nest names is there, which the API didn't take (rule 10).
  case account(NestTrouble)
  /// Whether the customer that such a nest names is there.
  case customer(NestTrouble)
  /// Whether the row's customer is the one that the account hangs under.
  case owner(of: RemoteAccount)
  /// Whether the party that a body names by an id is there: the API said 404 to it.
  case named(Problem)
  /// Where that one isn't: whether another one is that was there before, the last of these, and so the path is right. Those
  /// before it aren't there any more either.
  case witness([PartyKey], Problem)

  /// What the API said to a request with nested parties that may be there already.
  package enum NestTrouble: Hashable, Sendable {
    /// A 409; `replayed`: from the store.
    case conflict(replayed: Bool)
    /// A 422, which is how some API might say the same. It is the answer to the row if no party is there.
    case refusal(Problem)
    /// Nothing: the row was not sent yet.
    case beforehand
  }

  /// Why a bill is looked for.
  package enum Reason: Hashable, Sendable {
    /// A 409.
    case conflict(replayed: Bool)
    /// A success from the store, at the first attempt: somebody else made the bill under this key.
    case replayed
    /// A 5xx from the store.
    case replayedFailure
    /// The intent's window has passed.
    case windowPassed
    /// The body built now isn't the one that the intent was for.
    case otherBody
    /// Another file run settled this reference.
    case settledElsewhere
    /// Another file run holds this reference.
    case claimedElsewhere
    /// A definite no, while a request of an earlier epoch is in doubt. `nil`: an earlier run was told.
    case refusal(Problem?)
    /// Repeating leads nowhere.
    case lastResort
    /// Somebody wants to know, and nothing may be sent.
    case look
    /// A plan is made: what would become of the row.
    case foresight
    /// A plan says that it is there, and nothing may be sent where it isn't.
    case planned
  }
}
