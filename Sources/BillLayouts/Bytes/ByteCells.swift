import Tabular

/// What programs read of a record and of those above it.
struct ByteCells {
  var base: UnsafePointer<UInt8>
  let cells: UnsafeBufferPointer<FieldSpan>
  let header: UnsafeBufferPointer<FieldSpan>
  let parent: UnsafeBufferPointer<FieldSpan>
  /// Decimals of the currency beside the value; `nil` where it is missing or unknown.
  var exponent: Int?

  /// A value of a list; empty where it doesn't go so far.
  @inline(__always)
  func value(_ list: UnsafeBufferPointer<FieldSpan>, _ index: Int32) -> ByteValue {
    guard Int(index) < list.count else { return ByteValue(start: base, count: 0) }
    let span = list[Int(index)]
    return ByteValue(start: base + Int(span.start), count: Int(span.end &- span.start))
  }

  /// A value of the fields that were made.
  @inline(__always)
  func value(_ fields: UnsafePointer<FieldSpan>, _ index: Int32) -> ByteValue {
    let span = fields[Int(index)]
    return ByteValue(start: base + Int(span.start), count: Int(span.end &- span.start))
  }
}
