/// How much of the memory that a check may take goes where. What doesn't fit goes to temporary files; what is found
/// stays the same.
package struct MemoryPlan: Hashable, Sendable {
  /// The least that can be asked for: 32 MiB.
  package static let least = 32 << 20
  /// The most: 1 PiB, which no machine has.
  package static let most = 1 << 50

  /// Bytes of rejected rows that are kept where memory is not limited.
  static let usuallyKept = 16 << 20

  /// Bytes taken from the input at a time.
  let blockSize: Int
  /// What the fingerprints of references and parties may take.
  let logBytes: Int
  /// What rows may take that are compared on their bytes.
  let comparisonBytes: Int

  /// What rejected rows may take that are kept for the report. It is needed before rows are compared, and after it.
  var keptBytes: Int { comparisonBytes / 4 }

  /// - Parameter bytes: All that a check may take, the program and its tables among it; at least `least`.
  package init(bytes: Int) {
    let bytes = max(Self.least, bytes)
    blockSize = min(1 << 18, max(1 << 16, bytes / 128))
    logBytes = bytes / 2 - (8 << 20)
    comparisonBytes = min(16 << 20, bytes / 16)
  }

  /// As it is divided here: for tests.
  package init(blockSize: Int, logBytes: Int, comparisonBytes: Int) {
    self.blockSize = blockSize
    self.logBytes = logBytes
    self.comparisonBytes = comparisonBytes
  }
}
