#if Postgres
  import Foundation
  import PostgresProbe
  import Testing

  /// Several processes of `billdrop` over one ledger in PostgreSQL.
  @Suite(.fewAtATime, .enabled(if: PostgresServer.isInstalled))
  struct ServerHostsTests {
    private let server: PostgresServer
    private let workspace: Workspace
    private let billdrop: Billdrop

    init() throws {
      server = try PostgresServer()
      try server.ask("CREATE SCHEMA billing")
      workspace = try Workspace(ledger: server.url(schema: "billing"))
      billdrop = Billdrop(workspace: workspace, environment: ["BILLDROP_LEASE_MS": "3000"])
    }

    /// A file whose payers are those of all other files: each customer is made once, by whoever comes first.
    private static func file(_ number: Int, rows: Int) -> String {
      (1...rows).reduce("external_reference,currency,amount_due,bill_date,customer.external_reference\n") { text, row in
        text + "F\(number)-\(row),ZAR,\(100 + row),2025-07-01,C-\(row % 40)\n"
      }
    }

    @Test func `two work off one drop: every file is one's, every bill and every party there once`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "400"))
      let configuration = try place.configure(ledger: workspace.ledger)
      for number in 1...6 { try place.put(Self.file(number, rows: 120), as: "file-\(number).csv") }
      let arguments = ["run", "--config", configuration, "--format", "json"]
      let programs = try (1...2).map { _ in try billdrop.start(arguments) }
      for program in programs {
        #expect(try await program.wait(atMost: .seconds(120)) == .exited(0), "\(program.errorText())")
      }
      #expect(place.names("archive") == (1...6).map { "file-\($0).csv" })
      let state = try await place.sandbox.state()
      #expect(state.objects.bills == 720 && state.objects.customers == 40)
      #expect(Set(try await place.sandbox.bills().map(\.external_reference)).count == 720)
      // Each had some: while one had a file, the other took the next.
      for program in programs { #expect(program.outputText().contains("file-"), "\(program.outputText())") }
      #expect(try server.ask("SELECT count(*) FROM billing.work_lease") == "0\n")
    }

    @Test func `two that call one drop by different paths leave each other's claims alone`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "400"))
      let configuration = try place.configure(ledger: workspace.ledger)
      try FileManager.default.createSymbolicLink(atPath: workspace.path("alias"), withDestinationPath: "drop")
      let other = try workspace.write(
        String(contentsOfFile: configuration, encoding: .utf8).replacing(#""path": "drop""#, with: #""path": "alias""#),
        to: "other.json")
      for number in 1...2 { try place.put(Self.file(number, rows: 120), as: "file-\(number).csv") }
      let programs = try [configuration, other].map { try billdrop.start(["run", "--config", $0, "--format", "json"]) }
      var leases = ""
      try await until("a lease") {
        leases = (try? server.ask("SELECT work FROM billing.work_lease WHERE work LIKE 'drop %'")) ?? ""
        return !leases.isEmpty
      }
      // Each has the files by the same names, and neither by a path.
      #expect(!leases.contains("drop/file") && !leases.contains("alias/file"), "\(leases)")
      for program in programs {
        #expect(try await program.wait(atMost: .seconds(120)) == .exited(0), "\(program.errorText())")
      }
      #expect(place.names("archive") == ["file-1.csv", "file-2.csv"])
      #expect(try await place.sandbox.state().objects.bills == 240)
      #expect(try server.ask("SELECT count(*) FROM billing.drop_file") == "2\n")
    }

    @Test func `what several find at the same moment is told once`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
      let notes = workspace.path("notes.txt")
      let script = try workspace.write("#!/bin/sh\nsleep 1\ncat >> \(notes)\necho >> \(notes)\n", to: "note.sh")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
      let configuration = try place.configure(
        #""files": "bills-(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv", "expect": {"time": "00:01", "zone": "UTC"}"#,
        top: #""notify": {"on_missing": ["\#(script)"]}"#, ledger: workspace.ledger)
      _ = try await place.run(configuration)
      try server.ask("UPDATE billing.feed SET watched_since = watched_since - 86400000")
      let programs = try (1...3).map { _ in try billdrop.start(["run", "--config", configuration]) }
      for program in programs { _ = try await program.wait(atMost: .seconds(120)) }
      let told = try String(contentsOfFile: notes, encoding: .utf8).split(separator: "\n")
      #expect(!told.isEmpty && Set(told).count == told.count, "\(told)")
      #expect(try server.ask("SELECT count(*) FROM billing.work_lease") == "0\n")
    }

    @Test func `one that stands still is taken over, and sends and writes nothing when it wakes`() async throws {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(1, rows: 1_500), to: "july.csv")
      let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 300)
      let first = try billdrop.start(arguments)
      while try await sandbox.state().objects.bills < 100 { try await Task.sleep(for: .milliseconds(10)) }
      first.signal(SIGSTOP)
      let early = try await billdrop.run(arguments)
      #expect(early.status == 75 && early.errors.contains("is being worked on by billdrop"), "\(early.errors)")
      var second = early
      let deadline = ContinuousClock.now + .seconds(60)
      while second.status == 75, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(300))
        second = try await billdrop.run(arguments, limit: .seconds(120))
      }
      #expect(second.status == 0, "\(second.errors)")
      let bills = try await sandbox.state().objects.bills
      #expect(bills == 1_500)
      let report = try workspace.report(of: "july.csv", command: "submit").table("rows.csv")
      first.signal(SIGCONT)
      #expect(try await first.wait(atMost: .seconds(60)) == .exited(75), "\(first.errorText())")
      // Stopped within a transaction, it finds that the server has ended its session.
      let words = ["another process has taken over", "the connection to the ledger"]
      #expect(words.contains { first.errorText().contains($0) }, "\(first.errorText())")
      #expect(try await sandbox.state().objects.bills == bills)
      #expect(try workspace.report(of: "july.csv", command: "submit").table("rows.csv").rows == report.rows)
      #expect(report.rows.allSatisfy { $0["outcome"] == "created" })
    }

    @Test func `one that is killed leaves its file to the next at once`() async throws {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(1, rows: 600), to: "july.csv")
      let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 300)
      let first = try billdrop.start(arguments)
      while try await sandbox.state().objects.bills < 100 { try await Task.sleep(for: .milliseconds(10)) }
      first.signal(SIGKILL)
      #expect(try await first.wait() == .signalled(9))
      var second = try await billdrop.run(arguments, limit: .seconds(120))
      // Its sessions end when the server has seen that their sockets are closed.
      if second.status == 75 { second = try await billdrop.run(arguments, limit: .seconds(120)) }
      #expect(second.status == 0, "\(second.errors)")
      #expect(try await sandbox.state().objects.bills == 600)
    }

    @Test func `one that watches goes on when its sessions were ended, between files and within one`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "20"))
      let configuration = try place.configure(
        #""limits": {"rate": 300}"#, top: #""poll": 1"#, ledger: workspace.ledger)
      let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
      try await until("watching") { watching.errorText().contains("watching nightly") }
      try endSessions()
      try place.put(Self.file(1, rows: 30), as: "a.csv")
      try await until("the first, \(watching.errorText())") { place.names("archive") == ["a.csv"] }
      try place.put(Self.file(2, rows: 900), as: "b.csv")
      try await until("sending") { try await place.sandbox.state().objects.bills > 130 }
      try endSessions()
      try await until("the second, \(watching.errorText())") { place.names("archive") == ["a.csv", "b.csv"] }
      let references = try await place.sandbox.bills().map(\.external_reference)
      #expect(references.count == 930 && Set(references).count == 930)
      watching.signal(SIGTERM)
      #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
    }

    /// As when the server begins anew.
    private func endSessions() throws {
      try server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'billdrop %'")
    }

    private func until(_ what: @autoclosure () -> String, _ isSo: () async throws -> Bool) async throws {
      let deadline = ContinuousClock.now + .seconds(100)
      while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw TestFault("never: \(what())") }
        try await Task.sleep(for: .milliseconds(50))
      }
    }

    @Test func `a file that one has left unsent, the others wait for too`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
      let bill = try workspace.write(BillFile.text(rows: 1), to: "bill.csv")
      #expect(try await billdrop.run(billdrop.submitArguments(bill, endpoint: place.sandbox.endpoint)).status == 0)
      _ = try workspace.write(
        #"{"name": "voids", "operation": "void", "format": "csv", "fields": {"external_reference": "external_reference"}}"#,
        to: "void.json")
      let names = #""files": "pay_(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv", "order": {}"#
      let ill = try place.configure(
        names + #", "layout": [{"files": ".*01.csv", "layout": "void.json"}, {"files": ".*", "layout": "payment"}]"#,
        ledger: workspace.ledger)
      for (day, amount) in [(1, 100), (2, 240)] {
        try place.put("external_reference,currency,amount_paid\nB-1,ZAR,\(amount)\n", as: "pay_2026-03-0\(day).csv")
      }
      let programs = try (1...3).map { _ in try billdrop.start(["run", "--config", ill, "--format", "json"]) }
      for program in programs {
        _ = try await program.wait(atMost: .seconds(120))
        #expect(place.names("archive").isEmpty, "\(program.outputText())\(program.errorText())")
      }
      #expect(place.names("inbound") == ["pay_2026-03-02.csv"] && place.claimed == ["pay_2026-03-01.csv"])
      let well = try place.configure(names + #", "layout": "payment""#, ledger: workspace.ledger)
      let both = try (1...2).map { _ in try billdrop.start(["run", "--config", well, "--format", "json"]) }
      for program in both { _ = try await program.wait(atMost: .seconds(120)) }
      if place.names("archive").count < 2 { _ = try await place.run(well) }
      #expect(place.names("archive") == ["pay_2026-03-01.csv", "pay_2026-03-02.csv"])
      #expect(try await place.sandbox.bills().map(\.amount_paid) == [240])
    }

    @Test func `files of a feed with an order aren't worked on side by side`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "30"))
      let configuration = try place.configure(
        #""files": "bills_(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv", "order": {}, "guard": "off""#,
        ledger: workspace.ledger)
      for day in 1...4 { try place.put(Self.file(day, rows: 60), as: "bills_2025-07-0\(day).csv") }
      let programs = try (1...3).map { _ in try billdrop.start(["run", "--config", configuration, "--format", "json"]) }
      for program in programs {
        #expect(try await program.wait(atMost: .seconds(120)) == .exited(0), "\(program.errorText())")
        #expect(!program.outputText().contains("held"), "\(program.outputText())")
      }
      #expect(place.names("archive").count == 4)
      let order = try server.ask("SELECT name FROM billing.file_run ORDER BY id").split(separator: "\n")
      #expect(order == order.sorted() && order.count == 4)
    }
  }
#endif
