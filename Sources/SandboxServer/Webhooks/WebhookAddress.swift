/// An address that events are delivered to: `http://`, this machine, a port and a path.
package struct WebhookAddress: Sendable, Equatable {
  package let port: UInt16
  package let path: String

  /// `nil` for anything but `http://127.0.0.1:PORT/…` or `http://localhost:PORT/…`: the sandbox talks to nobody else.
  package init?(_ text: String) {
    guard let host = ["http://127.0.0.1:", "http://localhost:"].first(where: { text.hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(host.count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let port = UInt16(rest[..<slash]), port > 0, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    self.port = port
    path = slash == rest.endIndex ? "/" : String(rest[slash...])
  }
}
