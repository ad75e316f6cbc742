import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The socket of a service manager, as sd_notify(3) writes to it.
final class NotifySocket {
  let path: String
  private let descriptor: CInt
  private(set) var messages: [String] = []

  init(in workspace: Workspace) throws {
    path = workspace.path("notify")
    #if canImport(Glibc)
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    #else
      descriptor = socket(AF_UNIX, SOCK_DGRAM, 0)
    #endif
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let result = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw TestFault("the socket \(path) can't be bound: \(errno)") }
  }

  deinit { close(descriptor) }

  /// Takes in what has come, and waits until what came satisfies a condition.
  func wait(atMost limit: Duration = .seconds(30), until isDone: ([String]) -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      while true {
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { break }
        messages.append(String(decoding: buffer[..<count], as: UTF8.self))
      }
      if isDone(messages) { return }
      guard ContinuousClock.now < deadline else { throw TestFault("it was told \(messages)") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
