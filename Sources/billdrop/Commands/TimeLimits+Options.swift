import Drops
import RunConfiguration
import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TimeLimits {
  /// `--quiet`, `--daily` and `--zone`, which go before the configuration's. Sets the process's zone, before there are
  /// threads.
  init(_ invocation: Invocation, _ account: AccountSettings) throws(UsageError) {
    self.init(quiet: account.quiet, daily: invocation.count("--daily") ?? account.daily)
    if let text = invocation.text("--quiet"), !takeQuiet(text) {
      throw UsageError(
        message: "--quiet takes hours like 22:00-23:00, not “\(text)”.", hint: "Several: 12:00-13:00,22:00-06:00")
    }
    guard let name = invocation.text("--zone") ?? account.zone?.name else { return }
    guard TimeZoneTable.isKnown(name) else {
      throw UsageError(message: "This machine knows no time zone “\(name)”.", hint: "For example: Africa/Johannesburg")
    }
    zone = name
    setenv("TZ", name, 1)
    tzset()
  }
}
