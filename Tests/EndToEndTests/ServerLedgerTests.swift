import SeededRandoms

#if Postgres
  import Foundation
  import PostgresProbe
  import Testing

  /// `billdrop` with a ledger in PostgreSQL, against the sandbox and a real server.
  @Suite(.fewAtATime, .enabled(if: PostgresServer.isInstalled))
  struct ServerLedgerTests {
    private let server: PostgresServer
    private let workspace: Workspace
    private let billdrop: Billdrop

    init() throws {
      server = try PostgresServer()
      try server.ask("CREATE SCHEMA billing")
      workspace = try Workspace(ledger: server.url(schema: "billing"))
      billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "100"])
    }

    @Test func `a file becomes the same report as by a ledger in a file, and is never sent twice`() async throws {
      let file = try workspace.write(BillFile.text(rows: 300) { $0 % 50 == 0 }, to: "july.csv")
      let other = try Workspace()
      let plain = Billdrop(workspace: other)
      var tables: [[[String: String]]] = []
      for (program, place) in [(billdrop, workspace), (plain, other)] {
        let sandbox = try await Sandbox(in: place, "--seed", "1")
        let result = try await program.submit(file, to: sandbox)
        #expect(result.status == 1, "\(result.errors)")
        #expect(try await sandbox.state().objects.bills == 294)
        let again = try await program.submit(file, to: sandbox)
        #expect(again.status == 0)
        #expect(try await sandbox.state().objects.bills == 294)
        let rows = try place.report(of: "july.csv", command: "submit").table("rows.csv").rows
        tables.append(
          rows.map { $0.filter { $0.key != "id" } }.sorted { $0["record"] ?? "" < $1["record"] ?? "" })
      }
      #expect(tables[0] == tables[1])
    }

    @Test func `plan, settle, status, report and doctor read the ledger where it is`() async throws {
      let sandbox = try await Sandbox(in: workspace)
      let file = try workspace.write(BillFile.text(rows: 60), to: "july.csv")
      let place = ["--endpoint", sandbox.endpoint, "--ledger", workspace.ledger]
      let unknown = try await billdrop.run(["settle", file] + place)
      #expect(unknown.status == 78 && unknown.errors.contains("no ledger"), "\(unknown.errors)")
      let plan = try await billdrop.run(["plan", file, "--format", "json"] + place)
      #expect(plan.status == 0, "\(plan.errors)")
      #expect(try await sandbox.state().objects.bills == 0)

      #expect(try await billdrop.submit(file, to: sandbox).status == 0)
      let known = try await billdrop.run(["plan", file, "--format", "json"] + place)
      #expect(known.status == 0 && known.output.contains("\"requests\""), "\(known.output)\(known.errors)")
      #expect(try await billdrop.run(["settle", file] + place).status == 0)

      let observer = Billdrop(workspace: workspace, key: nil)
      let status = try await observer.run("status", "--ledger", workspace.ledger)
      #expect(status.status == 0 && status.output.contains("july.csv"), "\(status.output)\(status.errors)")
      try FileManager.default.removeItem(atPath: workspace.reports)
      let report = try await observer.run(
        "report", file, "--ledger", workspace.ledger, "--reports", workspace.reports)
      #expect(report.status == 0, "\(report.errors)")
      #expect(try workspace.report(of: "july.csv", command: "submit").table("rows.csv").rows.count == 60)
      let doctor = try await billdrop.run(["doctor", "--reports", workspace.reports] + place)
      #expect(doctor.output.contains("answers."), "\(doctor.output)\(doctor.errors)")
      let events = try await observer.run("events", "list", "--ledger", workspace.ledger)
      #expect(events.status == 78 && events.errors.contains("file"), "\(events.errors)")
    }

    @Test func `what runs elsewhere is told by status, and nobody else takes the file meanwhile`() async throws {
      let sandbox = try await Sandbox(in: workspace)
      let file = try workspace.write(BillFile.text(rows: 4_000), to: "long.csv")
      let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200))
      while try await sandbox.state().objects.bills < 50 { try await Task.sleep(for: .milliseconds(20)) }
      let second = try await billdrop.submit(file, to: sandbox)
      #expect(second.status == 75 && second.errors.contains("is being worked on by billdrop"), "\(second.errors)")
      let status = try await billdrop.run("status", "--ledger", workspace.ledger, "--format", "json")
      #expect(status.output.contains(#""stage":"sending""#), "\(status.output)")
      program.signal(SIGINT)
      #expect(try await program.wait() == .exited(75))
    }

    @Test func `drops are worked off, and a server that is down ends the run resumable`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
      let configuration = try place.configure(ledger: workspace.ledger)
      try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "july.csv")
      #expect(try await place.run(configuration).status == 1)
      #expect(place.names("archive") == ["july.csv"])
      try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "again.csv")
      let again = try await place.run(configuration)
      #expect(again.status == 0 && again.output.contains("duplicate"), "\(again.output)\(again.errors)")
      try place.put(BillFile.text(rows: 20, prefix: "N"), as: "next.csv")
      try server.crash()
      let down = try await place.run(configuration)
      #expect(down.status == 75 && down.errors.contains("can't be reached"), "\(down.errors)")
      #expect(place.names("inbound") == ["next.csv"])
      try server.start()
      #expect(try await place.run(configuration).status == 0)
      #expect(try await place.sandbox.state().objects.bills == 59)
    }

    @Test func `killed itself or with its server at random moments, every row is created once`() async throws {
      let given = ProcessInfo.processInfo.environment["BILLDROP_SEED"].flatMap(UInt64.init)
      var random = SeededRandom(seed: given ?? UInt64.random(in: 1...999_999))
      print("ServerLedgerTests: seed \(random.seed) (BILLDROP_SEED=\(random.seed) repeats it)")
      let rows = 2_000
      let sandbox = try await Sandbox(
        in: workspace, "--latency", "8", "--faults",
        "drop-before=0.01,drop-after=0.01,500-after=0.01,503=0.01,half=0.01",
        "--seed", String(random.seed))
      let file = try workspace.write(BillFile.text(rows: rows), to: "july.csv")
      let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 600) + ["--in-flight", "64"]
      var created = 0
      var ends: [String] = []
      for kill in 1...12 {
        let target = created + Int.random(in: 1...max(2, (rows - created) / (14 - kill)), using: &random)
        let program = try billdrop.start(arguments)
        while program.isRunning, created < target {
          try await Task.sleep(for: .milliseconds(3))
          created = try await sandbox.state().objects.bills
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000, using: &random)))
        if kill % 3 == 0 {
          try server.crash()
          let ending = try await program.wait()
          #expect(ending == .exited(75), "\(program.errorText())")
          #expect(program.errorText().contains("the connection to the ledger"), "\(program.errorText())")
          try server.start()
        } else {
          program.signal(SIGKILL)
          #expect(try await program.wait() == .signalled(9), "\(program.errorText())")
        }
        ends.append(try server.ask("SELECT count(*) FROM billing.file_row WHERE state IN (0, 1)"))
        created = try await sandbox.state().objects.bills
      }
      print("ServerLedgerTests: unresolved after each: \(ends.map { $0.trimmingCharacters(in: .newlines) })")
      var result = try await billdrop.run(arguments, limit: .seconds(180))
      for _ in 0..<10 where result.status == 75 { result = try await billdrop.run(arguments, limit: .seconds(180)) }
      #expect(result.status == 0, "\(result.errors)")
      let bills = try await sandbox.bills()
      #expect(bills.count == rows && Set(bills.map(\.external_reference)) == Set((1...rows).map { "B-\($0)" }))
      let report = try workspace.report(of: "july.csv", command: "submit").table("rows.csv")
      #expect(report.rows.allSatisfy { $0["outcome"] == "created" } && report.rows.count == rows)
      let ids = Dictionary(bills.map { ($0.external_reference, $0.id) }) { first, _ in first }
      #expect(report.rows.allSatisfy { $0["id"] == ids[$0["external_reference"] ?? ""] })
    }

    @Test func `a password comes from a file, and one in the address is refused and told nowhere`() async throws {
      let secret = "Kw7-hunter2"
      let server = try PostgresServer(password: secret)
      try server.ask("CREATE SCHEMA billing")
      let workspace = try Workspace(ledger: server.url(schema: "billing"))
      let sandbox = try await Sandbox(in: workspace)
      let file = try workspace.write(BillFile.text(rows: 10), to: "july.csv")
      let none = try await Billdrop(workspace: workspace).submit(file, to: sandbox)
      #expect(none.status == 78 && none.errors.contains("PGPASSFILE"), "\(none.errors)")
      // Outside of the workspace, which is searched for it.
      let passes = try Workspace()
      let pass = try passes.write("*:*:*:billdrop:\(secret)\n", to: "pass")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pass)
      let billdrop = Billdrop(workspace: workspace, environment: ["PGPASSFILE": pass])
      #expect(try await billdrop.submit(file, to: sandbox).status == 0)

      let address = workspace.ledger.replacing("billdrop@", with: "billdrop:\(secret)@")
      for command in [
        ["submit", file, "--endpoint", sandbox.endpoint], ["status"], ["doctor"], ["events", "list"],
        ["plan", file, "--endpoint", sandbox.endpoint],
      ] {
        let result = try await billdrop.run(command + ["--ledger", address])
        #expect(result.status != 0 && !result.output.contains(secret) && !result.errors.contains(secret), "\(command)")
      }
      let place = try DropPlace(workspace, billdrop, sandbox)
      let configuration = try place.configure(ledger: address)
      let check = try await billdrop.run("config", "check", configuration)
      #expect(check.status == 78 && (check.output + check.errors).contains("holds a password"), "\(check)")
      #expect(!(check.output + check.errors).contains(secret))
      #expect(try workspace.files(containing: secret) == [configuration])
    }

    @Test func `a password in the environment is wiped there, and no program that is started gets it`() async throws {
      let secret = "Kw7-hunter3"
      let server = try PostgresServer(password: secret)
      try server.ask("CREATE SCHEMA billing")
      let workspace = try Workspace(ledger: server.url(schema: "billing"))
      let billdrop = Billdrop(workspace: workspace, environment: ["PGPASSWORD": secret, "HARMLESS": "passed-on"])
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
      let seen = workspace.path("seen")
      let configuration = try place.configure(
        #""filter": ["sh", "-c", "env > \#(seen); tr '\\0' '\\n' < /proc/$PPID/environ >> \#(seen); cat"]"#,
        ledger: workspace.ledger)
      try place.put(BillFile.text(rows: 3), as: "july.csv")
      let result = try await place.run(configuration)
      #expect(result.status == 0, "\(result.errors)")
      let environment = try String(contentsOfFile: seen, encoding: .utf8)
      #expect(environment.contains("HARMLESS=passed-on") && environment.contains("PGPASSWORD="))
      #expect(!environment.contains(secret))
      #expect(try workspace.files(containing: secret).isEmpty)
    }

    @Test func `forget clears the API's words at the server, and status finds it by the configuration`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
      let configuration = try place.configure(ledger: workspace.ledger)
      let early = try await billdrop.run("status", "--config", configuration)
      #expect(early.status == 0 && early.errors.contains("there is no ledger at"), "\(early.errors)")
      try place.put(
        "external_reference,currency,amount_due,bill_date,account\nB-1,ZAR,100,2025-07-01,bacc_none1\n", as: "no.csv")
      #expect(try await place.run(configuration).status == 1)
      #expect(try server.ask("SELECT count(message) FROM billing.file_row") == "1\n")
      let status = try await billdrop.run("status", "--config", configuration)
      #expect(status.status == 0 && status.output.contains("no.csv"), "\(status.output)\(status.errors)")
      for words in [["--config", configuration], ["--ledger", workspace.ledger]] {
        let plan = try await billdrop.run(["forget", "no.csv"] + words)
        #expect(plan.status == 0 && plan.output.contains("1 text"), "\(plan.output)\(plan.errors)")
      }
      let done = try await billdrop.run("forget", "no.csv", "--copies", "--config", configuration, "--yes")
      #expect(done.status == 0 && done.output.contains("cleared"), "\(done.output)\(done.errors)")
      #expect(try server.ask("SELECT count(message) FROM billing.file_row") == "0\n")
      #expect(place.names("archive").isEmpty)
      let gone = try await billdrop.run("forget", "no.csv", "--ledger", server.url(schema: "public"))
      #expect(gone.status == 78 && gone.errors.contains("no ledger"), "\(gone.errors)")
    }
  }
#endif
