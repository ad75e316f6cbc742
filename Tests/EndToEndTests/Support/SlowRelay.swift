import Foundation
import Synchronization

/// Stands between a client and a server of this machine: no faster than so many bytes a second each way, and cut after so
/// many bytes have come from the server, where that is asked for.
final class SlowRelay: Sendable {
  private struct State {
    /// Kept until they are cut: the number of one that is closed would soon be that of another's.
    var open: [TCPSocket] = []
    /// Bytes that may still come from the server; `nil`: any number.
    var left: Int?
    var passed = 0
    var isEnded = false
  }

  let port: Int
  private let target: Int
  private let bytesPerSecond: Int
  private let listener: TCPSocket
  private let state = Mutex(State())

  init(to target: Int, bytesPerSecond: Int = 1 << 30) throws {
    self.target = target
    self.bytesPerSecond = bytesPerSecond
    listener = TCPSocket()
    guard listener.bind(port: 0), listen(listener.descriptor, 64) == 0 else { throw TestFault("no free port") }
    port = listener.localPort
    let accepting = Thread { [weak self, listener] in
      while true {
        let descriptor = accept(listener.descriptor, nil, nil)
        guard descriptor >= 0, let self else { return }
        self.join(TCPSocket(descriptor: descriptor))
      }
    }
    accepting.start()
  }

  deinit { end() }

  /// How many bytes have come from the server.
  var passed: Int { state.withLock { $0.passed } }

  /// Cuts all connections, once, when so many more bytes have come from the server.
  func cut(after bytes: Int) { state.withLock { $0.left = bytes } }

  func end() {
    state.withLock { $0.isEnded = true }
    shutdown(listener.descriptor, Int32(SHUT_RDWR))
    cutAll()
  }

  private func cutAll() {
    state.withLock { state in
      for socket in state.open { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }
      state.open = []
    }
  }

  private func join(_ client: TCPSocket) {
    let server = TCPSocket()
    guard server.connect(port: target) else { return }
    state.withLock { $0.open += [client, server] }
    for (from, to, isAnswer) in [(client, server, false), (server, client, true)] {
      Thread { [weak self] in
        var buffer = [UInt8](repeating: 0, count: 1 << 15)
        while true {
          let count = recv(from.descriptor, &buffer, buffer.count, 0)
          guard count > 0, let self, self.mayPass(count, isAnswer) else { break }
          guard send(to.descriptor, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
          usleep(UInt32(count * 1_000_000 / self.bytesPerSecond))
        }
        shutdown(from.descriptor, Int32(SHUT_RDWR))
        shutdown(to.descriptor, Int32(SHUT_RDWR))
      }.start()
    }
  }

  private func mayPass(_ count: Int, _ isAnswer: Bool) -> Bool {
    guard isAnswer else { return true }
    let isOver = state.withLock { state -> Bool in
      state.passed += count
      guard let left = state.left else { return false }
      state.left = left > count ? left - count : nil
      return left <= count
    }
    if isOver { cutAll() }
    return !isOver
  }
}
