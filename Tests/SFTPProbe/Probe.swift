import BillIntake
import Drops
import Foundation
import Hashing
import Transport

/// Drives the SFTP client alone, for scripts/bench sftp.
///
///     sftp-probe URL KEY-FILE KNOWN-HOSTS CONNECTIONS get REMOTE LOCAL
///                                                     put LOCAL REMOTE
///                                                     list REMOTE
///                                                     many REMOTE-FOLDER LOCAL-FOLDER
///                                                     verdict DROP STAGING-FOLDER
@main
struct Probe {
  private let client: SFTPClient
  private let connections: Int

  static func main() {
    let words = CommandLine.arguments
    guard words.count >= 7, let connections = Int(words[4]) else { exit(64) }
    do {
      let probe = try Probe(url: words[1], key: words[2], knownHosts: words[3], connections: connections)
      switch (words[5], words.count) {
      case ("get", 8): try probe.get(words[6], words[7])
      case ("put", 8): try probe.put(words[6], words[7])
      case ("list", 7): print(try probe.client.list(words[6]).count)
      case ("verdict", 8): try probe.verdict(words[6], words[7])
      case ("many", 8): try probe.many(words[6], words[7])
      default: exit(64)
      }
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private init(url: String, key: String, knownHosts: String, connections: Int) throws {
    let trust = SFTPTrust(knownHosts: try String(contentsOfFile: knownHosts, encoding: .utf8), pins: [])
    var options = SFTPOptions(
      address: try SFTPAddress(url), login: .keyFile(key, passphrase: nil), trust: trust)
    options.connections = connections
    self.connections = connections
    client = try SFTPClient(options)
  }

  private func get(_ remote: String, _ local: String) throws {
    guard let size = try client.look(remote)?.size else { throw SFTPError.notFound(path: remote) }
    let file = try Self.open(local, O_RDWR | O_CREAT | O_TRUNC)
    let shares = SFTPShares(connections: connections)
    var parts: [SFTPPart] = []
    var start: Int64 = 0
    while start < size {
      let end = start + shares.next(of: size - start)
      parts.append(SFTPPart(path: remote, range: start..<end))
      start = end
    }
    let started = ContinuousClock.now
    try client.read(parts) { _, offset, bytes in
      pwrite(file, bytes.baseAddress, bytes.count, off_t(offset)) == bytes.count
    }
    print("\(started.duration(to: .now) / .seconds(1)) seconds")
    close(file)
  }

  private func put(_ local: String, _ remote: String) throws {
    let file = try Self.open(local, O_RDONLY)
    try client.put(remote, mode: 0o600) {
      lseek(file, 0, SEEK_SET)
      return { read(file, $0.baseAddress, $0.count) }
    }
    close(file)
  }

  private func many(_ remote: String, _ local: String) throws {
    let entries = try client.list(remote).filter { $0.kind == .file }
    let parts = entries.map { SFTPPart(path: remote + "/" + $0.name, range: 0..<$0.size) }
    let names = entries.map { local + "/" + $0.name }
    try client.read(parts) { index, offset, bytes in
      let file = Glibc.open(names[index], O_WRONLY | O_CREAT, 0o600)
      defer { close(file) }
      return pwrite(file, bytes.baseAddress, bytes.count, off_t(offset)) == bytes.count
    }
  }

  /// Claims the first file of a drop, and checks it while it comes; says how long that took since it was asked for.
  private func verdict(_ root: String, _ staging: String) throws {
    let options = SFTPDropOptions(folders: DropFolders(root: root), staging: staging)
    let owner = ClaimOwner(identity: "probe", ledger: staging + "/ledger")
    let drop = SFTPDrop(options, title: root, owner: owner, tell: { print($0) }) { [client] in client }
    try drop.prepare()
    guard let name = try drop.list().entries.first?.name, try drop.claim(name, companion: nil),
      try drop.stamp(of: DropClaim(name: name)) != nil
    else { exit(66) }
    let started = ContinuousClock.now
    guard let coming = try drop.stream(DropClaim(name: name)) else { exit(65) }
    let check = try Intake().check(.arriving(coming), temporaryFolder: FileManager.default.temporaryDirectory.path)
    try drop.endStream()
    print("\(started.duration(to: .now) / .seconds(1)) seconds")
    print("\(check.valid) valid rows, \(check.digest.hex)")
  }

  private static func open(_ path: String, _ flags: Int32) throws -> Int32 {
    let descriptor = Glibc.open(path, flags, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileNoSuchFile) }
    return descriptor
  }
}
