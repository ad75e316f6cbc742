package import BillModel

/// What is durably known of a party, beyond the requests that the planner has let go itself.
package enum PartyKnowledge: Hashable, Sendable {
  /// Nobody has met it yet.
  case new
  /// It exists at the API.
  case known(KnownParty)
  /// A request whose fate is unknown may have created it: nobody else may until that is settled.
  case claimed
}
