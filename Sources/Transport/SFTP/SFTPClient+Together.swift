import Synchronization
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SFTPClient {
  /// Whose turn it is, of several things that are shared out.
  private final class Turns: Sendable {
    private let count: Int
    private let state = Mutex((next: 0, ended: 0))

    init(_ count: Int) { self.count = count }

    func next() -> Int? {
      state.withLock { state in
        guard state.next < count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func end() { state.withLock { $0.ended += 1 } }

    var ended: Int { state.withLock { $0.ended } }
  }

  /// Does several things, as many at a time as there are connections, and waits for all.
  ///
  /// - Parameter work: Called once with the number of each, on any thread.
  package func together(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let turns = Turns(count)
    let others = (1..<max(1, min(options.connections, count))).compactMap { _ in
      BackgroundThread {
        while let index = turns.next() { work(index) }
        turns.end()
      }
    }
    while let index = turns.next() { work(index) }
    while turns.ended < others.count {
      pulse()
      usleep(1_000)
    }
    for thread in others { thread.join() }
  }
}
