import Foundation
import Testing

/// Secrets go to the API and nowhere else: what other processes, children and the environment can see and do.
@Suite(.fewAtATime) struct SecretTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `the key stands in no argument and in no environment of a process at work`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "200")
    let file = try workspace.write(BillFile.text(rows: 300), to: "july.csv")
    var arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 40)
    arguments += ["--in-flight", "2"]
    let program = try billdrop.start(arguments)
    let deadline = ContinuousClock.now + .seconds(30)
    while try await sandbox.state().requests.isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try !program.proc("cmdline").contains(Billdrop.key))
    // Root alone may look at it.
    if getuid() == 0 {
      let environment = try program.proc("environ")
      #expect(environment.contains("MOMENT_API_KEY="), "it was given in the environment")
      #expect(!environment.contains(Billdrop.key))
    }
    program.signal(SIGTERM)
    #expect(try await program.wait() == .exited(75), "\(program.errorText())")
  }

  @Test func `no core file is written, wherever the key came from`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "200")
    let file = try workspace.write(BillFile.text(rows: 300), to: "july.csv")
    let key = try workspace.write(Billdrop.key, to: "key")
    let keyless = Billdrop(workspace: workspace, key: nil, prelude: "{ ulimit -c unlimited || true; }")
    let program = try keyless.start(
      keyless.submitArguments(file, endpoint: sandbox.endpoint, rate: 40) + ["--in-flight", "2", "--key-file", key])
    let deadline = ContinuousClock.now + .seconds(30)
    while try await sandbox.state().requests.isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    let limit = try program.proc("limits").split(separator: "\n").first { $0.hasPrefix("Max core file size") }
    #expect(limit?.split(separator: " ").suffix(3).prefix(2) == ["0", "0"], "\(limit ?? "")")
    program.signal(SIGTERM)
    #expect(try await program.wait() == .exited(75), "\(program.errorText())")
  }

  @Test func `no other process of its user can look into one at work`() throws {
    // A copy that any user reaches: where this is root, both are another one's, whom nothing else keeps from it.
    let copy = workspace.path("billdrop")
    try FileManager.default.copyItem(atPath: Place.binaries.appending(path: "billdrop").path, toPath: copy)
    chmod(workspace.folder.path, 0o777)
    let looking = """
      exec 3<&0
      TMPDIR=${0%/*} "$0" validate - <&3 >/dev/null 2>&1 &
      for attempt in $(seq 100); do cat /proc/$!/environ >/dev/null 2>&1 || break; sleep 0.1; done
      cat /proc/$!/environ >/dev/null 2>&1 && echo "can be read"
      cat /proc/$!/comm
      kill -9 $!
      """
    let another = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = (getuid() == 0 ? another : []) + ["sh", "-c", looking, copy]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.start()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try input.fileHandleForWriting.close()
    #expect(String(decoding: data, as: UTF8.self) == "billdrop\n")
  }

  @Test func `a program that billdrop starts gets no secret of its environment`() async throws {
    var billdrop = billdrop
    let (receipt, layoutKey) = ("receipt-secret-0123456789abcdef0123", "layout-secret-0123456789abcdef0123456")
    billdrop.environment = ["BILLDROP_RECEIPT_KEY": receipt, "PLANTED_LAYOUT_KEY": layoutKey, "HARMLESS": "passed-on"]
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let columns = ["external_reference", "currency", "amount_due", "bill_date", "due_date"]
    let fields = columns.map { "\"\($0)\": {\"column\": \"\($0)\"}," }.joined(separator: "\n")
    _ = try workspace.write(
      #"""
      {"name": "keyed", "format": "csv", "fields": {\#(fields)
       "customer.external_reference": {
         "column": "account.customer.external_reference", "steps": [{"hmac": {"key_env": "PLANTED_LAYOUT_KEY"}}]}}}
      """#, to: "keyed.layout.json")
    let seen = workspace.path("seen")
    let configuration = try place.configure(
      #""layout": "keyed.layout.json", "filter": ["sh", "-c", "env > \#(seen); tr '\\0' '\\n' < /proc/$PPID/environ >> \#(seen); cat"]"#
    )
    try place.put(BillFile.text(rows: 3), as: "july.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    let environment = try String(contentsOfFile: seen, encoding: .utf8)
    #expect(environment.contains("HARMLESS=passed-on"))
    for secret in [Billdrop.key, receipt, layoutKey] { #expect(!environment.contains(secret)) }
  }

  @Test func `secrets that a configuration names are gone before a filter of an earlier feed runs`() async throws {
    var billdrop = billdrop
    let secrets = ["A", "B", "C", "D"].map { "planted-secret-\($0)-0123456789abcdef" }
    let names = ["PLANTED_PASSWORD", "PLANTED_PASSPHRASE", "PLANTED_HOOK", "BILLDROP_WEBHOOK_SECRET"]
    billdrop.environment = Dictionary(uniqueKeysWithValues: zip(names, secrets))
    billdrop.environment["PLANTED_HOOK"] = "whsec_" + Data(secrets[2].utf8).base64EncodedString()
    billdrop.environment["HARMLESS"] = "passed-on"
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let seen = workspace.path("seen")
    let host = #""host_keys": ["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]"#
    let filter = "env > \(seen); tr '\\\\0' '\\\\n' < /proc/$PPID/environ >> \(seen); cat"
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)"}, "limits": {"rate": 2000}, "ledger": "ledger.sqlite",
       "notify": {"webhook": {"url": "http://127.0.0.1:9/x", "secret_env": "PLANTED_HOOK", "events": ["missing"]}},
       "feeds": {
        "near": {"drop": {"path": "drop"}, "complete": {"seconds": 0.1}, "filter": ["sh", "-c", "\(filter)"]},
        "far": {"drop": {"url": "sftp://u@127.0.0.1:9/a", "password_env": "PLANTED_PASSWORD", \(host)}},
        "keyed": {"drop": {"url": "sftp://u@127.0.0.1:9/b", "key_file": "key", "passphrase_env": "PLANTED_PASSPHRASE", \(host)}}}}
      """, to: "billdrop.json")
    try place.put(BillFile.text(rows: 3), as: "july.csv")
    let result = try await place.run(configuration)
    let environment = try String(contentsOfFile: seen, encoding: .utf8)
    #expect(environment.contains("HARMLESS=passed-on"), "\(result.errors)")
    for value in billdrop.environment.values where value != "passed-on" { #expect(!environment.contains(value)) }
  }

  @Test func `a program that billdrop starts has the home that billdrop has`() async throws {
    let place = try await SFTPPlace(workspace, billdrop)
    let folder = workspace.path("home/.ssh")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: place.server.knownHosts, toPath: folder + "/known_hosts")
    let seen = workspace.path("seen")
    let configuration = try place.configure(
      drop: #""key_file": "ssh/user""#, #""filter": ["sh", "-c", "echo \"$HOME\" > \#(seen); cat"]"#)
    try place.put(BillFile.text(rows: 3), as: "july.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try String(contentsOfFile: seen, encoding: .utf8) == workspace.path("home") + "\n")
  }

  @Test func `the secret of events stands in no environment of a process at work`() async throws {
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    #expect(try await billdrop.submit(file, to: Sandbox(in: workspace)).status == 0)
    let server = try await EventsServer(billdrop)
    let environment = try server.program.proc("environ")
    #expect(environment.contains("BILLDROP_WEBHOOK_SECRET="), "it was given in the environment")
    #expect(!environment.contains(EventsServer.secret))
    #expect(try await server.stop() == .exited(0), "\(server.program.errorText())")
  }

  @Test func `no variable of the environment makes an untrusted certificate trusted`() async throws {
    let sandbox = try await Sandbox(in: workspace, secure: true)
    let authority = try #require(sandbox.caFile)
    var billdrop = billdrop
    billdrop.environment = [
      "SSL_CERT_FILE": authority, "CURL_CA_BUNDLE": authority, "SSL_CERT_DIR": workspace.folder.path,
      "CURL_INSECURE": "1", "CURL_HOME": workspace.folder.path,
    ]
    _ = try workspace.write("insecure\n", to: ".curlrc")
    let file = try workspace.write(BillFile.text(rows: 3), to: "july.csv")
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 69)
    #expect(try await sandbox.state().requests.isEmpty)
  }

  @Test func `no option and no member of a configuration switches verification off`() async throws {
    for word in ["--insecure", "-k", "--no-verify", "--tls-verify"] {
      #expect(try await billdrop.run("submit", "x.csv", word).status == 64, "\(word)")
    }
    let file = try workspace.write(#"{"api": {"insecure": true, "verify": false}, "feeds": {}}"#, to: "billdrop.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    #expect(result.output.contains("/api/insecure") && result.output.contains("/api/verify"), "\(result.output)")
  }
}
