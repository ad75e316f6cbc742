import Foundation

/// A PostgreSQL server of the test's own: own data, own socket, nobody else's. Root can't run one, so that it runs as
/// `postgres` then. Stopped with the object, or with the process that has it, however that ends.
package final class PostgresServer: @unchecked Sendable {
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// Where data, socket and log lie.
  package let folder: String
  private let programs: String
  private let settings: [String]
  private let password: String?
  private var keepers: [Process] = []

  /// Whether a server can be started here.
  package static var isInstalled: Bool { programFolder != nil }

  /// Makes the data and starts it.
  ///
  /// - Parameters:
  ///   - settings: as `fsync=off`.
  ///   - password: of the role `billdrop`; `nil`: whoever reaches the socket is let in.
  package init(settings: [String] = [], password: String? = nil) throws {
    guard let programs = Self.programFolder else { throw Fault(description: "there is no PostgreSQL here") }
    self.programs = programs
    self.settings = settings
    var template = Array("/tmp/billdrop-pg-XXXXXX".utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) else {
      throw Fault(description: "no folder: \(errno)")
    }
    folder = String(cString: made)
    if getuid() == 0 { try Self.run("/bin/chown", [Self.user, folder]) }
    self.password = password
    var options = ["--auth=trust"]
    if let password {
      try password.write(toFile: folder + "/password", atomically: true, encoding: .utf8)
      options = ["--auth=scram-sha-256", "--pwfile=" + folder + "/password"]
    }
    try Self.run(
      "/usr/bin/env",
      asUser + [programs + "/initdb", "-D", folder + "/data", "-U", "billdrop"] + options + [
        "--encoding=UTF8", "--locale=C", "--no-sync",
      ])
    try start()
  }

  deinit { stop() }

  /// The address of a ledger in a schema of its own.
  package func url(schema: String) -> String {
    "postgresql://billdrop@/postgres?host=\(folder)&options=-csearch_path%3D\(schema)"
  }

  /// Starts it again after `crash`.
  package func start() throws {
    let keeper = Process()
    keeper.executableURL = URL(filePath: "/bin/sh")
    // The server goes when this process closes the pipe, which its death does too.
    keeper.arguments =
      [
        "-c",
        """
        folder=$1; shift
        "$@" >>"$folder/../$(basename "$folder").log" 2>&1 </dev/null & pid=$!
        echo $pid >"$folder/pid"
        cat >/dev/null
        [ "$(cat /proc/$pid/comm 2>/dev/null)" = postgres ] && kill -QUIT $pid
        while [ "$(cat /proc/$pid/comm 2>/dev/null)" = postgres ]; do sleep 0.05; done
        rm -rf "$folder" "$folder.log"
        """, "sh", folder, "/usr/bin/env",
      ] + asUser + [
        programs + "/postgres", "-D", folder + "/data", "-k", folder, "-c", "listen_addresses=",
      ] + settings.flatMap { ["-c", $0] }
    keeper.standardInput = Pipe()
    keeper.standardOutput = FileHandle.nullDevice
    keeper.standardError = FileHandle.nullDevice
    try keeper.run()
    keepers.append(keeper)
    let deadline = Date(timeIntervalSinceNow: 60)
    while Date() < deadline {
      if (try? Self.run(programs + "/pg_isready", ["-q", "-h", folder])) != nil { return }
      usleep(30_000)
    }
    throw Fault(description: "the server did not start: \((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
  }

  /// Ends it with SIGKILL, as a crash of its machine would, and waits until its sessions are gone.
  package func crash() throws {
    let text = try String(contentsOfFile: folder + "/pid", encoding: .utf8)
    guard let id = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Fault(description: "no process id: \(text)")
    }
    let sessions = try Self.children(of: id)
    kill(id, SIGKILL)
    for process in sessions { kill(process, SIGKILL) }
    while sessions.contains(where: { FileManager.default.fileExists(atPath: "/proc/\($0)/exe") }) { usleep(5_000) }
  }

  /// Makes it one that takes no changes, and waits for those of another server.
  package func becomeStandby() throws {
    try crash()
    try Data().write(to: URL(filePath: folder + "/data/standby.signal"))
    try start()
  }

  /// Ends it for good.
  package func stop() {
    for keeper in keepers {
      (keeper.standardInput as? Pipe)?.fileHandleForWriting.closeFile()
      keeper.waitUntilExit()
    }
    keepers = []
  }

  /// What psql says to a question.
  @discardableResult
  package func ask(_ sql: String) throws -> String {
    try Self.run(
      "/usr/bin/env",
      ["PGPASSWORD=\(password ?? "")", programs + "/psql", "-h", folder, "-U", "billdrop", "-d", "postgres", "-qAtX"]
        + ["-c", sql])
  }

  private var log: String { folder + ".log" }

  private static let user = "postgres"

  private var asUser: [String] {
    getuid() == 0 ? ["setpriv", "--reuid=\(Self.user)", "--regid=\(Self.user)", "--clear-groups"] : []
  }

  private static let programFolder: String? = {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders =
      versions.sorted { ($0 as NSString).integerValue > ($1 as NSString).integerValue }.map {
        "/usr/lib/postgresql/\($0)/bin"
      } + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  private static func children(of id: pid_t) throws -> [pid_t] {
    let text = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: "/")
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let trouble = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Fault(description: "\(program) \(arguments): \(trouble)") }
    return text
  }
}
