/// A request as the transport takes it.
package struct HTTPRequest: Sendable {
  /// The caller's number for it; its completion carries the same.
  package var id: UInt64
  /// `GET`, `POST`, …
  package var method: String
  /// Appended to the base URL; begins with `/` and is percent-encoded.
  package var path: String
  /// Header fields of this request alone. Names and values without line ends: one with a control character makes the
  /// request fail unsent.
  package var headers: [(String, String)]
  /// Header fields that many requests have, behind its own.
  package var shared: SharedFields?
  package var body: [UInt8]
  /// No byte of it leaves after this moment of `BootClock`, in nanoseconds: it then fails unsent.
  package var latest: UInt64
  /// Whether it goes before others that wait.
  package var isUrgent: Bool

  package init(
    id: UInt64, method: String, path: String, headers: [(String, String)] = [], shared: SharedFields? = nil,
    body: [UInt8] = [], latest: UInt64 = .max, isUrgent: Bool = false
  ) {
    self.id = id
    self.method = method
    self.path = path
    self.headers = headers
    self.shared = shared
    self.body = body
    self.latest = latest
    self.isUrgent = isUrgent
  }
}
