/// What is wrong with the order of a file's kinds of records, or with one that is no bill. It rejects the file.
package enum KindProblem: Sendable {
  case headerMissing
  /// A header that isn't the first record: also one in the middle.
  case headerLate(line: Int)
  case trailerMissing
  case trailerTwice(line: Int)
  case afterTrailer(line: Int)
  /// A header, parent or trailer that isn't text, or hasn't the right length.
  case damaged(line: Int)
}
