import Foundation
import Testing

/// A layout that derives references by another rule than before is held: everybody would be billed again.
@Suite(.fewAtATime)
struct ReferenceRuleTests {
  private static let key = "a key of at least 32 bytes, for samples alone"
  private static let otherKey = "another key of 32 bytes or more, by mistake"

  private let workspace: Workspace
  private let billdrop: Billdrop
  private let rekeyed: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["BILLDROP_REFERENCE_KEY": Self.key])
    rekeyed = Billdrop(workspace: workspace, environment: ["BILLDROP_REFERENCE_KEY": Self.otherKey])
  }

  /// The sample of Moment's own file as the next day has it: the same bills but for the last one.
  private func nextDay() throws -> String {
    let sample = Place.sample("merchants/za_karoo_dailyfile_2025-07-01.csv")
    let lines = try String(contentsOfFile: sample, encoding: .utf8).split(separator: "\n")
    return try workspace.write(
      lines.dropLast().joined(separator: "\n") + "\n", to: "za_karoo_dailyfile_2025-07-02.csv")
  }

  private func sandbox() async throws -> Sandbox {
    let sandbox = try await Sandbox(in: workspace)
    try await sandbox.setClock(to: 1_751_349_600_000)
    return sandbox
  }

  @Test func `rule 24: a changed key is held and nothing is sent, until the file is approved`() async throws {
    let sandbox = try await sandbox()
    let arguments = { (file: String) in
      billdrop.submitArguments(file, endpoint: sandbox.endpoint) + ["--layout", "moment-file"]
    }
    let sample = Place.sample("merchants/za_karoo_dailyfile_2025-07-01.csv")
    #expect(try await billdrop.run(arguments(sample)).status == 1)
    let bills = try await sandbox.bills().count
    #expect(bills == 8)
    let sent = try await sandbox.state().requests
    let file = try nextDay()

    let held = try await rekeyed.run(arguments(file))
    #expect(held.status == 78, "\(held.errors)")
    let told = held.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in ["layout moment-file", "under another key", "billed again", "identity_number"] {
      #expect(told.contains(part), "\(told)")
    }
    #expect(!told.contains(Self.key) && !told.contains(Self.otherKey))
    #expect(try await sandbox.state().requests == sent)
    #expect(try await rekeyed.run(["validate", file, "--layout", "moment-file"]).status == 1)

    let words = told.split(separator: " ")
    let approval = try #require(words.firstIndex(of: "--approve").map { String(words[$0 + 1]) })
    #expect(approval.count == 12)
    let wrong = try await rekeyed.run(arguments(file) + ["--approve", "0123456789ab"])
    #expect(wrong.status == 78)
    #expect(try await sandbox.state().requests == sent)
    let approved = try await rekeyed.run(arguments(file) + ["--approve", approval])
    #expect(approved.status == 1, "\(approved.errors)")
    #expect(try await sandbox.bills().count == bills + 7)

    // The rule of the file that was approved stands now: it goes on as it is, and the old key is the changed one.
    #expect(try await rekeyed.run(arguments(file)).status == 0)
    let third = try workspace.write(
      try String(contentsOfFile: file, encoding: .utf8) + "\n", to: "za_karoo_dailyfile_2025-07-03.csv")
    #expect(try await billdrop.run(arguments(third)).status == 78)
    #expect(try await billdrop.run(arguments(sample)).status == 0, "a file that was begun is not hindered")
    #expect(try await sandbox.bills().count == bills + 7)
  }

  @Test func `the same key goes on, and so does a layout changed elsewhere`() async throws {
    let sandbox = try await sandbox()
    let sample = Place.sample("merchants/za_karoo_dailyfile_2025-07-01.csv")
    let first = billdrop.submitArguments(sample, endpoint: sandbox.endpoint) + ["--layout", "moment-file"]
    #expect(try await billdrop.run(first).status == 1)
    let layout = try await billdrop.run("layout", "show", "moment-file").output
      .replacingOccurrences(of: #""other_columns": "metadata""#, with: #""other_columns": "ignore""#)
    let changed = try workspace.write(layout, to: "changed.json")
    let second = billdrop.submitArguments(try nextDay(), endpoint: sandbox.endpoint)
    let sent = try await billdrop.run(second + ["--layout", changed])
    #expect(sent.status == 1, "\(sent.errors)")
    #expect(try await sandbox.bills().count == 8)
  }

  @Test func `another recipe under the layout's name is held with both recipes`() async throws {
    let sandbox = try await sandbox()
    let layout = { (separator: String) in
      """
      {
        "name": "joined", "format": "csv",
        "fields": {
          "external_reference": { "join": ["meter", "month"], "with": "\(separator)" },
          "currency": { "constant": "ZAR" }, "amount_due": "amount", "customer.external_reference": "meter",
        },
      }
      """
    }
    let heading = "meter,month,amount\n"
    let first = try workspace.write(heading + "M1,2025-07,100\n", to: "july.csv")
    let second = try workspace.write(heading + "M1,2025-07,100\nM1,2025-08,100\n", to: "august.csv")
    let old = try workspace.write(layout("-"), to: "old.json")
    let new = try workspace.write(layout("/"), to: "new.json")
    #expect(try await billdrop.submit(first, to: sandbox, "--layout", old).status == 0)
    let held = try await billdrop.submit(second, to: sandbox, "--layout", new)
    #expect(held.status == 78)
    #expect(held.errors.contains(#""with":"-""#) && held.errors.contains(#""with":"/""#), "\(held.errors)")
    #expect(try await sandbox.bills().map(\.external_reference) == ["M1-2025-07"])
    #expect(try await billdrop.submit(second, to: sandbox, "--layout", old).status == 0)
    #expect(try await sandbox.bills().count == 2)
  }
}
