import BillModel
import Hashing
import Testing

@testable import MomentAPI

@Suite struct IdempotencyKeyTests {
  private func key(
    origin: String = "https://host", mode: EnvironmentStamp.Mode = .test, merchant: String = "m",
    path: String = "/billing/bills", reference: String = "B-1", body: String = "{}", epoch: Int = 1
  ) -> String {
    IdempotencyKey(
      environment: EnvironmentStamp(origin: origin, mode: mode, merchant: merchant), path: path,
      reference: reference, bodyDigest: SHA256Digest(hashing: Array(body.utf8)), epoch: epoch, hasher: SHA256Hasher()
    ).description
  }

  @Test func `rule 1: the key of the same request is the same, whoever computes it and whenever`() {
    #expect(key() == key())
    // Fixed for all versions to come: intents in ledgers rest on it.
    #expect(key() == "34ea988f-5951-8289-a0b1-d47a2608d7ac")
  }

  @Test func `rule 1: whatever differs gives another key`() {
    let keys = [
      key(), key(origin: "https://hosts"), key(mode: .live), key(merchant: "n"), key(path: "/billing/accounts"),
      key(reference: "B-2"), key(body: "{ }"), key(epoch: 2),
    ]
    #expect(Set(keys).count == keys.count)
  }

  @Test func `rule 1: parts can't run into each other`() {
    #expect(key(merchant: "ab", path: "/c") != key(merchant: "a", path: "b/c"))
    #expect(key(path: "/a", reference: "bc") != key(path: "/ab", reference: "c"))
  }

  @Test func `a key is a UUID of version 8 and fit for its header field`() throws {
    let expression = try Regex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    for epoch in 1...100 { #expect(key(epoch: epoch).wholeMatch(of: expression) != nil) }
  }

  @Test func `a builder gives the same request the same key, epoch by epoch, also when it is used again`() throws {
    let builder = Samples.builder()
    let first = try (1...3).map { try builder.createBill(Samples.bill(), form: .nested, epoch: $0) }
    let again = try (1...3).map { try Samples.builder().createBill(Samples.bill(), form: .nested, epoch: $0) }
    #expect(first == again)
    #expect(Set(first.map(\.idempotencyKey)).count == 3)
    let live = EnvironmentStamp(origin: Samples.environment.origin, mode: .live)
    let other = try Samples.builder(live).createBill(Samples.bill(), form: .nested, epoch: 1)
    #expect(other.body == first[0].body)
    #expect(other.idempotencyKey != first[0].idempotencyKey)
  }
}
