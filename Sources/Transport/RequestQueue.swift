import Synchronization

/// Requests on their way from the submitting threads to the client's thread, and the order to end.
final class RequestQueue: Sendable {
  /// How the client is to end.
  enum Ending: Int, Comparable {
    case none, draining, cancelling

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  fileprivate struct State {
    var waiting: [HTTPRequest] = []
    var ending = Ending.none
    /// Whether the client's thread sleeps, or is about to, and must be woken.
    var isAsleep = false
  }

  private let state = Mutex(State())

  /// Adds requests, unless the client is ending.
  func add(_ requests: [HTTPRequest]) -> (accepted: Bool, mustWake: Bool) {
    state.withLock { state in
      guard state.ending == .none else { return (false, false) }
      // Mostly nothing waits: then the array itself is handed on, and no request is copied.
      if state.waiting.isEmpty { state.waiting = requests } else { state.waiting += requests }
      return (true, state.wake())
    }
  }

  /// Tells the client to end, or to end sooner. Answers whether it must be woken.
  func end(_ ending: Ending) -> Bool {
    state.withLock { state in
      state.ending = max(state.ending, ending)
      return state.wake()
    }
  }

  /// Takes what came since the last time.
  func take() -> (requests: [HTTPRequest], ending: Ending) {
    state.withLock { state in
      state.isAsleep = false
      var taken: [HTTPRequest] = []
      swap(&taken, &state.waiting)
      return (taken, state.ending)
    }
  }

  /// Says that the thread is going to sleep; `false` where there is something new: it must not. `seen` is the ending
  /// that the thread knows of.
  func sleep(seen: Ending) -> Bool {
    state.withLock { state in
      state.isAsleep = state.waiting.isEmpty && state.ending == seen
      return state.isAsleep
    }
  }
}

extension RequestQueue.State {
  fileprivate mutating func wake() -> Bool {
    defer { isAsleep = false }
    return isAsleep
  }
}
