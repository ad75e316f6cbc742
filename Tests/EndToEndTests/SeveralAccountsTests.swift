import Foundation
import Testing

/// Feeds of several accounts in one drop: what keeps one from being sent is nobody else's matter.
@Suite(.fewAtATime)
struct SeveralAccountsTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Two feeds, `a` and `b`, in one drop; `first` and `second` are members of JSON objects.
  private func configure(_ endpoint: String, first: String, second: String = "", top: String = "") throws -> String {
    func feed(_ name: String, _ more: String) -> String {
      #""\#(name)": {"drop": {"path": "drop"}, "files": "\#(name)_.*\\.csv", "complete": {"seconds": 0.2}"#
        + (more.isEmpty ? "}" : ", \(more)}")
    }
    return try workspace.write(
      #"{"api": {"endpoint": "\#(endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports", \#(top)"feeds": {"#
        + feed("a", first) + ", " + feed("b", second) + "}}", to: "accounts.json")
  }

  @Test(arguments: [
    #""limits": {"quiet": ["00:00-12:00", "12:00-24:00"], "zone": "UTC"}"#, #""limits": {"daily": 5}"#,
  ])
  func `what an account's limits keep back starves no other account's files`(limits: String) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let place = try DropPlace(workspace, billdrop, sandbox)
    let configuration = try configure(sandbox.endpoint, first: limits)
    for name in ["a_1", "a_2", "b_1"] { try place.put(BillFile.text(rows: 9, prefix: name), as: "\(name).csv") }
    for _ in 1...2 {
      let pass = try await place.run(configuration)
      #expect(pass.status == 75, "\(pass.output)\(pass.errors)")
      #expect(place.names("archive") == ["b_1.csv"], "\(pass.output)\(pass.errors)")
      #expect(place.claimed == ["a_1.csv"] && place.names("inbound") == ["a_2.csv"])
    }
  }

  @Test func `a refused key keeps no other account from its files, and a service goes on with these`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    var keyless = billdrop
    keyless.key = nil
    let place = try DropPlace(workspace, keyless, sandbox)
    let keys = ["wrong": "sk_test_wrong", "right": Billdrop.key]
    for (name, key) in keys {
      let path = try workspace.write(key, to: name)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    func api(_ key: String) -> String { #""api": {"endpoint": "\#(sandbox.endpoint)", "key_file": "\#(key)"}"# }
    let top = #""poll": 0.3, "#
    let configuration = try configure(sandbox.endpoint, first: api("wrong"), second: api("right"), top: top)
    for name in ["a_1", "a_2", "b_1"] { try place.put(BillFile.text(rows: 9, prefix: name), as: "\(name).csv") }
    let pass = try await place.run(configuration)
    #expect(pass.status == 77, "\(pass.output)\(pass.errors)")
    #expect(place.names("archive") == ["b_1.csv"] && place.names("inbound") == ["a_2.csv"])

    let watching = try keyless.start(["run", "--config", configuration, "--watch"])
    try await until("told, \(watching.errorText())") { watching.errorText().contains("refuses the key of a:") }
    try place.put(BillFile.text(rows: 9, prefix: "b_2"), as: "b_2.csv")
    try await until("taken, \(watching.errorText())") { place.names("archive") == ["b_1.csv", "b_2.csv"] }
    #expect(place.claimed == ["a_1.csv"] && place.names("inbound") == ["a_2.csv"])
    // Without a right key at all there is nothing to go on with.
    _ = try configure(sandbox.endpoint, first: api("wrong"), second: api("wrong"), top: top)
    watching.signal(SIGHUP)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(77), "\(watching.errorText())")
  }

  private func until(_ what: @autoclosure () -> String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(40)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what())") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
