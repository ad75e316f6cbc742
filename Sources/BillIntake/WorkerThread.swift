#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of its own. Signals are for other threads.
final class WorkerThread {
  private let thread: pthread_t

  /// Starts it; `nil` where the system gives no more threads.
  init?(_ body: @escaping @Sendable () -> Void) {
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    guard let thread = Self.start(ThreadBody(body)) else { return nil }
    self.thread = thread
  }

  /// Waits for its end. To be called once.
  func join() { pthread_join(thread, nil) }

  private static func start(_ body: ThreadBody) -> pthread_t? {
    let context = Unmanaged.passRetained(body).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    if pthread_create(&thread, nil, runThreadBody, context) == 0 { return thread }
    Unmanaged<ThreadBody>.fromOpaque(context).release()
    return nil
  }
}

/// What a thread runs, on its way through C.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

#if canImport(Darwin)
  private func runThreadBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
#else
  private func runThreadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run() }
    return nil
  }
#endif
