import Tabular

/// All that was read of an input.
struct ReadRecords: Equatable {
  struct Record: Equatable {
    var number: Int
    var line: Int
    var raw: [UInt8]
    var fields: [[UInt8]]
  }

  struct Fault: Equatable {
    var kind: RecordFault.Kind
    var number: Int
    var field: Int?
    var line: Int
    var byteOffset: Int64
  }

  private(set) var records: [Record] = []
  private(set) var faults: [Fault] = []
  private(set) var error: InputError?

  init(_ input: RecordsInput, blockSize: Int) {
    let source = ByteSource(bytes: input.bytes).unpacked(input.compression)
    let options = CSVReader.Options(blockSize: blockSize, maximumRecordBytes: input.limit)
    do throws(InputError) {
      switch input.form {
      case .csv(let dialect):
        var reader = CSVReader(source: source, dialect: dialect, encoding: input.encoding, options: options)
        var batch = RecordBatch()
        while try reader.next(into: &batch) { add(batch) }
      case .fixedWidth(let dialect):
        var reader = FixedWidthReader(source: source, dialect: dialect, encoding: input.encoding, options: options)
        var batch = RecordBatch()
        while try reader.next(into: &batch) { add(batch) }
      }
    } catch {
      // How far a reading comes before damage depends on its blocks.
      self.error = error
      (records, faults) = ([], [])
    }
  }

  private mutating func add(_ batch: borrowing RecordBatch) {
    for record in batch.records {
      records.append(
        Record(
          number: record.number, line: record.line, raw: Array(batch.rawBytes(of: record)),
          fields: batch.fields(of: record).map { Array(batch.bytes(of: $0)) }))
    }
    for fault in batch.faults {
      faults.append(
        Fault(
          kind: fault.kind, number: batch.records[fault.record].number, field: fault.field, line: fault.line,
          byteOffset: fault.byteOffset))
    }
  }
}
