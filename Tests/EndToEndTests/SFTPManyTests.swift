import Foundation
import Testing

/// Many files of a drop on a server: they are answered and put away several at a time.
@Suite(.fewAtATime)
struct SFTPManyTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place(files: Int) async throws -> SFTPPlace {
    let place = try await SFTPPlace(workspace, billdrop)
    for number in 11..<11 + files {
      try place.put(BillFile.text(rows: 3, prefix: "F\(number)"), as: "f\(number).csv")
    }
    return place
  }

  private func names(files: Int) -> [String] { (11..<11 + files).map { "f\($0).csv" } }

  @Test func `over four connections at most, each with its own report, and the same bytes in one pass are a duplicate`()
    async throws
  {
    let place = try await place(files: 20)
    try await place.server.change(more: "LogLevel VERBOSE")
    try place.put(BillFile.text(rows: 3, prefix: "F30"), as: "g.csv")
    let configuration = try place.configure(top: #""notify": {"on_finish": ["tee", "-a", "told.json"]}"#)
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("archive") == names(files: 20) + ["g.csv"])
    #expect(place.claimed.isEmpty && place.staged.isEmpty, "\(place.staged)")
    #expect(try await place.sandbox.state().objects.bills == 60)
    for name in names(files: 20) {
      let folder = place.names("reports").filter { $0.hasPrefix(name) }
      #expect(folder.count == 1, "\(name): \(folder)")
      let files = folder.first.map { place.names("reports/\($0)") } ?? []
      #expect(files.contains("summary.json") && files.contains("rows.csv") && files.contains("report.html"), "\(files)")
      #expect(!files.contains { $0.hasSuffix(".part") })
    }
    #expect(result.errors.contains("g.csv: duplicate, now archive/g.csv. The same bytes came before, as f30.csv"))
    let told = try String(contentsOfFile: workspace.path("told.json"), encoding: .utf8)
    #expect(told.split(separator: "\n").count == 21)
    let logins = place.server.log.components(separatedBy: "Accepted publickey").count - 1
    #expect((1...4).contains(logins), "\(logins) connections")
  }

  @Test(arguments: ["settled:7", "answered:3", "moved:5", "archived:9"])
  func `killed while several are on their way out, each is put away once, and told`(_ point: String) async throws {
    let place = try await place(files: 12)
    let configuration = try place.configure(
      #""deliver": {"files": ["summary.json"]}"#, top: #""notify": {"on_finish": ["tee", "-a", "told.json"]}"#)
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = point
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait(atMost: .seconds(120)) == .signalled(9), "\(program.errorText())")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("archive") == names(files: 12))
    #expect(place.claimed.isEmpty && place.names("inbound").isEmpty)
    #expect(place.names("reports").count == 12)
    let state = try await place.sandbox.state()
    #expect(state.objects.bills == 36)
    #expect(state.due["ZAR"] == 12 * (1...3).reduce(0) { $0 + BillFile.amount(of: $1) })
    let told = try String(contentsOfFile: workspace.path("told.json"), encoding: .utf8)
    for name in names(files: 12) {
      #expect(told.components(separatedBy: #""file":"\#(name)""#).count == 2, "\(name): \(told)")
    }
  }

  @Test(arguments: ["taken:1", "claimed:3", "settled:2"])
  func `killed while files are claimed before their turn, the next pass takes up each`(_ point: String) async throws {
    let place = try await place(files: 12)
    let configuration = try place.configure(
      #""deliver": {"files": ["summary.json"]}"#, complete: #"{"by": "done-file"}"#)
    for name in names(files: 12) { try place.put("", as: name + ".done") }
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = point
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait(atMost: .seconds(120)) == .signalled(9), "\(program.errorText())")
    #expect(place.claimed.count == 24, "all of them are ours: \(place.claimed)")
    #expect(place.names("inbound").isEmpty)
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.claimed.isEmpty && place.staged.isEmpty, "\(place.claimed) \(place.staged)")
    #expect(place.names("archive") == names(files: 12).flatMap { [$0, $0 + ".done"] })
    #expect(try await place.sandbox.state().objects.bills == 36)
  }

  @Test func `a file that is written to before its turn comes is not archived before that was sent too`() async throws {
    let place = try await place(files: 4)
    // While the first is read, a row is added to the third, and another one vanishes.
    let filter = try workspace.write(
      """
      #!/bin/sh
      cd "\(place.path("processing"))"
      if [ -s */f13.csv ] && [ ! -e ../touched ]; then
        touch ../touched
        tail -n 1 */f13.csv | sed 's/F13-3/F13-4/' >> "$(echo */f13.csv)"
        rm */f14.csv
      fi
      cat
      """, to: "filter.sh")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: filter)
    let configuration = try place.configure(#""filter": ["\#(filter)"], "deliver": {"files": ["summary.json"]}"#)
    let first = try await place.run(configuration)
    #expect(first.status != 0, "\(first.errors)")
    #expect(first.output.contains("Somebody wrote to the file while it was sent"), "\(first.output)")
    #expect(place.names("archive") == ["f11.csv", "f12.csv"])
    #expect(place.claimed == ["f13.csv"])
    let second = try await place.run(configuration)
    #expect(second.output.contains("Somebody took the file away"), "\(second.output)\(second.errors)")
    let third = try await place.run(configuration)
    #expect(third.status == 0, "\(third.errors)")
    #expect(place.names("archive") == ["f11.csv", "f12.csv", "f13.csv"])
    #expect(place.claimed.isEmpty && place.staged.isEmpty, "\(place.staged)")
    #expect(try await place.sandbox.state().objects.bills == 13, "those of the four files, and the one that was added")
  }

  @Test func `where the server is lost while files are claimed before their turn, none is lost`() async throws {
    let place = try await place(files: 12)
    let configuration = try place.configure(#""deliver": {"files": ["summary.json"]}"#)
    let program = try billdrop.start(["run", "--config", configuration])
    try await place.until("a claim", program) { !place.claimed.isEmpty }
    place.server.stop()
    _ = try await program.wait(atMost: .seconds(120))
    try await place.server.start()
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("archive") == names(files: 12))
    #expect(place.claimed.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 36)
  }

  @Test func `where one of several can't be put away the others are, and it alone is tried again`() async throws {
    let place = try await place(files: 6)
    let configuration = try place.configure(#""deliver": {"files": ["summary.json"]}"#)
    #expect(try await place.run(configuration).status == 0)
    // What has a report's name is in the way of its folder.
    try place.put(BillFile.text(rows: 4, prefix: "Z"), as: "z.csv")
    let sum = try place.checksum(of: "z.csv").prefix(12)
    try "no folder".write(toFile: place.path("reports/z.csv-\(sum)"), atomically: true, encoding: .utf8)
    for number in 1...3 { try place.put(BillFile.text(rows: 3, prefix: "Y\(number)"), as: "y\(number).csv") }
    let stuck = try await place.run(configuration)
    #expect(stuck.status == 74, "\(stuck.errors)")
    #expect(stuck.errors.contains("z.csv") && stuck.errors.contains("none is sent again"), "\(stuck.errors)")
    #expect(place.claimed == ["z.csv"])
    #expect(place.names("archive").count == 9)
    try FileManager.default.removeItem(atPath: place.path("reports/z.csv-\(sum)"))
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive").count == 10 && place.claimed.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 31)
  }
}
