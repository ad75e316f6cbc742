import CMicrohttpd
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An HTTP/1.1 server: one thread that reads, calls the handler and writes.
///
/// The handler runs on that thread and must not block; what has to wait is `HTTPReply.after`.
/// Everything that the handler and its closures touch is therefore touched by one thread at a time.
package final class HTTPService: Sendable {
  private let core: ServiceCore
  private let daemon: Mutex<ServiceThread?>
  /// The TCP port that is listened on.
  package let port: UInt16

  /// Listens, and serves until `stop`. Throws when the port can't be had or the certificate isn't taken.
  package init(
    _ options: HTTPServiceOptions = HTTPServiceOptions(),
    handler: @escaping @Sendable (borrowing HTTPRequest) -> HTTPReply
  ) throws(HTTPServiceError) {
    guard let bell = Bell() else { throw .cannotListen(port: options.port, code: errno) }
    core = ServiceCore(options, bell: bell, handler: handler)
    if options.tls != nil, billdrop_mhd_has_tls() == 0 {
      core.delays.stop()
      bell.remove()
      throw .noTLS
    }
    guard let started = startDaemon(options, core) else {
      let code = errno
      core.delays.stop()
      bell.remove()
      throw .cannotListen(port: options.port, code: code)
    }
    daemon = Mutex(ServiceThread(daemon: started, bell: bell))
    port = billdrop_mhd_port(started)
  }

  /// Stops listening, lets every delayed request go on at once, closes all connections and returns when the thread has
  /// ended. Further calls do nothing.
  package func stop() {
    guard let thread = daemon.withLock({ $0.take() }) else { return }
    core.delays.stop()
    thread.stop()
  }

  deinit { stop() }
}

private func startDaemon(_ options: HTTPServiceOptions, _ core: ServiceCore) -> OpaquePointer? {
  var settings = billdrop_mhd_settings()
  settings.port = options.port
  settings.any_interface = options.allInterfaces ? 1 : 0
  settings.connection_limit = options.connectionLimit
  settings.timeout_seconds = options.idleSeconds
  settings.connection_memory = options.headBytes
  settings.handler = handleRequest
  settings.completed = requestCompleted
  settings.connected = connectionNotified
  settings.context = Unmanaged.passUnretained(core).toOpaque()
  guard let tls = options.tls else { return billdrop_mhd_start(&settings) }
  return tls.certificate.withCString { certificate in
    tls.privateKey.withCString { key in
      settings.certificate = certificate
      settings.private_key = key
      return billdrop_mhd_start(&settings)
    }
  }
}
