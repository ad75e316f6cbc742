package import BillModel

/// What becomes of a row for now.
package enum PlanDecision: Hashable, Sendable {
  /// It may be sent.
  case go(Departure)
  /// The planner keeps it until the carrier of this party is done.
  case wait(for: PartyKey)
  /// It can't be sent in this run: the fate of the request that may have created this party is unknown. Not kept.
  case blocked(PlannableRow, by: PartyKey)
  /// Its account exists under another customer than the row says. Not kept, and not to be sent.
  case wrongCustomer(PlannableRow, account: KnownParty)
}
