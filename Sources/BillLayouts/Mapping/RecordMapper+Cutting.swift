import Tabular

extension RecordMapper {
  /// Where a column's value stands when its padding is taken away, or where its text was put; `nil` where its bytes are
  /// not what the layout says, or the record ends within it.
  func cut(_ span: FieldSpan, _ place: FixedPlace, _ batch: inout RecordBatch) -> FieldSpan? {
    missing(span, place, batch) == nil ? value(span, place, &batch) : nil
  }

  /// How a column is shown that can't be cut: a text as far as it goes, else the bytes.
  func shown(_ span: FieldSpan, _ place: FixedPlace, _ batch: inout RecordBatch) -> FieldSpan {
    (place.kind == .text ? value(span, place, &batch) : nil) ?? hexadecimal(span, &batch)
  }

  /// Why a column can't be cut.
  func fault(_ span: FieldSpan, _ place: FixedPlace, _ batch: borrowing RecordBatch) -> ConversionFault {
    missing(span, place, batch).map { ConversionFault(.cutShort, $0, place.length) } ?? ConversionFault(.binary)
  }

  /// How many units of a value are there, where its end is missing.
  private func missing(_ span: FieldSpan, _ place: FixedPlace, _ batch: borrowing RecordBatch) -> Int? {
    guard place.isFilled else { return nil }
    let bytes = batch.bytes(of: span)
    let units = plan.countsCharacters ? bytes.count { $0 & 0xC0 != 0x80 } : bytes.count
    return units < place.length ? units : nil
  }

  private func value(_ span: FieldSpan, _ place: FixedPlace, _ batch: inout RecordBatch) -> FieldSpan? {
    switch place.kind {
    case .packed:
      return Self.number(batch, span) { (bytes) throws(NumberFault) in try PackedDecimal.decode(bytes) }
        .map { Self.keep($0, &batch) }
    case .zoned:
      let decimal = ZonedDecimal(plan.table.map { $0.isASCIICompatible } ?? true ? .ascii : .ebcdic)
      return Self.number(batch, span) { (bytes) throws(NumberFault) in try decimal.decode(bytes) }
        .map { Self.keep($0, &batch) }
    case .text:
      guard let table = plan.table else { return Self.trimmed(span, place, batch) }
      return Self.decoded(span, table, &batch).map { Self.trimmed($0, place, batch) }
    }
  }

  /// The bytes of a field in hexadecimal, kept with the batch: how it is shown where it is nothing else.
  func hexadecimal(_ span: FieldSpan, _ batch: inout RecordBatch) -> FieldSpan {
    let digits = Array("0123456789ABCDEF".utf8)
    var text = Array("x'".utf8)
    for byte in batch.bytes(of: span) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    text.append(UInt8(ascii: "'"))
    return text.withUnsafeBufferPointer { batch.add(value: $0) }
  }

  private static func number(
    _ batch: borrowing RecordBatch, _ span: FieldSpan,
    _ decode: (UnsafeBufferPointer<UInt8>) throws(NumberFault) -> Int64
  ) -> Int64? {
    try? decode(batch.bytes(of: span))
  }

  private static func keep(_ number: Int64, _ batch: inout RecordBatch) -> FieldSpan {
    var text = ValueText()
    text.set(number)
    return text.bytes.withUnsafeBufferPointer { batch.add(value: $0) }
  }

  /// A field's text in UTF-8, kept with the batch; `nil` where a byte stands for nothing.
  private static func decoded(_ span: FieldSpan, _ table: SingleByteTable, _ batch: inout RecordBatch) -> FieldSpan? {
    let bytes = batch.bytes(of: span)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SingleByteTable.room(for: bytes.count)) { room in
      guard let start = room.baseAddress else { return nil }
      let decoded = table.decode(bytes, into: start)
      return decoded.hasUndefined ? nil : batch.add(value: UnsafeBufferPointer(start: start, count: decoded.count))
    }
  }

  /// Takes the padding away at the ends where the value doesn't stand.
  private static func trimmed(_ span: FieldSpan, _ place: FixedPlace, _ batch: borrowing RecordBatch) -> FieldSpan {
    let bytes = batch.bytes(of: span)
    var (start, end) = (0, bytes.count)
    let padding = place.padding
    guard !padding.isEmpty else { return span }
    if place.alignment != .right {
      while end - start >= padding.count, bytes[(end - padding.count)..<end].elementsEqual(padding) {
        end -= padding.count
      }
    }
    if place.alignment != .left {
      while end - start >= padding.count, bytes[start..<(start + padding.count)].elementsEqual(padding) {
        start += padding.count
      }
    }
    return FieldSpan(start: span.start + UInt32(start), end: span.start + UInt32(end))
  }
}
