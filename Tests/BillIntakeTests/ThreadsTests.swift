import BillLayouts
import BillModel
import Hashing
import SeededRandoms
import Testing

@testable import BillIntake

/// However many threads read a file, and in whatever blocks: the same comes out, in the same order.
@Suite struct ThreadsTests {
  /// All that a check says, as one text.
  private func account(_ file: CheckedFile) throws -> String {
    let check = try file.check()
    var lines = try file.findings(check).map { "\($0)" }
    lines.append("\(check.digest) \(check.byteCount) \(check.blockDigests)")
    lines.append("\(check.recordsRead) \(check.valid) \(check.invalid) \(check.findingCounts)")
    lines.append("\(check.money.currencies.map { "\($0) \(check.money[$0])" })")
    lines += try file.rows(check, limit: 100).map { "\($0)" }
    var rejected = try file.intake().rejectedRows(check)
    while case let rows = try rejected.next(limit: 7), !rows.isEmpty { lines += rows.map { "\($0)" } }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: DuplicatePolicy.allCases)
  func `threads and blocks change nothing`(duplicates: DuplicatePolicy) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<4 {
      var file = CheckedFile("", duplicates: duplicates)
      file.bytes = RandomTable(rows: 400, random: &random).csv(&random)
      file.options = IntakeOptions(blockSize: 1 << 22, threads: 1)
      let expected = try account(file)
      for (threads, block) in [(1, 64), (1, 4096), (2, 64), (2, 4096), (3, 511), (8, 64), (8, 1000), (8, 1 << 22)] {
        file.options = IntakeOptions(blockSize: block, threads: threads)
        #expect(try account(file) == expected, "seed \(seed), \(threads) threads, blocks of \(block)")
      }
    }
  }

  @Test(arguments: DuplicatePolicy.allCases)
  func `little memory changes nothing`(duplicates: DuplicatePolicy) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<4 {
      var file = CheckedFile("", duplicates: duplicates)
      file.bytes = RandomTable(rows: 400, random: &random).csv(&random)
      file.options = IntakeOptions(blockSize: 512, threads: 2)
      let expected = try account(file)
      // Room for nothing, or for a few rejected rows: what is kept of each block is moved to a file.
      for bytes in [100, 10_000] {
        file.options.memory = MemoryPlan(blockSize: 512, logBytes: 0, comparisonBytes: bytes)
        file.options.comparisonBytes = bytes
        #expect(try account(file) == expected, "seed \(seed)")
        #expect(try file.check().spilledBytes > 0)
      }
    }
  }

  @Test(arguments: [1, 2, 8])
  func `a quote that never closes rejects the file on any number of threads`(threads: Int) throws {
    var file = CheckedFile(
      "external_reference,currency,amount_due,customer\n"
        + (1...200).map { "INV-\($0),ZAR,1,bcus_1\n" }.joined() + "\"INV-x,ZAR,1,bcus_1\n"
        + (201...400).map { "INV-\($0),ZAR,1,bcus_1\n" }.joined())
    file.options = IntakeOptions(blockSize: 256, threads: threads)
    let check = try file.check()
    #expect(check.fileFindings.count == 1)
    #expect(check.recordsRead == 200)
    #expect(check.byteCount == Int64(file.bytes.count))
  }

  @Test func `stopped on several threads, what was read was digested and judged`() throws {
    var file = CheckedFile(
      "external_reference,currency,amount_due,customer\n" + (1...3000).map { "INV-\($0),ZAR,1,bcus_1\n" }.joined())
    file.options = IntakeOptions(blockSize: 64, threads: 4)
    let check = try file.intake().check(.memory(file.bytes, name: "m"), temporaryFolder: "/tmp") { _ in false }
    #expect(check.stoppedEarly)
    #expect(check.money["ZAR"] == Int64(check.recordsRead))
    let read = Array(file.bytes.prefix(Int(check.byteCount)))
    #expect(check.digest == SHA256Digest(hashing: read))
    #expect(read.count { $0 == UInt8(ascii: "\n") } == check.recordsRead + 1)
  }

  @Test func `an error of reading ends all threads`() throws {
    let intake = try Intake(options: IntakeOptions(blockSize: 64, threads: 4))
    #expect(throws: IntakeError.self) {
      try intake.check(.file(path: "/proc/self/mem"), temporaryFolder: "/tmp")
    }
  }
}

extension MoneyTally {
  fileprivate subscript(currency: String) -> Int64? { CurrencyCode(currency).map { self[$0].valid } }
}
