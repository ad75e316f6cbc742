#if Postgres
  import BillModel
  import Glibc
  import Synchronization
  import Threads

  /// The thread that keeps this process's leases alive and fetches its turns, over a connection of its own: a check or a
  /// report that takes minutes must not cost a lease. Ends with its last reference.
  final class HeartbeatLoop: Sendable {
    private final class Work: Sendable {
      let url: LedgerURL
      let sharing: LedgerSharing
      let isOver = Atomic<Bool>(false)
      let hasEnded = Atomic<Bool>(false)

      init(_ url: LedgerURL, _ sharing: LedgerSharing) { (self.url, self.sharing) = (url, sharing) }
    }

    private let work: Work
    private let thread: pthread_t

    /// Starts it; `nil` where the system has no more threads.
    init?(_ url: LedgerURL, _ sharing: LedgerSharing) {
      work = Work(url, sharing)
      let context = Unmanaged.passRetained(work).toOpaque()
      var all = sigset_t()
      var previous = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, &previous)
      defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
      var started = pthread_t()
      guard pthread_create(&started, nil, runHeartbeat, context) == 0 else {
        Unmanaged<Work>.fromOpaque(context).release()
        return nil
      }
      thread = started
    }

    /// A thread that waits for a server which doesn't answer isn't waited for.
    deinit {
      work.isOver.store(true, ordering: .relaxed)
      work.sharing.bell?.ring()
      for _ in 0..<Self.mostWaits where !work.hasEnded.load(ordering: .relaxed) { Self.pause(milliseconds: 5) }
      if work.hasEnded.load(ordering: .relaxed) { pthread_join(thread, nil) } else { pthread_detach(thread) }
    }

    /// So many times 5 ms it may take to end.
    private static let mostWaits = 200

    fileprivate static func run(_ context: UnsafeMutableRawPointer) {
      let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
      var link: HeartbeatLink?
      var nextBeat = BootClock.now
      var failures: Int64 = 0
      while !work.isOver.load(ordering: .relaxed) {
        let isDue = BootClock.now >= nextBeat
        if isDue { nextBeat = BootClock.now + UInt64(LedgerSharing.beat) * 1_000_000 }
        do throws(LedgerError) {
          if work.sharing.needsServer(isDue: isDue) {
            if link == nil { link = HeartbeatLink(try PostgresDatabase(work.url, observes: false)) }
            try link?.serve(work.sharing, beats: isDue)
            failures = 0
            work.sharing.state.withLock { $0.fault = nil }
          }
        } catch {
          // What was wanted is wanted still; leases run out unless a connection comes about before that.
          link = nil
          work.sharing.state.withLock { $0.fault = error }
          failures += 1
          pause(milliseconds: min(failures * 200, LedgerSharing.beat))
          nextBeat = BootClock.now
        }
        work.sharing.bell?.wait(milliseconds: Int64(clamping: (nextBeat &- min(nextBeat, BootClock.now)) / 1_000_000))
      }
      link = nil
      work.hasEnded.store(true, ordering: .relaxed)
    }

    private static func pause(milliseconds: Int64) {
      var time = timespec(tv_sec: 0, tv_nsec: Int(milliseconds) * 1_000_000)
      nanosleep(&time, nil)
    }
  }

  private func runHeartbeat(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { HeartbeatLoop.run(context) }
    return nil
  }
#endif
