import Synchronization

/// Parts that several connections share out among themselves.
final class SFTPParts: Sendable {
  private struct State {
    var next = 0
    var fault: SFTPError?
    var working: Int
  }

  private let parts: [SFTPPart]
  private let state: Mutex<State>

  /// - Parameter workers: How many take from them.
  init(_ parts: [SFTPPart], workers: Int) {
    self.parts = parts
    state = Mutex(State(working: workers))
  }

  /// The next part, with its number; `nil` where there is none, or something went wrong.
  func next() -> (index: Int, part: SFTPPart)? {
    state.withLock { state in
      guard state.fault == nil, state.next < parts.count else { return nil }
      defer { state.next += 1 }
      return (state.next, parts[state.next])
    }
  }

  /// Ends the work of all; the first fault stands.
  func fail(_ fault: SFTPError) { state.withLock { $0.fault = $0.fault ?? fault } }

  func end() { state.withLock { $0.working -= 1 } }

  var fault: SFTPError? { state.withLock { $0.fault } }
  var isWorking: Bool { state.withLock { $0.working > 0 } }
}
