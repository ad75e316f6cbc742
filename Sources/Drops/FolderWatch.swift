#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits until something comes into one of some folders, where the system tells (inotify(7)); else only until a time is
/// over. It may miss what comes over a network file system: look all the same when the time is over.
package final class FolderWatch {
  private var descriptor: CInt = -1

  package init(_ folders: [String]) {
    #if os(Linux)
      descriptor = inotify_init1(CInt(O_NONBLOCK | O_CLOEXEC))
      guard descriptor >= 0 else { return }
      for folder in folders {
        inotify_add_watch(descriptor, folder, UInt32(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO))
      }
    #endif
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits so many seconds at most.
  ///
  /// - Parameter isCancelled: Asked a few times a second.
  package func wait(upTo seconds: Double, isCancelled: () -> Bool) {
    let end = ContinuousClock.now + .seconds(seconds)
    while !isCancelled() {
      let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
      guard left > 0 else { return }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wanted, 1, Int32(max(1, min(200, left))))
      if ready > 0 { return drain() }
    }
  }

  /// Reads away what was told: what there is, a look will show.
  private func drain() {
    // What comes in a row is looked at once.
    _ = poll(nil, 0, 50)
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { bytes in
      while read(descriptor, bytes.baseAddress, bytes.count) > 0 {}
    }
  }
}
