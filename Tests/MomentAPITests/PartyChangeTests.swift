import BillModel
import Testing

@testable import MomentAPI

@Suite struct PartyChangeTests {
  private static let theirs = RemoteCustomer(
    id: "bcus_1", reference: "C", name: "Thandi", email: "t@example.com", phone: "+27821234567",
    currency: CurrencyCode("ZAR"), balance: 5, metadata: ["area": "north", "theirs": "x"])

  private static func change(_ edit: (inout Customer) -> Void) -> PartyChange? {
    var customer = Customer(reference: "C")
    edit(&customer)
    return PartyChange(of: .customer(theirs), to: .customer(customer))
  }

  private static func body(_ change: PartyChange?) throws -> String {
    let builder = RequestBuilder(environment: EnvironmentStamp(origin: "https://api.example", mode: .test))
    return String(decoding: try builder.updateParty(try #require(change)).body, as: UTF8.self)
  }

  @Test func `what a row doesn't give is not compared, nor is a balance`() {
    #expect(Self.change { _ in }?.fields == [])
    #expect(Self.change { $0.balance = 99 }?.fields == [])
    #expect(Self.change { $0.name = "Thandi" }?.fields == [])
    #expect(Self.change { $0.metadata.append(key: "area", value: "north") }?.fields == [])
  }

  @Test func `each attribute that differs is named and written, and no other`() throws {
    let change = Self.change { customer in
      (customer.name, customer.email, customer.phone) = ("Thandi Molefe", "t@example.com", "+27820000000")
      customer.currency = CurrencyCode("USD")
    }
    #expect(change?.fields == ["name", "phone", "currency"])
    #expect(try Self.body(change) == #"{"name":"Thandi Molefe","phone":"+27820000000","currency":"USD"}"#)
  }

  @Test func `metadata that differ are written with all pairs that the API has beside them`() throws {
    let change = Self.change { customer in
      customer.metadata.append(key: "area", value: "south")
      customer.metadata.append(key: "route", value: "7")
    }
    #expect(change?.fields == ["metadata.area", "metadata.route"])
    #expect(try Self.body(change) == #"{"metadata":{"theirs":"x","area":"south","route":"7"}}"#)
  }

  @Test func `an account is compared in what accounts have`() throws {
    let theirs = RemoteAccount(id: "bacc_1", reference: "A", customerID: "bcus_1", name: "Water")
    var account = Account(reference: "A", name: "Power", customer: Customer(reference: "C", name: "Other"))
    account.currency = CurrencyCode("ZAR")
    let change = PartyChange(of: .account(theirs), to: .account(account))
    #expect(change?.fields == ["name", "currency"])
    #expect(change?.party == PartyKey(.account, "A"))
  }

  @Test func `an object of another kind is compared with nothing`() {
    #expect(PartyChange(of: .customer(Self.theirs), to: .account(Samples.account)) == nil)
    #expect(PartyChange(of: .bill(RemoteBill(id: "bill_1")), to: .customer(Customer(reference: "C"))) == nil)
  }

  @Test func `a change is a PATCH without a key, to the party's reference`() throws {
    let builder = RequestBuilder(environment: EnvironmentStamp(origin: "https://api.example", mode: .test))
    let request = try builder.updateParty(try #require(Self.change { $0.name = "T" }))
    #expect(request.method == "PATCH")
    #expect(request.path == "/billing/customers/C")
    #expect(request.idempotencyKey == nil)
    #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
    #expect(request.expectation == Expectation(reference: "C"))
    #expect(!request.kind.isCreate)
  }
}
