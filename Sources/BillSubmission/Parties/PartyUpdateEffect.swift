package import BillModel
package import MomentAPI

/// What the update of a party wants done next. One thing at a time.
package enum PartyUpdateEffect: Hashable, Sendable {
  /// GET the party by its reference.
  case look
  /// Commit the difference, then PATCH the party.
  case change(PartyChange, PartyDifference)
  /// Come back with `due` after this many milliseconds.
  case wait(milliseconds: Int64)
  /// Come back with `fileIsOver`. Until then the change stays unresolved in the ledger.
  case hold
  /// It is done: commit what differs, or that nothing does.
  case end(PartyDifference?)
  /// It can't be found out in this run; why. A change that was committed stays unresolved.
  case giveUp(String)
  /// The API doesn't accept the key: nothing more may be sent.
  case stopRun(Problem)
  /// Nothing: the event was not expected.
  case none
}
