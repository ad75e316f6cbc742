import Synchronization

/// The answer to a request, which another thread finds: handed out by the handler, settled once from anywhere.
///
/// Whoever hands it out sees to it that it is settled before the service stops: a connection that waits keeps the service
/// from ending.
package final class PendingReply: Sendable {
  private enum State {
    case open
    /// The connection waits; the closure wakes it.
    case waiting(@Sendable () -> Void)
    case settled(HTTPAnswer)
  }

  private let state = Mutex(State.open)

  package init() {}

  /// Gives the answer; only the first one counts.
  package func settle(_ answer: HTTPAnswer) {
    let wake: (@Sendable () -> Void)? = state.withLock { state in
      switch state {
      case .open:
        state = .settled(answer)
        return nil
      case .waiting(let wake):
        state = .settled(answer)
        return wake
      case .settled: return nil
      }
    }
    wake?()
  }

  /// Calls `wake` once there is an answer; false, and never, where there is one already.
  func wait(_ wake: @escaping @Sendable () -> Void) -> Bool {
    state.withLock { state in
      if case .settled = state { return false }
      state = .waiting(wake)
      return true
    }
  }

  /// The answer; `nil` before there is one.
  var answer: HTTPAnswer? { state.withLock { if case .settled(let answer) = $0 { answer } else { nil } } }
}
