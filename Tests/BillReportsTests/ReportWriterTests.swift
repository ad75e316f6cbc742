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

  private func contents(_ name: String) -> String? {
    (try? Data(contentsOf: URL(filePath: folder().path + "/" + name))).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a report has its tables, and its summary last`() throws {
    let writer = try ReportWriter(
      folder: folder(), heading: Array("a,b".utf8), lineEnd: [0x0D, 0x0A], listsRows: true)
    try writer.add(ReportRow(record: 1, line: 2, reference: "INV-1", outcome: .created, id: "bill_1", attempts: 1))
    try writer.addRejected(raw: Array("x,\"y\"".utf8), code: .amountRange, reason: "Too much, by far.")
    #expect(contents("summary.json") == nil)
    try writer.finish(summary())
    #expect(contents("rows.csv")?.hasSuffix("\n1,2,INV-1,created,,,,bill_1,1\n") == true)
    #expect(
      contents("rejected.csv")
        == "a,b,billdrop_code,billdrop_reason\r\nx,\"y\",amount.range,\"Too much, by far.\"\r\n")
    #expect(contents("summary.json")?.contains("\"verdict\": \"complete\"") == true)
  }

  @Test func `a later report replaces an earlier one whole`() throws {
    let first = try ReportWriter(folder: folder(), heading: [], listsRows: true)
    try first.addRejected(raw: Array("x".utf8), code: .amountRange, reason: "r")
    try first.finish(summary())
    let second = try ReportWriter(folder: folder(), heading: [], listsRows: true)
    try second.finish(summary())
    #expect(contents("rejected.csv") == nil)
    #expect(contents("summary.json") != nil)
  }

  @Test func `an abandoned report leaves the one before as it was`() throws {
    let first = try ReportWriter(folder: folder(), heading: [], listsRows: true)
    try first.finish(summary())
    let before = contents("rows.csv")
    do {
      let second = try ReportWriter(folder: folder(), heading: [], listsRows: true)
      try second.add(ReportRow(record: 1, line: 2, reference: "INV-1", outcome: .created))
    }
    #expect(contents("rows.csv") == before)
    #expect(contents("summary.json") != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder().path).count == 3)
  }
}
