import BillModel
import Testing

@testable import MomentAPI

@Suite struct AnswerTests {
  private let received = WallTime(milliseconds: 1_800_000_000_000)

  private func answer(_ status: Int, _ headers: [String: String] = [:]) throws -> Answer {
    let request = try Samples.builder().createBill(Samples.bill(), form: .nested, epoch: 1)
    return Answer(
      to: request, status: status, header: { headers[$0] }, body: Array(Samples.createdBill.utf8),
      receivedAt: received)
  }

  @Test func `an answer without header fields says no more than its judgement`() throws {
    let plain = try answer(201)
    #expect(plain == Answer(judgement: .accepted(.bill(Samples.remoteBill)), status: 201))
  }

  @Test(arguments: [("true", true), ("TRUE", true), ("false", false), ("", false), ("1", false)])
  func `a replay is what the server marks as one`(value: String, replayed: Bool) throws {
    #expect(try answer(201, ["Idempotent-Replayed": value]).replayed == replayed)
  }

  @Test(
    arguments: [
      ("0", 0), ("7", 7000), (" 7 ", 7000), ("86400", 86_400_000), ("86401", 86_400_000),
      ("99999999999999999999999", 86_400_000), ("-1", nil), ("1.5", nil), ("soon", nil), ("", nil),
      ("Fri, 15 Jan 2027 08:00:30 GMT", 30_000), ("Fri, 15 Jan 2027 07:59:59 GMT", 0),
      ("Sat, 15 Jan 2028 08:00:00 GMT", 86_400_000),
    ] as [(String, Int64?)])
  func `Retry-After is seconds or a date, at most a day`(value: String, milliseconds: Int64?) throws {
    #expect(try answer(429, ["Retry-After": value]).retryAfter == milliseconds)
  }

  @Test func `a Retry-After that is a date counts from the server's clock where it tells it`() throws {
    let late = try answer(
      429, ["Retry-After": "Sun, 06 Nov 1994 08:49:47 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT"])
    #expect(late.retryAfter == 10_000)
    #expect(late.serverDate == WallTime(milliseconds: 784_111_777_000))
  }
}
