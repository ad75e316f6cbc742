package import Tabular

/// Why nothing can be guessed of a file.
package enum GuessError: Error, Hashable, Sendable {
  case input(InputError)
  /// It is no text.
  case notText(BinaryContent)
  /// It looks like EBCDIC, and no length of records is seen in it.
  case ebcdic
  /// Nothing that delimits values stands in its first row.
  case noDelimiter
  /// Its first row has nothing that delimits values, and those from this line on have: its headings seem to stand there.
  case headingsBelow(line: Int)
  /// Its first row is longer than any may be.
  case endlessRow
  /// There is no record in it.
  case empty
}
