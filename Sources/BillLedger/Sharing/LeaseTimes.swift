#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long a lease lasts.
enum LeaseTimes {
  /// Milliseconds: 15 seconds; in a debug build `BILLDROP_LEASE_MS` says otherwise.
  static let lifetime: Int64 = {
    #if DEBUG
      if let text = getenv("BILLDROP_LEASE_MS"), let given = Int64(String(cString: text)) { return given }
    #endif
    return 15_000
  }()
}
