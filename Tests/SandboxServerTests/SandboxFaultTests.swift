import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

/// Each fault alone and always: what is answered, what was done, and what the same key gets once the fault is over.
@Suite struct SandboxFaultTests {
  struct Case: CustomTestStringConvertible {
    let fault: Fault
    /// nil: dropped
    let status: Int?
    /// Customers, accounts, bills afterwards.
    let counts: [Int]
    /// What the repeat gets.
    let repeated: Int
    let replayed: Bool
    var testDescription: String { fault.rawValue }
  }

  @Test(arguments: [
    Case(fault: .dropBefore, status: nil, counts: [0, 0, 0], repeated: 201, replayed: false),
    Case(fault: .dropAfter, status: nil, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .dropUnstored, status: nil, counts: [1, 1, 1], repeated: 409, replayed: false),
    Case(fault: .errorAfter, status: 500, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .errorStoredAfter, status: 500, counts: [1, 1, 1], repeated: 500, replayed: true),
    Case(fault: .unavailable, status: 503, counts: [0, 0, 0], repeated: 201, replayed: false),
    Case(fault: .refused, status: 422, counts: [0, 0, 0], repeated: 422, replayed: true),
    Case(fault: .failed, status: 402, counts: [0, 0, 0], repeated: 402, replayed: true),
    Case(fault: .throttled, status: 429, counts: [0, 0, 0], repeated: 201, replayed: false),
    Case(fault: .underWay, status: 409, counts: [0, 0, 0], repeated: 201, replayed: false),
    Case(fault: .half, status: 500, counts: [1, 1, 0], repeated: 500, replayed: true),
    Case(fault: .halfCustomer, status: 500, counts: [1, 0, 0], repeated: 500, replayed: true),
    Case(fault: .halfUnstored, status: 500, counts: [1, 1, 0], repeated: 409, replayed: false),
    Case(fault: .halfCustomerUnstored, status: 500, counts: [1, 0, 0], repeated: 409, replayed: false),
    Case(fault: .halfDrop, status: nil, counts: [1, 1, 0], repeated: 409, replayed: false),
    Case(fault: .halfCustomerDrop, status: nil, counts: [1, 0, 0], repeated: 409, replayed: false),
    Case(fault: .storedError, status: 500, counts: [0, 0, 0], repeated: 500, replayed: true),
    Case(fault: .garbage, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .cut, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .otherBody, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .voided, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .sameID, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .longID, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .partyID, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .redirect, status: 307, counts: [0, 0, 0], repeated: 201, replayed: false),
    Case(fault: .late, status: nil, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .lateHeld, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .slowHeaders, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .slowBody, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
    Case(fault: .stall, status: 201, counts: [1, 1, 1], repeated: 201, replayed: true),
  ])
  func `a fault does what its name says, and no more`(expected: Case) throws {
    let scene = try Scene { try $0.faults.apply("\(expected.fault.rawValue)=1") }
    let answer = scene.create(.bill, SandboxStateTests.bill, key: "k")
    #expect(answer?.status == expected.status)
    #expect(scene.counts == expected.counts)
    #expect(scene.state.counters.faults == [expected.fault: 1])
    try scene.set(faults: nil)
    let again = scene.create(.bill, SandboxStateTests.bill, key: "k")
    #expect(again?.status == expected.repeated && again?.replayed == expected.replayed)
  }

  @Test func `every fault has its case above, but for the one that strikes questions`() {
    #expect(Fault.allCases.count == 30 + 1)
  }

  @Test func `an altered answer tells of a bill one minor unit more, and the store does not`() throws {
    let scene = try Scene { try $0.faults.apply("altered=1") }
    let made = try #require(scene.create(.bill, Scene.nestedBill("B0", account: "A0", customer: "C0")))
    let amount = try #require(made["amount_due"]?.integer)
    #expect(try #require(scene.send(.get, "/billing/bills/B0"))["amount_due"]?.integer == amount + 1)
    try scene.set(faults: nil)
    #expect(try #require(scene.send(.get, "/billing/bills/B0"))["amount_due"]?.integer == amount)
  }

  @Test func `garbage is HTML under the right status`() throws {
    let scene = try Scene { try $0.faults.apply("garbage=1") }
    let answer = try #require(scene.create(.bill, SandboxStateTests.bill))
    #expect(answer.status == 201 && answer.outgoing.contentType == "text/html" && answer.body == .null)
  }

  @Test(arguments: [
    (Fault.cut, OutgoingAnswer.Pace.cut), (.stall, .late), (.slowHeaders, .slowHead), (.slowBody, .slowBody),
  ])
  func `an answer leaves at the pace of its fault`(fault: Fault, pace: OutgoingAnswer.Pace) throws {
    let scene = try Scene { try $0.faults.apply("\(fault.rawValue)=1") }
    #expect(scene.create(.bill, SandboxStateTests.bill)?.outgoing.pace == pace)
  }

  @Test func `the answer to a creation lies in one member, and the store does not`() throws {
    let scene = try Scene()
    let first = try #require(scene.create(.bill, Scene.nestedBill("B0", account: "A0", customer: "C0")))
    func lie(_ fault: String) throws -> Scene.Answer {
      try scene.set(faults: "\(fault)=1")
      let answer = try #require(scene.create(.bill, Scene.nestedBill(fault, account: fault, customer: fault)))
      try scene.set(faults: nil)
      let truth = try #require(scene.send(.get, "/billing/bills/" + fault))
      #expect(answer["external_reference"] == truth["external_reference"] && truth["status"]?.string == "unpaid")
      #expect((answer["id"] == truth["id"]) == (fault == "voided") && truth["id"] != first["id"])
      return answer
    }
    try scene.set(faults: "party-id=1")
    let odd = try #require(scene.create(.bill, Scene.nestedBill("B9", account: "A9", customer: "C9")))
    #expect(odd["customer_id"] == odd["account_id"] && odd["customer_id"]?.string?.hasPrefix("../x") == true)
    #expect(try lie("voided")["status"]?.string == "voided")
    #expect(try lie("same-id")["id"] == first["id"])
    #expect(try lie("long-id")["id"]?.string?.utf8.count == 100_005)
  }

  @Test func `a redirect leads to a path that is none of the API's`() throws {
    let scene = try Scene { try $0.faults.apply("redirect=1") }
    let answer = try #require(scene.create(.bill, SandboxStateTests.bill))
    #expect(answer.outgoing.headers.contains { $0.name == "Location" && $0.value == "/elsewhere/billing/bills" })
  }

  @Test func `a late request meets what was done before it landed`() throws {
    let scene = try Scene { try $0.faults.apply("late=1") }
    let late = scene.admit(.post, "/billing/bills", key: "k", SandboxStateTests.bill)
    #expect(scene.counts == [0, 0, 0])
    try scene.set(faults: nil)
    #expect(scene.create(.bill, SandboxStateTests.bill, key: "k")?.replayed == false)
    #expect(scene.conclude(late) == nil)
    #expect(scene.counts == [1, 1, 1] && scene.state.counters.replays == 1)
    #expect(scene.state.counters.faults == [.late: 1])
  }

  @Test func `half strikes where something nests, and nowhere else`() throws {
    let scene = try Scene { try $0.faults.apply("half=1") }
    #expect(scene.create(.customer, #"{"external_reference":"C"}"#)?.status == 201)
    #expect(scene.create(.account, #"{"external_reference":"A","customer":"C"}"#)?.status == 201)
    #expect(scene.state.counters.faults.isEmpty)
    #expect(
      scene.create(.account, #"{"external_reference":"A2","customer":{"external_reference":"C2"}}"#)?.status == 500)
    #expect(scene.counts == [2, 1, 0])
    let bill = #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C3"}}"#
    #expect(scene.create(.bill, bill)?.status == 500)
    #expect(scene.counts == [3, 1, 0])
    #expect(scene.state.counters.faults == [.half: 2])
  }

  @Test func `half does not strike what would have been refused anyway`() throws {
    let scene = try Scene { try $0.faults.apply("half=1") }
    _ = scene.create(.customer, #"{"external_reference":"C"}"#)
    #expect(scene.create(.bill, SandboxStateTests.bill)?.status == 409)
    #expect(scene.counts == [1, 0, 0])
  }

  @Test func `faults on the way out spoil replays too`() throws {
    let scene = try Scene()
    _ = scene.create(.bill, SandboxStateTests.bill, key: "k")
    try scene.set(faults: "drop-after=1")
    #expect(scene.create(.bill, SandboxStateTests.bill, key: "k") == nil)
    try scene.set(faults: "500-after=1")
    #expect(scene.create(.bill, SandboxStateTests.bill, key: "k")?.status == 500)
    #expect(scene.counts == [1, 1, 1])
  }

  @Test func `the same seed gives the same faults`() throws {
    func statuses(_ seed: UInt64) throws -> [Int?] {
      let scene = try Scene {
        $0.seed = seed
        try $0.faults.apply("drop-before=0.2,503=0.2,429=0.2")
      }
      return (0..<200).map { scene.create(.customer, #"{"external_reference":"C\#($0)"}"#)?.status }
    }
    #expect(try statuses(5) == statuses(5))
    #expect(try statuses(5) != statuses(6))
    #expect(Set(try statuses(5)) == [nil, 503, 429, 201])
  }
}
