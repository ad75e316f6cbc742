import SandboxServer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The command: starts a sandbox, says where it is, serves until a signal comes.
enum SandboxCommand {
  /// The exit code: 0 after SIGTERM or SIGINT, 64 usage, 69 no TLS on this machine, 70 a schema that can't be compiled,
  /// 74 the port or file can't be had.
  static func run(_ arguments: [String]) -> Int32 {
    let settings: SandboxSettings
    do {
      settings = try SandboxSettings(arguments)
    } catch {
      say("moment-sandbox: \(error.message)\nTry 'moment-sandbox --help'.\n", to: 2)
      return 64
    }
    if settings.wantsHelp {
      say(SandboxSettings.help, to: 1)
      return 0
    }
    return serve(settings)
  }

  private static func serve(_ settings: SandboxSettings) -> Int32 {
    let signals = blockSignals()
    raiseFileLimit()
    do throws(SiteError) {
      let site = try SandboxSite(settings)
      say(site.announcement, to: 1)
      if settings.endsWithInput { waitForInput(or: signals) } else { wait(for: signals) }
      site.stop()
      return 0
    } catch {
      return fail(error.message, error.exitCode)
    }
  }

  /// SIGTERM and SIGINT are taken in `wait`, by no thread of the service.
  private static func blockSignals() -> sigset_t {
    signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    return signals
  }

  private static func wait(for signals: sigset_t) {
    var (signals, came) = (signals, Int32(0))
    sigwait(&signals, &came)
  }

  /// Waits until standard input ends, or one of the signals is pending.
  private static func waitForInput(or signals: sigset_t) {
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    var bytes = [UInt8](repeating: 0, count: 256)
    var pending = sigset_t()
    while true {
      sigpending(&pending)
      if sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1 { return }
      if poll(&input, 1, 50) > 0, read(0, &bytes, bytes.count) <= 0 { return }
    }
  }

  /// A connection is a file: as many as the machine allows.
  private static func raiseFileLimit() {
    var limit = rlimit()
    #if canImport(Glibc)
      let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let files = RLIMIT_NOFILE
    #endif
    guard getrlimit(files, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(files, &limit)
  }

  private static func fail(_ message: String, _ code: Int32) -> Int32 {
    say("moment-sandbox: \(message)\n", to: 2)
    return code
  }

  private static func say(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
