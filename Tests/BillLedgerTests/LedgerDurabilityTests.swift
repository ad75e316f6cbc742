import BillModel
import Glibc
import Testing

@testable import BillLedger

@Suite struct LedgerDurabilityTests {
  let fixture = LedgerFixture(inFile: true)

  /// Copies a ledger's files as a crash would leave them, while it is open.
  private func copy(to folder: String) {
    mkdir(folder, 0o700)
    for suffix in ["", "-wal"] {
      let from = Glibc.open(fixture.path + suffix, O_RDONLY)
      let to = Glibc.open(folder + "/test.sqlite" + suffix, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      while true {
        let count = read(from, &bytes, bytes.count)
        if count <= 0 { break }
        write(to, bytes, count)
      }
      close(from)
      close(to)
    }
  }

  @Test func `every commit that returned is there when the files of that moment are opened`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    for record in 1...50 {
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "INV-\(record)")] }
      guard record % 10 == 0 else { continue }
      let other = LedgerFixture(inFile: true)
      copy(to: other.folder + "/state")
      let copied = try other.open()
      #expect(try copied.rows(of: run, after: 0, limit: 99).map(\.record) == Array(1...record))
      #expect(try copied.counts(of: run).intended == record)
      #expect(try copied.bill("INV-\(record)") != nil)
    }
  }

  @Test func `a WAL cut at any place gives the ledger of an earlier commit, whole`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    for record in 1...20 {
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "INV-\(record)")] }
    }
    var status = stat()
    stat(fixture.path + "-wal", &status)
    var last = 0
    for size in stride(from: 0, through: Int(status.st_size), by: 1999) {
      let other = LedgerFixture(inFile: true)
      copy(to: other.folder + "/state")
      truncate(other.path + "-wal", off_t(size))
      let copied = try other.open()
      let records = try copied.rows(of: run, after: 0, limit: 99).map(\.record)
      #expect(records == Array(1..<records.count + 1))
      #expect(try copied.counts(of: run).intended == records.count)
      #expect(records.count >= last)
      last = records.count
    }
    #expect(last > 15)
  }

  @Test func `a process killed while it commits leaves whole batches, and its lock is free`() async throws {
    let path = fixture.path
    let run = try fixture.open().run()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let ledger = try Ledger(path: path, environment: LedgerFixture.environment, now: LedgerFixture.start)
      let killer = UnsafeMutablePointer<pthread_t>.allocate(capacity: 1)
      for start in stride(from: 1, to: 10_000_000, by: 10) {
        try ledger.commit(FileRunID(1)) { batch in
          batch.intents = (start..<start + 10).map { LedgerFixture.intent($0, "INV-\($0)") }
        }
        guard start == 1 else { continue }
        pthread_create(
          killer, nil,
          { _ in
            usleep(100_000)
            kill(getpid(), SIGKILL)
            return nil
          }, nil)
      }
    }
    let ledger = try fixture.open()
    let intended = try ledger.counts(of: run).intended
    #expect(intended > 0 && intended % 10 == 0)
    #expect(try ledger.rows(of: run, after: 0, limit: intended + 99).map(\.record) == Array(1..<intended + 1))
    try ledger.checkIntegrity()
  }

  @Test func `a full disk stops a commit whole, and the ledger goes on when there is space again`() async throws {
    let path = fixture.path
    // In a process of its own: the limit that stands for a full disk is the whole process's.
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      let ledger = try Ledger(path: path, environment: LedgerFixture.environment, now: LedgerFixture.start)
      let run = try ledger.run()
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      var limit = rlimit(rlim_cur: 200_000, rlim_max: rlim_t.max)
      setrlimit(resource, &limit)
      var committed = 0
      let error = #expect(throws: LedgerError.self) {
        for record in 1...10_000 {
          try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "INV-\(record)")] }
          committed = record
        }
      }
      #expect(error == .diskFull(path: ledger.path))
      #expect(committed > 0)
      #expect(try ledger.counts(of: run).intended == committed)
      limit.rlim_cur = rlim_t.max
      setrlimit(resource, &limit)
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(committed + 1, "INV-\(committed + 1)")] }
      #expect(try ledger.rows(of: run, after: 0, limit: 10_000).map(\.record) == Array(1...committed + 1))
      try ledger.checkIntegrity()
    }
  }

  @Test func `a disk without room for a new ledger leaves none behind`() async throws {
    let path = fixture.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10_000, rlim_max: rlim_t.max)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #expect(throws: LedgerError.diskFull(path: path)) {
        try Ledger(path: path, environment: LedgerFixture.environment, now: LedgerFixture.start)
      }
      for suffix in ["", ".new", ".new-journal"] { #expect(access(path + suffix, F_OK) != 0) }
    }
    _ = try fixture.open()
  }
}
