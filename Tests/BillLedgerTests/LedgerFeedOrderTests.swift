import BillModel
import Testing

@testable import BillLedger

/// Which file of a feed was the last, by its order, of which something was sent.
@Suite struct LedgerFeedOrderTests {
  private let fixture = LedgerFixture()
  private let now = LedgerFixture.start

  private func file(
    _ ledger: Ledger, _ name: String, _ key: String, _ verdict: Verdict?, run state: FileState? = nil,
    read: Bool = true, ended: Bool = false
  ) throws -> DropFile {
    let identity = LedgerFixture.file(name)
    var file = try ledger.beginDropFile(
      place: "/srv/d", feed: "daily", name: name, sortKey: key, byteCount: identity.byteCount, modified: 6, now: now)
    file.verdict = verdict
    if read { file.digest = identity.digest }
    if ended { file.endedAt = now }
    try ledger.update(file, now: now)
    if let state {
      let run = try ledger.openFileRun(
        identity, layout: LedgerFixture.layout(), feed: "daily", approval: nil, now: now)
      try ledger.setState(state, of: run.id, now: now)
    }
    return file
  }

  private func last(_ ledger: Ledger, like key: String = "2026-02-01", besides number: Int64 = 0) throws -> String? {
    try ledger.lastBegun(ofFeed: "daily", like: key, besides: number)?.name
  }

  @Test func `rule 18: a file that was begun counts as one that is done, as long as it is open`() throws {
    let ledger = try fixture.open()
    _ = try file(ledger, "1.csv", "2026-02-01", .complete, ended: true)
    #expect(try last(ledger) == "1.csv")
    // Of none of these anything was sent.
    _ = try file(ledger, "9.csv", "2026-02-09", nil)
    _ = try file(ledger, "8.csv", "2026-02-08", .held, run: .claimed)
    _ = try file(ledger, "7.csv", "2026-02-07", .duplicate, run: .archived, ended: true)
    _ = try file(ledger, "6.csv", "2026-02-06", .stopped, run: .sending, ended: true)
    #expect(try last(ledger) == "1.csv")
    // Its process died before it had read it to its end.
    _ = try file(ledger, "2.csv", "2026-02-02", nil, run: .sending, read: false)
    #expect(try last(ledger) == "2.csv")
    _ = try file(ledger, "3.csv", "2026-02-03", .stopped, run: .sending)
    #expect(try last(ledger) == "3.csv")
    let held = try file(ledger, "4.csv", "2026-02-04", .held, run: .sending)
    #expect(try last(ledger) == "4.csv")
    #expect(try last(ledger, besides: held.id) == "3.csv")
    #expect(try last(ledger, like: "2026-02-04") == "3.csv", "a right one may come for it")
    // Its rows are through, and it can't be put away.
    _ = try file(ledger, "5.csv", "2026-02-05", .completeWithRejects, run: .reported)
    #expect(try last(ledger) == "5.csv")
  }

  @Test func `numbers that a feed has now are compared with numbers, whatever dates it had before`() throws {
    let ledger = try fixture.open()
    _ = try file(ledger, "1.csv", "2026-02-01", .complete, ended: true)
    let number = "000000000000000041"
    #expect(try last(ledger, like: number) == nil)
    _ = try file(ledger, "41.csv", number, .complete, ended: true)
    #expect(try last(ledger, like: number) == "41.csv")
    #expect(try ledger.lastPutAway(ofFeed: "daily")?.name == "41.csv")
  }

  @Test func `who was told of a file's order is told again once something later was sent`() throws {
    let ledger = try fixture.open()
    #expect(try !ledger.isOrderAsked(of: "0123456789ab"))
    try ledger.noteOrderAsked(of: "0123456789ab", now: now)
    #expect(try ledger.isOrderAsked(of: "0123456789ab"))
    try ledger.noteOrderApproved(of: "0123456789ab", after: "2026-02-02", now: now)
    #expect(try ledger.isOrderApproved(of: "0123456789ab", after: "2026-02-02"))
    #expect(try !ledger.isOrderApproved(of: "0123456789ab", after: "2026-02-03"))
    #expect(try !ledger.isOrderAsked(of: "0123456789ab"))
  }
}
