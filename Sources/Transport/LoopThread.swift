#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The thread that runs a transfer loop. All signals are blocked on it: they are for other threads.
struct LoopThread: @unchecked Sendable {
  private let thread: pthread_t

  /// Starts the thread, which takes the loop for itself. Throws `notStarted`.
  init(running loop: sending TransferLoop) throws(HTTPClientError) {
    let context = Unmanaged.passRetained(loop).toOpaque()
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    #if canImport(Glibc)
      var started = pthread_t()
    #else
      var started: pthread_t?
    #endif
    let code = pthread_create(&started, nil, runLoop, context)
    guard code == 0 else {
      Unmanaged<TransferLoop>.fromOpaque(context).release()
      throw .notStarted("no thread, errno \(code)")
    }
    #if canImport(Glibc)
      thread = started
    #else
      guard let started else { throw .notStarted("no thread") }
      thread = started
    #endif
  }

  /// Waits for the loop's end.
  func join() { pthread_join(thread, nil) }
}

#if canImport(Glibc)
  private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
    return nil
  }
#else
  private func runLoop(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
#endif
