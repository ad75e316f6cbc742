#if Postgres
  import Foundation
  import PostgresProbe
  import Testing

  /// Several processes of `billdrop` that send one file together, over one ledger in PostgreSQL.
  @Suite(.fewAtATime, .enabled(if: PostgresServer.isInstalled))
  struct SharedFileTests {
    private let server: PostgresServer
    private let workspace: Workspace
    private let billdrop: Billdrop

    init() throws {
      server = try PostgresServer()
      try server.ask("CREATE SCHEMA billing")
      workspace = try Workspace(ledger: server.url(schema: "billing"))
      billdrop = Billdrop(workspace: workspace, environment: ["BILLDROP_LEASE_MS": "3000"])
    }

    /// A file whose rows all over have payers in common.
    private static func file(rows: Int) -> String {
      (1...rows).reduce(
        "external_reference,currency,amount_due,bill_date,customer.external_reference\n"
      ) { text, row in
        text + "F-\(row),ZAR,\(100 + row),2025-07-01,C-\(row % 40)\n"
      }
    }

    private func arguments(_ file: String, _ sandbox: Sandbox, rate: Int) -> [String] {
      billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: rate) + [
        "--range-rows", "20",
      ]
    }

    private func ranges() throws -> (taken: Int, holders: Int) {
      let answer = try server.ask(
        "SELECT count(*) || ' ' || count(DISTINCT lease) FROM billing.file_range WHERE lease IS NOT NULL"
      )
      let numbers = answer.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
      return (numbers[0], numbers[1])
    }

    /// Waits until so many processes have ranges of the file.
    private func waitFor(holders: Int) async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      // Before the first process there is no ledger.
      while (try? ranges().holders) ?? 0 < holders {
        try #require(ContinuousClock.now < deadline, "nobody else has joined")
        try await Task.sleep(for: .milliseconds(20))
      }
    }

    private func expectAll(_ rows: Int, at sandbox: Sandbox) async throws {
      let state = try await sandbox.state()
      #expect(state.objects.bills == rows && state.objects.customers == 40)
      let report = try workspace.report(of: "july.csv", command: "submit").table("rows.csv")
      #expect(report.rows.count == rows && report.rows.allSatisfy { $0["outcome"] == "created" })
      #expect(try server.ask("SELECT count(*) FROM billing.work_lease") == "0\n")
      #expect(try server.ask("SELECT count(*) FROM billing.file_range") == "0\n")
      #expect(
        try server.ask("SELECT count(*) FROM billing.file_run WHERE range_rows IS NOT NULL")
          == "0\n")
    }

    @Test func `three send one file together, each row once, and each ends with the file's end`()
      async throws
    {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(rows: 1_500), to: "july.csv")
      let programs = try (1...3).map { _ in try billdrop.start(arguments(file, sandbox, rate: 150))
      }
      try await waitFor(holders: 3)
      let status = try await billdrop.run("status", "--ledger", workspace.ledger)
      #expect(status.output.contains("july.csv is sent by 3 processes"), "\(status.output)")
      for program in programs {
        #expect(
          try await program.wait(atMost: .seconds(120)) == .exited(0), "\(program.errorText())")
        let summary = try JSONDecoder().decode(
          SummaryFile.self, from: Data(program.outputText().utf8))
        #expect(summary.verdict == "complete")
      }
      #expect(programs.count { $0.errorText().contains("sends rows of it too") } == 2)
      try await expectAll(1_500, at: sandbox)
    }

    @Test
    func `of one that stands still the others take over what it had, and it ends when it wakes`()
      async throws
    {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(rows: 1_500), to: "july.csv")
      // The first leads: its report is the second's, then.
      let first = try billdrop.start(arguments(file, sandbox, rate: 100))
      try await waitFor(holders: 1)
      let second = try billdrop.start(arguments(file, sandbox, rate: 100))
      try await waitFor(holders: 2)
      first.signal(SIGSTOP)
      #expect(try await second.wait(atMost: .seconds(120)) == .exited(0), "\(second.errorText())")
      first.signal(SIGCONT)
      #expect(try await first.wait(atMost: .seconds(60)) == .exited(75), "\(first.errorText())")
      try await expectAll(1_500, at: sandbox)
    }

    @Test func `one that is told to end leaves its rows to the others, and its report`()
      async throws
    {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(rows: 1_500), to: "july.csv")
      let first = try billdrop.start(arguments(file, sandbox, rate: 100))
      try await waitFor(holders: 1)
      let second = try billdrop.start(arguments(file, sandbox, rate: 100))
      try await waitFor(holders: 2)
      first.signal(SIGTERM)
      #expect(try await first.wait(atMost: .seconds(60)) == .exited(75), "\(first.errorText())")
      #expect(second.isRunning)
      #expect(try await second.wait(atMost: .seconds(120)) == .exited(0), "\(second.errorText())")
      try await expectAll(1_500, at: sandbox)
    }

    @Test func `where all die, the next goes on with the whole file`() async throws {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let file = try workspace.write(Self.file(rows: 900), to: "july.csv")
      let programs = try (1...2).map { _ in try billdrop.start(arguments(file, sandbox, rate: 100))
      }
      try await waitFor(holders: 2)
      for program in programs { program.signal(SIGKILL) }
      for program in programs { #expect(try await program.wait() == .signalled(9)) }
      var last = try await billdrop.run(arguments(file, sandbox, rate: 2_000), limit: .seconds(120))
      // Their sessions end when the server has seen that their sockets are closed.
      if last.status == 75 {
        last = try await billdrop.run(arguments(file, sandbox, rate: 2_000), limit: .seconds(120))
      }
      #expect(last.status == 0, "\(last.errors)")
      try await expectAll(900, at: sandbox)
    }

    @Test func `a large file out of a drop is sent by all who look there, and put away by one`() async throws {
      let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace, "--latency", "20"))
      let configuration = try place.configure(
        #""guard": "off", "limits": {"rate": 60, "range_rows": 20}"#, ledger: workspace.ledger)
      try place.put(Self.file(rows: 1_500), as: "july.csv")
      let arguments = ["run", "--config", configuration, "--format", "json"]
      let first = try billdrop.start(arguments)
      try await waitFor(holders: 1)
      let programs = [first, try billdrop.start(arguments)]
      for program in programs {
        #expect(try await program.wait(atMost: .seconds(180)) == .exited(0), "\(program.errorText())")
      }
      #expect(programs.count { $0.errorText().contains("sends rows of it too") } == 1)
      #expect(place.names("archive") == ["july.csv"])
      try await expectAll(1_500, at: place.sandbox)
    }

    @Test func `the refused rows of all are too many together`() async throws {
      let sandbox = try await Sandbox(in: workspace, "--latency", "20")
      let text = (1...900).reduce("external_reference,currency,amount_due,bill_date,customer\n") {
        text, row in
        text + "F-\(row),ZAR,100,2025-07-01,bcus_nobody\(row)\n"
      }
      let file = try workspace.write(text, to: "july.csv")
      let programs = try (1...2).map { _ in
        try billdrop.start(arguments(file, sandbox, rate: 100) + ["--max-refused", "60"])
      }
      for program in programs {
        #expect(
          try await program.wait(atMost: .seconds(120)) == .exited(75), "\(program.errorText())")
      }
      let refused =
        Int(
          try server.ask("SELECT sum(rows) FROM billing.row_count WHERE state = 14").filter(
            \.isNumber)) ?? 0
      // What was under way at both when the last one came, and no more.
      #expect(refused > 60 && refused < 400, "\(refused)")
    }
  }
#endif
