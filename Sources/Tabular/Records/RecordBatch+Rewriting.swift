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

  /// Makes room for so many further bytes of values, and for so many fields.
  package mutating func makeRoom(bytes: Int, fields: Int) {
    storage.reserve(storage.count + bytes + Self.padding)
    fieldBuffer.reserve(fieldBuffer.count + fields)
  }

  /// Where values may be written that are to be kept with the batch's bytes.
  package var valueRoom: (base: UnsafeMutablePointer<UInt8>, end: Int, limit: Int) {
    (storage.base, storage.count, storage.capacity - Self.padding)
  }

  /// Keeps what was written from the beginning of the room up to here.
  package mutating func keepValues(upTo end: Int) { storage.count = end }

  /// Where fields may be written for `rewrite`.
  package var fieldRoom: UnsafeMutablePointer<FieldSpan> { fieldBuffer.base + fieldBuffer.count }

  /// Gives a record the first fields of the room for them and another number, and another place among the records, not
  /// behind its own.
  package mutating func rewrite(record index: Int, to place: Int, number: Int, fieldCount: Int) {
    precondition(place <= index && index < recordBuffer.count && fieldBuffer.count + fieldCount <= fieldBuffer.capacity)
    var record = recordBuffer.base[index]
    record.number = number
    record.firstField = UInt32(truncatingIfNeeded: fieldBuffer.count)
    record.fieldCount = UInt32(truncatingIfNeeded: fieldCount)
    fieldBuffer.count += fieldCount
    recordBuffer.base[place] = record
  }

  /// Drops the records from `count` on, and their faults.
  package mutating func cut(records count: Int) {
    guard count < recordBuffer.count else { return }
    recordBuffer.count = count
    faults.removeAll { $0.record >= count }
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
