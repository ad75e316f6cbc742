/// Bytes → fixed-width records, without I/O. A struct that a block at a time goes through.
///
/// - A record has the fields that begin within it, each as far as it goes, at least one: whoever needs one that isn't
///   there sees it by the count. Values are the bytes as they stand, padding and all.
/// - A blank line is a record of one empty field; only blank lines at the very end of the input are no records (unless
///   they have more bytes than `maximumRecordBytes`).
/// - What is wrong is a value, `RecordFault`.
package struct FixedWidthParser: Sendable {
  package let dialect: FixedWidthDialect
  /// The most bytes that a record may have, its line end not counted: what was asked for, or four times the length that
  /// the dialect gives all records.
  package let maximumRecordBytes: Int
  /// Where the next record begins.
  package internal(set) var position: ParsePosition
  /// Why no more records can be told apart, from `position` on.
  var damage: InputDamage?
  /// Where each field begins and ends, in units from the record's beginning.
  let spans: [FieldSpan]
  /// Where the last of them ends.
  let extent: Int
  /// Where the characters of a record begin that isn't ASCII.
  var characterStarts: [UInt32] = []

  /// A parser that stands at `position`, or else at the beginning of an input.
  package init(
    dialect: FixedWidthDialect, maximumRecordBytes: Int = CSVParser.defaultMaximumRecordBytes,
    position: ParsePosition? = nil
  ) {
    precondition(maximumRecordBytes > 0)
    self.dialect = dialect
    switch dialect.framing {
    case .lines: self.maximumRecordBytes = maximumRecordBytes
    case .described: self.maximumRecordBytes = max(maximumRecordBytes, RecordDescriptor.longest)
    case .measured(let length, _), .blocks(let length):
      self.maximumRecordBytes = max(maximumRecordBytes, 4 * length)
    }
    self.position = position ?? .start(hasHeading: dialect.hasHeading, skippedLines: dialect.skippedLines)
    spans = dialect.fields.map { FieldSpan(index: $0.start - 1, end: $0.start - 1 + $0.length) }
    extent = spans.reduce(0) { max($0, Int($1.end)) }
  }

  /// Finds the whole records of the bytes that `batch` was loaded with, from `position` on, and moves `position`.
  ///
  /// - Parameters:
  ///   - batch: loaded; its first byte stands at `position`. Its `leftover` belongs in front of the next one.
  ///   - isLast: nothing follows these bytes in the input: what has no end is a record too.
  ///   - isFollowed: records follow these bytes in the input all the same: blank lines at their end are records too.
  package mutating func parse(_ batch: inout RecordBatch, isLast: Bool, isFollowed: Bool = false) {
    precondition(batch.byteOffset == position.byteOffset)
    batch.forgetRecords()
    batch.isFixedWidth = true
    var start = dialect.content == .text ? batch.skipByteOrderMark(isLast) : 0
    if let begin = start, position.isSkipping { start = finishSkipping(&batch, from: begin, isLast) }
    if let begin = start { start = skipLines(&batch, from: begin, isLast) }
    if let start {
      batch.consumed = start
      switch dialect.framing {
      case .blocks(let length): readBlocks(&batch, from: start, length: length, isLast)
      case .described: readDescribed(&batch, from: start, isLast)
      case .lines(let end): readLines(&batch, from: start, end, measured: nil, isLast)
      case .measured(let length, let end): readLines(&batch, from: start, end, measured: length, isLast)
      }
    }
    if dialect.lineEnd != nil, !isFollowed {
      batch.settleBlankRun(&position, limit: maximumRecordBytes, isLast)
    }
    position.byteOffset = batch.byteOffset + Int64(batch.consumed)
    batch.completeFaults(isText: dialect.content == .text)
  }
}
