package import MomentAPI
package import Transport

/// What a row's machine is told.
package enum SubmissionEvent: Hashable, Sendable {
  /// It is this row's turn.
  case begin
  /// The pause that it asked for is over.
  case due
  /// The API answered what it sent or asked for last.
  case answer(Answer)
  /// What it sent or asked for last has no answer.
  case failure(TransferFailure)
}
