import BillIntake
import BillLedger
import BillModel
import BillReports
import FoundationEssentials
import Hashing
import SubmitPass
import Testing

@testable import FileRuns

/// A report is the same whether rows and ledger are read ahead by other threads or not.
@Suite struct ReportPassTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/pass-\(UInt64.random(in: 0...UInt64.max))"

  private static let rows = 7_000

  private static func text(_ rows: Int) -> String {
    "external_reference,currency,amount_due,account.external_reference,account.customer.external_reference\n"
      + (1...rows).map { "R\($0),\($0 % 3 == 0 ? "USD" : "ZAR"),\($0 % 11 == 0 ? "x" : "\($0)"),A\($0),C\($0)\n" }
      .joined()
  }

  /// What becomes of a row that keeps the rules; `nil` where nothing of it was sent.
  private static func settlement(_ record: Int) -> RowSettlement? {
    let outcomes: [RowOutcome?] = [.created, .created, .unchanged, .refused, .conflict, nil, .created]
    guard record % 11 != 0, let outcome = outcomes[record / 5 % outcomes.count] else { return nil }
    var settlement = RowSettlement(
      record: record, reference: "R\(record)", outcome: outcome, billID: "bill_\(record)", epoch: 1,
      attempts: record % 3 + 1, confirmedBy: .answer)
    if outcome == .refused || outcome == .conflict {
      settlement.code = outcome == .refused ? .apiRefused : .apiConflict
      (settlement.field, settlement.message) = ("currency", "no, \"\(record)\"")
    }
    return settlement
  }

  private func fill(_ ledger: Ledger, _ check: FileCheck) throws(LedgerError) -> FileRunID {
    let run = try ledger.openFileRun(
      FileIdentity(digest: check.digest, name: "a.csv", byteCount: check.byteCount),
      layout: LayoutIdentity(check.layout), approval: nil, now: .now
    ).id
    var batch = LedgerBatch()
    batch.settlements = (1...Self.rows).compactMap { Self.settlement($0) }
    batch.differences = stride(from: 2, through: Self.rows, by: 5).map { record in
      PartyDifference(
        record: record, party: PartyKey(.account, "A\(record)"), fields: ["name"], state: .left)
    }
    _ = try ledger.commit(batch, fileRun: run, now: .now)
    return run
  }

  /// The report's tables, and the digest and the counts of the pass.
  private func report(_ intake: Intake, _ check: FileCheck, _ ledger: Ledger, _ run: FileRunID) throws -> [String] {
    let place = ReportFolder(reports: folder, fileName: "a.csv", digest: check.digest, command: "submit")
    let report = try FileReport(check, in: place, list: .outcomes)
    var pass = ReportPass(intake: intake, check: check, ledger: ledger, fileRun: run, report: report)
    try pass.run()
    try report.finish(check.summary(command: "submit", accounting: pass.accounting, startedAt: .now))
    let files = ["rows.csv", "issues.csv", "rejected.csv"].map { name in
      String(decoding: (try? Data(contentsOf: URL(filePath: "\(place.path)/\(name)"))) ?? Data(), as: UTF8.self)
    }
    let findings = pass.answerFindings.values.map { "\($0)" }.sorted()
    return files + findings + [
      "\(pass.rowsDigest)", "\(pass.accounting.outcomes.sorted { $0.key.rawValue < $1.key.rawValue })",
      "\(pass.amounts.sorted { $0.key < $1.key })", "\(pass.change.map { "\($0)" } ?? "")",
      "\(pass.rowsToMend.rows.count)",
    ]
  }

  @Test(arguments: [false, true])
  func `a report is the same on one thread and on several`(changes: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/a.csv"
    var bytes = Array(Self.text(Self.rows).utf8)
    try Data(bytes).write(to: URL(filePath: path))
    let ledger = try Ledger(
      path: folder + "/ledger.sqlite", environment: EnvironmentStamp(origin: "https://api.example", mode: .test),
      now: .now)
    var reports: [[String]] = []
    for threads in [1, 2, 2] {
      let intake = try Intake(options: IntakeOptions(blockSize: 1 << 14, threads: threads))
      let check = try intake.check(.file(path: path), temporaryFolder: folder)
      let run = try fill(ledger, check)
      if changes {
        bytes[bytes.count - 9] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
      }
      reports.append(try report(intake, check, ledger, run))
      if changes {
        bytes[bytes.count - 9] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
      }
    }
    #expect(reports[0][0].split(separator: "\n").count == Self.rows + 1)
    #expect(reports[1] == reports[0])
    #expect(reports[2] == reports[0])
  }

  @Test func `a code that is an error of one row and a warning of another is counted for both`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(Self.text(3).utf8).write(to: URL(filePath: folder + "/a.csv"))
    let ledger = try Ledger(
      path: folder + "/ledger.sqlite", environment: EnvironmentStamp(origin: "https://api.example", mode: .test),
      now: .now)
    let intake = try Intake(options: IntakeOptions())
    let check = try intake.check(.file(path: folder + "/a.csv"), temporaryFolder: folder)
    let run = try ledger.openFileRun(
      FileIdentity(digest: check.digest, name: "a.csv", byteCount: check.byteCount),
      layout: LayoutIdentity(check.layout), approval: nil, now: .now
    ).id
    var batch = LedgerBatch()
    batch.settlements = [(1, RowOutcome.created), (2, .conflict), (3, .conflict)].map { record, outcome in
      RowSettlement(
        record: record, reference: "R\(record)", outcome: outcome, code: .paymentTakenBack, billID: "bill_\(record)",
        epoch: 1, attempts: 1, confirmedBy: .answer)
    }
    _ = try ledger.commit(batch, fileRun: run, now: .now)
    var pass = ReportPass(intake: intake, check: check, ledger: ledger, fileRun: run, report: nil)
    try pass.run()
    let counts = pass.answerFindings.values.sorted { $0.firstRecord < $1.firstRecord }
    #expect(
      counts == [
        FindingCount(code: .paymentTakenBack, severity: .warning, count: 1, firstRecord: 1),
        FindingCount(code: .paymentTakenBack, severity: .error, count: 2, firstRecord: 2),
      ])
  }
}
