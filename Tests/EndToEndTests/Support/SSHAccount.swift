import Foundation

/// A user of an SSH server that this machine doesn't know: the server has lists of users of its own, laid over the
/// machine's in a mount namespace. So the password is a real one, and the user may as little as a stranger may.
struct SSHAccount {
  let name = "billdrop-drop"
  let password = "open sesame 42"
  let number: uid_t = 47_001
  /// Of the password, as crypt(5) has it.
  private let hash =
    "$6$billdrop$dm2xxY0zSyP4MLRpD/xmCaTIibdMVhJbj7k7v64Rsg2aUbqcUAl31Bpez.Qkhqo66LJWLx0p/fZZIZHZN.atN1"

  /// Whether this process may have such a user: root where namespaces can be made.
  static let isPossible: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["unshare", "--mount", "mount", "--make-rprivate", "/"]
    process.standardError = FileHandle.nullDevice
    guard getuid() == 0, (try? process.start()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Writes the lists of users, and says what a shell does in the namespace before the server begins.
  func preparation(in folder: String) throws -> String {
    try list("passwd", "\(name):x:\(number):\(number)::/:/bin/sh", in: folder, mode: 0o644)
    try list("shadow", "\(name):\(hash):19000:0:99999:7:::", in: folder, mode: 0o600)
    return "mount --make-rprivate / && mount --bind '\(folder)/passwd' /etc/passwd"
      + " && mount --bind '\(folder)/shadow' /etc/shadow && "
  }

  private func list(_ name: String, _ line: String, in folder: String, mode: Int) throws {
    let text = try String(contentsOfFile: "/etc/\(name)", encoding: .utf8) + line + "\n"
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder)/\(name)")
  }

  /// Gives a folder and what is in it to the user, and lets him reach it.
  func own(_ folder: String) throws {
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      chown("\(folder)/\(name)", number, number)
    }
    chown(folder, number, number)
    var above = URL(filePath: folder).deletingLastPathComponent()
    while above.path != "/", above.path != "/tmp" {
      let modes = try FileManager.default.attributesOfItem(atPath: above.path)[.posixPermissions] as? Int ?? 0
      if modes & 0o001 == 0 { chmod(above.path, mode_t(modes | 0o001)) }
      above.deleteLastPathComponent()
    }
  }
}
