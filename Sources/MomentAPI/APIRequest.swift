package import Hashing

/// A request to the API, ready for the wire but for the key and the base URL.
package struct APIRequest: Hashable, Sendable {
  package var kind: APIRequestKind
  /// Below the base URL; begins with `/` and is percent-encoded.
  package var path: String
  /// The JSON body; empty for a GET.
  package var body: [UInt8]
  /// SHA-256 of `body`; `nil` where no intent is kept of the request.
  package var bodyDigest: SHA256Digest?
  /// Value of the header `Idempotency-Key`; `nil` for a GET or PATCH.
  package var idempotencyKey: String?
  /// What its answer must carry.
  package var expectation: Expectation

  package init(
    kind: APIRequestKind, path: String, body: [UInt8] = [], bodyDigest: SHA256Digest? = nil,
    idempotencyKey: String? = nil, expectation: Expectation
  ) {
    self.kind = kind
    self.path = path
    self.body = body
    self.bodyDigest = bodyDigest
    self.idempotencyKey = idempotencyKey
    self.expectation = expectation
  }

  /// The HTTP method: `POST`, `GET` or `PATCH`.
  package var method: String { kind.method }

  /// The header fields of this request; those that all requests share (authorisation, agent) are the transport's.
  package var headers: [(String, String)] {
    guard let idempotencyKey else { return body.isEmpty ? [Self.accept] : [Self.json, Self.accept] }
    return [("Idempotency-Key", idempotencyKey), Self.json, Self.accept]
  }

  private static let json = ("Content-Type", "application/json")

  private static let accept = ("Accept", "application/json, application/problem+json")
}
