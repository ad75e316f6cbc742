package import BillModel
import Threads

/// How a file is read; none of it changes what is found, but for warnings about dates that `today` tells of.
package struct IntakeOptions: Hashable, Sendable {
  /// Bytes taken from the input at a time.
  package var blockSize: Int
  /// Bytes that the rows held in memory for an exact comparison may take at a time; more go in several rounds.
  package var comparisonBytes: Int
  /// On how many threads rows are checked; at most 256.
  package var threads: Int
  private static let mostThreads = 256
  /// The day that a bill without a date would get; `nil` where it isn't known, and nothing is said of it.
  package var today: CivilDate?

  /// How much memory may be taken; `nil` where as much as is needed.
  package var memory: MemoryPlan?

  /// - Parameters:
  ///   - threads: As many as this process has processors, if none is given.
  ///   - memory: Most bytes that a check may take; sets the two others.
  ///   - today: The day that a bill without a date would get.
  package init(
    blockSize: Int = 1 << 18, comparisonBytes: Int = 16 << 20, threads: Int? = nil, memory: Int? = nil,
    today: CivilDate? = nil
  ) {
    self.today = today
    self.memory = memory.map { MemoryPlan(bytes: $0) }
    self.blockSize = self.memory?.blockSize ?? max(64, blockSize)
    self.comparisonBytes = self.memory?.comparisonBytes ?? max(1, comparisonBytes)
    self.threads = min(max(1, threads ?? WorkerThreads.processors), Self.mostThreads)
  }
}
