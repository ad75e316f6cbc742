import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Work on several threads at once, for as long as a call takes.
package enum WorkerThreads {
  /// How many processors this machine has; at least 1.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Runs `own` on this thread, and `body` on `count` others meanwhile; returns when all have ended. Where the system
  /// gives no more threads, there are fewer. Signals are for other threads than the new ones.
  package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void, own: () -> Void) {
    var threads: [BackgroundThread] = []
    for _ in 0..<max(0, count) {
      guard let thread = BackgroundThread(body) else { break }
      threads.append(thread)
    }
    own()
    for thread in threads { thread.join() }
  }

  /// What `body` gives for each number from 0 up to `count`, in their order.
  package static func map<Outcome: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Outcome
  ) -> [Outcome] {
    guard threads > 1 else { return (0..<count).map(body) }
    let next = Mutex(0)
    let outcomes = Mutex([Outcome?](repeating: nil, count: count))
    let work: @Sendable () -> Void = {
      while true {
        let index = next.withLock { next in
          next += 1
          return next - 1
        }
        guard index < count else { return }
        let outcome = body(index)
        outcomes.withLock { $0[index] = outcome }
      }
    }
    run(min(threads, count) - 1, work, own: work)
    return outcomes.withLock { $0.compactMap(\.self) }
  }
}
