import BillLedger
import ChildPrograms
import Synchronization

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  import Darwin
#endif

/// Secrets that came in the environment: read once, then wiped where they came.
///
/// `/proc/PID/environ` shows the bytes that a process was started with, and every program that it starts gets a copy.
/// So the first reading takes the value out of them; the variable itself stays, empty, and no program gets it.
enum SecretVariables {
  /// The variables that are secrets whatever a configuration or a layout says.
  private static let names = ["MOMENT_API_KEY", "BILLDROP_RECEIPT_KEY", "BILLDROP_WEBHOOK_SECRET"]

  private static let taken = Mutex<[String: String]>([:])

  /// Takes the secrets that have names of their own, before anything else is done.
  static func hide() {
    for name in names { _ = value(of: name) }
    if PostgresVersion.text != nil, let password = value(of: ServerPassword.variable) { ServerPassword.keep(password) }
  }

  /// The value of a variable that holds a secret, wiped from the environment; `nil` where it is not set or empty.
  static func value(of name: String) -> String? {
    ChildProgram.withhold(name)
    return taken.withLock { taken in
      if let value = getenv(name), value.pointee != 0 {
        taken[name] = String(cString: value)
        memset(value, 0, strlen(value))
      }
      return taken[name]
    }
  }

  /// What was taken of a variable before.
  static func known(_ name: String) -> String? { taken.withLock { $0[name] } }
}
