import BillModel
import MomentAPI

/// An answer to any request, with any status: judged and told.
struct AnswerInput {
  private static let statuses = [200, 201, 204, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503, 0, 999]

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    var supply = ByteSupply(bytes)
    let kind = supply.pick(APIRequestKind.allCases)
    let status = supply.pick(Self.statuses)
    let isExpected = supply.bit()
    let request = APIRequest(
      kind: kind, path: "/x",
      expectation: isExpected
        ? Expectation(reference: "INV-1", amountDue: 24_000, currency: CurrencyCode("ZAR")) : Expectation())
    let answer = Answer(
      to: request, status: status, header: { $0 == "Idempotent-Replayed" ? "true" : nil }, body: Array(supply.rest),
      receivedAt: WallTime(milliseconds: 1_750_000_000_000))
    if case .accepted = answer.judgement { precondition((200...299).contains(status), "accepted by \(status)") }
    _ = "\(answer)"
  }
}
