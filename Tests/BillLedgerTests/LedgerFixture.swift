import BillModel
import Glibc
import Hashing

@testable import BillLedger

/// A folder of its own with a ledger in it, and the values that tests of it need. With `BILLDROP_TEST_LEDGER=postgres`,
/// and in a build with that trait, the ledger is in a schema of its own of a server: the tests of what every ledger does
/// are the same.
final class LedgerFixture {
  let folder: String
  /// The ledger's file, where it is in one.
  var path: String { folder + "/state/test.sqlite" }
  /// The ledger's address, where it is at a server.
  private let url: String?
  /// Where the ledger is.
  var place: String { url ?? path }

  static let environment = EnvironmentStamp(origin: "https://api.example", mode: .test, merchant: "default")
  static let start = WallTime(milliseconds: 1_700_000_000_000)
  static let day = CivilDate(year: 2023, month: 11, day: 14)!

  /// - Parameter inFile: for tests of what only a file has.
  init(inFile: Bool = false) {
    url = inFile ? nil : LedgerServer.newLedger()
    var template = Array("/tmp/billdrop-ledger-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    for suffix in ["", "-wal", "-shm", "-journal", ".lock", ".new"] { unlink(path + suffix) }
    rmdir(folder + "/state")
    rmdir(folder)
  }

  func open(
    environment: EnvironmentStamp = LedgerFixture.environment, now: WallTime = LedgerFixture.start
  ) throws(LedgerError) -> Ledger {
    try Ledger(path: place, environment: environment, now: now)
  }

  static func file(_ name: String = "a.csv") -> FileIdentity {
    FileIdentity(digest: SHA256Digest(hashing: name), name: name, byteCount: 100)
  }

  static func layout(_ name: String = "default") -> LayoutIdentity {
    LayoutIdentity(digest: SHA256Digest(hashing: name), name: name, duplicates: "reject")
  }

  static func intent(
    _ record: Int, _ reference: String, epoch: Int = 1, form: BodyForm = .nested, body: String = "body",
    at time: WallTime = start, attempts: Int = 1
  ) -> RowIntent {
    RowIntent(
      record: record, reference: reference, epoch: epoch, form: form, bodyDigest: SHA256Digest(hashing: body),
      serializerVersion: 1, firstSentAt: time, attempts: attempts)
  }

  static func settlement(
    _ record: Int, _ reference: String, _ outcome: RowOutcome, epoch: Int = 1, id: String? = nil
  ) -> RowSettlement {
    RowSettlement(
      record: record, reference: reference, outcome: outcome, billID: id, epoch: epoch, attempts: 1,
      confirmedBy: .answer)
  }
}

extension Ledger {
  func run(_ name: String = "a.csv") throws(LedgerError) -> FileRunID {
    try openFileRun(
      LedgerFixture.file(name), layout: LedgerFixture.layout(), approval: nil, now: LedgerFixture.start
    ).id
  }

  @discardableResult
  func commit(
    _ run: FileRunID, now: WallTime = LedgerFixture.start, _ fill: (inout LedgerBatch) -> Void
  ) throws(LedgerError) -> [RefusedClaim] {
    var batch = LedgerBatch()
    fill(&batch)
    return try commit(batch, fileRun: run, now: now)
  }
}
