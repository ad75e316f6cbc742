import Foundation
import Synchronization

/// Stands between a client and a server of this machine: no faster than so many bytes a second each way, and cut after so
/// many bytes have come from the server, or silent from there on, where that is asked for.
final class SlowRelay: Sendable {
  private struct State {
    /// Kept until they are cut: the number of one that is closed would soon be that of another's.
    var open: [TCPSocket] = []
    /// Bytes that may still come from the server; `nil`: any number.
    var left: Int?
    /// Bytes that may still come before all is silence; `nil`: any number.
    var leftToSay: Int?
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

  /// Says nothing any more when so many more bytes have come from the server, on all connections, also on those that are
  /// made afterwards; what comes is accepted, and kept back.
  func silence(after bytes: Int) { state.withLock { $0.leftToSay = bytes } }

  /// Goes on with what was kept back.
  func speak() { state.withLock { $0.leftToSay = nil } }

  /// Whether all is silence.
  var isSilent: Bool { state.withLock { $0.leftToSay == 0 } }

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
          if isAnswer, !self.waitToSpeak(count) { break }
          guard send(to.descriptor, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
          usleep(UInt32(count * 1_000_000 / self.bytesPerSecond))
        }
        shutdown(from.descriptor, Int32(SHUT_RDWR))
        shutdown(to.descriptor, Int32(SHUT_RDWR))
      }.start()
    }
  }

  /// Waits while all is silence; `false` where that lasted to the end.
  private func waitToSpeak(_ count: Int) -> Bool {
    while true {
      let (isSilent, isEnded) = state.withLock { state -> (Bool, Bool) in
        if let left = state.leftToSay, left > 0 {
          state.leftToSay = max(0, left - count)
          return (false, state.isEnded)
        }
        return (state.leftToSay == 0, state.isEnded)
      }
      if isEnded { return false }
      if !isSilent { return true }
      usleep(20_000)
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
