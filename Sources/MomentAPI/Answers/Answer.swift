package import BillModel

/// An answer of the API, judged, with what its header fields say besides.
package struct Answer: Hashable, Sendable {
  package var judgement: Judgement
  /// The HTTP status as it came.
  package var status: Int
  /// Whether the server says that it answers from its store: `Idempotent-Replayed: true`.
  package var replayed: Bool
  /// How long the server asks to wait, in milliseconds, at most a day; `nil` where it doesn't ask. Of a 429 without
  /// `Retry-After` what the fields of its rate limit say.
  package var retryAfter: Int64?
  /// The server's clock, from `Date`; `nil` where it doesn't tell.
  package var serverDate: WallTime?

  package init(
    judgement: Judgement, status: Int, replayed: Bool = false, retryAfter: Int64? = nil, serverDate: WallTime? = nil
  ) {
    self.judgement = judgement
    self.status = status
    self.replayed = replayed
    self.retryAfter = retryAfter
    self.serverDate = serverDate
  }

  /// Judges an answer to `request`: see below.
  package init(
    to request: APIRequest, status: Int, header: (String) -> String?, body: [UInt8], receivedAt: WallTime
  ) {
    self.init(
      to: request.kind, expecting: request.expectation, status: status, header: header, body: body,
      receivedAt: receivedAt)
  }

  /// Judges an answer to a request of this kind.
  ///
  /// `header` gives the value of a field by its name, in any case; `receivedAt` is our clock, for a `Retry-After`
  /// that is a date where the server doesn't send its own.
  package init(
    to kind: APIRequestKind, expecting expectation: Expectation, status: Int, header: (String) -> String?,
    body: [UInt8], receivedAt: WallTime
  ) {
    let serverDate = header("Date").flatMap { HTTPDate($0, receivedAt: receivedAt)?.time }
    let serverNow = serverDate ?? receivedAt
    let asked = header("Retry-After").flatMap { RetryAfter($0, now: serverNow)?.milliseconds }
    self.init(
      judgement: Judgement(of: body, status: status, to: kind, expecting: expectation),
      status: status,
      replayed: header("Idempotent-Replayed").map(Self.isTrue) ?? false,
      retryAfter: asked ?? (status == 429 ? RateAdvice(header: header, now: serverNow).pause : nil),
      serverDate: serverDate)
  }

  private static func isTrue(_ value: String) -> Bool { value.lowercased() == "true" }
}
