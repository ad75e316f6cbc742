import Foundation
import Testing

/// An archive in parts: validated apart, joined afterwards.
@Suite(.fewAtATime) struct MergeTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func validate(_ name: String, _ text: String, _ more: String...) async throws -> Billdrop.Result {
    let file = try workspace.write(text, to: name)
    return try await billdrop.run(["validate", file, "--reports", workspace.reports] + more)
  }

  @Test func `parts are joined to what the whole is, and a reference in two of them is found`() async throws {
    #expect(try await validate("part-1.csv", BillFile.text(rows: 30), "--references").status == 0)
    #expect(try await validate("part-2.csv", BillFile.text(rows: 30, prefix: "D"), "--references").status == 0)
    let good = try await billdrop.run("merge-reports", workspace.reports, "--parts", "2", "--format", "json")
    #expect(good.status == 0, "\(good.errors)")
    #expect(try good.summary().nonzeroOutcomes == ["not_sent": 60])

    #expect(try await validate("part-3.csv", BillFile.text(rows: 10) { $0 == 3 }, "--references").status == 1)
    let joined = workspace.path("joined")
    let bad = try await billdrop.run(
      "merge-reports", workspace.reports, "--name", "archive", "--reports", joined, "--format", "json")
    #expect(bad.status == 1, "\(bad.errors)")
    let summary = try bad.summary()
    #expect(summary.records.read == 70 && summary.nonzeroOutcomes == ["not_sent": 59, "rejected": 11])
    let folders = try FileManager.default.contentsOfDirectory(atPath: joined)
    #expect(folders.count == 1 && folders[0].hasPrefix("archive-"))
    let report = joined + "/" + folders[0] + "/merge-reports"
    #expect(try FileManager.default.contentsOfDirectory(atPath: report).sorted() == ["issues.csv", "summary.json"])
    let issues = try CSVTable(String(contentsOfFile: report + "/issues.csv", encoding: .utf8))
    #expect(issues.rows.filter { $0["part"] == "part-3.csv" }.count == 9)
    // The third row of it is another one than part-1's, and bad: neither stands.
    #expect(issues.rows.filter { $0["part"] == "part-1.csv" }.map { $0["record"] } == ["3"])
  }

  @Test func `a report counts once, under whatever spelling or copy it comes`() async throws {
    #expect(try await validate("part-1.csv", BillFile.text(rows: 3), "--references").status == 0)
    let folder = try workspace.report(of: "part-1.csv", command: "validate").folder
    let spelling = folder.deletingLastPathComponent().path + "/./validate"
    let link = workspace.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path)
    for other in [spelling, link] {
      let twice = try await billdrop.run("merge-reports", folder.path, other)
      #expect(twice.status == 66 && twice.errors.contains("named twice"), "\(twice.output)\(twice.errors)")
    }
    let copy = workspace.path("copy")
    try FileManager.default.copyItem(atPath: folder.path, toPath: copy)
    let same = try await billdrop.run("merge-reports", folder.path, copy)
    #expect(same.status == 66 && same.errors.contains("reports of the same file"), "\(same.output)\(same.errors)")
  }

  @Test func `a list of references needs a report, and bills`() async throws {
    let file = try workspace.write(BillFile.text(rows: 3), to: "part-1.csv")
    #expect(try await billdrop.run("validate", file, "--references").status == 64)
    let balances = try await billdrop.run(
      "validate", file, "--references", "--reports", workspace.reports, "--layout", "customer-balance")
    #expect(balances.status == 78 && balances.errors.contains("customer-balance"), "\(balances.errors)")
  }

  @Test func `a part that is missing, unfinished or can't be compared ends the joining`() async throws {
    #expect(try await validate("part-1.csv", BillFile.text(rows: 3), "--references").status == 0)
    #expect(try await validate("part-2.csv", BillFile.text(rows: 3, prefix: "D")).status == 0)
    let uncompared = try await billdrop.run("merge-reports", workspace.reports)
    #expect(uncompared.status == 66 && uncompared.errors.contains("--references"), "\(uncompared.errors)")
    let part = try workspace.report(of: "part-2.csv", command: "validate").folder
    try FileManager.default.removeItem(at: part.appending(path: "summary.json"))
    let unfinished = try await billdrop.run("merge-reports", workspace.reports)
    #expect(unfinished.status == 66 && unfinished.errors.contains("part-2.csv"), "\(unfinished.errors)")
    try FileManager.default.removeItem(at: part.deletingLastPathComponent())
    #expect(try await billdrop.run("merge-reports", workspace.reports, "--parts", "2").status == 66)
    #expect(try await billdrop.run("merge-reports", workspace.reports, "--parts", "1").status == 0)
    #expect(try await billdrop.run("merge-reports", workspace.path("nowhere")).status == 66)
    #expect(
      try await validate("part-3.csv", BillFile.text(rows: 3, prefix: "E"), "--references", "--duplicates", "first")
        .status == 0)
    #expect(try await billdrop.run("merge-reports", workspace.reports).status == 78)
  }
}
