import BillModel
import DurableFiles
import FoundationEssentials
import Hashing
import Testing

@testable import BillReports

@Suite struct ReportWriterTests {
  let reports = FileManager.default.temporaryDirectory.path + "/report-\(UInt64.random(in: 0...UInt64.max))"
  let digest = SHA256Digest(hex: String(repeating: "ab", count: 32))!

  private func folder() -> ReportFolder {
    ReportFolder(reports: reports, fileName: "bills.csv", digest: digest, command: "submit")
  }

  private func summary() -> Summary {
    Summary(
      command: "submit", verdict: .complete, fileName: "bills.csv", byteCount: 3, digest: digest, recordsValid: 1,
      recordsInvalid: 0, accounting: Accounting(recordsRead: 1, moneyRead: [:]), findings: [],
      startedAt: WallTime(milliseconds: 0), seconds: 0.5)
  }

  private let reason = RejectedReason(
    record: 2, line: 3, code: .amountRange, column: "amount_due", message: "Too much, by far.")

  private func file(_ name: String = "csv", opening: String = "", listsReasons: Bool = false) -> RejectedFile {
    RejectedFile(nameExtension: name, opening: Array(opening.utf8), listsReasons: listsReasons)
  }

  private func contents(_ name: String) -> String? {
    (try? Data(contentsOf: URL(filePath: folder().path + "/" + name))).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a report has its tables, and its summary last`() throws {
    let writer = try ReportWriter(
      folder: folder(), rejected: file(opening: "a,b\r\n"), list: .outcomes)
    try writer.add(ReportRow(record: 1, line: 2, reference: "INV-1", outcome: .created, id: "bill_1", attempts: 1))
    try writer.addRejected(Array("x,\"y\"\r\n".utf8), reason: reason)
    #expect(contents("summary.json") == nil)
    try writer.finish(summary(), page: Array("page".utf8), closing: Array("end".utf8))
    #expect(contents("rows.csv")?.hasSuffix("\n1,2,INV-1,created,,,,bill_1,1\n") == true)
    #expect(contents("rejected.csv") == "a,b\r\nx,\"y\"\r\nend")
    #expect(contents("summary.json")?.contains("\"verdict\": \"complete\"") == true)
  }

  @Test func `a later report replaces an earlier one whole`() throws {
    let first = try ReportWriter(folder: folder(), rejected: file(), list: .outcomes)
    try first.addRejected(Array("x\n".utf8), reason: reason)
    try first.finish(summary(), page: Array("page".utf8))
    let second = try ReportWriter(folder: folder(), rejected: file(), list: .outcomes)
    try second.finish(summary(), page: Array("page".utf8))
    #expect(contents("rejected.csv") == nil)
    #expect(contents("summary.json") != nil)
  }

  @Test func `an abandoned report leaves the one before as it was`() throws {
    let first = try ReportWriter(folder: folder(), rejected: file(), list: .outcomes)
    try first.finish(summary(), page: Array("page".utf8))
    let before = contents("rows.csv")
    do {
      let second = try ReportWriter(folder: folder(), rejected: file(), list: .outcomes)
      try second.add(ReportRow(record: 1, line: 2, reference: "INV-1", outcome: .created))
    }
    #expect(contents("rows.csv") == before)
    #expect(contents("summary.json") != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder().path).count == 4)
  }

  @Test func `reasons stand beside rows that have no place for them, and go with the rows`() throws {
    let first = try ReportWriter(folder: folder(), rejected: file("dat", listsReasons: true), list: .none)
    try first.addRejected([1, 2], reason: reason)
    try first.finish(summary(), page: Array("page".utf8))
    #expect(
      contents("rejected.reasons.csv")
        == "record,line,code,column,reason\n2,3,amount.range,amount_due,\"Too much, by far.\"\n")
    let second = try ReportWriter(folder: folder(), rejected: file(), list: .none)
    try second.addRejected([3], reason: reason)
    try second.finish(summary(), page: Array("page".utf8))
    let rejected = try FileManager.default.contentsOfDirectory(atPath: folder().path).filter {
      $0.hasPrefix("rejected")
    }
    #expect(rejected == ["rejected.csv"])
  }
}
