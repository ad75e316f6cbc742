import ServerModel
import Testing

/// The model of the server, by the documented facts.
@Suite struct ServerModelTests {
  private static let nested = #"{"customer":{"external_reference":"C"},"external_reference":"A"}"#

  private static func post(_ key: String, bill: String = "B", account: String = nested) -> ServerCall {
    let body = #"{"external_reference":"\#(bill)","currency":"ZAR","amount_due":100,"account":\#(account)}"#
    return ServerCall(method: "POST", path: "/billing/bills", key: key, body: Array(body.utf8))
  }

  private static func get(_ path: String) -> ServerCall { ServerCall(method: "GET", path: path) }

  @Test func `a bill is made with customer and account, and shown`() {
    var server = ServerModel()
    #expect(server.handle(Self.post("k")).status == 201)
    #expect(server.customers.count == 1 && server.accounts.count == 1)
    #expect(server.handle(Self.get("/billing/bills/B")).status == 200)
    #expect(server.handle(Self.get("/billing/accounts/\(server.accounts[0].id)")).status == 200)
    #expect(server.handle(Self.get("/billing/customers/D")).status == 404)
  }

  @Test func `a key gives its answer again for 24 hours, and then is a new one`() {
    var server = ServerModel()
    #expect(!server.handle(Self.post("k")).isReplayed)
    server.now += ServerModel.keyLife - 1
    let again = server.handle(Self.post("k"))
    #expect(again.status == 201 && again.isReplayed)
    server.now += 1
    let late = server.handle(Self.post("k"))
    #expect(late.status == 409 && !late.isReplayed)
    #expect(server.bills.count == 1)
  }

  @Test func `a failure is stored too, and one of a gateway is not`() {
    var server = ServerModel()
    _ = server.handle(Self.post("k"), fault: ServerFault(after: 0, status: 500, isStored: true))
    let stored = server.handle(Self.post("k"))
    #expect(stored.status == 500 && stored.isReplayed)
    _ = server.handle(Self.post("l"), fault: ServerFault(after: 0, status: 503, isStored: false))
    #expect(server.handle(Self.post("l")).status == 201)
  }

  @Test(arguments: [0, 1, 2, 3]) func `a failure on the way leaves behind what was made before it`(steps: Int) {
    var server = ServerModel()
    let answer = server.handle(Self.post("k"), fault: ServerFault(after: steps, status: 500, isStored: true))
    #expect(answer.status == 500)
    #expect(server.customers.count == min(steps, 1))
    #expect(server.accounts.count == max(min(steps - 1, 1), 0))
    #expect(server.bills.count == max(steps - 2, 0))
  }

  @Test func `a request under way answers 409 to its own key, and goes on`() throws {
    var server = ServerModel()
    guard case .begun(let number) = server.arrive(Self.post("k")) else {
      Issue.record("answered at once")
      return
    }
    #expect(server.advance(number) == nil)
    #expect(server.customers.count == 1)
    #expect(server.handle(Self.post("k")).status == 409)
    #expect(server.advance(number) == nil)
    #expect(server.advance(number)?.status == 201)
    #expect(!server.isUnderWay(number))
    #expect(server.handle(Self.post("k")).isReplayed)
  }

  @Test func `a reference is there once`() {
    var server = ServerModel()
    _ = server.handle(Self.post("k"))
    #expect(server.handle(Self.post("l", account: #""bacc_1""#)).status == 409)
    #expect(server.bills.count == 1)
  }

  @Test(arguments: zip(ServerReadings.Nested.allCases, [409, 201, 201, 422]))
  func `a nested party that is there is read each way`(reading: ServerReadings.Nested, status: Int) {
    var readings = ServerReadings()
    readings.nested = reading
    var server = ServerModel(readings: readings)
    server.addAccount("A", customer: "C")
    #expect(server.handle(Self.post("k")).status == status)
    #expect(server.accounts.count == 1)
  }

