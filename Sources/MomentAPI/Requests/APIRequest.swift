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
  package var headers: [(String, String)] { ownHeaders + (hasContent ? Self.contentHeaders : Self.lookHeaders) }

  /// Those of them that no other request has: its key.
  package var ownHeaders: [(String, String)] { idempotencyKey.map { [("Idempotency-Key", $0)] } ?? [] }

  /// Whether it has the header fields of a request with a body.
  package var hasContent: Bool { idempotencyKey != nil || !body.isEmpty }

  /// Those that every request with a body has.
  package static let contentHeaders = [("Content-Type", "application/json")] + lookHeaders

  /// Those that every other request has.
  package static let lookHeaders = [("Accept", "application/json, application/problem+json")]
}
