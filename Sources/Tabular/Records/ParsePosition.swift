/// Where the next record begins, and all that a parser must know of what came before it.
///
/// What a record is depends on the bytes from its own beginning on and on nothing before it. So a block that begins at
/// a record's beginning can be parsed by itself, on another thread, by a parser that is given this position.
package struct ParsePosition: Hashable, Sendable {
  /// Where in the input the next record begins.
  package var byteOffset: Int64
  /// The physical line there, from 1.
  package var line: Int
  /// The next record's number.
  package var number: Int
  /// The rest of a record that was cut is being passed over, up to its line end.
  var isSkipping = false
  /// So many lines are passed over before the first record.
  var linesToSkip = 0
  /// A run of blank lines has grown past the limit, and so is records even if nothing follows it.
  var isInLongBlankRun = false

  package init(byteOffset: Int64, line: Int, number: Int) {
    self.byteOffset = byteOffset
    self.line = line
    self.number = number
  }

  /// The beginning of an input.
  package static func start(of dialect: Dialect) -> ParsePosition {
    start(hasHeading: dialect.hasHeading, skippedLines: dialect.skippedLines)
  }

  static func start(hasHeading: Bool, skippedLines: Int) -> ParsePosition {
    var start = ParsePosition(byteOffset: 0, line: 1, number: hasHeading ? 0 : 1)
    start.linesToSkip = skippedLines
    return start
  }
}
