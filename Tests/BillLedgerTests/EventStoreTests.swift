import BillModel
import CSQLite
import Foundation
import Hashing
import Testing

@testable import BillLedger

@Suite struct EventStoreTests {
  private let folder: URL
  private var path: String { folder.appending(path: "test.events").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "billdrop-events-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func event(_ id: String, _ content: String = "", webhook: String? = nil) -> ReceivedEvent {
    ReceivedEvent(
      webhookID: webhook, eventID: id, content: SHA256Digest(hashing: id + content),
      body: Array("\(id)\(content)".utf8),
      receivedAt: LedgerFixture.start, source: webhook == nil ? .imported : .webhook)
  }

  @Test func `an event is kept once, however often and however it comes`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try EventStore(path: path)
    #expect(try store.add([event("a", webhook: "m1"), event("a", webhook: "m1")]) == [.new, .duplicate])
    #expect(
      try store.add([event("a", webhook: "m1"), event("a", webhook: "m2"), event("a")]) == [
        .duplicate, .duplicate, .duplicate,
      ])
    let kept = try store.events(after: 0, limit: 10)
    #expect(kept.count == 1 && kept[0].deliveries == 4 && kept[0].contradicts == nil)
    #expect(kept[0].source == .webhook && kept[0].body == Array("a".utf8))
  }

  @Test func `another content under the same id is kept beside the first, and contradicts it`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try EventStore(path: path)
    _ = try store.add([
      event("a", "1", webhook: "m1"), event("b"), event("a", "2", webhook: "m1"), event("a", "2", webhook: "m1"),
    ])
    let kept = try store.events(after: 0, limit: 10)
    #expect(kept.map(\.contradicts) == [nil, nil, kept[0].number])
  }

  @Test func `what can't be read has no id, and contradicts nothing`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try EventStore(path: path)
    #expect(try store.add([event("", "x"), event("", "y"), event("", "x")]) == [.new, .new, .duplicate])
    #expect(try store.events(after: 0, limit: 10).map(\.contradicts) == [nil, nil])
  }

  @Test func `events come in pages, in the order of their arrival, to whoever looks on`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try EventStore(path: path)
    _ = try store.add((0..<25).map { event("e\($0)") })
    let observer = try #require(try EventStore(observing: path))
    var seen: [String] = []
    var last: Int64 = 0
    while true {
      let page = try observer.events(after: last, limit: 10)
      if page.isEmpty { break }
      seen += page.map { String(decoding: $0.body, as: UTF8.self) }
      last = page[page.count - 1].number
    }
    #expect(seen == (0..<25).map { "e\($0)" })
    #expect(try observer.count() == 25)
    #expect(throws: LedgerError.readOnly(path: path)) { try observer.add([event("z")]) }
  }

  @Test func `where there is no store there is nothing to look at, and another database is left alone`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try EventStore(observing: path) == nil)
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    sqlite3_exec(handle, "CREATE TABLE theirs (x); PRAGMA application_id=7", nil, nil, nil)
    sqlite3_close(handle)
    #expect(throws: LedgerError.notALedger(path: path)) { _ = try EventStore(path: path) }
    #expect(throws: LedgerError.notALedger(path: path)) { _ = try EventStore(observing: path) }
  }

  @Test func `several processes may keep events at once`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try EventStore(path: path)
    let second = try EventStore(path: path)
    for number in 0..<20 {
      _ = try first.add([event("a\(number)"), event("both\(number)")])
      _ = try second.add([event("both\(number)"), event("b\(number)")])
    }
    #expect(try first.count() == 60)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a store lies beside its ledger`() {
    #expect(EventStore.path(besideLedger: "/x/api-test.sqlite") == "/x/api-test.events")
    #expect(EventStore.path(besideLedger: "/x/other.db") == "/x/other.db.events")
  }
}
