package import MomentAPI
package import Transport

/// What the update of a party is told.
package enum PartyUpdateEvent: Hashable, Sendable {
  /// Its turn has come.
  case begin
  /// A row's own look at the party showed it so.
  case seen(RemoteObject)
  /// The pause that it asked for is over.
  case due
  case answer(Answer)
  case failure(TransferFailure)
  /// No row of the file is under way any more.
  case fileIsOver
}
