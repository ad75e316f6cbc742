import Foundation

/// An ssh-agent of the test's own with one key; stopped with the object, by its process id.
final class SSHAgent: @unchecked Sendable {
  let socket: String
  private let process = Process()

  init(in workspace: Workspace, key: String) throws {
    // A socket's path may not be longer than some hundred bytes.
    socket = FileManager.default.temporaryDirectory.path + "/a-\(UUID().uuidString.prefix(8))"
    // Below a shell, as the server.
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", #"ssh-agent -D -a "$0" & wait"#, socket]
    process.standardOutput = FileHandle.nullDevice
    try process.start()
    let deadline = ContinuousClock.now + .seconds(20)
    while !FileManager.default.fileExists(atPath: socket), ContinuousClock.now < deadline { usleep(10_000) }
    let adding = Process()
    adding.executableURL = URL(filePath: "/usr/bin/env")
    adding.arguments = ["ssh-add", "-q", key]
    adding.environment = ["SSH_AUTH_SOCK": socket, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"]
    try adding.start()
    adding.waitUntilExit()
    guard adding.terminationStatus == 0 else { throw TestFault("ssh-add failed") }
  }

  deinit {
    SSHServer.kill(process)
    try? FileManager.default.removeItem(atPath: socket)
  }
}
