import BillIntake
import BillLayouts
import BillLedger
import BillModel
import FoundationEssentials
import Testing
import Transport

@testable import FileRuns
@testable import SubmitPass

@Suite struct SubmitConnectionTests {
  @Test func `over a connection that was shut down nothing goes until it is renewed`() throws {
    let scene = try SubmitScene()
    defer { scene.close() }
    let attempt = try scene.prepare(BillFile.bills(3), interrupts: { 1 })
    let connection = attempt.run.connection
    #expect(!connection.isShutDown)
    #expect(try attempt.run.run().stop == .interrupted)
    #expect(connection.isShutDown)
    #expect(!sends(connection))
    try connection.renew()
    #expect(!connection.isShutDown)
    #expect(sends(connection))
  }

  @Test func `a file begins over a connection that sends, whatever has become of the one before it`() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/renewed-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a.csv"
    let text = "external_reference,currency,amount_due,bill_date,customer.external_reference\nA,ZAR,1,2026-02-01,C\n"
    try Data(text.utf8).write(to: URL(filePath: path))
    let base = try HTTPBaseURL("http://127.0.0.1:1")
    let connection = try SubmitConnection(HTTPClientOptions(baseURL: base, key: BearerKey("sk_test_1")), rate: 1)
    let submission = try FileSubmission(
      intake: Intake(layout: .standard()),
      settings: SubmitSettings(
        environment: EnvironmentStamp(origin: base.origin, mode: .test), ledgerPath: folder + "/ledger.sqlite",
        reports: folder + "/reports", temporaryFolder: folder, retriesRefused: false, approval: nil),
      options: SubmitOptions(), connection: connection, interrupts: { 0 }, progress: { _ in })
    // As a submission leaves it that fails.
    connection.shutdown(cancelling: true)
    _ = try submission.check(.file(path: path))
    #expect(!connection.isShutDown)
  }

  /// Whether a request gets an answer, whatever that is.
  private func sends(_ connection: SubmitConnection) -> Bool {
    let id = connection.nextID()
    connection.wire.submit([HTTPRequest(id: id, method: "GET", path: "/bills/none")])
    let end = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < end {
      for completion in connection.wire.completions(.milliseconds(100)) where completion.id == id {
        if case .success = completion.result { return true }
        return false
      }
    }
    return false
  }
}
