package import DurableFiles

/// Why reports of parts can't be joined.
package enum PartFault: Error {
  case file(FileError)
  /// No report of `validate` lies at this path or below it.
  case noReports(path: String)
  /// A report without its summary: whoever wrote it hasn't finished.
  case unfinished(path: String)
  /// A report without `references.bin`.
  case noClaims(path: String)
  /// A file that isn't what it should be: which, and why.
  case damaged(path: String, why: String)
  /// Two parts that were read by different layouts, or under different policies for duplicates.
  case otherLayout(one: String, other: String)
  /// The same report under two names.
  case twice(path: String)
  /// Two reports of the same file, byte for byte.
  case sameFile(one: String, other: String)
  /// Not as many parts as there should be.
  case count(found: Int, expected: Int)
  /// It was told to end.
  case interrupted
}
