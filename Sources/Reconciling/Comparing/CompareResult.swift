package import BillModel

/// What comparing two files gave.
package struct CompareResult: Sendable {
  package enum Ending: Sendable {
    case compared(FileComparison)
    /// A file is rejected as a whole: its name, and why.
    case rejected(name: String, reason: String)
    /// It was told to end.
    case interrupted
  }

  package var ending: Ending
  /// Of each kind of change those that stand first, a few.
  package var examples: [FileChange]
  /// Where the lists lie; `nil` where none were written.
  package var reportFolder: String?
  package var seconds: Double
}
