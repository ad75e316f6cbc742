package import Tabular

/// Bytes → records, however they are written, without I/O.
package enum RecordParser: Sendable {
  case csv(CSVParser)
  case fixedWidth(FixedWidthParser)

  /// Where the next record begins.
  package var position: ParsePosition {
    switch self {
    case .csv(let parser): parser.position
    case .fixedWidth(let parser): parser.position
    }
  }

  /// Finds the whole records of a loaded batch, as `CSVParser` does.
  package mutating func parse(_ batch: inout RecordBatch, isLast: Bool, isFollowed: Bool = false) {
    switch self {
    case .csv(var parser):
      parser.parse(&batch, isLast: isLast, isFollowed: isFollowed)
      self = .csv(parser)
    case .fixedWidth(var parser):
      parser.parse(&batch, isLast: isLast, isFollowed: isFollowed)
      self = .fixedWidth(parser)
    }
  }
}
