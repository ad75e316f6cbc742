/// Bytes → records, without I/O. A struct that a block at a time goes through.
///
/// - A record ends with LF, CRLF, lone CR or the input. The empty text after the last line end is no record.
/// - A blank line is a record of one empty field, so that it isn't lost where several fields are expected. Only blank
///   lines at the very end of the input are no records (unless they have more bytes than `maximumRecordBytes`).
/// - A UTF-8 byte order mark at the beginning of the input is passed over; byte offsets count it.
/// - A quote opens a field only as its first byte. Blanks are never trimmed.
/// - What is wrong with the text is a value, `RecordFault`, whose kind says how the record is mended.
package struct CSVParser: Sendable {
  /// The limit on a record's bytes if none is given: 1 MiB.
  package static let defaultMaximumRecordBytes = 1 << 20

  /// How the text is written.
  package let dialect: Dialect
  /// The most bytes that a record may have, its line end not counted.
  package let maximumRecordBytes: Int
  /// Where the next record begins.
  package internal(set) var position: ParsePosition

  /// A parser that stands at `position`, or else at the beginning of an input.
  package init(
    dialect: Dialect, maximumRecordBytes: Int = defaultMaximumRecordBytes, position: ParsePosition? = nil
  ) {
    precondition(maximumRecordBytes > 0)
    self.dialect = dialect
    self.maximumRecordBytes = maximumRecordBytes
    self.position = position ?? .start(of: dialect)
  }

  /// Finds the whole records of the bytes that `batch` was loaded with, from `position` on, and moves `position`.
  ///
  /// - Parameters:
  ///   - batch: loaded; its first byte stands at `position`. Its `leftover` belongs in front of the next one.
  ///   - isLast: nothing follows these bytes in the input: what has no line end is a record too.
  ///   - isFollowed: records follow these bytes in the input all the same: blank lines at their end are records too.
  package mutating func parse(_ batch: inout RecordBatch, isLast: Bool, isFollowed: Bool = false) {
    precondition(batch.byteOffset == position.byteOffset)
    batch.forgetRecords()
    batch.isFixedWidth = false
    var start = batch.skipByteOrderMark(isLast)
    if let begin = start, position.isSkipping { start = finishSkipping(&batch, from: begin, isLast) }
    if let begin = start { start = skipLines(&batch, from: begin, isLast) }
    if let start { readRecords(&batch, from: start, isLast) }
    if !isFollowed { batch.settleBlankRun(&position, limit: maximumRecordBytes, isLast) }
    position.byteOffset = batch.byteOffset + Int64(batch.consumed)
    batch.completeFaults(quote: dialect.quote, escape: dialect.escape)
  }
}
