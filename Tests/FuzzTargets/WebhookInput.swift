import BillModel
import PaymentEvents

/// A webhook: three header fields, a NUL between each, and a body. Nothing that wasn't signed may be taken.
struct WebhookInput {
  private static let secrets = WebhookSecret.list("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") ?? []

  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    let parts = bytes.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false).map { Array($0) }
    func text(_ index: Int) -> String { index < parts.count ? String(decoding: parts[index], as: UTF8.self) : "" }
    let headers = WebhookHeaders(id: text(0), timestamp: text(1), signature: text(2))
    let body = parts.count > 3 ? parts[3] : bytes
    let verifier = WebhookVerifier(Self.secrets)
    do throws(WebhookRefusal) {
      try verifier.verify(headers, body: body, now: WallTime(milliseconds: 1_614_265_330_000))
      // The seeds have one that was signed; its body is this.
      precondition(body == Array(#"{"test": 2432232314}"#.utf8), "taken without a signature")
    } catch {}
    let event = PaymentEvent(body: body)
    precondition(event.contentDigest(body: body) == PaymentEvent(body: body).contentDigest(body: body))
    if case .applied(let applied) = event.content { precondition(applied.amount > 0 && !event.id.isEmpty) }
    _ = WebhookSecret.list(text(0))
    _ = WallTime(rfc3339: text(1))
  }
}
