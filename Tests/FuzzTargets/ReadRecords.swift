import Tabular

/// All that was read of an input. Lists of plain elements, with nothing counted for a record: inputs are read by the
/// million.
struct ReadRecords: Equatable {
  struct Fault: Equatable {
    var kind: RecordFault.Kind
    var number: Int
    var field: Int?
    var line: Int
    var byteOffset: Int64
  }

  /// Of each record its number, line, length, count of fields, and the length of each field.
  private(set) var figures: [Int] = []
  /// Of each record what it is, then its fields.
  private(set) var bytes: [UInt8] = []
  private(set) var faults: [Fault] = []
  private(set) var error: InputError?

  /// - Parameter blockSize: At least 4.
  init(_ input: RecordsInput, blockSize: Int) {
    let source = ByteSource(bytes: input.bytes).unpacked(input.compression, chunk: max(4, blockSize))
    let options = CSVReader.Options(blockSize: blockSize, maximumRecordBytes: input.limit)
    do throws(InputError) {
      switch input.form {
      case .csv(let dialect):
        var reader = CSVReader(source: source, dialect: dialect, encoding: input.encoding, options: options)
        var batch = RecordBatch()
        while try reader.next(into: &batch) { add(batch, isExact: input.isExact) }
      case .fixedWidth(let dialect):
        var reader = FixedWidthReader(source: source, dialect: dialect, encoding: input.encoding, options: options)
        var batch = RecordBatch()
        while try reader.next(into: &batch) { add(batch, isExact: input.isExact) }
      }
    } catch {
      // How far a reading comes before damage depends on its blocks.
      self.error = error
      (figures, bytes, faults) = ([], [], [])
    }
  }

  private mutating func add(_ batch: borrowing RecordBatch, isExact: Bool) {
    for record in batch.records {
      let raw = batch.rawBytes(of: record)
      figures += [record.number, record.line, raw.count, Int(record.fieldCount)]
      bytes += raw
      for field in batch.fields(of: record) {
        let value = batch.bytes(of: field)
        figures.append(value.count)
        bytes += value
      }
    }
    for fault in batch.faults {
      faults.append(
        Fault(
          kind: fault.kind, number: batch.records[fault.record].number, field: fault.field, line: fault.line,
          byteOffset: isExact ? fault.byteOffset : 0))
    }
  }

  /// Goes through the records.
  func forEach(_ body: (_ number: Int, _ line: Int, _ raw: Range<Int>, _ fields: [Range<Int>]) -> Void) {
    var (figure, byte) = (0, 0)
    func take(_ count: Int) -> Range<Int> {
      defer { byte += count }
      return byte..<byte + count
    }
    while figure < figures.count {
      let raw = take(figures[figure + 2])
      let first = figure + 4
      let next = first + figures[figure + 3]
      let fields = figures[first..<next].map(take)
      body(figures[figure], figures[figure + 1], raw, fields)
      figure = next
    }
  }
}
