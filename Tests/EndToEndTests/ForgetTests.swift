import CSQLite
import Foundation
import Testing

/// `billdrop forget`: what can go goes, and no bill is raised a second time for it.
@Suite(.fewAtATime) struct ForgetTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func forget(_ words: String...) async throws -> Billdrop.Result {
    let result = try await billdrop.run(
      ["forget", "--ledger", workspace.ledger, "--reports", workspace.reports] + words)
    #expect(result.status == (words.contains("smal.csv") ? 66 : 0), "\(result.errors)")
    return result
  }

  /// Bills on accounts that nobody has.
  private static func refusedRows(_ rows: Int) -> String {
    (1...rows).reduce("external_reference,currency,amount_due,bill_date,account\n") { text, row in
      text + "B-\(row),ZAR,\(100 + row),2025-07-01,bacc_none\(row)\n"
    }
  }

  @Test func `a report goes when it is said twice, its receipt stays, and the file is still known`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    _ = try await billdrop.submit(Place.sample("small.csv"), to: sandbox)
    let report = try workspace.report(of: "small.csv", command: "submit")
    #expect(try await forget("small.csv").output.contains("Nothing was removed: say --yes to do it."))
    #expect(try report.names.contains("rows.csv"))
    #expect(try await forget("small.csv", "--yes").output.hasPrefix("removed"))
    #expect(try report.names == ["receipt.json"])
    let receipt = report.folder.appending(path: "receipt.json").path
    let verified = try await billdrop.run(
      "verify", Place.sample("small.csv"), "--receipt", receipt, "--ledger", workspace.ledger)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(try await forget("small.csv", "--yes").output == "There is nothing to forget.\n")
    let bills = try await sandbox.state().objects.bills
    #expect(try await billdrop.submit(Place.sample("small.csv"), to: sandbox).status == 0)
    #expect(try await sandbox.state().objects.bills == bills)
  }

  @Test func `by age the API's words go from the ledger too, and nothing that prevents a second bill`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(Self.refusedRows(3), to: "refused.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let ledger = LedgerText(workspace.ledger)
    let before = try ledger.column("SELECT reference || state || coalesce(code, '') FROM file_row ORDER BY record")
    #expect(try ledger.column("SELECT count(message) FROM file_row") == ["3"])
    #expect(try await forget("--older-than", "1", "--yes").output == "There is nothing to forget.\n")
    try ledger.run("UPDATE file_run SET started_at = started_at - 10 * 86400000")
    let plan = try await forget("--older-than", "1")
    #expect(plan.output.contains("would clear") && plan.output.contains("3 texts"))
    #expect(try await forget("--older-than", "1", "--yes").output.contains("cleared"))
    #expect(try ledger.column("SELECT count(message) FROM file_row") == ["0"])
    #expect(
      try ledger.column("SELECT reference || state || coalesce(code, '') FROM file_row ORDER BY record") == before)
    let again = try await billdrop.submit(file, to: sandbox)
    #expect(again.status == 0)
    #expect(try await sandbox.state().objects.bills == 0)
  }

  @Test func `what a link in the reports leads to is nothing of ours, and stays`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(Place.sample("small.csv"), to: sandbox).status == 1)
    let folder = try workspace.report(of: "small.csv", command: "submit").folder.deletingLastPathComponent()
    let foreign = URL(filePath: workspace.path("foreign"))
    try FileManager.default.moveItem(at: folder, to: foreign)
    try FileManager.default.createSymbolicLink(at: folder, withDestinationURL: foreign)
    #expect(try await forget("small.csv", "--yes").status == 0)
    #expect(FileManager.default.fileExists(atPath: foreign.appending(path: "submit/rows.csv").path))
    #expect(try await billdrop.run("forget", "--older-than", "9223372036854775807").status == 64)
  }

  @Test func `a report of a file that isn't through stays, whoever asks`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(Self.refusedRows(40), to: "stopped.csv")
    let stopped = try await billdrop.submit(file, to: sandbox, "--max-refused", "0", "--in-flight", "1")
    #expect(stopped.status == 75, "\(stopped.output)\(stopped.errors)")
    let result = try await forget("stopped.csv", "--yes")
    #expect(result.output.contains("keeps") && result.output.contains("stopped"))
    #expect(try workspace.report(of: "stopped.csv", command: "submit").names.contains("summary.json"))
  }

  @Test func `the archive of a drop goes by its age, and its file isn't taken for a new one`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let inbound = workspace.path("drop/inbound")
    try FileManager.default.createDirectory(atPath: inbound, withIntermediateDirectories: true)
    let text = BillFile.text(rows: 3) { _ in false }
    _ = try workspace.write(text, to: "drop/inbound/a.csv")
    let config = try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {"a": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}}}}
      """, to: "billdrop.json")
    #expect(try await billdrop.run("run", "--config", config).status == 0)
    let archived = workspace.path("drop/archive/a.csv")
    // The sender's time says nothing of it.
    let old = Date(timeIntervalSinceNow: -10 * 86_400)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: archived)
    let early = try await billdrop.run("forget", "--config", config, "--older-than", "5", "--yes")
    #expect(early.output == "There is nothing to forget.\n", "\(early.output)\(early.errors)")
    try LedgerText(workspace.ledger).run("UPDATE drop_file SET ended_at = ended_at - 10 * 86400000")
    let result = try await billdrop.run("forget", "--config", config, "--older-than", "5", "--yes")
    #expect(result.status == 0 && result.output.contains("an archived file"), "\(result.output)\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: archived))
    _ = try workspace.write(text, to: "drop/inbound/b.csv")
    let again = try await billdrop.run("run", "--config", config, "--format", "json")
    #expect(again.output.contains("\"verdict\":\"duplicate\""), "\(again.output)\(again.errors)")
    #expect(try await sandbox.state().objects.bills == 3)
  }

  @Test func `a rejected file that somebody has to look at stays, whatever its age`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let config = try place.configure()
    try place.put("\u{0}\u{1}", as: "b.csv")
    #expect(try await place.run(config).status == 65)
    try LedgerText(workspace.ledger).run("UPDATE drop_file SET ended_at = ended_at - 10 * 86400000")
    let kept = try await billdrop.run("forget", "--config", config, "--older-than", "5", "--yes")
    #expect(kept.status == 0 && kept.output.contains("it is not through"), "\(kept.output)\(kept.errors)")
    #expect(place.names("rejected") == ["b.csv"])
    // A usable one has come: nobody looks for the other any more.
    try place.put(BillFile.text(rows: 2), as: "b.csv")
    #expect(try await place.run(config).status == 0)
    let gone = try await billdrop.run("forget", "--config", config, "--older-than", "5", "--yes")
    #expect(gone.status == 0 && place.names("rejected").isEmpty, "\(gone.output)\(gone.errors)")
    #expect(place.names("archive") == ["b.csv"])
  }

  @Test func `copies of a named file in its drop are named, and go where that is asked for`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let place = try DropPlace(workspace, billdrop, sandbox)
    let config = try place.configure()
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    try place.put("\u{0}\u{1}", as: "b.csv")
    #expect(try await place.run(config).status == 65)
    let delivered = try #require(place.names("reports").first { $0.hasPrefix("a.csv-") })
    try Data("mine".utf8).write(to: URL(filePath: workspace.path("drop/reports/\(delivered)/notes.txt")))
    let words = ["forget", "a.csv", "b.csv", "--config", config]
    let observer = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
    let named = try await observer.run(words)
    for path in ["drop/archive/a.csv", "drop/rejected/b.csv", "drop/reports/\(delivered)"] {
      #expect(named.output.contains("keeps  \(workspace.path(path)) (a "), "\(path)\n\(named.output)")
    }
    #expect(try await observer.run(words + ["--yes"]).status == 0)
    #expect(place.names("archive") == ["a.csv"] && place.names("rejected") == ["b.csv"])
    let gone = try await observer.run(words + ["--copies", "--yes"])
    #expect(gone.status == 0, "\(gone.output)\(gone.errors)")
    #expect(place.names("archive").isEmpty && place.names("rejected").isEmpty)
    #expect(place.names("reports/\(delivered)") == ["notes.txt"], "what billdrop didn't write stays")
    #expect(gone.output.contains("notes.txt (billdrop didn't write it)"))
    let trace = try await observer.run("forget", "a.csv", "--ledger", workspace.ledger, "--reports", workspace.reports)
    #expect(trace.output.contains("came through this drop"), "\(trace.output)")
  }

  @Test func `a stranger's file under the name of an accepted one stays, of the same size too`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let config = try place.configure()
    let text = BillFile.text(rows: 3)
    try place.put(text, as: "a.csv")
    #expect(try await place.run(config).status == 0)
    let archived = URL(filePath: workspace.path("drop/archive/a.csv"))
    let observer = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
    let sameSize = BillFile.text(rows: 3, prefix: "C")
    #expect(sameSize != text && sameSize.utf8.count == text.utf8.count)
    for strange in ["somebody else's\n", sameSize] {
      try Data(strange.utf8).write(to: archived)
      let result = try await observer.run("forget", "a.csv", "--config", config, "--copies", "--yes")
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(
        result.output.contains("keeps  \(archived.path) (another file of this name: billdrop didn't put it there)"),
        "\(result.output)")
      #expect(try Data(contentsOf: archived) == Data(strange.utf8))
    }
    try Data(text.utf8).write(to: archived)
    let gone = try await observer.run("forget", "a.csv", "--config", config, "--copies", "--yes")
    #expect(gone.output.contains("removed") && place.names("archive").isEmpty, "\(gone.output)")
  }

  @Test func `a file that is given by its path is known by its bytes, and another of its name stays`() async throws {
    let place = try DropPlace(workspace, billdrop, try await Sandbox(in: workspace))
    let config = try place.configure()
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    #expect(try await place.run(config).status == 0)
    try place.put("\u{0}\u{1}", as: "a.csv")
    #expect(try await place.run(config).status == 65)
    let accepted = try #require(
      try FileManager.default.contentsOfDirectory(atPath: workspace.reports).first {
        $0.hasPrefix("a.csv-") && FileManager.default.fileExists(atPath: workspace.reports + "/\($0)/submit/rows.csv")
      })
    let rejected = workspace.path("drop/rejected/a.csv")
    let gone = try await billdrop.run("forget", rejected, "--config", config, "--copies", "--yes")
    #expect(gone.status == 0, "\(gone.output)\(gone.errors)")
    #expect(place.names("archive") == ["a.csv"] && place.names("rejected").isEmpty, "\(gone.output)")
    #expect(place.names("reports").contains(accepted))
    #expect(FileManager.default.fileExists(atPath: workspace.reports + "/\(accepted)/submit/rows.csv"))
    // By its digits the other way round, from elsewhere and under another name.
    let digits = String(accepted.suffix(12))
    try place.put(BillFile.text(rows: 4, prefix: "C"), as: "a.csv")
    #expect(try await place.run(config).status == 0)
    #expect(place.names("archive").count == 2)
    let second = try await billdrop.run("forget", digits, "--config", config, "--copies", "--yes")
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    let left = place.names("archive")
    #expect(left.count == 1)
    #expect(try String(contentsOfFile: workspace.path("drop/archive/\(left[0])"), encoding: .utf8).contains("C1"))
    let missing = try await billdrop.run("forget", rejected, "--config", config)
    #expect(missing.status == 66 && missing.errors.contains("there is no such file"), "\(missing.errors)")
  }

  @Test func `what can't be forgotten now is told and ends in 74, and the rest goes`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(Self.refusedRows(2), to: "refused.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    let lock = open(workspace.ledger + ".lock", O_RDWR | O_CREAT, 0o600)
    #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    defer { close(lock) }
    let result = try await billdrop.run(
      "forget", "refused.csv", "--ledger", workspace.ledger, "--reports", workspace.reports, "--yes", "--format", "json"
    )
    #expect(result.status == 74, "\(result.output)\(result.errors)")
    #expect(result.output.contains(#""failed":[{"path":"\#(workspace.ledger)""#), "\(result.output)")
    #expect(try workspace.report(of: "refused.csv", command: "submit").names == ["receipt.json"])
  }

  @Test func `of a report only what billdrop wrote goes`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(Place.sample("small.csv"), to: sandbox).status == 1)
    let report = try workspace.report(of: "small.csv", command: "submit")
    for name in ["rejected.xlsx", "letter.txt"] {
      try Data("mine".utf8).write(to: report.folder.appending(path: name))
    }
    let result = try await forget("small.csv", "--yes")
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("letter.txt (billdrop didn't write it)"))
    #expect(try Set(report.names) == ["receipt.json", "rejected.xlsx", "letter.txt"])
  }

  @Test func `a ledger or a folder that isn't there is told, and nothing is made`() async throws {
    let nowhere = workspace.path("nowhere/ledger.sqlite")
    let result = try await billdrop.run("forget", "a.csv", "--ledger", nowhere, "--yes")
    #expect(result.status == 78 && result.errors.contains("There is no ledger at \(nowhere)"))
    #expect(!FileManager.default.fileExists(atPath: workspace.path("nowhere")))
    #expect(try await billdrop.run("forget", "a.csv", "--reports", workspace.path("none")).status == 66)
  }

  @Test func `a file that nothing is known of is told, so that no mistyped name looks done`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(Place.sample("small.csv"), to: sandbox).status == 1)
    let mistyped = try await forget("smal.csv", "--yes")
    #expect(mistyped.errors.contains("no ledger and no report knows a file smal.csv"), "\(mistyped.errors)")
    for _ in 1...2 { _ = try await forget("small.csv", "--yes") }
    #expect(try await forget("small.csv", "smal.csv").errors.contains("knows a file smal.csv"))
  }

  @Test func `either files or an age is said, and not both`() async throws {
    #expect(try await billdrop.run("forget").status == 64)
    #expect(try await billdrop.run("forget", "a.csv", "--older-than", "3").status == 64)
  }
}
