import BillLedger
import BillModel
import Foundation
import Hashing
import Testing

@testable import RunPipeline

struct OpenRowsTests {
  @Test func `of more files than are looked at the latest are told, and how many older ones there are`() throws {
    let folder = NSTemporaryDirectory() + "billdrop-open-rows-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let now = WallTime(milliseconds: 1_700_000_000_000)
    let ledger = try Ledger(
      path: folder + "/ledger.sqlite",
      environment: EnvironmentStamp(origin: "https://api.example", mode: .test, merchant: "default"), now: now)
    let layout = LayoutIdentity(digest: SHA256Digest(hashing: "layout"), name: "default", duplicates: "reject")
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
}
