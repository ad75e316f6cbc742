/// What becomes of rows that share a reference but differ, and of an account that stands under two customers.
///
/// Identical rows aren't affected: the first of them stands under either policy.
package enum DuplicatePolicy: String, CaseIterable, Sendable {
  /// All of them are rejected: nobody but the sender can say which one is right.
  case reject
  /// The first stands, those that differ from it are rejected.
  case first
}
