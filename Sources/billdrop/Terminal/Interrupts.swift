import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How often this process was told to end (SIGINT, SIGTERM, SIGHUP). After the first time it finishes what is in flight,
/// after the second it ends at once.
enum Interrupts {
  static var count: Int { interruptCount.load(ordering: .relaxed) }

  /// How often it was told to read its configuration again (SIGHUP).
  static var reloads: Int { reloadCount.load(ordering: .relaxed) }

  /// Takes SIGHUP from here on.
  static func watchReloads() {
    _ = reloads
    signal(SIGHUP, noteReload)
    var hangup = sigset_t()
    sigemptyset(&hangup)
    sigaddset(&hangup, SIGHUP)
    pthread_sigmask(SIG_UNBLOCK, &hangup, nil)
  }

  /// Takes these signals from here on, also where whoever started us had blocked them (a mask is inherited, and the
  /// threads of libdispatch have one). SIGPIPE and SIGXFSZ are ignored: a closed output, and a file over the limit of
  /// its size, are seen where they are written to.
  ///
  /// So does the end of the terminal (SIGHUP), which may come twice and counts once; but where nohup has it ignored.
  ///
  /// - Parameters:
  ///   - secondEnds: The second signal ends the process there and then: where nothing is in flight.
  ///   - outlivesTerminal: SIGHUP is ignored.
  static func watch(secondEnds: Bool = false, outlivesTerminal: Bool = false) {
    _ = count
    secondEndsProcess.store(secondEnds, ordering: .relaxed)
    signal(SIGINT, noteInterrupt)
    signal(SIGTERM, noteInterrupt)
    if outlivesTerminal || isIgnored(SIGHUP) { signal(SIGHUP, SIG_IGN) } else { signal(SIGHUP, noteHangup) }
    var all = sigset_t()
    sigemptyset(&all)
    for one in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&all, one) }
    pthread_sigmask(SIG_UNBLOCK, &all, nil)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Whether whoever started us has a signal ignored.
  private static func isIgnored(_ number: Int32) -> Bool {
    let before = signal(number, SIG_IGN)
    return unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

private let interruptCount = Atomic<Int>(0)
private let reloadCount = Atomic<Int>(0)
private let secondEndsProcess = Atomic<Bool>(false)

/// The kernel tells it to who is in the foreground, and the shell tells it once more.
private func noteHangup(_ signal: Int32) {
  _ = interruptCount.compareExchange(expected: 0, desired: 1, ordering: .relaxed)
}

private func noteReload(_ signal: Int32) { reloadCount.add(1, ordering: .relaxed) }

/// The signal handler: it adds to an atomic integer, or ends the process, and does nothing else (signal-safety(7)).
private func noteInterrupt(_ signal: Int32) {
  let count = interruptCount.add(1, ordering: .relaxed).newValue
  if count > 1, secondEndsProcess.load(ordering: .relaxed) { _exit(128 + signal) }
}
