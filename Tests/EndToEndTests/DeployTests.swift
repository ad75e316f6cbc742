import Foundation
import Testing

/// The files of docs/deploy say what systemd takes.
struct DeployTests {
  private static let folder = Place.package.appending(path: "docs/deploy")

  private static func output(_ command: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private static let hasSystemd = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

  @Test(.enabled(if: hasSystemd, "systemd-analyze is not installed"))
  func `systemd takes the units, and finds them hardened`() throws {
    let workspace = try Workspace()
    var units: [String] = []
    for name in [
      "billdrop.service", "billdrop-pass.service", "billdrop-pass.timer", "billdrop-events.service",
    ] {
      let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      // The program is not installed where the tests run.
      units.append(
        try workspace.write(
          text.replacing("/usr/bin/billdrop", with: Place.binaries.appending(path: "billdrop").path), to: name))
    }
    let verified = try Self.output(["systemd-analyze", "verify"] + units)
    #expect(verified.status == 0, "\(verified.text)")
    for unit in units where unit.hasSuffix(".service") {
      // One user for all: a unit with one that systemd makes up would take the folder of the ledger from the others.
      let lines = try String(contentsOfFile: unit, encoding: .utf8).split(separator: "\n")
      #expect(lines.contains("User=billdrop") && !lines.contains("DynamicUser=yes"), "\(unit)")
      // Who is given a report's file is a group that the unit's user is in, which no other namespace of users knows.
      #expect(unit.hasSuffix("-events.service") || lines.contains("SystemCallFilter=@chown"), "\(unit)")
      #expect(unit.hasSuffix("-events.service") || !lines.contains("PrivateUsers=yes"), "\(unit)")
      let rated = try Self.output(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit])
      #expect(rated.status == 0, "an exposure above 2.0: \(rated.text.suffix(200))")
    }
  }

  @Test func `cron sends mail of what has stopped, and none where the ledger is in use`() async throws {
    let workspace = try Workspace()
    let billdrop = Billdrop(workspace: workspace)
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)"}, "limits": {"max_refused": 1, "in_flight": 1, "rate": 500},
       "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {"a": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}}}}
      """, to: "billdrop.json")
    let table = try String(contentsOf: Self.folder.appending(path: "billdrop.cron"), encoding: .utf8)
    let line = try #require(table.split(separator: "\n").first { $0.contains(" billdrop /usr/bin/billdrop ") })
    let command = try #require(line.range(of: "/usr/bin/billdrop")).lowerBound
    let shell =
      "export MOMENT_API_KEY=\(Billdrop.key); "
      + line[command...].replacing("/usr/bin/billdrop", with: Place.binaries.appending(path: "billdrop").path)
      .replacing("/etc/billdrop/billdrop.json", with: configuration)
      .replacing("/var/lib/billdrop/last.log", with: workspace.path("last.log"))
    #expect(try Self.output(["sh", "-c", shell]).text.isEmpty, "nothing to do")
    let lock = open(workspace.ledger + ".lock", O_RDWR | O_CREAT, 0o600)
    #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    #expect(try Self.output(["sh", "-c", shell]).text.isEmpty, "in use")
    close(lock)
    let rows = (1...9).map { "B-\($0),ZAR,100,2025-07-01,bacc_none\($0)\n" }.joined()
    try place.put("external_reference,currency,amount_due,bill_date,account\n" + rows, as: "a.csv")
    let mail = try Self.output(["sh", "-c", shell]).text
    #expect(mail.hasPrefix("exit 75\n") && mail.contains("a.csv"), "\(mail)")
  }
}
