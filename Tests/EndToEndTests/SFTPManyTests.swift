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
