package import BillModel
package import MomentAPI

/// What a row's machine wants done next. One thing at a time.
package enum SubmissionEffect: Hashable, Sendable {
  /// Commit this intent or attempt, then send what the row asks for: a POST, or a PATCH where the form is a change.
  case send(Sending)
  /// GET the bill by its reference.
  case getBill
  /// GET the account or customer by its reference.
  case getParty(PartyKey)
  /// Come back with `due` after this many milliseconds.
  case wait(milliseconds: Int64)
  /// The row is done. Commit it together with what was learned.
  case settle(RowSettlement)
  /// The row's fate can't be found out in this run; why. Its intent and its claims stay. `isAnswered`: its last key is
  /// over, with a definite no, and only a request of an earlier epoch is in doubt.
  case giveUp(String, isAnswered: Bool)
  /// The row certainly had no effect: no request of it ever left, try as we might; why not.
  case withdraw(RowWithdrawal, String)
  /// The object that was to be changed isn't there: the row is planned again, to make it. `holdsIntent`: the ledger has
  /// an intent of it, which is taken back.
  case make(RowWithdrawal, holdsIntent: Bool)
  /// The answer is definite, and a request before it may still land: the row stays unresolved, and is asked about again
  /// when the file is through (rule 16).
  case readAgain
  /// A settled row that was looked at again is as the ledger has it: nothing is to be written.
  case stands
  /// The row stays unsent: an unresolved request elsewhere holds its reference, and the API doesn't have the bill yet.
  case leave
  /// No row can go: the API doesn't accept the key (401, 403, 407), or doesn't know the path (404). Nothing more may be
  /// sent. The row is taken back where it certainly had no effect, else its intent stays.
  case stopRun(Problem, withdrawing: RowWithdrawal?)
  /// Nothing: the event was not expected, as a doubled delivery.
  case none
}
