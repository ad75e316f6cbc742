import Testing

@testable import Tabular

@Suite struct CSVReaderTests {
  @Test(arguments: [1, 5, 64, 100, 1000])
  func `the fresh bytes of all batches are the input, a block in each`(blockSize: Int) throws {
    let input = Array("\u{FEFF}a,b\n\n1,\"x\ny\"\n\(String(repeating: "z", count: 200))\n\n\n".utf8)
    var reader = CSVReader(
      source: ByteSource(bytes: input), options: .init(blockSize: blockSize, maximumRecordBytes: 50))
    var batch = RecordBatch()
    var seen: [UInt8] = []
    while try reader.next(into: &batch) {
      #expect(batch.freshBytes.count == min(blockSize, input.count - seen.count))
      seen += batch.freshBytes
    }
    #expect(seen == input)
    #expect(reader.position.byteOffset == Int64(input.count))
    #expect(batch.records.isEmpty && batch.freshBytes.isEmpty)
    let again = try reader.next(into: &batch)
    #expect(!again)
  }

  @Test func `an empty input has no batch`() throws {
    var reader = CSVReader(source: ByteSource(bytes: []))
    var batch = RecordBatch()
    let any = try reader.next(into: &batch)
    #expect(!any)
  }

  @Test func `a record's bytes outlive the batch when they are copied`() throws {
    var reader = CSVReader(source: ByteSource(bytes: Array("h\n1,a\n2,b\n".utf8)), options: .init(blockSize: 4))
    var batch = RecordBatch()
    var kept: [[UInt8]] = []
    while try reader.next(into: &batch) {
      for record in batch.records { kept.append(Array(batch.rawBytes(of: record))) }
    }
    #expect(kept.map { String(decoding: $0, as: UTF8.self) } == ["h\n", "1,a\n", "2,b\n"])
  }

  @Test func `a record without an end is damage, once its end was looked for long enough`() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: BatchFeed.longestSearch / 2)
    func read(_ input: [UInt8]) throws -> Int {
      var reader = CSVReader(source: ByteSource(bytes: input), options: .init(blockSize: BatchFeed.longestSearch / 8))
      var batch = RecordBatch()
      var records = 0
      while try reader.next(into: &batch) { records += batch.records.count }
      return records
    }
    #expect(try read(Array("h\n1\n".utf8) + long + [10, 50]) == 4)
    let error = #expect(throws: InputError.self) { try read(Array("h\n1\n".utf8) + long + long + long) }
    if case .damaged(_, .recordEndless(BatchFeed.longestSearch, _))? = error { return }
    Issue.record("\(String(describing: error))")
  }
}
