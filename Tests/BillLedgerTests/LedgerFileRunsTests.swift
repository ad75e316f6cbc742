import BillModel
import Hashing
import Testing

@testable import BillLedger

@Suite struct LedgerFileRunsTests {
  let fixture = LedgerFixture()
  let file = LedgerFixture.file()
  let layout = LedgerFixture.layout()
  let now = LedgerFixture.start

  @Test func `rule 20: the same bytes under the same layout are the same run, whatever their name`() throws {
    let ledger = try fixture.open()
    let first = try ledger.openFileRun(file, layout: layout, approval: nil, now: now)
    #expect(first.state == .claimed && first.verdict == nil && first.startedAt == now && !first.isFinished)
    var renamed = file
    renamed.name = "b.csv"
    let later = now.advanced(byMilliseconds: 1000)
    let second = try ledger.openFileRun(renamed, layout: layout, approval: nil, now: later)
    #expect(second == first)
    let other = try ledger.openFileRun(LedgerFixture.file("c.csv"), layout: layout, approval: nil, now: later)
    #expect(other.id != first.id)
  }

  @Test(arguments: FileState.allCases)
  func `rule 20: the same bytes under another layout are refused in every state, naming both`(state: FileState) throws {
    let ledger = try fixture.open()
    let run = try ledger.openFileRun(file, layout: layout, approval: nil, now: now)
    try ledger.setState(state, of: run.id, now: now)
    let other = LedgerFixture.layout("other")
    for approval in [nil, "", "0123456789ab", file.digest.hex, LedgerFixture.file("c.csv").digest.short] {
      #expect(throws: LedgerError.otherLayout(file: file.digest, recorded: layout, offered: other)) {
        try ledger.openFileRun(file, layout: other, approval: approval, now: now)
      }
    }
    let approved = try ledger.openFileRun(file, layout: other, approval: file.digest.short, now: now)
    #expect(approved.id != run.id && approved.layout == other)
    #expect(try ledger.fileRuns(of: file.digest).map(\.id) == [run.id, approved.id])
    #expect(try ledger.openFileRun(file, layout: other, approval: nil, now: now).id == approved.id)
    #expect(try ledger.openFileRun(file, layout: layout, approval: nil, now: now).id == run.id)
  }

  @Test func `state and verdict outlast the process`() throws {
    var run = FileRunID(0)
    do {
      let ledger = try fixture.open()
      run = try ledger.run()
      try ledger.setState(.sending, of: run, now: now)
      try ledger.setState(.reported, of: run, verdict: .completeWithRejects, now: now)
      try ledger.setState(.answered, of: run, now: now)
    }
    let held = try fixture.open().fileRun(run)
    #expect(held?.state == .answered && held?.verdict == .completeWithRejects)
    #expect(try fixture.open().fileRun(FileRunID(99)) == nil)
  }

  @Test func `a file's feed is the layout's name where none is said, and stays what it was`() throws {
    let ledger = try fixture.open()
    let plain = try ledger.openFileRun(file, layout: layout, approval: nil, now: now)
    let fed = try ledger.openFileRun(
      LedgerFixture.file("b.csv"), layout: layout, feed: "nightly", approval: nil, now: now)
    #expect(plain.feed == "default" && fed.feed == "nightly")
    #expect(try ledger.openFileRun(file, layout: layout, feed: "nightly", approval: nil, now: now).feed == "default")
    #expect(try ledger.fileRun(fed.id) == fed)
  }

  @Test(arguments: FileState.allCases)
  func `a released file is not held any more, and checked where nothing was sent yet`(state: FileState) throws {
    let ledger = try fixture.open()
    let run = try ledger.openFileRun(file, layout: layout, approval: nil, now: now)
    try ledger.setState(state, of: run.id, verdict: .held, now: now)
    let held = try #require(try ledger.fileRun(run.id))
    #expect(held.isHeld)
    try ledger.release(held, approval: file.digest.short, now: now)
    let approved = try ledger.fileRun(run.id)
    #expect(approved?.approval == file.digest.short && approved?.verdict == nil && approved?.isHeld == false)
    #expect(approved?.state == (state == .claimed || state == .staged ? .checked : state))
  }

  @Test func `a run is finished when all was sent and no row is unresolved or taken back`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    func isFinished() throws -> Bool? { try ledger.fileRun(run)?.isFinished }
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B")] }
    #expect(try isFinished() == false)
    try ledger.completeSending(of: run, now: now)
    #expect(try isFinished() == false)
    try ledger.commit(run) {
      $0.settlements = [LedgerFixture.settlement(1, "A", .refused)]
      $0.unknowns = [2]
    }
    #expect(try isFinished() == false)
    try ledger.commit(run) { $0.withdrawals = [RowWithdrawal(record: 2, nextEpoch: 1, attempts: 0)] }
    #expect(try isFinished() == false)
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(2, "B", .created, id: "bill_2")] }
    #expect(try isFinished() == true)
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2)] }
    #expect(try isFinished() == false)
  }

  @Test func `rule 22: a run is not finished while a change of a party is open, however its sending ended`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("other.csv")
    let party = PartyKey(.customer, "C")
    try ledger.commit(run) {
      $0.differences = [PartyDifference(record: 1, party: party, fields: ["name"], state: .changing)]
    }
    for id in [run, other] { try ledger.completeSending(of: id, now: now) }
    #expect(try ledger.fileRun(run)?.isFinished == false)
    #expect(try ledger.fileRun(other)?.isFinished == true)
    try ledger.commit(run) {
      $0.differences = [PartyDifference(record: 1, party: party, fields: ["name"], state: .changed)]
    }
    #expect(try ledger.fileRun(run)?.isFinished == true)
  }

  @Test func `what pass one found comes back, and a later pass takes its place`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    #expect(try ledger.check(of: run) == nil)
    for blocks in [0, 1, 3000] {
      let check = FileCheckRecord(
        blockSize: 1 << 20, blockDigests: (0..<blocks).map { SHA256Digest(hashing: "block \($0)") },
        recordsRead: blocks * 10, valid: blocks * 9, invalid: blocks)
      try ledger.saveCheck(check, of: run, now: now)
      #expect(try ledger.check(of: run) == check)
    }
  }
}
