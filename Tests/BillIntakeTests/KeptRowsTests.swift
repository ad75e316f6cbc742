import Testing

@testable import BillIntake

@Suite struct KeptRowsTests {
  private static let heading = "external_reference,currency,amount_due,customer\n"
  private static let file = CheckedFile(
    heading + (1...3000).map { "INV-\($0),ZAR,\($0 % 3),bcus_1\($0 % 5 == 0 ? "\r\n" : "\n")" }.joined())

  private static func keeps(_ record: Int, _ check: FileCheck) -> Bool {
    check.kept.row(UInt32(record)) { _, _, _ in true } ?? false
  }

  @Test(arguments: [1, 2, 8])
  func `the first rejected rows are kept as they came, and the others read again`(threads: Int) throws {
    for bytes in [0, 64, 4096, 40_000] {
      var file = Self.file
      file.options = IntakeOptions(blockSize: 1000, threads: threads)
      file.options.memory = MemoryPlan(blockSize: 1000, logBytes: 1 << 20, comparisonBytes: bytes)
      let check = try file.check()
      var rejected = try file.intake().rejectedRows(check)
      let rows = try rejected.next(limit: 10_000)
      #expect(rows.map(\.record) == stride(from: 3, through: 3000, by: 3).map { $0 })
      #expect(rows.allSatisfy { $0.line == $0.record + 1 })
      for row in rows {
        #expect(row.raw.bytes == Array("INV-\(row.record),ZAR,0,bcus_1".utf8))
        #expect(row.raw.lineEnd == Array((row.record % 5 == 0 ? "\r\n" : "\n").utf8))
      }
      let kept = rows.prefix { Self.keeps($0.record, check) }
      let room = kept.reduce(0) { $0 + $1.raw.bytes.count + $1.raw.lineEnd.count }
      #expect(room <= bytes / 4 && room + 32 > min(bytes / 4, 20_000))
      #expect(!rows.dropFirst(kept.count).contains { Self.keeps($0.record, check) })
    }
  }

  @Test(arguments: [1, 2])
  func `blank lines between rows are read again as the rejected records that they are`(threads: Int) throws {
    var file = CheckedFile(
      Self.heading + (1...3000).map { $0 % 150 == 0 ? "\n" : "INV-\($0),ZAR,1,bcus_1\n" }.joined()
        + "INV-0,ZAR,0,bcus_1\n\n\n")
    file.options = IntakeOptions(blockSize: 1000, threads: threads)
    file.options.memory = MemoryPlan(blockSize: 1000, logBytes: 1 << 20, comparisonBytes: 0)
    let check = try file.check()
    var rejected = try file.intake().rejectedRows(check)
    let rows = try rejected.next(limit: 10_000)
    #expect(rows.map(\.record) == stride(from: 150, through: 3000, by: 150).map { $0 } + [3001])
    #expect(rows.dropLast().allSatisfy { $0.raw.bytes.isEmpty && $0.raw.lineEnd == [10] })
  }

  @Test func `what is kept isn't asked for where the file was changed`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/bills.csv"
    try folder.put(Self.file.bytes, at: path)
    let intake = try Self.file.intake()
    let check = try intake.check(.file(path: path), temporaryFolder: "/tmp")
    #expect(Self.keeps(3, check))
    try folder.put(Array("other".utf8), at: path)
    var rejected = intake.rejectedRows(check)
    #expect(throws: IntakeError.self) { try rejected.next(limit: 1) }
  }
}
