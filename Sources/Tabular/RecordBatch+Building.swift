extension RecordBatch {
  /// How much of everything there is, to come back to.
  struct Checkpoint {
    var records: Int
    var fields: Int
    var faults: Int
    var rebuilt: Int
    var storage: Int
  }

  var checkpoint: Checkpoint {
    Checkpoint(
      records: recordBuffer.count, fields: fieldBuffer.count, faults: faults.count, rebuilt: rebuilt.count,
      storage: storage.count)
  }

  /// Takes back what was added since.
  mutating func restore(_ checkpoint: Checkpoint) {
    recordBuffer.count = checkpoint.records
    fieldBuffer.count = checkpoint.fields
    faults.removeSubrange(checkpoint.faults...)
    rebuilt.removeSubrange(checkpoint.rebuilt...)
    storage.count = checkpoint.storage
  }

  /// Where the fields begin that no record has yet.
  var firstFieldOfNextRecord: Int {
    guard recordBuffer.count > 0 else { return 0 }
    let last = recordBuffer.base[recordBuffer.count - 1]
    return Int(last.firstField + last.fieldCount)
  }

  /// Takes back the fields that no record has.
  mutating func dropFieldsWithoutRecord() {
    let first = firstFieldOfNextRecord
    while let last = rebuilt.last, last.field >= first {
      storage.count = Int(fieldBuffer.base[last.field].start)
      rebuilt.removeLast()
    }
    fieldBuffer.count = first
  }

  /// Whether a record is a blank line.
  func isBlank(_ record: RecordSpan) -> Bool {
    guard record.fieldCount == 1, record.end > record.start else { return false }
    let first = storage.base[Int(record.start)]
    return first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r")
  }

  /// Adds a quoted field.
  ///
  /// - Parameters:
  ///   - opening: where its opening quote stands.
  ///   - closing: where its closing quote stands.
  ///   - restEnd: where the bytes after the closing quote end, which belong to the value.
  ///   - isRebuilt: whether the value differs from what stands between the quotes.
  mutating func addQuoted(from opening: Int, closing: Int, restEnd: Int, isRebuilt: Bool, _ quote: UInt8?) {
    guard isRebuilt else {
      fieldBuffer.append(
        FieldSpan(index: opening + 1, end: closing))
      return
    }
    let start = storage.count
    var source = opening + 1
    while source < closing {
      storage.base[storage.count] = storage.base[source]
      storage.count += 1
      source += storage.base[source] == quote ? 2 : 1
    }
    let rest = restEnd - (closing + 1)
    (storage.base + storage.count).update(from: storage.base + closing + 1, count: rest)
    storage.count += rest
    rebuilt.append(RebuiltField(field: fieldBuffer.count, quote: opening))
    fieldBuffer.append(
      FieldSpan(index: start, end: storage.count))
  }
}
