import BillModel

/// A machine that sends requests under keys. A key means the same request only so long after it was first sent (rule 4).
protocol KeyedMachine: RowMachine {
  /// When the first request of this epoch was sent; the window counts from here.
  var firstSentAt: WallTime? { get }
}

extension KeyedMachine {
  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { windowEnd(policy) }

  /// When the key of this epoch is over.
  func windowEnd(_ policy: RetryPolicy) -> WallTime? { firstSentAt?.advanced(byMilliseconds: policy.window) }

  /// Whether the key of this epoch still means the same request.
  func windowIsOpen(_ context: SubmissionContext) -> Bool {
    guard context.clockIsTrusted, let firstSentAt, context.now >= firstSentAt else { return false }
    return windowEnd(context.policy).map { context.now < $0 } ?? false
  }
}
