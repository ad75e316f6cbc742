/// How a file is read; none of it changes what is found.
package struct IntakeOptions: Hashable, Sendable {
  /// Bytes taken from the input at a time.
  package var blockSize: Int
  /// Bytes that the rows held in memory for an exact comparison may take at a time; more go in several rounds.
  package var comparisonBytes: Int
  /// On how many threads rows are checked.
  package var threads: Int

  /// - Parameter threads: As many as this process has processors, if none is given.
  package init(blockSize: Int = 1 << 20, comparisonBytes: Int = 16 << 20, threads: Int? = nil) {
    self.blockSize = max(64, blockSize)
    self.comparisonBytes = max(1, comparisonBytes)
    self.threads = max(1, threads ?? WorkerThreads.processors)
  }
}
