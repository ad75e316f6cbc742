import Foundation
import Testing

/// What files of an SFTP drop are called, and how many there are.
@Suite(.fewAtATime)
struct SFTPNamesTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `names with every sign that a shell, a URL or a listing gives a meaning come and go under their own name`()
    async throws
  {
    let place = try await SFTPPlace(workspace, billdrop)
    let configuration = try place.configure(#""deliver": {"files": ["summary.json"]}"#)
    let long = String(repeating: "n", count: 251) + ".csv"
    let names = [
      "a..b.csv", "%2e%2e%2fetc.csv", "~root.csv", "-rf.csv", "*all.csv", "what?#now.csv", "semi;colon & 'quote'.csv",
      #"back\slash "quoted".csv"#, "left -> right.csv", "two  spaces Nov 26 16:42 in it.csv", "żółć.csv", long,
    ]
    for (number, name) in names.enumerated() { try place.put(BillFile.text(rows: 1, prefix: "N\(number)"), as: name) }
    for name in ["..csv", "..a.csv", "...", "line\nend.csv", "bell\u{7}.csv"] {
      try place.put(BillFile.text(rows: 1, prefix: "X"), as: name)
    }
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(place.names("archive") == names.sorted())
    #expect(place.names("inbound") == ["...", "..a.csv", "..csv", "bell\u{7}.csv", "line\nend.csv"])
    #expect(place.names("reports").count == names.count)
    #expect(place.claimed.isEmpty && place.staged.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == names.count)
    #expect(result.errors.contains("control characters"))
    #expect(!result.errors.contains("line\nend"))
  }

  @Test func `a hundred thousand files that no feed takes hide none that one takes, and are counted`() async throws {
    let place = try await SFTPPlace(workspace, billdrop)
    let configuration = try place.configure(#""files": "b_.*\\.csv", "deliver": {"files": ["summary.json"]}"#)
    for number in 0..<100_000 {
      let file = open(place.path("inbound/other-\(number).dat"), O_CREAT | O_WRONLY, 0o600)
      try #require(file >= 0)
      close(file)
    }
    for number in 0..<5 { try place.put(BillFile.text(rows: 1, prefix: "K\(number)"), as: "b_\(number).csv") }
    let result = try await billdrop.run(["run", "--config", configuration, "--format", "json"], limit: .seconds(400))
    #expect(result.status == 0, "\(result.errors.suffix(2000))")
    #expect(place.names("archive") == (0..<5).map { "b_\($0).csv" })
    #expect(place.names("inbound").count == 100_000)
    #expect(result.errors.contains("and 99980 more"), "\(result.errors.suffix(2000))")
    #expect(try await place.sandbox.state().objects.bills == 5)
  }
}
