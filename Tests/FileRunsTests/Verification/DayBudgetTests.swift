import BillLedger
import BillModel
import DurableFiles
import MomentAPI
import SubmitPass
import Synchronization
import Testing
import Transport

@testable import FileRuns

/// A day's budget of requests that are read back, over the end of a day.
@Suite struct DayBudgetTests {
  private static let environment = EnvironmentStamp(origin: "http://127.0.0.1:1", mode: .test)

  private static func date(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 3, day: day)! }

  /// What day it is.
  private final class Day: Sendable {
    let number = Mutex(1)

    var clock: SubmitClock {
      SubmitClock(civil: { _ in CivilMoment(date: DayBudgetTests.date(self.number.withLock { $0 }), minute: 0) })
    }

    func end() { number.withLock { $0 += 1 } }
  }

  private let folder: ScratchFolder
  private let ledger: Ledger

  init() throws {
    folder = try ScratchFolder(in: "/tmp", name: "budget")
    ledger = try Ledger(path: folder.path + "/ledger.sqlite", environment: Self.environment, now: .now)
  }

  @Test func `what the client has when a day begins counts for that one too`() throws {
    let day = Day()
    let budget = DayBudget(ledger, TimeLimits(daily: 10, zone: "UTC"), day.clock)
    for inClient in 0..<4 { #expect(budget.affordsRequest(inClient: inClient)) }
    day.end()
    #expect(budget.affordsRequest(inClient: 4))
    #expect(try ledger.requests(on: Self.date(1)) == 4)
    #expect(try ledger.requests(on: Self.date(2)) == 5)
    budget.tend(inClient: 5)
    #expect(try ledger.requests(on: Self.date(2)) == 5)
    _ = try ledger.reserve(upTo: 8, on: Self.date(3), most: 10)
    day.end()
    budget.tend(inClient: 3)
    #expect(try budget.stop() == .dayIsSpent(10, until: Self.date(4), zone: "UTC"))
    #expect(!budget.affordsRequest(inClient: 0))
    #expect(try ledger.requests(on: Self.date(3)) == 10)
  }

  @Test func `no more is read back at once than is in flight, and when the day ends that is counted again`() throws {
    let day = Day()
    let handed = Mutex(0)
    let looks = Mutex(0)
    let connection = SubmitConnection(
      SubmitWire(
        submit: { requests in handed.withLock { $0 += requests.count } },
        completions: { _ in
          day.end()
          return []
        }, shutdown: { _ in }, wake: {}))
    let options = SubmitOptions(inFlight: 4, times: TimeLimits(daily: 100, zone: "UTC"))
    let readBack = ReadBack(
      connection, environment: Self.environment, options: options,
      budget: DayBudget(ledger, options.times, day.clock),
      interrupts: {
        looks.withLock {
          $0 += 1
          return $0 / 3
        }
      }, recall: { _, _ in SumHistory() })
    let bill = Bill(
      reference: "B", currency: CurrencyCode("ZAR")!, amountDue: 1, party: .customer(Customer(reference: "C")))
    try readBack.run {
      VerifiedRow(
        record: 1, operation: .raise(bill), settled: "B", isChangedSince: false, evidence: PartyEvidence())
    } ended: { _, _ in
    }
    #expect(readBack.stop == .interrupted)
    #expect(handed.withLock { $0 } == 4)
    for number in 1...3 { #expect(try ledger.requests(on: Self.date(number)) == 4) }
  }

  @Test(arguments: [429, 503])
  func `a pause too long to sit out ends the reading at a 429, and at a failure that of its row`(status: Int) throws {
    let handed = Mutex<[UInt64]>([])
    let connection = SubmitConnection(
      SubmitWire(
        submit: { requests in handed.withLock { $0 += requests.map(\.id) } },
        completions: { _ in
          let answer = HTTPResponse(status: status, headers: HTTPHeaders([("Retry-After", "86400")]), body: [])
          let ids = handed.withLock { handed in
            defer { handed = [] }
            return handed
          }
          return ids.map { Completion(id: $0, result: .success(answer), finishedAt: 1) }
        }, shutdown: { _ in }, wake: {}))
    let readBack = ReadBack(
      connection, environment: Self.environment, options: SubmitOptions(),
      budget: DayBudget(ledger, TimeLimits(), SubmitClock()), interrupts: { 0 }, recall: { _, _ in SumHistory() })
    let bill = Bill(
      reference: "B", currency: CurrencyCode("ZAR")!, amountDue: 1, party: .customer(Customer(reference: "C")))
    var left = 3
    var unread = 0
    try readBack.run {
      left -= 1
      return left < 0
        ? nil
        : VerifiedRow(
          record: 3 - left, operation: .raise(bill), settled: "B", isChangedSince: false, evidence: PartyEvidence())
    } ended: { _, result in
      if case .failure = result { unread += 1 }
    }
    #expect(readBack.stop == (status == 429 ? .pausedTooLong(86_400_000) : nil))
    #expect(unread == (status == 429 ? 0 : 3))
  }
}
