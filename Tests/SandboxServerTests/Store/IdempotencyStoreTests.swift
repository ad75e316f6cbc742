import Testing

@testable import SandboxServer

@Suite struct IdempotencyStoreTests {
  private var arena = ByteArena()
  private var store = IdempotencyStore()
  private let day: Int64 = 24 * 3600 * 1000

  @Test mutating func `a key goes from new to under way to its answer`() {
    #expect(store.look(up: "k", request: 1, now: 0, in: arena) == .new)
    let serial = store.begin("k", request: 1, now: 0, in: &arena)
    #expect(store.look(up: "k", request: 1, now: 1, in: arena) == .known(.underWay))
    store.settle(serial, .createdBill(3))
    #expect(store.look(up: "k", request: 1, now: 2, in: arena) == .known(.createdBill(3)))
    #expect(store.look(up: "K", request: 1, now: 2, in: arena) == .new)
  }

  @Test mutating func `another request under a used key is told from a repeat`() {
    let serial = store.begin("k", request: 1, now: 0, in: &arena)
    #expect(store.look(up: "k", request: 2, now: 0, in: arena) == .otherRequest)
    store.settle(serial, .createdBill(3))
    #expect(store.look(up: "k", request: 2, now: 0, in: arena) == .otherRequest)
  }

  @Test mutating func `a key is known for 24 hours from its first request`() {
    store.settle(store.begin("k", request: 1, now: 1000, in: &arena), .createdBill(3))
    #expect(store.look(up: "k", request: 1, now: 1000 + day - 1, in: arena) == .known(.createdBill(3)))
    #expect(store.look(up: "k", request: 1, now: 1000 + day, in: arena) == .new)
    _ = store.begin("k", request: 2, now: 1000 + day, in: &arena)
    #expect(store.look(up: "k", request: 2, now: 1000 + day, in: arena) == .known(.underWay))
    #expect(store.count == 1)
  }

  @Test mutating func `a key of which nothing was kept is new again`() {
    store.forget(store.begin("k", request: 1, now: 0, in: &arena))
    #expect(store.look(up: "k", request: 1, now: 0, in: arena) == .new)
    #expect(store.look(up: "k", request: 2, now: 0, in: arena) == .new)
  }
}
