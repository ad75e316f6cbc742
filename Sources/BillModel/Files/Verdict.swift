/// What became of a file.
package enum Verdict: String, CaseIterable, Sendable {
  /// Every row accepted.
  case complete
  /// Done; some rows rejected, refused or in conflict.
  case completeWithRejects = "complete_with_rejects"
  /// The file as a whole rejected; nothing sent.
  case fileRejected = "file_rejected"
  /// Held for approval.
  case held
  /// Expected, and not come.
  case missing
  /// A drop's file whose bytes are known and archived.
  case duplicate
  /// Ended early; run it again to go on.
  case stopped
}
