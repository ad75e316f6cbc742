import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a service tells systemd: datagrams to the socket that `NOTIFY_SOCKET` names (sd_notify(3)). Where there is none,
/// nothing is told.
package final class ServiceNotice {
  private let address: String?
  /// Nanoseconds between two signs of life; `nil` where nobody watches.
  private let interval: UInt64?
  private var lastSign: UInt64 = 0

  /// - Parameter environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` of it are looked at.
  package init(_ environment: [String: String]) {
    address = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    let isMeant = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
    let micros = environment["WATCHDOG_USEC"].flatMap { UInt64($0) }
    // Three signs in the time that is given, so that one may be late.
    interval = isMeant ? micros.map { $0 * 1000 / 3 } : nil
  }

  package func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }
  package func status(_ status: String) { send("STATUS=\(status)") }
  package func stopping() { send("STOPPING=1") }
  package func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(MonotonicClock.now / 1000)") }

  /// Gives the watchdog a sign of life, not more often than it needs.
  package func pulse() {
    guard let interval else { return }
    let now = MonotonicClock.now
    guard now >= lastSign + interval else { return }
    lastSign = now
    send("WATCHDOG=1")
  }

  private func send(_ text: String) {
    guard let address, var place = Self.place(address) else { return }
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_DGRAM, 0)
    #endif
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    let length = socklen_t(MemoryLayout<sa_family_t>.size + address.utf8.count)
    _ = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, 0, $0, length)
      }
    }
  }

  /// The socket's address; a name that begins with `@` is an abstract one. `nil` where it is too long.
  private static func place(_ address: String) -> sockaddr_un? {
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(address.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: place.sun_path) else { return nil }
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: bytes) }
    return place
  }
}
