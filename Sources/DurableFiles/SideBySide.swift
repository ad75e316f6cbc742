#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Calls that wait for a device, several at the same time, each but the first on a thread of its own.
enum SideBySide {
  /// What `body` gives for each number from 0 up to `count`, in their order. Where the system gives no thread, the call is
  /// made on this one. Signals are for other threads than the new ones.
  static func run<Outcome>(_ count: Int, _ body: @escaping (Int) -> Outcome) -> [Outcome] {
    let calls = (0..<count).map { index in SideCall { body(index) } }
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    for call in calls.dropFirst() { call.begin() }
    pthread_sigmask(SIG_SETMASK, &previous, nil)
    return calls.map { $0.end() }
  }
}

/// One of the calls. Its thread alone touches the outcome until it has ended.
private final class SideCall<Outcome>: SideWork, @unchecked Sendable {
  private let body: () -> Outcome
  private var outcome: Outcome?
  private var thread: pthread_t?

  init(_ body: @escaping () -> Outcome) { self.body = body }

  override func run() { outcome = body() }

  func begin() {
    let context = Unmanaged<SideWork>.passRetained(self)
    #if canImport(Darwin)
      var started: pthread_t?
    #else
      var started = pthread_t()
    #endif
    if pthread_create(&started, nil, runSideWork, context.toOpaque()) == 0 {
      thread = started
    } else {
      context.release()
    }
  }

  func end() -> Outcome {
    if let thread { pthread_join(thread, nil) }
    return outcome ?? body()
  }
}

/// A call without its type, on its way through C.
private class SideWork {
  func run() {}
}

#if canImport(Darwin)
  private func runSideWork(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<SideWork>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
#else
  private func runSideWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<SideWork>.fromOpaque(context).takeRetainedValue().run() }
    return nil
  }
#endif
