import Foundation

/// An OpenSSH server of the test's own on a free port of this machine: own configuration, keys made for it, one user (who
/// runs the test, or one that only this server knows). Stopped with the object, by process ids.
final class SSHServer: @unchecked Sendable {
  let workspace: Workspace
  /// Where everything of the server lies.
  let folder: String
  private(set) var port = 0
  private var process: Process?
  private var hostKeys: [String]
  /// The server's part that serves files, and its options, as sftp-server takes them.
  private var serving = "internal-sftp"
  /// Further lines of its configuration.
  private var more = ""
  /// A user that only this server knows; `nil`: who runs the test.
  private let account: SSHAccount?

  /// Makes the keys and starts it.
  ///
  /// - Parameter hostKeys: types of host keys, as ssh-keygen takes them.
  init(
    in workspace: Workspace, hostKeys: [String] = ["ed25519", "ecdsa"], account: SSHAccount? = nil
  ) async throws {
    self.workspace = workspace
    self.account = account
    folder = workspace.path("ssh")
    self.hostKeys = []
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    if getuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
    for type in hostKeys { self.hostKeys.append(try makeKey("host_\(type)", type)) }
    try allow([try makeKey("user", "ed25519")])
    try await start()
  }

  deinit { stop() }

  var user: String { account?.name ?? NSUserName() }
  var userKey: String { folder + "/user" }
  var knownHosts: String { folder + "/known_hosts" }

  /// The URL of a folder of this machine on the server.
  func url(_ path: String, port: Int? = nil) -> String { "sftp://\(user)@127.0.0.1:\(port ?? self.port)\(path)" }

  /// Makes a key pair; the path of the private one.
  func makeKey(_ name: String, _ type: String, passphrase: String = "") throws -> String {
    let path = folder + "/" + name
    try? FileManager.default.removeItem(atPath: path)
    _ = try Self.run("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-f", path])
    return path
  }

  /// Lets these keys in, and no others.
  func allow(_ keys: [String]) throws {
    let lines = try keys.map { try String(contentsOfFile: $0 + ".pub", encoding: .utf8) }
    try lines.joined().write(toFile: folder + "/authorized", atomically: true, encoding: .utf8)
  }

  /// Writes a known_hosts file with the server's keys under the name of a port.
  func trust(port: Int? = nil) throws {
    let lines = try hostKeys.map { key in
      "[127.0.0.1]:\(port ?? self.port) " + (try String(contentsOfFile: key + ".pub", encoding: .utf8))
    }
    try lines.joined().write(toFile: knownHosts, atomically: true, encoding: .utf8)
  }

  /// `SHA256:…` of a host key.
  func fingerprint(_ type: String, of name: String? = nil) throws -> String {
    let words = try Self.run("ssh-keygen", ["-l", "-f", folder + "/" + (name ?? "host_\(type)") + ".pub"])
    return words.split(separator: " ").first { $0.hasPrefix("SHA256:") }.map(String.init) ?? ""
  }

  /// Goes on with other host keys, by their paths.
  func change(hostKeys: [String]) async throws {
    stop()
    self.hostKeys = hostKeys
    try await start()
  }

  /// Goes on with other options of what serves files, and further lines of its configuration.
  func change(serving: String = "", more: String = "") async throws {
    stop()
    (self.serving, self.more) = ("internal-sftp \(serving)", more)
    try await start()
  }

  /// Goes on with a program that serves files.
  func change(program: String) async throws {
    stop()
    serving = program
    try await start()
  }

  /// What it has written down.
  var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  /// Starts it on its port, the first time on a free one.
  func start() async throws {
    for _ in 0..<20 {
      if port == 0 { port = try Self.freePort() }
      try configuration.write(toFile: folder + "/config", atomically: true, encoding: .utf8)
      let process = Process()
      // Below a shell: sshd closes the socket by which Foundation learns of a process's end, and all others would wait.
      let command = try (account?.preparation(in: folder) ?? "") + #"/usr/sbin/sshd -D -f "$0" -E "$1" & wait"#
      let shell = ["/bin/sh", "-c", command, folder + "/config", folder + "/log"]
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = (account == nil ? [] : ["unshare", "--mount"]) + shell
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.start()
      self.process = process
      let deadline = ContinuousClock.now + .seconds(20)
      while process.isRunning, ContinuousClock.now < deadline {
        if Self.listens(port) { return }
        try await Task.sleep(for: .milliseconds(10))
      }
      stop()
      port = 0
    }
    throw TestFault("sshd did not start: \(log)")
  }

  /// Kills the server and all its sessions.
  func stop() {
    guard let process, process.isRunning else { return }
    Self.kill(process)
    self.process = nil
  }

  /// Kills a process and all that it has started, and those that these have.
  static func kill(_ process: Process) {
    for id in descendants(of: process.processIdentifier).reversed() + [process.processIdentifier] {
      Glibc.kill(id, SIGKILL)
    }
    process.waitUntilExit()
  }

  private var configuration: String {
    hostKeys.map { "HostKey \($0)\n" }.joined() + """
      Port \(port)
      ListenAddress 127.0.0.1
      PidFile none
      AuthorizedKeysFile \(folder)/authorized
      StrictModes no
      UsePAM no
      PermitRootLogin prohibit-password
      PasswordAuthentication \(account == nil ? "no" : "yes")
      KbdInteractiveAuthentication no
      MaxStartups 100
      Subsystem sftp \(serving)
      \(more)

      """
  }

  /// The processes that a process has started, and those that these have, oldest first.
  private static func descendants(of parent: Int32) -> [Int32] {
    var children: [Int32: [Int32]] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let id = Int32(name), let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        let rest = text.split(separator: ")").last?.split(separator: " "), rest.count > 1, let above = Int32(rest[1])
      else { continue }
      children[above, default: []].append(id)
    }
    var all: [Int32] = []
    var open = [parent]
    while let next = open.popLast() {
      all += children[next] ?? []
      open += children[next] ?? []
    }
    return all
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.start()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TestFault("\(program) \(arguments) failed") }
    return text
  }

  private static func freePort() throws -> Int {
    let socket = TCPSocket()
    guard socket.bind(port: 0) else { throw TestFault("no free port") }
    return socket.localPort
  }

  private static func listens(_ port: Int) -> Bool { TCPSocket().connect(port: port) }
}
