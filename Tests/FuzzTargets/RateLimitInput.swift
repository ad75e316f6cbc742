import BillModel
import MomentAPI

/// Header fields, one a line: what they advise is in its bounds.
struct RateLimitInput {
  private static let now = WallTime(milliseconds: 1_750_000_000_000)

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    var fields: [String: String] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let mark = line.firstIndex(of: ":") else { continue }
      fields[line[..<mark].lowercased()] = String(line[line.index(after: mark)...])
    }
    let header: (String) -> String? = { fields[$0.lowercased()] }
    let advice = RateAdvice(header: header, now: Self.now)
    precondition(advice.rate.map { $0 > 0 && $0.isFinite } ?? true, "a rate of \(advice.rate ?? 0)")
    precondition(advice.pause.map { (1...86_400_000).contains($0) } ?? true, "a pause of \(advice.pause ?? 0) ms")
    let request = APIRequest(kind: .createBill, path: "/x", expectation: Expectation())
    let answer = Answer(to: request, status: 429, header: header, body: [], receivedAt: Self.now)
    precondition(answer.retryAfter.map { (0...86_400_000).contains($0) } ?? true, "a wait of \(answer.retryAfter ?? 0)")
  }
}
