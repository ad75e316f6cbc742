import Foundation
import Testing

/// Whose host key is trusted, and how users log in, with a real SFTP server.
@Suite(.fewAtATime)
struct SFTPHostKeyTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  @Test func `a host that nobody has spoken for is refused, with its fingerprint`() async throws {
    let place = try await place()
    try "".write(toFile: place.server.knownHosts, atomically: true, encoding: .utf8)
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    let result = try await place.run(try place.configure())
    #expect(result.status == 69, "\(result.errors)")
    let prints = try ["ecdsa", "ed25519"].map { try place.server.fingerprint($0) }
    #expect(prints.contains { result.errors.contains($0) }, "\(result.errors)")
    #expect(result.errors.contains("--trust-on-first-use"))
    #expect(!result.errors.contains(": sftp://"), "the drop is named once: \(result.errors)")
    #expect(place.names("inbound") == ["a.csv"])
  }

  @Test(arguments: ["known_hosts", "host_keys"])
  func `a changed host key is refused, and says what was known`(_ kind: String) async throws {
    let place = try await place()
    let known = try place.server.fingerprint("ed25519")
    let trust =
      kind == "known_hosts" ? #""known_hosts": "ssh/known_hosts""# : #""host_keys": ["\#(known)"]"#
    let configuration = try place.configure(drop: #""key_file": "ssh/user", \#(trust)"#)
    #expect(try await place.run(configuration).status == 0)
    let new = try place.server.makeKey("other", "ed25519")
    try await place.server.change(hostKeys: [new])
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 69, "\(result.errors)")
    #expect(result.errors.contains("is not the one that is known"))
    #expect(result.errors.contains(known))
    #expect(result.errors.contains(try place.server.fingerprint("ed25519", of: "other")))
    #expect(place.names("inbound") == ["a.csv"])
  }

  @Test func `with two pins the server goes from one key to the next`() async throws {
    let place = try await place()
    let new = try place.server.makeKey("next", "ed25519")
    let pins = [try place.server.fingerprint("ed25519"), try place.server.fingerprint("", of: "next")]
    let configuration = try place.configure(
      drop: #""key_file": "ssh/user", "host_keys": ["\#(pins[0])", "\#(pins[1])"]"#)
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    #expect(try await place.run(configuration).status == 0)
    try await place.server.change(hostKeys: [new, place.server.folder + "/host_ecdsa"])
    try place.put(BillFile.text(rows: 2, prefix: "N"), as: "b.csv")
    let second = try await place.run(configuration)
    #expect(second.status == 0, "\(second.errors)")
    #expect(place.names("archive") == ["a.csv", "b.csv"])
  }

  @Test func `hashed names, patterns and revoked keys of a known_hosts file count`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ssh-keygen", "-q", "-H", "-f", place.server.knownHosts]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.start()
    process.waitUntilExit()
    #expect(try String(contentsOfFile: place.server.knownHosts, encoding: .utf8).contains("|1|"))
    #expect(try await place.run(configuration).status == 0)

    let key = try String(contentsOfFile: place.server.folder + "/host_ed25519.pub", encoding: .utf8)
    try "# ours\n[127.*]:\(place.server.port),!other \(key)".write(
      toFile: place.server.knownHosts, atomically: true, encoding: .utf8)
    #expect(try await place.run(configuration).status == 0)
    try "[127.*]:\(place.server.port) \(key)@revoked * \(key)".write(
      toFile: place.server.knownHosts, atomically: true, encoding: .utf8)
    let revoked = try await place.run(configuration)
    #expect(revoked.status == 69)
    #expect(revoked.errors.contains("revoked"))
  }

  @Test(arguments: ["ed25519", "ecdsa"])
  func `a key with a passphrase opens with it, from the environment or a file`(_ type: String) async throws {
    let place = try await place()
    let key = try place.server.makeKey("locked", type, passphrase: "a long one")
    try place.server.allow([key])
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    let trust = #""known_hosts": "ssh/known_hosts", "key_file": "ssh/locked""#
    var knowing = billdrop
    knowing.environment["DROP_PASSPHRASE"] = "a long one"
    let byVariable = try place.configure(drop: trust + #", "passphrase_env": "DROP_PASSPHRASE""#, name: "v.json")
    #expect(try await knowing.run("run", "--config", byVariable).status == 0)
    #expect(place.names("archive") == ["a.csv"])
    _ = try workspace.write("a long one\n", to: "passphrase")
    let byFile = try place.configure(drop: trust + #", "passphrase_file": "passphrase""#, name: "f.json")
    #expect(try await place.run(byFile).status == 0)
    _ = try workspace.write("a wrong one\n", to: "passphrase")
    let wrong = try await place.run(byFile)
    #expect(wrong.status == 69, "\(wrong.errors)")
    #expect(wrong.errors.contains("passphrase"))
    #expect(!wrong.errors.contains("a wrong one"))
    #expect(try await place.run(byVariable).errors.contains("DROP_PASSPHRASE"))
  }

  @Test func `an agent signs, an RSA key works or is spoken of, and no key is a wrong key`() async throws {
    let place = try await place()
    let trust = #""known_hosts": "ssh/known_hosts""#
    let agent = try SSHAgent(in: workspace, key: place.server.userKey)
    var knowing = billdrop
    knowing.environment["SSH_AUTH_SOCK"] = agent.socket
    #expect(try await knowing.run("run", "--config", place.configure(drop: trust)).status == 0)

    // The URL alone: the agent, and the user's own known_hosts.
    let home = workspace.path("home/.ssh")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: place.server.knownHosts, toPath: home + "/known_hosts")
    let short = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {"a": {"drop": "\(place.server.url(workspace.path("remote")))", "complete": {"seconds": 0.2}}}}
      """, to: "short.json")
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    #expect(try await knowing.run("run", "--config", short).status == 0)
    #expect(place.names("archive") == ["a.csv"])

    let rsa = try place.server.makeKey("rsa", "rsa")
    try place.server.allow([rsa])
    let old = try await place.run(try place.configure(drop: trust + #", "key_file": "ssh/rsa""#))
    #expect(old.status == 0 || old.status == 69 && old.errors.contains("ssh-keygen -t ed25519"), "\(old.errors)")
    let missing = try await place.run(try place.configure(drop: trust + #", "key_file": "ssh/none""#))
    #expect(missing.status == 69)
    #expect(missing.errors.contains("ssh/none"))
  }

  @Test func `config check tells what can't be of a drop on a server`() async throws {
    let place = try await place()
    let file = try place.configure(
      drop: #""key_file": "a", "password_env": "B", "host_keys": ["MD5:12"], "passphrase_file": "c", "path": "x""#)
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    for words in ["name one", "/feeds/nightly/drop/host_keys/0", "not both"] {
      #expect((result.output + result.errors).contains(words), "\(words): \(result.output)\(result.errors)")
    }
    let secret = try workspace.write(
      #"{"feeds": {"a": {"drop": "sftp://me:secret@host/in"}, "b": {"drop": {"inbound": "x"}}, "c": {"drop": {"path": "p", "after": "delete"}}}}"#,
      to: "secret.json")
    let told = try await billdrop.run("config", "check", secret)
    #expect(told.status == 78)
    for words in ["has a password in it", "needs a \"path\"", "is for drops on an SFTP server"] {
      #expect((told.output + told.errors).contains(words), "\(words): \(told.output)\(told.errors)")
    }
    #expect(!(told.output + told.errors).contains("secret@"))
  }

  @Test func `a process that is killed leaves nothing in the temporary folder`() async throws {
    let place = try await place()
    var billdrop = billdrop
    let temporary = workspace.path("temporary")
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    billdrop.environment["TMPDIR"] = temporary
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    let program = try billdrop.start(["run", "--config", try place.configure(), "--watch"])
    let end = ContinuousClock.now + .seconds(60)
    while !place.names("archive").contains("a.csv"), ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(place.names("archive") == ["a.csv"], "\(program.errorText())")
    program.signal(SIGKILL)
    #expect(try await program.wait() == .signalled(Int(SIGKILL)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary).isEmpty)
  }
}
