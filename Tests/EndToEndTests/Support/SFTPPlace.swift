import Foundation

/// A drop on an SFTP server, a configuration and what `billdrop run` makes of them. The server's files are this machine's.
struct SFTPPlace {
  let workspace: Workspace
  let billdrop: Billdrop
  let sandbox: Sandbox
  let server: SSHServer

  /// Makes the drop's inbound folder, and trusts the server.
  init(_ workspace: Workspace, _ billdrop: Billdrop, account: SSHAccount? = nil) async throws {
    self.workspace = workspace
    self.billdrop = billdrop
    sandbox = try await Sandbox(in: workspace)
    server = try await SSHServer(in: workspace, account: account)
    try FileManager.default.createDirectory(atPath: path("inbound"), withIntermediateDirectories: true)
    if let account { try account.own(workspace.path("remote")) }
    try server.trust()
  }

  /// A path of the drop on the server.
  func path(_ name: String) -> String { workspace.path("remote/\(name)") }

  /// Writes a configuration with one feed; `drop`, `feed` and `top` are members of JSON objects.
  func configure(
    drop: String? = nil, _ feed: String = "", top: String = "", ledger: String = "ledger.sqlite", port: Int? = nil,
    name: String = "billdrop.json", complete: String = #"{"seconds": 0.3}"#
  ) throws -> String {
    let login = drop ?? #""key_file": "ssh/user", "known_hosts": "ssh/known_hosts""#
    return try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "limits": {"rate": 2000}, "ledger": "\(ledger)", "reports": "reports",
       \(top.isEmpty ? "" : top + ",")
       "feeds": {"nightly": {"drop": {"url": "\(server.url(workspace.path("remote"), port: port))", \(login)},
                             "complete": \(complete)\(feed.isEmpty ? "" : ", " + feed)}}}
      """, to: name)
  }

  func put(_ text: String, as name: String) throws { _ = try workspace.write(text, to: "remote/inbound/\(name)") }

  /// The line of a checksum file for one of the files that have arrived.
  func checksum(of name: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", path("inbound/\(name)")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.start()
    defer { process.waitUntilExit() }
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// A bill file whose rows have so many bytes that no field is made of; its layout is `wide.json`.
  func putWide(rows: Int, bytes: Int, as name: String, prefix: String = "W") throws {
    _ = try workspace.write(
      #"{"name": "wide", "format": "csv", "fields": {"external_reference": "ref", "amount_due": "amount", "currency": "currency", "bill_date": "date", "due_date": "due", "customer.external_reference": "customer", "customer.name": "name"}}"#,
      to: "wide.json")
    let pad = String(repeating: "x", count: bytes)
    var text = "ref,currency,amount,date,due,customer,name,pad\n"
    for row in 1...rows {
      text += "\(prefix)-\(row),ZAR,\(1000 + row),2025-07-01,2025-07-25,C-\(row),N \(row),\(pad)\n"
    }
    try put(text, as: name)
  }

  func run(_ configuration: String, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(["run", "--config", configuration, "--format", "json"] + more, limit: .seconds(120))
  }

  /// The names in one of the drop's folders; none where it isn't there.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }

  /// The names of files in the folders of claims.
  var claimed: [String] { names("processing").flatMap { names("processing/\($0)") }.filter { $0 != ".ledger" } }

  /// Copies on this machine, whole or not.
  var staged: [String] {
    let root = workspace.path("ledger.sqlite.staging")
    return ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [])
      .filter { FileLooks.isFile(root + "/" + $0) && !$0.hasSuffix("/.share") }
  }
}

/// What a path is.
enum FileLooks {
  static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
  }
}
