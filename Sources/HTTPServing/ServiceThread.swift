import CMicrohttpd
import Dispatch

/// The thread that a daemon is run on.
struct ServiceThread: @unchecked Sendable {
  // Unchecked for the pointer: the library's calls on a daemon are safe from any thread.
  private let daemon: OpaquePointer
  private let bell: Bell
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameter bell: wakes it where a connection was resumed.
  init(daemon: OpaquePointer, bell: Bell) {
    (self.daemon, self.bell) = (daemon, bell)
    let thread = self
    DispatchQueue(label: "http-service").async {
      billdrop_mhd_serve(thread.daemon, thread.bell.readEnd)
      thread.ended.signal()
    }
  }

  /// Ends the thread, then closes all connections.
  func stop() {
    bell.ringLast()
    ended.wait()
    MHD_stop_daemon(daemon)
    bell.remove()
  }
}
