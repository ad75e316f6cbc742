package import BillModel
package import MomentAPI

/// What a GET is to find out.
package enum Question: Hashable, Sendable {
  /// Whether the bill is there, and why that is asked.
  case bill(Reason)
  /// The id of the row's customer or account, to compare a bill that was found with the row (rule 12).
  case party(PartyKind, of: RemoteBill, Reason)
  /// Whether the account that a refused nest names is there (rule 10). `replayed`: the 409 came from the store.
  case account(replayed: Bool)
  /// Whether the customer that a refused nest names is there.
  case customer(replayed: Bool)
  /// Whether the row's customer is the one that the account hangs under.
  case owner(of: RemoteAccount)

  /// Why a bill is looked for.
  package enum Reason: Hashable, Sendable {
    /// A 409.
    case conflict(replayed: Bool)
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
    /// A definite no, while a request of an earlier epoch may still be carried out.
    case refusal
    /// Repeating leads nowhere.
    case lastResort
  }
}
