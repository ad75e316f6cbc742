import Foundation
import Testing

/// Nothing that is written tells who a payer is, but for the rows that are handed back to be mended.
@Suite(.fewAtATime) struct PrivacyTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "200"])
  }

  /// What is planted; parts of it, so that a mask which leaves half of it is found.
  private static let secrets = [
    "Nomvula", "Plantagenet", "nomvula.planted", "9998877", "8001015009087", Billdrop.key,
  ]

  private static let file = """
    external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,customer.name,customer.email,customer.phone,metadata.note
    P-1,ZAR,100,2026-01-01,2026-02-01,C-1,Nomvula Plantagenet,nomvula.planted@example.com,+27829998877,fine
    P-2,ZAR,0,2026-01-01,2026-02-01,C-1,Nomvula Plantagenet,nomvula.planted@example.com,+27829998877,amount
    P-3,ZAR,100,2026-01-01,2026-02-01,C-2,Nomvula Plantagenet,nomvula.planted(at)example.com,+27829998877,email
    P-4,ZAR,100,2026-01-01,2026-02-01,C-3,Nomvula Plantagenet,nomvula.planted@example.com,082 9998877,phone
    P-5,ZAR,100,2026-01-01,2026-02-01,C-4,Nomvula Plantagenet,nomvula.planted@example.com,+27829998877,8001015009087
    P-6,ZAR,100,2026-01-01,2026-02-01,C-1,Plantagenet Nomvula,other@example.com,+27829998877,differs
    P-7,ZAR,100,2026-01-01,2026-02-01,C-5,Nomvula Plantagenet,nomvula.planted@example.com,+27829998877
    P-8,ZAR,100,2026-01-01,2026-02-01,C-6,Nomvula, Plantagenet,nomvula.planted@example.com,+27829998877,comma
    P-9,ZAR,100,2026-01-01,2026-02-01,C-7,Nomvula "Plantagenet,nomvula.planted@example.com,+27829998877,quote
    P-1,ZAR,200,2026-01-01,2026-02-01,C-1,Nomvula Plantagenet,nomvula.planted@example.com,+27829998877,repeat
    """

  @Test func `nothing that is written tells who a payer is, nor the key`() async throws {
    let elsewhere = try Workspace()
    let sandbox = try await Sandbox(in: elsewhere)
    let source = try elsewhere.write(Self.file, to: "planted.csv")
    _ = try await billdrop.run("validate", source, "--reports", workspace.reports)
    let submitted = try await billdrop.run(
      "submit", source, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
      "--rate", "1000")
    #expect(submitted.status == 1, "\(submitted.errors)")
    _ = try await billdrop.run(billdrop.submitArguments(source, endpoint: sandbox.endpoint))
    _ = try await billdrop.run("status", "--ledger", workspace.ledger)
    _ = try await billdrop.run("report", source, "--ledger", workspace.ledger, "--reports", workspace.reports)
    let written = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path)
    for name in ["report.html", "issues.csv", "rows.csv", "summary.json", "index.html", "ledger.sqlite"] {
      #expect(written.contains { $0.hasSuffix(name) }, "\(name)")
    }
    for secret in Self.secrets {
      let telling = try workspace.files(containing: secret).filter { path in
        secret == Billdrop.key || !(path.split(separator: "/").last?.hasPrefix("rejected.") ?? false)
      }
      #expect(telling == [], "\(secret)")
    }
    #expect(try !workspace.files(containing: "Nomvula").isEmpty, "the rows to mend have it as it came")
  }

  @Test func `a filter that fails with rows for its last words tells no more of them`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try place.configure(#""filter": ["sh", "-c", "cat >&2; exit 3"]"#)
    try place.put(Self.file + "\nlast: phone 0829998877, key \(Billdrop.key), the end", as: "planted.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 65 && place.names("rejected") == ["planted.csv"], "\(result.errors)")
    // The program's name, what became of it, and the end of what it said.
    let report = try #require(place.names("reports").first)
    let issues = try String(contentsOfFile: workspace.path("drop/reports/\(report)/issues.csv"), encoding: .utf8)
    #expect(issues.contains("sh failed with exit code 3: …") && issues.contains(", the end."), "\(issues)")
    #expect(issues.utf8.count < 1200, "\(issues)")
    for secret in Self.secrets {
      let telling = try workspace.files(containing: secret).filter { !$0.hasSuffix("/drop/rejected/planted.csv") }
      #expect(telling == [], "\(secret)")
    }
  }
}
