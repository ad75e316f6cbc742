import Foundation
import Testing

/// Submission over TLS, where nothing but a trusted certificate will do.
@Suite(.fewAtATime)
struct SecureTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `with the right certificate authority a file goes through`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 60), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(sandbox.caFile))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await sandbox.state().objects.bills == 60)
    #expect(sandbox.endpoint.hasPrefix("https://localhost:"))
  }

  @Test func `without it nothing is sent, and the words say what to do; with it the file goes on`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 60), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 69)
    #expect(result.output.contains("certificate is not trusted") && result.output.contains("--ca-file"))
    let summary = try result.summary()
    #expect(summary.nonzeroOutcomes == ["not_sent": 60] && summary.requests.sent == 0)
    #expect(try await sandbox.state().requests.isEmpty)

    let again = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(sandbox.caFile))
    #expect(again.status == 0, "\(again.errors)")
    #expect(try again.summary().nonzeroOutcomes == ["created": 60])
  }

  @Test func `another certificate of this machine's is not trusted`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let other = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", try #require(other.caFile))
    #expect(result.status == 69)
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test func `a file of certificate authorities that isn't there is named`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox, "--ca-file", workspace.path("none.pem"))
    #expect(result.status == 78)
    #expect(result.errors.contains("none.pem"))
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test(arguments: [false, true]) func `a redirect is never followed`(secure: Bool) async throws {
    let sandbox = try await Sandbox(in: workspace, secure: secure, "--faults", "redirect=1")
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let more = sandbox.caFile.map { ["--ca-file", $0] } ?? []
    let result = try await billdrop.run(billdrop.submitArguments(file, endpoint: sandbox.endpoint) + more)
    #expect(result.status == 69 || result.status == 75, "\(result.status): \(result.errors)")
    let log = try await sandbox.log()
    #expect(!log.isEmpty && log.allSatisfy { $0.path.hasPrefix("/billing/") && $0.answered == 307 })
    #expect(try result.summary().outcomes["created"] == 0)
  }
}
