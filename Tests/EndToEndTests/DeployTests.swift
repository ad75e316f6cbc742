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
}
