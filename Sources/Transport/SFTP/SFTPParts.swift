import Synchronization

/// Parts that several connections share out among themselves, and a last look that one of them takes.
final class SFTPParts: Sendable {
  private struct State {
    var next = 0
    var fault: SFTPError?
    var working = 0
    /// Bytes that are still to come.
    var missing: Int64
    var look: SFTPLook?
    var isLookTaken = false
  }

  /// Which file is to be looked at when the last byte is there; `nil`: none.
  let lastLook: String?
  private let parts: [SFTPPart]
  private let state: Mutex<State>

  init(_ parts: [SFTPPart], lastLook: String? = nil) {
    self.parts = parts
    self.lastLook = lastLook
    state = Mutex(State(missing: parts.reduce(0) { $0 + Int64($1.range.count) }))
  }

  var count: Int { parts.count }

  /// - Parameter workers: How many take from them.
  func begin(workers: Int) { state.withLock { $0.working = workers } }

  /// The next part, with its number; `nil` where there is none, or something went wrong.
  func next() -> (index: Int, part: SFTPPart)? {
    state.withLock { state in
      guard state.fault == nil, state.next < parts.count else { return nil }
      defer { state.next += 1 }
      return (state.next, parts[state.next])
    }
  }

  /// So many bytes more are there.
  func note(_ bytes: Int) { state.withLock { $0.missing -= Int64(bytes) } }

  /// The file of the last look, for the first who asks.
  func takeLastLook() -> String? {
    guard let lastLook,
      !state.withLock({ state in
        defer { state.isLookTaken = true }
        return state.isLookTaken
      })
    else { return nil }
    return lastLook
  }

  func note(_ look: SFTPLook?) { state.withLock { $0.look = look } }

  /// Ends the work of all; the first fault stands.
  func fail(_ fault: SFTPError) { state.withLock { $0.fault = $0.fault ?? fault } }

  func end() { state.withLock { $0.working -= 1 } }

  var fault: SFTPError? { state.withLock { $0.fault } }
  var isWorking: Bool { state.withLock { $0.working > 0 } }
  var isComplete: Bool { state.withLock { $0.missing == 0 } }
  /// What the last look found; `nil` where the file was not there.
  var look: SFTPLook? { state.withLock { $0.look } }
}