  @Test func `an account of another customer is never taken`() {
    var readings = ServerReadings()
    readings.nested = .adopt
    var server = ServerModel(readings: readings)
    server.addAccount("A", customer: "D")
    #expect(server.handle(Self.post("k")).status == 409)
  }

  @Test func `a PATCH sets what it gives whenever it is carried out, and has no key`() {
    var server = ServerModel()
    server.addCustomer("C")
    func patch(_ path: String, _ body: String) -> ServerCall {
      ServerCall(method: "PATCH", path: path, body: Array(body.utf8))
    }
    let first = patch("/billing/customers/C", #"{"name":"N","balance":-5,"currency":"ZAR","metadata":{"a":"1"}}"#)
    #expect(server.handle(first).status == 200)
    #expect(server.handle(patch("/billing/customers/C", #"{"balance":7,"metadata":{"b":"2"}}"#)).status == 200)
    #expect(server.attributes("C")?.balance == 7 && server.attributes("C")?.metadata == ["a": "1", "b": "2"])
    let failed = server.handle(first, fault: ServerFault(after: 1, status: 500, isStored: false))
    #expect(failed.status == 500 && server.attributes("C")?.balance == -5)
    #expect(server.handle(first, fault: ServerFault(after: 0, status: 402, isStored: false)).status == 402)
    #expect(server.handle(patch("/billing/accounts/A", "{}")).status == 404)
    server.addAccount("A", customer: "C")
    _ = server.handle(Self.post("k", account: #""bacc_1""#))
    #expect(server.handle(patch("/billing/bills/B", #"{"amount_paid":101}"#)).status == 422)
    #expect(server.handle(patch("/billing/bills/B", #"{"amount_paid":100}"#)).status == 200)
    #expect(server.bill("B")?.status == "paid")
  }

  @Test func `a party is made for itself once, an account with the customer that it nests`() {
    var server = ServerModel()
    func post(_ key: String, _ path: String, _ body: String) -> Int {
      server.handle(ServerCall(method: "POST", path: path, key: key, body: Array(body.utf8))).status
    }
    #expect(post("k", "/billing/customers", #"{"external_reference":"C","name":"N"}"#) == 201)
    #expect(post("l", "/billing/customers", #"{"external_reference":"C","name":"M"}"#) == 409)
    #expect(server.attributes("C")?.name == "N" && server.customers[0].key == "k")
    #expect(post("m", "/billing/accounts", #"{"external_reference":"A","customer":"bcus_1"}"#) == 201)
    let nested = #"{"external_reference":"A2","customer":{"external_reference":"C2"},"balance":3}"#
    #expect(post("n", "/billing/accounts", nested) == 201)
    #expect(server.accounts.map(\.customerID) == ["bcus_1", "bcus_2"] && server.attributes("A2")?.balance == 3)
    #expect(post("o", "/billing/accounts", #"{"external_reference":"A3"}"#) == 400)
  }

  @Test(arguments: zip(ServerReadings.ReusedKey.allCases, [409, 422, 201]))
  func `a known key with another body is read each way`(reading: ServerReadings.ReusedKey, status: Int) {
    var readings = ServerReadings()
    readings.reusedKey = reading
    var server = ServerModel(readings: readings)
    _ = server.handle(Self.post("k"))
    #expect(server.handle(Self.post("k", bill: "B2")).status == status)
    #expect(server.bills.count == 1)
  }

  @Test(arguments: [false, true]) func `a 429 and a 401 are stored or not, by the reading`(isStored: Bool) {
    var readings = ServerReadings()
    (readings.stores429, readings.stores401) = (isStored, isStored)
    var server = ServerModel(readings: readings)
    for (key, status) in [("k", 429), ("l", 401)] {
      _ = server.handle(Self.post(key, bill: key), fault: ServerFault(after: 0, status: status, isStored: false))
      #expect(server.handle(Self.post(key, bill: key)).isReplayed == isStored)
    }
  }
}
