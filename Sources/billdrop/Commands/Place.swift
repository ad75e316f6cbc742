import BillIntake

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where things are, as the command line and the environment name them.
enum Place {
  /// What an operand names: `-` is standard input. Of a named pipe it is said that it is waited for.
  static func input(_ operand: String) -> IntakeInput {
    guard operand != "-" else { return .standardInput }
    if isNamedPipe(operand) { Console.message("billdrop: \(operand) is a pipe: it is read until its writers are gone") }
    return .file(path: operand)
  }

  /// Whether somebody made a pipe of that name; one that a shell hands over (`/dev/fd/…`) is none.
  private static func isNamedPipe(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// A program beside this one, by its name; `nil` where it can't be told where this one is.
  static func beside(_ name: String) -> String? {
    var path = [CChar](repeating: 0, count: 4096)
    #if canImport(Glibc)
      guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { return nil }
    #else
      var size = UInt32(path.count)
      guard _NSGetExecutablePath(&path, &size) == 0 else { return nil }
    #endif
    let own = path.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return own.lastIndex(of: "/").map { "\(own[..<$0])/\(name)" }
  }

  /// `TMPDIR`, else `/tmp`.
  static var temporaryFolder: String { environment("TMPDIR") ?? "/tmp" }

  /// The variables that billdrop goes by.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    for name in [
      "MOMENT_API_KEY", "BILLDROP_RECEIPT_KEY", "BILLDROP_WEBHOOK_SECRET", "STATE_DIRECTORY", "XDG_STATE_HOME", "HOME",
      "CREDENTIALS_DIRECTORY",
    ] {
      variables[name] = environment(name)
    }
    return variables
  }

  /// The variables by which systemd hears of a service.
  static var serviceEnvironment: [String: String] {
    var variables: [String: String] = [:]
    for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { variables[name] = environment(name) }
    return variables
  }

  /// The folder from which paths count; `nil` where it is gone.
  static var workingFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// A variable of the environment; `nil` where it is not set or empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return SecretVariables.known(name) }
    return String(cString: value)
  }
}
