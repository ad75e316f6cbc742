import BillLedger
import BillModel
import Foundation
import Hashing
import SubmitPass
import Testing

@testable import FileRuns
@testable import billdrop

@Suite struct StatusReportTests {
  @Test func `why rows are unknown is told of a file that isn't being sent`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "billdrop-status-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ledger = try Ledger(
      path: folder + "/ledger.sqlite", environment: EnvironmentStamp(origin: "https://api.example", mode: .test),
      now: .now)
    let digest = SHA256Digest(hashing: "x")
    let run = try ledger.openFileRun(
      FileIdentity(digest: digest, name: "bills.csv", byteCount: 9),
      layout: LayoutIdentity(digest: digest, name: "default", duplicates: "reject"), approval: nil, now: .now)
    var intents = LedgerBatch()
    intents.intents = [
      RowIntent(
        record: 1, reference: "A", epoch: 1, form: .nested, bodyDigest: digest, serializerVersion: 1, firstSentAt: .now,
        attempts: 1)
    ]
    _ = try ledger.commit(intents, fileRun: run.id, now: .now)
    var unknown = LedgerBatch()
    (unknown.unknowns, unknown.unknownReasons) = ([1], [1: "its key is asked for"])
    _ = try ledger.commit(unknown, fileRun: run.id, now: .now)
    #expect(try reason(ledger) == "Of 1 unknown row: its key is asked for")
    let status = StatusFile(ledger: ledger.path)
    for (file, reason) in [("other.csv", "Of 1 unknown row: its key is asked for"), ("bills.csv", nil)] {
      status.write(
        RunStatus(
          pid: getpid(), file: file, stage: .sending, done: 0, perSecond: 0, outcomes: [:],
          toldAt: WallTime.now.milliseconds))
      #expect(try self.reason(ledger) == reason)
    }
  }

  private func reason(_ ledger: Ledger) throws -> String? {
    try StatusReport(ledger, of: nil, most: 10, feeds: [], configuration: "FILE").runs.first?.reason
  }
}
