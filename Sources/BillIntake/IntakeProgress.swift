/// How far pass one has come.
package struct IntakeProgress: Hashable, Sendable {
  package var bytes: Int64
  /// The input's size; `nil` where it isn't known.
  package var totalBytes: Int64?
  package var records: Int
  /// Whether the file as a whole is rejected already.
  package var isRejected = false

  /// Most bytes of an input without a known size that are read after it was rejected: some have no end.
  package static let mostOfRejected: Int64 = 64 << 20

  /// Whether nothing is to be learned from reading on.
  package var isPointless: Bool { isRejected && totalBytes == nil && bytes > Self.mostOfRejected }
}
