import BillModel
import Glibc
import Hashing
import Testing

@testable import BillLedger

@Suite struct LedgerOpeningTests {
  let fixture = LedgerFixture(inFile: true)

  private func makeLedger(rows: Int = 0) throws {
    let ledger = try fixture.open()
    guard rows > 0 else { return }
    let run = try ledger.run()
    try ledger.commit(run) { batch in batch.intents = (1...rows).map { LedgerFixture.intent($0, "INV-\($0)") } }
  }

  private func write(_ bytes: [UInt8], at offset: Int = 0, of path: String) {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT, 0o600)
    pwrite(descriptor, bytes, bytes.count, off_t(offset))
    close(descriptor)
  }

  private func bytes(of path: String) -> [UInt8] {
    let descriptor = Glibc.open(path, O_RDONLY)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes[..<max(count, 0)])
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  /// Opening throws what `matches` accepts, with a sentence that says what to do, and leaves the file as it was.
  private func expectRefusal(_ matches: (LedgerError) -> Bool) {
    let before = bytes(of: fixture.path)
    let error = #expect(throws: LedgerError.self) { try fixture.open() }
    if let error {
      #expect(matches(error), "\(error)")
      #expect(error.description.contains(fixture.path))
    }
    #expect(bytes(of: fixture.path) == before)
  }

  private func isCorrupted(_ error: LedgerError) -> Bool { if case .corrupted = error { true } else { false } }

  @Test func `a new ledger is for its owner alone, in a folder of its own`() throws {
    let ledger = try fixture.open()
    _ = try ledger.run()
    #expect(mode(fixture.folder + "/state") == 0o700)
    for suffix in ["", "-wal", ".lock"] { #expect(mode(fixture.path + suffix) == 0o600) }
    #expect(mode(fixture.path + ".new") == 0)
  }

  @Test func `a commit is durable: WAL and synchronous FULL`() throws {
    let database = try fixture.open().database
    #expect(try database.integer("PRAGMA synchronous") == 2)
    let mode = try Statement(database, "PRAGMA journal_mode")
    #expect(try mode.step())
    #expect(mode.text(0) == "wal")
  }

  @Test func `a second opening is told who has the ledger, also by another way to it`() throws {
    let ledger = try fixture.open()
    symlink(fixture.path, fixture.folder + "/link")
    defer { unlink(fixture.folder + "/link") }
    for path in [fixture.path, fixture.folder + "/state/../state/test.sqlite", fixture.folder + "/link"] {
      let error = #expect(throws: LedgerError.self) {
        try Ledger(path: path, environment: LedgerFixture.environment, now: LedgerFixture.start)
      }
      guard case .locked(fixture.path, let holder) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(holder.hasPrefix("pid \(getpid()) ("))
    }
    withExtendedLifetime(ledger) {}
  }

  @Test(arguments: [
    EnvironmentStamp(origin: "https://other.example", mode: .test),
    EnvironmentStamp(origin: "https://api.example", mode: .live),
    EnvironmentStamp(origin: "https://api.example", mode: .test, merchant: "metro"),
  ])
  func `rule 19: a ledger of another environment is refused, naming both`(other: EnvironmentStamp) throws {
    try makeLedger()
    #expect(
      throws: LedgerError.otherEnvironment(path: fixture.path, recorded: LedgerFixture.environment, wanted: other)
    ) { try fixture.open(environment: other) }
    _ = try fixture.open()
  }

  @Test(arguments: [
    Array(
      "not a database, but long enough to be read as the header of one, if one doesn't look at its beginning ...".utf8),
    [1, 2, 3], [UInt8](repeating: 0, count: 8192),
  ])
  func `a file that is no database is left alone`(content: [UInt8]) throws {
    mkdir(fixture.folder + "/state", 0o700)
    write(content, of: fixture.path)
    expectRefusal { $0 == .notALedger(path: fixture.path) }
  }

  @Test func `another program's database is left alone`() throws {
    try makeLedger()
    write([0, 0, 0, 1], at: 68, of: fixture.path)
    expectRefusal { $0 == .notALedger(path: fixture.path) }
  }

  @Test func `a ledger of a newer version is refused, naming both`() throws {
    try makeLedger()
    write([0, 0, 0, 99], at: 60, of: fixture.path)
    expectRefusal { $0 == .newerSchema(path: fixture.path, found: 99, known: Migration.all.count) }
  }

  @Test func `an emptied ledger is not made anew`() throws {
    try makeLedger(rows: 10)
    truncate(fixture.path, 0)
    expectRefusal(isCorrupted)
  }

  @Test func `a ledger cut short at any page is refused`() throws {
    try makeLedger(rows: 500)
    let whole = bytes(of: fixture.path)
    #expect(whole.count > 20 * 4096)
    for size in [1, 99] {
      truncate(fixture.path, off_t(size))
      expectRefusal { $0 == .notALedger(path: fixture.path) }
      write(whole, of: fixture.path)
    }
    for size in stride(from: 4096, to: whole.count, by: 4096 * 3 + 100) {
      truncate(fixture.path, off_t(size))
      expectRefusal(isCorrupted)
      write(whole, of: fixture.path)
    }
    _ = try fixture.open()
  }

  @Test func `a ledger with a damaged page is refused`() throws {
    try makeLedger(rows: 500)
    let whole = bytes(of: fixture.path)
    for page in stride(from: 1, to: whole.count / 4096, by: 5) {
      write([UInt8](repeating: 0xa5, count: 512), at: page * 4096, of: fixture.path)
      expectRefusal(isCorrupted)
      write(whole, of: fixture.path)
    }
  }

  @Test func `a ledger that is gone while its WAL is there is not made anew`() throws {
    try makeLedger()
    unlink(fixture.path)
    write([1, 2, 3], of: fixture.path + "-wal")
    expectRefusal(isCorrupted)
    #expect(mode(fixture.path) == 0)
  }

  @Test func `a link that leads nowhere is no place for a new ledger`() throws {
    mkdir(fixture.folder + "/state", 0o700)
    symlink(fixture.folder + "/unmounted/test.sqlite", fixture.path)
    expectRefusal { $0 == .linkToNothing(path: fixture.path) }
    var status = stat()
    #expect(lstat(fixture.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func `a ledger under two names is refused by both, since each would have its own lock`() throws {
    try makeLedger()
    let other = fixture.folder + "/state/other.sqlite"
    link(fixture.path, other)
    expectRefusal { $0 == .otherNames(path: fixture.path, count: 2) }
    #expect(throws: LedgerError.otherNames(path: other, count: 2)) {
      try Ledger(path: other, environment: LedgerFixture.environment, now: LedgerFixture.start)
    }
    for suffix in ["", ".lock"] { unlink(other + suffix) }
    _ = try fixture.open()
  }

  @Test func `the draft of a killed making is no obstacle`() throws {
    mkdir(fixture.folder + "/state", 0o700)
    write([1, 2, 3], of: fixture.path + ".new")
    try makeLedger()
    #expect(mode(fixture.path + ".new") == 0)
  }

  @Test func `a folder or a device in the ledger's place is an error with its path`() throws {
    mkdir(fixture.folder + "/state", 0o700)
    mkdir(fixture.path, 0o700)
    defer { rmdir(fixture.path) }
    expectRefusal { if case .notALedger = $0 { true } else { false } }
  }

  @Test func `where nothing can be written, the ledger says so`() {
    // The file system of the kernel's objects takes no files, not even from root.
    let path = "/sys/kernel/billdrop.sqlite"
    #expect(throws: LedgerError.readOnly(path: path)) {
      try Ledger(path: path, environment: LedgerFixture.environment, now: LedgerFixture.start)
    }
  }

  @Test func `each error says what to do`() {
    let stamp = LedgerFixture.environment
    let layout = LedgerFixture.layout()
    let errors: [(LedgerError, String)] = [
      (.locked(path: "/l", holder: "pid 7 (billdrop)"), "in use by pid 7 (billdrop): wait"),
      (.otherEnvironment(path: "/l", recorded: stamp, wanted: stamp), "https://api.example (test, merchant default)"),
      (.diskFull(path: "/l"), "make space and run again"),
      (.otherLayout(file: layout.digest, recorded: layout, offered: layout), "--approve \(layout.digest.short)"),
      (.corrupted(path: "/l", detail: "cut"), "would not know what was sent"),
    ]
    for (error, text) in errors { #expect(error.description.contains(text)) }
  }
}
