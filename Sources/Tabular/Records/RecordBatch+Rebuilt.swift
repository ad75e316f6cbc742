/// From a value that was rebuilt back to the bytes that it was made of.
extension RecordBatch {
  /// Where a byte of a field's value came from.
  func rawIndex(ofByte valueIndex: Int, inField field: Int, _ quote: UInt8?, _ escape: UInt8?) -> Int {
    guard let rebuilt = rebuiltField(field) else { return Int(fieldBuffer.base[field].start) + valueIndex }
    guard escape == nil else {
      var walk = EscapeWalk(base: base, end: rawCount, rebuilt, quote, escape)
      for _ in 0..<valueIndex { _ = walk.next() }
      return walk.next()
    }
    var index = rebuilt.start + 1
    var isQuoted = true
    for _ in 0..<valueIndex { step(over: &index, &isQuoted, quote) }
    closeQuote(at: &index, &isQuoted, quote)
    return index
  }

  /// Where a field begins as it came, with its quote.
  func rawStart(of field: Int) -> Int { rebuiltField(field)?.start ?? Int(fieldBuffer.base[field].start) }

  /// What is known of a field if its value was rebuilt.
  func rebuiltField(_ field: Int) -> RebuiltField? {
    var low = 0
    var high = rebuilt.count
    while low < high {
      let middle = (low + high) / 2
      if rebuilt[middle].field < field { low = middle + 1 } else { high = middle }
    }
    return low < rebuilt.count && rebuilt[low].field == field ? rebuilt[low] : nil
  }

  /// Moves past one byte of a value.
  private func step(over index: inout Int, _ isQuoted: inout Bool, _ quote: UInt8?) {
    closeQuote(at: &index, &isQuoted, quote)
    index += isQuoted && storage.base[index] == quote ? 2 : 1
  }

  /// Moves past the closing quote if it stands here.
  private func closeQuote(at index: inout Int, _ isQuoted: inout Bool, _ quote: UInt8?) {
    guard isQuoted, storage.base[index] == quote, storage.base[index + 1] != quote else { return }
    isQuoted = false
    index += 1
  }

  /// How many lines end among bytes of a record, which begins at `start`. A CRLF counts once, at its CR.
  func lineEnds(in bytes: Range<Int>, ofRecordAt start: Int) -> Int {
    var lines = 0
    for index in bytes {
      let byte = storage.base[index]
      let isPaired = byte == UInt8(ascii: "\n") && index > start && storage.base[index - 1] == UInt8(ascii: "\r")
      if (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")) && !isPaired { lines += 1 }
    }
    return lines
  }
}
