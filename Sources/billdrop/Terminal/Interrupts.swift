import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How often this process was told to end (SIGINT, SIGTERM). After the first time it finishes what is in flight, after
/// the second it ends at once.
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

  /// Takes both signals from here on, also where whoever started us had blocked them (a mask is inherited, and the
  /// threads of libdispatch have one). SIGPIPE and SIGXFSZ are ignored: a closed output, and a file over the limit of
  /// its size, are seen where they are written to.
  ///
  /// - Parameter secondEnds: The second signal ends the process there and then: where nothing is in flight.
  static func watch(secondEnds: Bool = false) {
    _ = count
    secondEndsProcess.store(secondEnds, ordering: .relaxed)
    signal(SIGINT, noteInterrupt)
    signal(SIGTERM, noteInterrupt)
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGINT)
    sigaddset(&both, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &both, nil)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}

private let interruptCount = Atomic<Int>(0)
private let reloadCount = Atomic<Int>(0)
private let secondEndsProcess = Atomic<Bool>(false)

private func noteReload(_ signal: Int32) { reloadCount.add(1, ordering: .relaxed) }

/// The signal handler: it adds to an atomic integer, or ends the process, and does nothing else (signal-safety(7)).
private func noteInterrupt(_ signal: Int32) {
  let count = interruptCount.add(1, ordering: .relaxed).newValue
  if count > 1, secondEndsProcess.load(ordering: .relaxed) { _exit(128 + signal) }
}
