package import BillModel

/// How a row comes to be sent.
package enum SubmissionOrigin: Hashable, Sendable {
  /// For the first time under this epoch (from 1), after so many requests in earlier ones.
  case fresh(epoch: Int, priorAttempts: Int)
  /// An intent from before is unresolved. `bodyIsSame`: the body built for it now has the intent's digest.
  indirect case resumed(RowIntent, bodyIsSame: Bool)
  /// Another file run made a bill of this reference: compare, and send nothing (rule 14).
  case settledElsewhere
  /// Another file run has an unresolved intent for this reference: nothing may be sent before that is settled.
  case claimedElsewhere
}
