/// Where a record stands in the input and in its batch.
package struct RecordSpan: Hashable, BitwiseCopyable, Sendable {
  /// Counted from 1; a heading row has 0.
  package var number: Int
  /// The physical line on which it begins, from 1.
  package var line: Int
  /// Its first byte in the batch's bytes; the bytes `start ..< end` are as they came, line end included.
  package var start: UInt32
  /// One past its last byte, that is past its line end where it has one.
  package var end: UInt32
  /// Its first field in the batch's fields.
  package var firstField: UInt32
  /// How many fields it has: at least one, and none only where the record was cut (`RecordFault.Kind.recordTooLong`).
  package var fieldCount: UInt32

  package init(number: Int, line: Int, start: UInt32, end: UInt32, firstField: UInt32, fieldCount: UInt32) {
    self.number = number
    self.line = line
    self.start = start
    self.end = end
    self.firstField = firstField
    self.fieldCount = fieldCount
  }
}
