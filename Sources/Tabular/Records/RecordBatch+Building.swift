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
    rebuilt.append(RebuiltField(field: fieldBuffer.count, start: opening, isQuoted: true))
    fieldBuffer.append(
      FieldSpan(index: start, end: storage.count))
  }

  /// Adds a field in which an escape character takes the meaning from what follows it.
  ///
  /// - Parameters:
  ///   - start: where the field begins as it came, with its quote if it `isQuoted`.
  ///   - end: where it ends, behind its closing quote and what follows that.
  mutating func addEscaped(from start: Int, to end: Int, isQuoted: Bool, _ dialect: Dialect) {
    let valueStart = storage.count
    let field = RebuiltField(field: fieldBuffer.count, start: start, isQuoted: isQuoted)
    var walk = EscapeWalk(base: base, end: rawCount, field, dialect.quote, dialect.escape)
    while true {
      walk.passClosingQuote()
      guard walk.index < end else { break }
      storage.base[storage.count] = storage.base[walk.next()]
      storage.count += 1
    }
    rebuilt.append(field)
    fieldBuffer.append(FieldSpan(index: valueStart, end: storage.count))
  }
}
