import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerNeedsTests {
  private let fixture = LedgerFixture()
  private let now = LedgerFixture.start

  private func need(_ name: String, _ kind: DropNeed.Kind = .held, at time: WallTime? = nil) -> DropNeed {
    DropNeed(place: "/srv/d", feed: "daily", name: name, kind: kind, reason: "Because.", since: time ?? now)
  }

  @Test func `a look replaces what the look before it left, and keeps since when it is known`() throws {
    let ledger = try fixture.open()
    let later = now.advanced(byMilliseconds: 60_000)
    try ledger.keep([need("a.csv"), need("b.csv")], ofDrop: "/srv/d", kinds: [.held])
    try ledger.keep([need("b.csv", at: later), need("c.csv", at: later)], ofDrop: "/srv/d", kinds: [.held])
    #expect(try ledger.needs() == [need("b.csv"), need("c.csv", at: later)])
    try ledger.keep([], ofDrop: "/srv/other", kinds: [.held])
    #expect(try ledger.needs().count == 2)
  }

  @Test func `what a look couldn't see stays`() throws {
    let ledger = try fixture.open()
    try ledger.keep([need("daily 2026-02-01", .missing)], ofDrop: "/srv/d", kinds: [.missing])
    try ledger.keep([need("a.csv"), need("b.csv", .stopped)], ofDrop: "/srv/d", kinds: [.held, .stopped])
    try ledger.keep([], ofDrop: "/srv/d", kinds: [.held, .stopped]) { $0.name == "b.csv" }
    #expect(try ledger.needs().map(\.name) == ["b.csv", "daily 2026-02-01"])
    let other = need("b.csv", at: now.advanced(byMilliseconds: 5))
    try ledger.keep([other], ofDrop: "/srv/d", kinds: [.held, .stopped])
    #expect(
      try ledger.needs(ofDrop: "/srv/d").first { $0.name == "b.csv" } == other, "held is another matter than stopped")
  }

  @Test func `a file that was rejected as a whole stands until one comes for it`() throws {
    let ledger = try fixture.open()
    func end(_ name: String, _ key: String?, _ verdict: Verdict) throws {
      var file = try ledger.beginDropFile(
        place: "/srv/d", feed: "daily", name: name, sortKey: key, byteCount: 5, modified: 6, now: now)
      (file.verdict, file.endedAt) = (verdict, now)
      try ledger.update(file, now: now)
    }
    func rejected() throws -> [String] {
      try ledger.rejectedDropFiles(in: "/srv/d", since: now.advanced(byMilliseconds: -1)).map(\.name)
    }
    try end("d1.csv", "2026-02-01", .fileRejected)
    try end("d2.csv", "2026-02-02", .fileRejected)
    try end("plain.csv", nil, .fileRejected)
    #expect(try rejected() == ["d1.csv", "d2.csv", "plain.csv"])
    try end("d3.csv", "2026-02-03", .complete)
    try end("d1.mended.csv", "2026-02-01", .complete)
    try end("plain.csv", nil, .complete)
    #expect(try rejected() == ["d2.csv"])
    #expect(try ledger.rejectedDropFiles(in: "/srv/d", since: now).isEmpty)
  }
}
