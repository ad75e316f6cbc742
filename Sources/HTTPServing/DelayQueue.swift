import Dispatch
import Synchronization

/// What waits and when each is to go on, with one thread that wakes connections and runs effects.
///
/// Deadlines are nanoseconds of the monotonic clock. Waiting costs an entry in a heap, not a thread: thousands may wait.
final class DelayQueue: Sendable {
  private struct State {
    var heap = DeadlineHeap()
    var stopping = false
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let resume: @Sendable (SuspendedConnection) -> Void

  /// - Parameter resume: wakes a connection; called on this queue's thread, or on the caller's while stopping.
  init(resume: @escaping @Sendable (SuspendedConnection) -> Void) {
    self.resume = resume
    DispatchQueue(label: "http-delays").async { self.run() }
  }

  /// Lets it go on after so many nanoseconds; at once when the queue is stopping.
  func add(_ waiting: Deadline.Waiting, after nanoseconds: UInt64) {
    let deadline = DispatchTime.now().uptimeNanoseconds &+ nanoseconds
    let (isNext, stopping) = state.withLock { state in
      if state.stopping { return (false, true) }
      return (state.heap.insert(Deadline(time: deadline, waiting: waiting)), false)
    }
    if stopping { goOn(waiting) }
    if isNext { news.signal() }
  }

  /// Lets all that wait go on, and whatever comes later as it comes; returns when the thread has ended.
  func stop() {
    state.withLock { $0.stopping = true }
    news.signal()
    ended.wait()
  }

  private func run() {
    while true {
      let (due, next, stopping) = state.withLock { state in
        let horizon = state.stopping ? UInt64.max : DispatchTime.now().uptimeNanoseconds
        return (state.heap.removeAll(upTo: horizon), state.heap.first, state.stopping)
      }
      for entry in due { goOn(entry.waiting) }
      if stopping { break }
      if let next {
        _ = news.wait(timeout: DispatchTime(uptimeNanoseconds: next.time))
      } else {
        news.wait()
      }
    }
    ended.signal()
  }

  private func goOn(_ waiting: Deadline.Waiting) {
    switch waiting {
    case .connection(let connection): resume(connection)
    case .effect(let effect): effect()
    }
  }
}
