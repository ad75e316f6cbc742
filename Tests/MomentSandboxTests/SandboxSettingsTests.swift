import SandboxServer
import Testing

@testable import moment_sandbox

@Suite struct SandboxSettingsTests {
  @Test func `every option is understood, with its value behind it or after an equals sign`() throws {
    let settings = try SandboxSettings([
      "--port", "8080", "--port-file=/p", "--key", "sk_test_x", "--rate=2.5", "--latency", "50", "--seed", "9",
      "--faults", "half=0.5,503=0.25", "--reading=nested=adopt,detail=vague", "--reading", "stored-401=yes", "--echo",
      "--log-bodies", "--tls", "--ca-file", "/ca", "--plain-port-file=/plain", "--stall", "250",
    ])
    #expect(settings.servesTLS && settings.caFile == "/ca" && settings.plainPortFile == "/plain")
    #expect(settings.sandbox.stall == 250)
    #expect(settings.port == 8080 && settings.portFile == "/p")
    #expect(settings.sandbox.key == "sk_test_x" && settings.sandbox.rate == 2.5 && settings.sandbox.latency == 50)
    #expect(settings.sandbox.seed == 9 && settings.sandbox.echo && !settings.wantsHelp)
    #expect(settings.sandbox.faults.rate(of: .half) == 0.5 && settings.sandbox.logsBodies)
    #expect(settings.sandbox.readings.nested == .adopt && settings.sandbox.readings.stores401)
  }

  @Test func `without options a free port is taken and nothing goes wrong on purpose`() throws {
    let settings = try SandboxSettings([])
    #expect(settings.port == 0 && settings.portFile == nil && settings.sandbox.rate == nil)
    #expect(!settings.servesTLS && settings.plainPortFile == nil && settings.sandbox.stall == 60_000)
    #expect(Fault.allCases.allSatisfy { settings.sandbox.faults.rate(of: $0) == 0 })
  }

  @Test(arguments: [
    (["--nothing"], UsageError.unknownOption("--nothing")), (["file"], .unknownOption("file")),
    ([""], .unknownOption("")), (["--port"], .missingValue("--port")),
    (["--faults", "x=1"], .refused(.badFaults("x=1"))), (["--reading=x"], .refused(.unknownReading("x"))),
  ])
  func `what is not understood is named`(arguments: [String], error: UsageError) {
    #expect(throws: error) { try SandboxSettings(arguments) }
    #expect(!error.message.isEmpty)
  }

  @Test(arguments: [
    ["--port", "65536"], ["--port", "-1"], ["--rate", "0"], ["--rate", "inf"], ["--latency", "-1"], ["--latency=x"],
    ["--seed", "-1"], ["--echo=1"], ["--help=x"], ["--stall", "-1"], ["--tls=yes"],
  ])
  func `values that make no sense are refused`(arguments: [String]) {
    #expect(throws: UsageError.self) { try SandboxSettings(arguments) }
  }

  @Test func `events go to an endpoint of this machine, signed, and as badly as asked for`() throws {
    let settings = try SandboxSettings([
      "--webhook", "http://127.0.0.1:8088/x", "--webhook-jitter", "5", "--webhook-secret",
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "--webhook-duplicates=0.5", "--webhook-retry", "10",
    ])
    let webhook = try #require(settings.sandbox.webhook)
    #expect(webhook.address.port == 8088 && webhook.secret.count == 24)
    #expect(webhook.duplicates == 0.5 && webhook.jitter == 5 && webhook.retry == 10)
    for arguments in [
      ["--webhook", "http://127.0.0.1:1/"], ["--webhook-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
      ["--webhook", "https://example.com/"], ["--webhook-jitter", "5"], ["--webhook-secret", "hunter2"],
    ] {
      #expect(throws: UsageError.self, "\(arguments)") { try SandboxSettings(arguments) }
    }
  }

  @Test func `the help names every option, fault and reading`() {
    for option in SandboxOption.allCases { #expect(SandboxSettings.help.contains(option.rawValue)) }
    for fault in Fault.allCases { #expect(SandboxSettings.help.contains(fault.rawValue)) }
    for reading in Readings.synopsis.split(separator: ", ") { #expect(SandboxSettings.help.contains(reading)) }
  }
}
