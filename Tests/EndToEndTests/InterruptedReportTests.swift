import Foundation
import Testing

/// A report that is told to end while it is written.
@Suite(.fewAtATime) struct InterruptedReportTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    sandbox = try await Sandbox(in: workspace)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func `it leaves no half-written file behind`(_ signal: Int32) async throws {
    let file = try workspace.write(BillFile.text(rows: 60_000), to: "bills.csv")
    // Nothing is sent: what is reported of each row is that.
    let held = try await billdrop.submit(file, to: sandbox, "--quiet", "00:00-12:00,12:00-24:00", "--zone", "UTC")
    #expect(held.status == 75)
    let again = workspace.path("again")
    let program = try billdrop.start(["report", file, "--ledger", workspace.ledger, "--reports", again])
    while program.isRunning, temporaryFiles.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    program.signal(signal)
    #expect(try await program.wait() == .exited(75), "\(program.errorText())")
    #expect(program.errorText().contains("Interrupted; nothing was written"), "\(program.errorText())")
    #expect(temporaryFiles.isEmpty)
  }

  private var temporaryFiles: [String] {
    let all = FileManager.default.enumerator(atPath: workspace.path("again"))?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".tmp") }
  }
}
