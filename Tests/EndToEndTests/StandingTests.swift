import Foundation
import Testing

/// What needs somebody, as `billdrop status`, the reports' index and the drop's tables know it.
@Suite(.fewAtATime) struct StandingTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
  }

  private struct Answer: Decodable {
    struct Ledger: Decodable {
      struct Need: Decodable, Equatable {
        let kind: String
        let file: String
        let reason: String
        let next: String
        let path: String?
        let approve: String?
        let since: String
      }
      struct Look: Decodable, Equatable { let looked_at: String }
      struct File: Decodable {
        let name: String
        let sha256: String
        let taken_away: Bool?
        let replaced_by: String?
      }
      let needs: [Need]
      let drops: [Look]
      let files: [File]
    }
    let ledgers: [Ledger]
  }

  private func place() async throws -> (place: DropPlace, configuration: String) {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let configuration = try place.configure(
      #""files": "b_(?<date>\\d{8})\\.csv", "order": {}, "expect": {"time": "00:01", "stand_in": false}"#)
    for day in 20...24 { try place.put(BillFile.text(rows: 20, prefix: "N\(day)"), as: "b_202011\(day).csv") }
    #expect(try await place.run(configuration).status == 0)
    return (place, configuration)
  }

  private func status(_ words: String...) async throws -> Answer.Ledger {
    let observer = Billdrop(workspace: workspace, key: nil)
    let result = try await observer.run(["status", "--format", "json"] + words)
    #expect(result.status == 0, "\(result.errors)")
    return try #require(try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)).ledgers.first)
  }

  @Test func `files that are held, rejected and missing are told with their place and what to do`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_20201125.csv")
    try place.put(BillFile.text(rows: 3, prefix: "W"), as: "b_20201119.csv")
    try place.put("\u{0}\u{1}\u{2}", as: "b_20201126.csv")
    let pass = try await place.run(configuration)
    #expect(pass.status == 65, "\(pass.errors)")
    let claimed = workspace.path("drop/processing/\(place.names("processing")[0])/b_20201125.csv")
    #expect(pass.output.contains(claimed) && pass.errors.contains(claimed), "the path is told everywhere")
    for moved in ["feed SET watched_since = watched_since - 2 * 86400000", "drop_look SET at = at - 3 * 86400000"] {
      try LedgerText(workspace.ledger).run("UPDATE \(moved)")
    }

    let known = try await status("--config", configuration)
    let needs = Dictionary(grouping: known.needs, by: \.kind).mapValues { $0.sorted { $0.file < $1.file } }
    #expect(needs["held"]?.map(\.path) == [workspace.path("drop/inbound/b_20201119.csv"), claimed])
    #expect(needs["held"]?.last?.reason.contains("rows 300, usual 20") == true)
    for held in needs["held"] ?? [] {
      #expect(held.next.contains("billdrop run --config \(configuration) --approve \(held.approve ?? "?") "))
    }
    #expect(needs["rejected"]?.map(\.path) == [workspace.path("drop/rejected/b_20201126.csv")])
    #expect(needs["missing"]?.count == 2, "the calendar goes on while nobody looks")
    #expect(known.drops.count == 1)
    #expect(
      try await status("--ledger", workspace.ledger).needs.count == 3, "without the feeds, what the last look left")
    let ofOne = try await status("b_20201119.csv", "--config", configuration)
    #expect(ofOne.needs.map(\.file) == ["b_20201119.csv"])

    let index = try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)
    #expect(index.contains("3 things need somebody") && index.contains(claimed))
    #expect(index.contains("b_20201119.csv"))

    let text = try await billdrop.run("status", "--config", configuration).output
    #expect(text.contains("5 things need somebody") && text.contains("It lies in \(claimed)"), "\(text)")

    try FileManager.default.removeItem(atPath: workspace.path("drop/rejected/b_20201126.csv"))
    try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/b_20201119.csv"))
    let left = try await status("--ledger", workspace.ledger).needs
    #expect(left.filter { $0.kind == "held" }.map(\.path) == [claimed], "what was done is known at once")
    #expect(left.filter { $0.kind == "gone" }.map(\.file) == ["b_20201119.csv"] && left.count == 2)
  }

  @Test func `a held file that is gone from where it arrived is told until it is settled`() async throws {
    let (place, configuration) = try await place()
    for day in [17, 18, 19] { try place.put(BillFile.text(rows: 3, prefix: "W\(day)"), as: "b_202011\(day).csv") }
    #expect(try await place.run(configuration).status == 4)
    let held = try await status("--config", configuration).needs
    #expect(held.map(\.kind) == ["held", "held", "held"])
    for day in [17, 18, 19] {
      try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/b_202011\(day).csv"))
    }
    let noticed = try await place.run(configuration)
    #expect(noticed.errors.contains("is not where it arrived any more"), "\(noticed.errors)")
    let again = try await place.run(configuration)
    #expect(!again.errors.contains("is not where it arrived"), "told once")
    let gone = try await status("--config", configuration).needs.sorted { $0.file < $1.file }
    #expect(gone.map(\.kind) == ["gone", "gone", "gone"], "\(gone)")
    #expect(gone[0].reason.contains("held since") && gone[0].path == nil)
    #expect(gone[0].next.contains("--strike-off \(gone[0].approve ?? "?") strikes it off"))
    let text = try await billdrop.run("status", "--config", configuration).output
    #expect(text.contains("b_20201117.csv: is gone, and was held"), "\(text)")
    let index = try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)
    #expect(index.contains("3 things need somebody") && index.contains("b_20201117.csv"))

    // The first is meant to be gone, the second comes again and is let through, for the third day another one comes.
    let digits = try #require(gone[0].approve)
    let approved = try await place.run(configuration, "--approve", digits)
    #expect(approved.errors.contains("the file is gone, and nothing was let through"), "\(approved.errors)")
    #expect(try await status("--config", configuration).needs.count == 3, "an approval strikes nothing off")
    let struck = try await place.run(configuration, "--strike-off", digits)
    #expect(struck.status == 0 && struck.errors.contains("is struck off"), "\(struck.errors)")
    #expect(try await place.run(configuration, "--strike-off", digits).status == 64, "once")
    try place.put(BillFile.text(rows: 3, prefix: "W18"), as: "b_20201118.csv")
    #expect(try await place.run(configuration, "--approve", try #require(gone[1].approve)).status == 0)
    #expect(try await status("--config", configuration).needs.map(\.file) == ["b_20201119.csv"])
    try place.put(BillFile.text(rows: 4, prefix: "V19"), as: "b_20201119.csv")
    #expect(try await place.run(configuration).status == 4)
    let other = try await status("--config", configuration).needs
    #expect(other.map(\.kind) == ["held"] && other[0].approve != gone[2].approve)
    #expect(try await place.run(configuration, "--approve", try #require(other[0].approve)).status == 0)
    #expect(try await status("--config", configuration).needs.isEmpty)
  }

  @Test func `a held file that lies where it arrived is never gone, though each pass looks twice`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 3, prefix: "W"), as: "b_20201119.csv")
    try place.put(BillFile.text(rows: 3, prefix: "V"), as: "b_20201124.csv")
    #expect(try await place.run(configuration).status == 4)
    let held = try await status("--config", configuration).needs
    #expect(held.map(\.kind) == ["held", "held"])
    let digits = try #require(held[0].approve)
    for more in [[], ["--strike-off", digits]] {
      let pass = try await billdrop.run(["run", "--config", configuration] + more)
      #expect(pass.status == 4 && pass.errors.contains("no file with these digits") == !more.isEmpty)
      #expect(!pass.errors.contains("is not where it arrived"), "\(pass.errors)")
      #expect(try await status("--config", configuration).needs == held, "since the first moment")
    }
    // Between the two looks of a pass, and in a service that has just begun.
    let slow = try place.configure(
      #""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#, complete: #"{"seconds": 60}"#, name: "slow.json")
    let looked = try await status("--config", configuration).drops
    let service = try billdrop.start(["run", "--watch", "--config", slow])
    var between = try await status("--config", configuration)
    for _ in 0..<600 {
      guard between.drops == looked else { break }
      try await Task.sleep(for: .milliseconds(50))
      between = try await status("--config", configuration)
    }
    #expect(between.drops != looked && between.needs == held, "\(between)")
    service.signal(SIGTERM)
    #expect(try await service.wait(atMost: .seconds(40)) == .exited(0))
  }

  @Test func `a held file that was replaced is shown as that, and nothing waits for it`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_20201125.csv")
    #expect(try await place.run(configuration).status == 4)
    let claimed = workspace.path("drop/processing/\(place.names("processing")[0])/b_20201125.csv")
    try Data(BillFile.text(rows: 20, prefix: "Y").utf8).write(to: URL(filePath: claimed))
    #expect(try await place.run(configuration).status == 0)
    let known = try await status("--config", configuration)
    #expect(known.needs.isEmpty)
    let runs = known.files.filter { $0.name == "b_20201125.csv" }
    #expect(runs.count == 2 && runs.last?.replaced_by == runs.first?.sha256, "\(runs)")
    let text = try await billdrop.run("status", "--config", configuration).output
    #expect(
      text.contains("was held; another file of its name came since") && !text.contains("held for approval"), "\(text)")
    let index = try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)
    #expect(index.contains("All is well"), "nothing needs somebody")
  }

  @Test func `a held file that somebody takes away ends in words, and nothing offers to approve it`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_20201125.csv")
    #expect(try await place.run(configuration).status == 4)
    let claimed = workspace.path("drop/processing/\(place.names("processing")[0])/b_20201125.csv")
    try FileManager.default.moveItem(atPath: claimed, toPath: workspace.path("kept.csv"))
    let early = try await billdrop.run("status", "--config", configuration).output
    #expect(early.contains("was held; its file was taken away") && !early.contains("--approve"), "\(early)")
    let noticed = try await place.run(configuration)
    #expect(noticed.status == 4 && noticed.output.contains("Somebody took the file away from \(claimed)"))
    let after = try await place.run(configuration)
    #expect(after.status == 0, "\(after.output)\(after.errors)")
    let known = try await status("--config", configuration)
    #expect(known.needs.isEmpty)
    #expect(known.files.first { $0.name == "b_20201125.csv" }?.taken_away == true)
    let text = try await billdrop.run("status", "--config", configuration).output
    #expect(text.contains("taken away from the drop") && !text.contains("--approve"), "\(text)")
    #expect(text.contains("was held; its file was taken away") && !text.contains("held for approval"), "\(text)")
    let index = try String(contentsOfFile: workspace.reports + "/index.html", encoding: .utf8)
    #expect(index.contains("All is well"))
    try FileManager.default.moveItem(
      atPath: workspace.path("kept.csv"), toPath: workspace.path("drop/inbound/b_20201125.csv"))
    #expect(try await place.run(configuration).status == 4, "put back, it is held again")
    #expect(try await status("--config", configuration).needs.count == 1)
  }

  @Test func `what lies in place of a held file and is none is told by the run and by status`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_20201125.csv")
    #expect(try await place.run(configuration).status == 4)
    let claimed = workspace.path("drop/processing/\(place.names("processing")[0])/b_20201125.csv")
    try FileManager.default.moveItem(atPath: claimed, toPath: workspace.path("kept.csv"))
    for kind in ["link", "folder", "pipe"] {
      switch kind {
      case "link":
        try FileManager.default.createSymbolicLink(
          atPath: claimed, withDestinationPath: workspace.path("kept.csv"))
      case "folder": try FileManager.default.createDirectory(atPath: claimed, withIntermediateDirectories: false)
      default: #expect(mkfifo(claimed, 0o600) == 0)
      }
      let early = try await billdrop.run("status", "--config", configuration).output
      #expect(early.contains("In place of the file a \(kind)") && !early.contains("--approve"), "\(early)")
      let pass = try await place.run(configuration)
      #expect(pass.status == 4 && pass.output.contains("In place of the file a \(kind)"), "\(pass.output)")
      let known = try await status("--config", configuration).needs
      #expect(known.count == 1 && known[0].approve == nil && known[0].reason.contains("a \(kind)"), "\(known)")
      let text = try await billdrop.run("status", "--config", configuration).output
      #expect(!text.contains("--approve"), "\(text)")
      try FileManager.default.removeItem(atPath: claimed)
    }
    try FileManager.default.moveItem(atPath: workspace.path("kept.csv"), toPath: claimed)
    #expect(try await place.run(configuration).status == 4)
    #expect(try await status("--config", configuration).needs.first?.approve != nil, "the file is back, and is held")
  }

  @Test func `an approval that meets no file is told, and is noted with no other file`() async throws {
    let (place, configuration) = try await place()
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_20201125.csv")
    let other = try await place.run(configuration, "--approve", "000000000000")
    #expect(other.status == 4 && other.errors.contains("no file with these digits came up"), "\(other.errors)")
    let later = try await place.run(configuration)
    #expect(later.status == 4 && !(other.output + later.output).contains("which was approved"), "\(later.output)")
    let approve = try #require(try await status("--config", configuration).needs.first?.approve)
    let through = try await place.run(configuration, "--approve", approve)
    #expect(through.status == 0 && !through.errors.contains("came up"), "\(through.errors)")
    let none = try await place.run(configuration, "--approve", "000000000000")
    #expect(none.status == 64 && none.errors.contains("came up"), "\(none.errors)")
  }

  @Test func `a held file that was let through by hand is put away by the next pass`() async throws {
    let (place, configuration) = try await place()
    let text = BillFile.text(rows: 300, prefix: "X")
    try place.put(text, as: "b_20201125.csv")
    #expect(try await place.run(configuration).status == 4)
    let approve = try #require(try await status("--config", configuration).needs.first?.approve)
    let copy = try workspace.write(text, to: "b_20201125.csv")
    #expect(try await billdrop.run("submit", copy, "--config", configuration, "--approve", approve).status == 0)
    #expect(try await status("--config", configuration).needs.isEmpty)
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive").contains("b_20201125.csv"))
    #expect(try await place.sandbox.state().objects.bills == 400)
  }
}
