import BillLedger
import BillModel
import Dispatch
import Hashing
import Synchronization
import Testing
import Transport

@testable import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CommitThreadTests {
  /// A ledger, a disk that takes its time, and a wire that keeps what it is given.
  private final class Scene: Sendable {
    let disk = DispatchSemaphore(value: 0)
    let woken = DispatchSemaphore(value: 0)
    let fault = Mutex<LedgerError?>(nil)
    let submitted = Mutex<[UInt64]>([])
    private let folder: String

    init() {
      var template = Array("/tmp/billdrop-commit-XXXXXX".utf8CString)
      folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
      for suffix in ["", "-wal", "-shm", ".lock"] { unlink("\(folder)/ledger.sqlite\(suffix)") }
      rmdir(folder)
    }

    func ledger() throws -> Ledger {
      try Ledger(
        path: "\(folder)/ledger.sqlite", environment: EnvironmentStamp(origin: "http://127.0.0.1:1", mode: .test),
        now: .now)
    }

    func thread() throws -> CommitThread {
      try thread { () throws(LedgerError) in
        self.disk.wait()
        if let fault = self.fault.withLock({ $0 }) { throw fault }
      }
    }

    func thread(_ sync: @escaping @Sendable () throws(LedgerError) -> Void) throws -> CommitThread {
      let wire = SubmitWire(
        submit: { requests in self.submitted.withLock { $0 += requests.map(\.id) } }, completions: { _ in [] },
        shutdown: { _ in }, wake: { self.woken.signal() })
      return try #require(CommitThread(wire, sync: sync))
    }
  }

  private func request(_ id: UInt64) -> HTTPRequest { HTTPRequest(id: id, method: "POST", path: "/") }

  private func digest(of text: String) -> SHA256Digest {
    Array(text.utf8).withUnsafeBytes { SHA256Hasher().digest(of: $0) }
  }

  private func fileRun(_ name: String, in ledger: Ledger) throws -> FileRunID {
    let digest = digest(of: name)
    return try ledger.openFileRun(
      FileIdentity(digest: digest, name: name, byteCount: 1),
      layout: LayoutIdentity(digest: digest, name: "default", duplicates: "reject"), order: FileOrder(), approval: nil,
      now: .now
    ).id
  }

  /// Intents of rows for the bills of these numbers.
  private func batch(_ numbers: Int...) -> LedgerBatch {
    var batch = LedgerBatch()
    batch.intents = numbers.map { number in
      RowIntent(
        record: number, reference: "B\(number)", epoch: 1, form: .customer(id: "bcus_1"),
        bodyDigest: digest(of: "B\(number)"), serializerVersion: 1,
        firstSentAt: .now, attempts: 1)
    }
    return batch
  }

  private func hand(
    _ batch: LedgerBatch, _ run: FileRunID, _ ledger: Ledger, to thread: CommitThread, _ ids: UInt64...
  ) {
    thread.take(
      ledger.handOver(batch, fileRun: run, now: .now) { thread.waitUntilWritten() }, ids.map { request($0) })
  }

  @Test func `rule 3: a request leaves when its intent is on the disk, and not before`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let run = try fileRun("bills.csv", in: ledger)
    let thread = try scene.thread()
    defer { thread.finish() }
    for id in UInt64(1)...3 {
      hand(batch(Int(id)), run, ledger, to: thread, id)
      // Whoever asks the ledger has the intent before the disk has it.
      #expect(try ledger.rows(of: run, after: 0, limit: 9).count == Int(id))
      #expect(try thread.isBusy())
      #expect(try thread.outcome() == nil)
      #expect(scene.submitted.withLock { $0.count } == Int(id) - 1)
      scene.disk.signal()
      scene.woken.wait()
      #expect(try !thread.isBusy())
      #expect(try thread.outcome()?.requests.isEmpty == true)
      #expect(scene.submitted.withLock { $0.last } == id)
    }
  }

  @Test func `rule 3: nothing leaves that the disk didn't take, and it is told`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let run = try fileRun("bills.csv", in: ledger)
    let thread = try scene.thread()
    scene.fault.withLock { $0 = .diskFull(path: "ledger") }
    hand(batch(1), run, ledger, to: thread, 1)
    scene.disk.signal()
    scene.woken.wait()
    #expect(throws: LedgerError.diskFull(path: "ledger")) { try thread.isBusy() }
    #expect(throws: LedgerError.diskFull(path: "ledger")) { try thread.outcome() }
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [])
  }

  @Test func `rule 3: where the disk has failed to take one batch, the ledger takes no other`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let run = try fileRun("bills.csv", in: ledger)
    let failures = Mutex(1)
    let sync = try #require(
      try ledger.commitAhead { descriptor in
        let fails = failures.withLock {
          $0 -= 1
          return $0 >= 0
        }
        errno = EIO
        return fails ? -1 : LedgerSync.flushed(descriptor)
      })
    let thread = try scene.thread { () throws(LedgerError) in try sync.sync() }
    hand(batch(1), run, ledger, to: thread, 1)
    scene.woken.wait()
    let fault = try #require(#expect(throws: LedgerError.self) { try thread.outcome() })
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [])
    #expect(throws: fault) { try ledger.commit(batch(2), fileRun: run, now: .now) }
    #expect(throws: fault) { try ledger.rows(of: run, after: 0, limit: 9) }
    #expect(!ledger.isUsable)
  }

  @Test func `rule 3: nothing leaves that the ledger didn't take, and who waits for the ledger goes on`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let run = try fileRun("bills.csv", in: ledger)
    let thread = try scene.thread()
    var wrong = batch(1)
    wrong.unknowns = [7]
    hand(wrong, run, ledger, to: thread, 1)
    #expect(try ledger.rows(of: run, after: 0, limit: 9).isEmpty)
    scene.woken.wait()
    #expect(throws: LedgerError.self) { try thread.isBusy() }
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [])
  }

  @Test func `rule 14: where a claim is refused nothing leaves before the run has let its row go`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let other = try fileRun("other.csv", in: ledger)
    _ = try ledger.commit(batch(2), fileRun: other, now: .now)
    let run = try fileRun("bills.csv", in: ledger)
    let thread = try scene.thread()
    defer { thread.finish() }
    hand(batch(1, 2), run, ledger, to: thread, 1, 2)
    scene.disk.signal()
    scene.woken.wait()
    let outcome = try #require(try thread.outcome())
    #expect(outcome.refused.map(\.record) == [2])
    #expect(outcome.requests.map(\.id) == [1, 2])
    #expect(outcome.batch.isEmpty)
    #expect(scene.submitted.withLock { $0 } == [])
  }

  @Test func `what was taken before its end is on the disk and handed on when the end is there`() throws {
    let scene = Scene()
    let ledger = try scene.ledger()
    let run = try fileRun("bills.csv", in: ledger)
    let thread = try scene.thread()
    hand(batch(1), run, ledger, to: thread, 1)
    scene.disk.signal()
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [1])
    #expect(try !thread.isBusy())
    #expect(try ledger.rows(of: run, after: 0, limit: 9).count == 1)
  }
}
