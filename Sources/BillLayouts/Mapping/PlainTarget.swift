import Tabular

/// How a field is made that is a column of the record as it is, which most are: plain figures, so that the loop over all
/// fields of all records counts no references.
struct PlainTarget: BitwiseCopyable {
  /// The column; `nil` where more has to be done.
  private let column: Int32
  private let isIdentifier: Bool

  init(_ target: MappingPlan.Target) {
    let plain = target.program.constant == nil ? target.program.plainColumn : nil
    column = plain.map { Int32($0) } ?? -1
    isIdentifier = target.isIdentifier
  }

  /// Where the value stands; `nil` where more has to be done.
  @inline(__always)
  func span(_ cells: UnsafeBufferPointer<FieldSpan>, _ base: UnsafePointer<UInt8>) -> FieldSpan? {
    guard column >= 0, Int(column) < cells.count else { return nil }
    let span = cells[Int(column)]
    guard isIdentifier, span.end > span.start else { return span }
    let text = UnsafeBufferPointer(start: base + Int(span.start), count: Int(span.end &- span.start))
    let first = text[0]
    if first == UInt8(ascii: "#") { return nil }
    // What spreadsheets do to an identifier shows only in numbers.
    if first &- 48 > 9 || text.count <= 4 { return span }
    return text.count <= 15 && !text.contains(UInt8(ascii: "+")) ? span : nil
  }
}
