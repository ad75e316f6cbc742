import Foundation

/// A `billdrop events serve` beside the workspace's ledger.
struct EventsServer {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  let program: Program
  let port: Int

  /// Starts it and waits until it listens. `port`: 0 for a free one.
  init(_ billdrop: Billdrop, port wanted: Int = 0, _ more: String...) async throws {
    var billdrop = billdrop
    billdrop.environment["BILLDROP_WEBHOOK_SECRET"] = Self.secret
    billdrop.key = nil
    program = try billdrop.start(
      ["events", "serve", "--port", String(wanted), "--ledger", billdrop.workspace.ledger] + more)
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      if let line = program.outputText().split(separator: "\n").first, let text = line.split(separator: ":").last,
        let port = Int(text.prefix { $0.isNumber })
      {
        self.port = port
        return
      }
      guard program.isRunning, ContinuousClock.now < deadline else {
        throw TestFault("events serve did not start: \(program.errorText())")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Ends it as systemd does; its exit code.
  func stop() async throws -> Program.Ending {
    program.signal(SIGTERM)
    return try await program.wait(atMost: .seconds(30))
  }

  /// Ends it as a power cut does.
  func kill() async throws {
    program.signal(SIGKILL)
    _ = try await program.wait(atMost: .seconds(30))
  }
}
