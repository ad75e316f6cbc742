/// How far pass one has come.
package struct IntakeProgress: Hashable, Sendable {
  package var bytes: Int64
  /// The input's size; `nil` where it isn't known.
  package var totalBytes: Int64?
  package var records: Int
}
