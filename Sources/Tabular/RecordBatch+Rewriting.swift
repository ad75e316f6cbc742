/// Other fields for a batch's records, over the same bytes: for whoever makes other values of what the records hold.
///
/// The raw bytes of a record stay what they are. Pointers into the batch hold no longer after any of these.
extension RecordBatch {
  /// Keeps a value with the batch's bytes, and says where.
  package mutating func add(value: UnsafeBufferPointer<UInt8>) -> FieldSpan {
    let start = storage.count
    storage.reserve(start + value.count + Self.padding)
    if let base = value.baseAddress { (storage.base + start).update(from: base, count: value.count) }
    storage.count = start + value.count
    return FieldSpan(index: start, end: storage.count)
  }

  /// Gives a record other fields and another number, and another place among the records, not behind its own.
  package mutating func rewrite(
    record index: Int, to place: Int, number: Int, fields: UnsafeBufferPointer<FieldSpan>
  ) {
    precondition(place <= index && index < recordBuffer.count)
    let first = fieldBuffer.count
    fieldBuffer.reserve(first + fields.count)
    if let base = fields.baseAddress { (fieldBuffer.base + first).update(from: base, count: fields.count) }
    fieldBuffer.count = first + fields.count
    var record = recordBuffer.base[index]
    record.number = number
    record.firstField = UInt32(truncatingIfNeeded: first)
    record.fieldCount = UInt32(truncatingIfNeeded: fields.count)
    recordBuffer.base[place] = record
  }

  /// Drops the records from `count` on, once those that stay were moved before them, and the faults of dropped ones.
  ///
  /// - Parameter places: The new place of each of the old records, −1 for a dropped one.
  package mutating func keep(records count: Int, places: [Int]) {
    recordBuffer.count = count
    faults = faults.compactMap { fault in
      guard fault.record < places.count, places[fault.record] >= 0 else { return nil }
      var moved = fault
      moved.record = places[fault.record]
      return moved
    }
  }
}
