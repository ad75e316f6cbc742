import HTTPServing
import Synchronization

/// Stateless answers, to measure clients against: 201 with the request's own members behind made-up ids.
final class EchoAnswers: Sendable {
  private let count = Atomic<UInt64>(0)

  /// The body must be a JSON object that isn't empty; nothing else about it is checked.
  func reply(to request: borrowing HTTPRequest) -> HTTPReply {
    let number = String(count.wrappingAdd(1, ordering: .relaxed).newValue)
    var body: [UInt8] = []
    body.reserveCapacity(request.body.count + 128)
    body += #"{"id":"bill_"#.utf8
    body += number.utf8
    body += #"","customer_id":"bcus_"#.utf8
    body += number.utf8
    body += #"","account_id":"bacc_"#.utf8
    body += number.utf8
    body += #"","status":"unpaid","#.utf8
    body += request.body.dropFirst()
    return .answer(
      HTTPAnswer(status: 201, headers: [("Content-Type", "application/json")], body: .bytes(body)))
  }
}
