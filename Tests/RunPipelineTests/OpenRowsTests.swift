import BillLedger
import BillModel
import Foundation
import Hashing
import Testing

@testable import RunPipeline

struct OpenRowsTests {
  private static let now = WallTime(milliseconds: 1_700_000_000_000)
  private static let layout = LayoutIdentity(
    digest: SHA256Digest(hashing: "layout"), name: "default", duplicates: "reject")
  private static var newFolder: String { NSTemporaryDirectory() + "billdrop-open-rows-\(UUID().uuidString)" }

  private static func ledger(in folder: String) throws -> Ledger {
    try Ledger(
      path: folder + "/ledger.sqlite",
      environment: EnvironmentStamp(origin: "https://api.example", mode: .test, merchant: "default"), now: now)
  }

  @Test func `of more files than are looked at the latest are told, and how many older ones there are`() throws {
    let folder = Self.newFolder
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (now, layout) = (Self.now, Self.layout)
    let ledger = try Self.ledger(in: folder)
    for name in ["a.csv", "b.csv", "c.csv", "through.csv", "d.csv"] {
      let file = FileIdentity(digest: SHA256Digest(hashing: name), name: name, byteCount: 1)
      let run = try ledger.openFileRun(file, layout: layout, approval: nil, now: now)
      let verdict: Verdict = name == "through.csv" ? .complete : .completeWithRejects
      try ledger.setState(.reported, of: run.id, verdict: verdict, now: now)
    }
    let two = try OpenRows(ledger, now: now, most: 2)
    #expect(two.needs.map(\.name) == ["d.csv", "c.csv"] && two.unread == 2)
    let all = try OpenRows(ledger, now: now)
    #expect(all.needs.map(\.name) == ["d.csv", "c.csv", "b.csv", "a.csv"] && all.unread == 0)
  }

  @Test func `a lost file whose rows are through needs nobody once its changes are struck off`() throws {
    let folder = Self.newFolder
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ledger = try Self.ledger(in: folder)
    let file = FileIdentity(digest: SHA256Digest(hashing: "a.csv"), name: "a.csv", byteCount: 1)
    let run = try ledger.openFileRun(file, layout: Self.layout, approval: nil, now: Self.now).id
    try ledger.saveCheck(
      FileCheckRecord(blockSize: 1, blockDigests: [], recordsRead: 1, valid: 1, invalid: 0), of: run, now: Self.now)
    var batch = LedgerBatch()
    batch.settlements = [
      RowSettlement(record: 1, reference: "B", outcome: .unchanged, epoch: 1, attempts: 1, confirmedBy: .answer)
    ]
    batch.differences = [
      PartyDifference(record: 1, party: PartyKey(.customer, "C"), fields: ["name"], state: .changing)
    ]
    _ = try ledger.commit(batch, fileRun: run, now: Self.now)
    func reasons() throws -> [String] { try LedgerNeeds(ledger, feeds: [], now: Self.now).needs.map(\.reason) }
    #expect(
      try reasons() == ["Its rows are through; what became of its changes of customers and accounts is not known yet."])
    let later = Self.now.advanced(byMilliseconds: 10_000)
    let struck = try ledger.strikeOffChanges(ofFile: file.digest.short, landing: 10_000, now: later)
    #expect(try struck?.isDone == true && reasons().isEmpty)
  }
}
