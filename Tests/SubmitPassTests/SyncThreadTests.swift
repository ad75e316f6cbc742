import BillLedger
import Dispatch
import Synchronization
import Testing
import Transport

@testable import SubmitPass

@Suite struct SyncThreadTests {
  /// A disk that takes its time, and a wire that keeps what it is given.
  private final class Scene: Sendable {
    let disk = DispatchSemaphore(value: 0)
    let woken = DispatchSemaphore(value: 0)
    let fault = Mutex<LedgerError?>(nil)
    let submitted = Mutex<[UInt64]>([])

    func thread() throws -> SyncThread {
      let wire = SubmitWire(
        submit: { requests in self.submitted.withLock { $0 += requests.map(\.id) } }, completions: { _ in [] },
        shutdown: { _ in }, wake: { self.woken.signal() })
      return try #require(
        SyncThread(wire) { () throws(LedgerError) in
          self.disk.wait()
          if let fault = self.fault.withLock({ $0 }) { throw fault }
        })
    }
  }

  private func request(_ id: UInt64) -> HTTPRequest { HTTPRequest(id: id, method: "POST", path: "/") }

  @Test func `rule 3: a request leaves when its intent is on the disk, and not before`() throws {
    let scene = Scene()
    let thread = try scene.thread()
    defer { thread.finish() }
    for id in UInt64(1)...3 {
      thread.take([request(id)])
      #expect(try thread.isBusy())
      #expect(scene.submitted.withLock { $0.count } == Int(id) - 1)
      scene.disk.signal()
      scene.woken.wait()
      #expect(try !thread.isBusy())
      #expect(scene.submitted.withLock { $0.last } == id)
    }
  }

  @Test func `rule 3: nothing leaves that the disk didn't take, and it is told`() throws {
    let scene = Scene()
    let thread = try scene.thread()
    scene.fault.withLock { $0 = .diskFull(path: "ledger") }
    thread.take([request(1)])
    scene.disk.signal()
    scene.woken.wait()
    #expect(throws: LedgerError.diskFull(path: "ledger")) { try thread.isBusy() }
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [])
  }

  @Test func `what was taken before its end is on the disk and handed on when the end is there`() throws {
    let scene = Scene()
    let thread = try scene.thread()
    thread.take([request(1)])
    scene.disk.signal()
    thread.finish()
    #expect(scene.submitted.withLock { $0 } == [1])
    #expect(try !thread.isBusy())
  }
}
