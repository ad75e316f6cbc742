import HTTPProbe
import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

/// The sandbox behind real HTTP.
@Suite(.timeLimit(.minutes(1))) struct SandboxTests {
  /// A sandbox that listens, and what is asked of it.
  struct Site {
    let service: HTTPService

    init(_ edit: (inout SandboxOptions) throws -> Void = { _ in }) throws {
      var options = SandboxOptions()
      options.key = "k"
      try edit(&options)
      let sandbox = try Sandbox(options)
      service = try HTTPService { sandbox.reply(to: $0) }
    }

    func send(
      _ method: String, _ path: String, key: String? = nil, authorization: String? = "Bearer k", _ body: String = ""
    ) -> ProbedAnswer? {
      var headers = authorization.map { [("authorization", $0)] } ?? []
      if let key { headers.append(("idempotency-key", key)) }
      return HTTPProbe.exchange(port: service.port, method, path, headers: headers, body: body)
    }

    func json(_ path: String) throws -> JSONValue {
      let answer = try #require(send("GET", path, authorization: nil))
      #expect(answer.status == 200)
      return try JSONValue(parsing: Array(answer.body.utf8))
    }
  }

  static let bill = Scene.nestedBill("B", account: "A", customer: "C")

  @Test func `every call works over HTTP`() throws {
    let site = try Site()
    let statuses = [
      site.send("POST", "/billing/customers", key: "1", #"{"external_reference":"X"}"#),
      site.send("POST", "/billing/accounts", key: "2", #"{"external_reference":"Y","customer":"X"}"#),
      site.send("POST", "/billing/bills", key: "3", Self.bill),
      site.send("GET", "/billing/customers/X"), site.send("GET", "/billing/accounts/Y"),
      site.send("GET", "/billing/bills/B"),
      site.send("PATCH", "/billing/customers/X", #"{"name":"n"}"#),
      site.send("PATCH", "/billing/accounts/Y", #"{"name":"n"}"#),
      site.send("PATCH", "/billing/bills/B", #"{"metadata":{"a":"b"}}"#),
      site.send("POST", "/billing/bills/B/void", key: "4"),
    ].map { $0?.status }
    #expect(statuses == [201, 201, 201, 200, 200, 200, 200, 200, 200, 200])
  }

  @Test func `answers carry their type, the date and whether they are repeated`() throws {
    let site = try Site()
    let first = try #require(site.send("POST", "/billing/bills", key: "k", Self.bill))
    #expect(first.headers["content-type"] == "application/json")
    #expect(first.headers["date"]?.hasSuffix(" GMT") == true)
    #expect(first.headers["idempotent-replayed"] == nil)
    let again = try #require(site.send("POST", "/billing/bills", key: "k", Self.bill))
    #expect(again.headers["idempotent-replayed"] == "true" && again.body == first.body)
    let problem = try #require(site.send("GET", "/billing/bills/none"))
    #expect(problem.status == 404 && problem.headers["content-type"] == "application/problem+json")
    #expect(site.send("GET", "/billing/bills/B", authorization: nil)?.status == 401)
  }

  @Test func `dropped requests get nothing, cut ones half, garbage ones HTML`() throws {
    for fault in ["drop-before", "drop-after"] {
      let site = try Site { try $0.faults.apply("\(fault)=1") }
      #expect(site.send("POST", "/billing/bills", key: "k", Self.bill) == nil)
      let bills = try site.json("/sandbox/state")["objects"]?["bills"]?.integer
      #expect(bills == (fault == "drop-after" ? 1 : 0))
    }
    let cut = try #require(
      try Site { try $0.faults.apply("cut=1") }.send("POST", "/billing/bills", key: "k", Self.bill))
    #expect(cut.status == 201 && cut.headers["content-length"].flatMap { Int($0) } ?? 0 > cut.body.utf8.count)
    let garbage = try Site { try $0.faults.apply("garbage=1") }.send("POST", "/billing/bills", key: "k", Self.bill)
    #expect(garbage?.status == 201 && garbage?.headers["content-type"] == "text/html")
  }

  @Test func `a late request lands although its client has gone, a held one before it is answered`() async throws {
    for (fault, status) in [("late", Int?.none), ("late-held", 201)] {
      let site = try Site {
        $0.stall = 300
        try $0.faults.apply("\(fault)=1")
      }
      let started = ContinuousClock.now
      let answer = site.send("POST", "/billing/bills", key: "k", Self.bill)
      #expect(answer?.status == status)
      #expect((ContinuousClock.now - started >= .milliseconds(300)) == (fault == "late-held"))
      if fault == "late" {
        #expect(try site.json("/sandbox/state")["under_way"]?.integer == 1)
        #expect(try site.json("/sandbox/state")["objects"]?["bills"]?.integer == 0)
      }
      try await Task.sleep(for: .milliseconds(500))
      #expect(try site.json("/sandbox/state")["objects"]?["bills"]?.integer == 1)
      #expect(try site.json("/sandbox/state")["under_way"]?.integer == 0)
    }
  }

  @Test(arguments: ["slow-headers", "slow-body", "stall"])
  func `a slow answer comes whole in the end`(fault: String) throws {
    let site = try Site {
      $0.stall = 300
      try $0.faults.apply("\(fault)=1")
    }
    let started = ContinuousClock.now
    let answer = try #require(site.send("POST", "/billing/bills", key: "k", Self.bill))
    #expect(ContinuousClock.now - started >= .milliseconds(280))
    #expect(answer.status == 201 && answer.headers["content-type"] == "application/json")
    let value = try JSONValue(parsing: Array(answer.body.utf8))
    #expect(value["external_reference"]?.string == "B")
  }

  @Test func `with a latency, requests of one key at once are done once and refused meanwhile`() throws {
    let site = try Site { $0.latency = 200 }
    let probes = (0..<5).compactMap { _ in HTTPProbe(port: site.service.port) }
    let started = ContinuousClock.now
    for probe in probes {
      probe.send(
        "POST", "/billing/bills", headers: [("Authorization", "Bearer k"), ("Idempotency-Key", "k")], body: Self.bill)
    }
    let statuses = probes.map { ProbedAnswer($0.receive())?.status ?? 0 }
    #expect(statuses.sorted() == [201, 409, 409, 409, 409])
    #expect(ContinuousClock.now - started >= .milliseconds(200))
    let state = try site.json("/sandbox/state")
    #expect(state["objects"]?["bills"]?.integer == 1)
  }

  @Test func `a limit refuses what is too much and says so`() throws {
    let site = try Site {
      $0.rate = 0.001
      try $0.readings.apply("rate-headers=all")
    }
    let answers = (0..<12).map { _ in site.send("GET", "/billing/bills/none") }
    #expect(answers.map { $0?.status } == Array(repeating: 404, count: 10) + [429, 429])
    #expect(answers.last??.headers["retry-after"] == "1000")
    #expect(answers.last??.headers["x-ratelimit-remaining"] == "0")
    #expect(try site.json("/sandbox/state")["throttled"]?.integer == 2)
  }

  @Test func `all bills are streamed as lines with the references of their parties`() throws {
    let site = try Site()
    for number in 0..<500 {
      let body = Scene.nestedBill("B\(number)", account: "A\(number)", customer: "C\(number)")
      #expect(site.send("POST", "/billing/bills", key: "k-\(number)", body)?.status == 201)
    }
    let lines = try #require(site.send("GET", "/sandbox/bills", authorization: nil)).body.split(separator: "\n")
    let bills = try lines.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(bills.compactMap { $0["external_reference"]?.string } == (0..<500).map { "B\($0)" })
    #expect(bills.last?["customer_external_reference"]?.string == "C499")
    #expect(bills.last?["account_external_reference"]?.string == "A499")
    for path in ["customers", "accounts", "log"] {
      let answer = try #require(site.send("GET", "/sandbox/" + path, authorization: nil))
      #expect(answer.body.split(separator: "\n").count == 500)
    }
  }

  @Test func `nothing is streamed where there is nothing`() throws {
    let answer = try #require(try Site().send("GET", "/sandbox/bills", authorization: nil))
    #expect(answer.status == 200 && answer.body.isEmpty)
  }

  @Test func `the clock is moved and set, and keys expire by it`() throws {
    let site = try Site()
    _ = site.send("POST", "/billing/customers", key: "k", #"{"external_reference":"X"}"#)
    #expect(site.send("POST", "/sandbox/clock", #"{"advance_seconds":86401}"#)?.status == 200)
    #expect(site.send("POST", "/billing/customers", key: "k", #"{"external_reference":"X"}"#)?.status == 409)
    #expect(site.send("POST", "/sandbox/clock", #"{"now":0}"#)?.status == 200)
    #expect(site.send("GET", "/billing/bills/x")?.headers["date"]?.hasPrefix("Thu, 01 Jan 1970 00:00:0") == true)
    #expect(try site.json("/sandbox/clock")["date"]?.string?.hasPrefix("Thu, 01 Jan 1970") == true)
  }

  @Test(arguments: [
    "", "{}", "x", #"{"advance_seconds":"1"}"#, #"{"now":-1}"#, #"{"now":1,"advance_seconds":1}"#,
    #"{"advance_seconds":-3000000000}"#, #"{"advance_seconds":300000000000}"#, #"{"advance_seconds":1e300}"#,
  ])
  func `a clock is moved by what is understood only`(body: String) throws {
    #expect(try Site().send("POST", "/sandbox/clock", body)?.status == 400)
  }

  @Test func `faults are set while it runs, and only those that are known`() throws {
    let site = try Site()
    #expect(site.send("POST", "/sandbox/faults", #"{"faults":"503=1"}"#)?.status == 200)
    #expect(site.send("GET", "/billing/bills/x")?.status == 503)
    #expect(site.send("POST", "/sandbox/faults", #"{"faults":"none=1"}"#)?.status == 400)
    #expect(site.send("GET", "/billing/bills/x")?.status == 503)
    #expect(site.send("POST", "/sandbox/faults", #"{"faults":""}"#)?.status == 200)
    #expect(site.send("GET", "/billing/bills/x")?.status == 404)
  }

  @Test(arguments: [("GET", "/sandbox/x"), ("POST", "/sandbox/state"), ("GET", "/sandbox/")])
  func `what is not under sandbox is 404`(method: String, path: String) throws {
    #expect(try Site().send(method, path)?.status == 404)
  }

  @Test func `echo answers with the request's own members and keeps nothing`() throws {
    let site = try Site { $0.echo = true }
    let answer = try #require(site.send("POST", "/billing/bills", Self.bill))
    let value = try JSONValue(parsing: Array(answer.body.utf8))
    #expect(answer.status == 201 && value["external_reference"]?.string == "B")
    #expect(value["amount_due"]?.integer == 500 && value["id"]?.string == "bill_1")
    #expect(try site.json("/sandbox/state")["requests_total"]?.integer == 0)
  }
}
