#if Postgres
  import BillModel
  import Glibc
  import PostgresProbe
  import Synchronization
  import Testing
  import Threads

  @testable import BillLedger

  /// What only a ledger at a server has; what it shares with a file, the other suites hold.
  @Suite(.enabled(if: LedgerServer.isThere)) struct ServerLedgerTests {
    private func open(_ url: String) throws(LedgerError) -> Ledger {
      try Ledger(path: url, environment: LedgerFixture.environment, now: LedgerFixture.start)
    }

    private func schema(of url: String) -> String { String(url.split(separator: "%3D").last ?? "") }

    @Test func `nobody has made a ledger by looking whether there is one`() throws {
      let url = LedgerServer.newSchema()
      #expect(try !Ledger.isThere(at: url))
      #expect(throws: LedgerError.notALedger(path: url)) { try Ledger(observing: url) }
      #expect(throws: LedgerError.notALedger(path: url)) { try Ledger(existing: url, now: LedgerFixture.start) }
      #expect(try !Ledger.isThere(at: url))
      _ = try open(url)
      #expect(try Ledger.isThere(at: url))
    }

    @Test func `while somebody uses a ledger its tables stay as they are, and others may look at it`() throws {
      let url = LedgerServer.newSchema()
      do {
        let ledger = try open(url)
        let further = Migration(version: Migration.all.count + 1, sql: "CREATE TABLE further (number INTEGER) STRICT")
        #expect(throws: LedgerError.locked(path: url, holder: PostgresDatabase.ownName)) {
          try Ledger(
            path: url, environment: LedgerFixture.environment, now: LedgerFixture.start,
            migrations: Migration.all + [further])
        }
        let run = try ledger.run()
        try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
        let other = try Ledger(observing: url)
        #expect(try other.counts(of: run) == RowCounts(intended: 1))
        #expect(throws: LedgerError.readOnly(path: url)) {
          try other.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .refused)] }
        }
      }
      _ = try open(url)
    }

    @Test func `another environment's ledger is left alone`() throws {
      let url = LedgerServer.newSchema()
      _ = try open(url)
      let other = EnvironmentStamp(origin: "https://api.example", mode: .live, merchant: "default")
      #expect(
        throws: LedgerError.otherEnvironment(path: url, recorded: LedgerFixture.environment, wanted: other)
      ) { try Ledger(path: url, environment: other, now: LedgerFixture.start) }
    }

    @Test func `tables of somebody else's are left alone`() throws {
      let url = LedgerServer.newSchema()
      try LedgerServer.shared.ask("CREATE TABLE \(schema(of: url)).bill (theirs text)")
      #expect(throws: LedgerError.notALedger(path: url)) { try open(url) }
      #expect(
        try LedgerServer.shared.ask(
          "SELECT string_agg(table_name, ',') FROM information_schema.tables WHERE table_schema = '\(schema(of: url))'")
          == "bill\n")
    }

    @Test func `a ledger of a newer version is left alone, an older one isn't looked at`() throws {
      let url = LedgerServer.newSchema()
      let known = Migration.all.count
      _ = try open(url)
      for (version, error) in [
        (known + 1, LedgerError.newerSchema(path: url, found: known + 1, known: known)),
        (known - 1, .olderSchema(path: url, found: known - 1, known: known)),
      ] {
        try LedgerServer.shared.ask("UPDATE \(schema(of: url)).billdrop_schema SET version = \(version)")
        #expect(throws: error) { try Ledger(observing: url) }
        if version > known { #expect(throws: error) { try open(url) } }
      }
    }

    @Test(arguments: 1...Migration.all.count)
    func `a ledger of each version is brought to the newest with all that it holds`(version: Int) throws {
      let url = LedgerServer.newSchema()
      _ = try Ledger(
        path: url, environment: LedgerFixture.environment, now: LedgerFixture.start,
        migrations: Array(Migration.all[..<version]))
      try LedgerServer.shared.ask(
        """
        SET search_path = \(schema(of: url));
        INSERT INTO file_run (id, digest, name, byte_count, layout_digest, layout_name, duplicates, state, started_at)
          VALUES (1, decode(repeat('00', 32), 'hex'), 'old.csv', 5, decode(repeat('00', 32), 'hex'), 'default',
            'reject', 'sending', 1);
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, bill_id, confirmed_by)
          VALUES (1, 1, 10, 1, 1, 'A', 'bill_1', 'answer');
        INSERT INTO bill (reference, file_run, record) VALUES ('A', 1, 1);
        INSERT INTO row_count (file_run, state, rows) VALUES (1, 10, 1);
        """)
      let ledger = try open(url)
      let run = FileRunID(1)
      #expect(try ledger.fileRun(run)?.file.name == "old.csv")
      #expect(try ledger.counts(of: run).settled == [.created: 1])
      #expect(try ledger.bill("A") == .settled(billID: "bill_1", by: RowAddress(fileRun: run, record: 1)))
      #expect(try ledger.identity().count == 16)
    }

    @Test func `a migration that fails leaves nothing of itself`() throws {
      let url = LedgerServer.newSchema()
      _ = try open(url)
      let broken = Migration(
        version: Migration.all.count + 1,
        sql: "CREATE TABLE further (number INTEGER) STRICT; INSERT INTO nowhere VALUES (1)")
      #expect(throws: LedgerError.self) {
        try Ledger(
          path: url, environment: LedgerFixture.environment, now: LedgerFixture.start,
          migrations: Migration.all + [broken])
      }
      let database = try open(url).database
      #expect(try database.integer("SELECT to_regclass('further') IS NULL") == 1)
      #expect(try database.integer("SELECT version FROM billdrop_schema") == Int64(Migration.all.count))
    }

    @Test func `a session that the server ends is an error, and nothing is asked again`() throws {
      let url = LedgerServer.newSchema()
      var ledger: Ledger? = try open(url)
      let run = try #require(ledger).run()
      try ledger?.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
      try LedgerServer.shared.ask(
        """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE application_name LIKE 'billdrop %' AND query_start IS NOT NULL AND pid IN (
          SELECT pid FROM pg_locks WHERE locktype = 'advisory'
            AND objid::bigint = hashtext('\(schema(of: url))')::bigint & 4294967295)
        """)
      for record in 2...3 {
        let error = #expect(throws: LedgerError.self) {
          try ledger?.commit(run) { $0.intents = [LedgerFixture.intent(record, "B\(record)")] }
        }
        guard case .connectionLost(url, _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
      ledger = nil
      #expect(try open(url).rows(of: run, after: 0, limit: 9).map(\.record) == [1])
    }

    @Test func `every commit that returned survives a server killed with SIGKILL`() throws {
      let server = try PostgresServer()
      defer { server.stop() }
      let url = LedgerServer.newSchema(at: server)
      var committed = 0
      var run = FileRunID(0)
      for round in 1...3 {
        let ledger = try open(url)
        run = try ledger.run()
        let error = #expect(throws: LedgerError.self) {
          while true {
            if committed == round * 20 { try server.crash() }
            try ledger.commit(run) { $0.intents = [LedgerFixture.intent(committed + 1, "INV-\(committed + 1)")] }
            committed += 1
          }
        }
        guard case .connectionLost = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        let refused = #expect(throws: LedgerError.self) { try open(url) }
        guard case .unreachable = refused else {
          Issue.record("\(String(describing: refused))")
          return
        }
        try server.start()
      }
      let ledger = try open(url)
      let records = try ledger.rows(of: run, after: 0, limit: 999).map(\.record)
      #expect(committed == 60 && records == Array(1...committed))
      #expect(try ledger.counts(of: run).intended == committed)
    }

    @Test(arguments: ["fsync", "full_page_writes"])
    func `a server that forgets with the power is refused`(setting: String) throws {
      let server = try PostgresServer(settings: ["\(setting)=off"])
      defer { server.stop() }
      let url = LedgerServer.newSchema(at: server)
      #expect(throws: LedgerError.undurable(path: url, setting: setting)) { try open(url) }
    }

    @Test func `a role may leave commits to chance elsewhere, not here`() throws {
      let server = try PostgresServer(settings: ["synchronous_commit=off"])
      defer { server.stop() }
      let database = try open(LedgerServer.newSchema(at: server)).database
      let statement = try Statement(database, "SELECT current_setting('synchronous_commit')")
      #expect(try statement.step() && statement.text(0) == "on")
    }

    @Test func `what a role has as its own settings counts for nothing where another is relied on`() throws {
      let server = try PostgresServer()
      defer { server.stop() }
      let url = LedgerServer.newSchema(at: server)
      for setting in [
        "default_transaction_isolation = 'repeatable read'", "idle_session_timeout = '1s'", "statement_timeout = '1s'",
        "client_min_messages = error", "default_transaction_read_only = on",
      ] { try server.ask("ALTER ROLE billdrop SET \(setting)") }
      let ledger = try open(url)
      for (name, value) in [
        ("transaction_isolation", "read committed"), ("idle_session_timeout", "0"), ("statement_timeout", "0"),
        ("transaction_read_only", "off"), ("client_min_messages", "warning"),
      ] {
        let statement = try Statement(ledger.database, "SELECT current_setting('\(name)')")
        #expect(try statement.step() && statement.text(0) == value, "\(name)")
      }
      usleep(1_500_000)
      _ = try ledger.run()
    }

    @Test func `rule 3: a commit whose standby was waited for in vain counts as lost, and the next opening reads it`()
      throws
    {
      let server = try PostgresServer()
      defer { server.stop() }
      let url = LedgerServer.newSchema(at: server)
      let ledger = try open(url)
      let run = try ledger.run()
      try server.ask("ALTER SYSTEM SET synchronous_standby_names = 'nosuch'")
      try server.ask("SELECT pg_reload_conf()")
      let isOver = Atomic<Bool>(false)
      let cancelling = BackgroundThread {
        while !isOver.load(ordering: .relaxed) {
          _ = try? server.ask(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
          usleep(50_000)
        }
      }
      defer {
        isOver.store(true, ordering: .relaxed)
        cancelling?.join()
      }
      let error = #expect(throws: LedgerError.self) {
        for record in 1...50 { try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "A\(record)")] } }
      }
      guard case .connectionLost(url, let words) = error, words.contains("synchronous replication") else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!ledger.isUsable)
      try server.ask("ALTER SYSTEM RESET synchronous_standby_names")
      try server.ask("SELECT pg_reload_conf()")
      #expect(try !open(url).rows(of: run, after: 0, limit: 99).isEmpty)
    }

    @Test func `of several hosts the one that takes changes is taken, and a standby alone is no ledger's`() throws {
      let (standby, primary) = (try PostgresServer(), try PostgresServer())
      defer {
        standby.stop()
        primary.stop()
      }
      try standby.becomeStandby()
      let url = LedgerServer.newSchema(at: primary)
      let both = url.replacing(primary.folder, with: "\(standby.folder),\(primary.folder)")
      _ = try open(both).run()
      let address = standby.url(schema: "public")
      let error = #expect(throws: LedgerError.self) { try open(address) }
      guard case .unreachable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let looks = try PostgresDatabase(try #require(LedgerURL(address)), observes: true)
      #expect(throws: LedgerError.readOnly(path: looks.path)) { try looks.checkLead() }
    }

    @Test func `a server that takes no more changes ends the connection, and what got into each other's way is undone`()
      throws
    {
      let url = LedgerServer.newSchema()
      let ledger = try open(url)
      for state in ["40001", "40P01"] {
        #expect(throws: LedgerError.collided(path: url)) {
          try ledger.database.execute("DO $$ BEGIN RAISE SQLSTATE '\(state)'; END $$")
        }
      }
      #expect(ledger.isUsable)
      try ledger.database.execute("SET default_transaction_read_only = on")
      let error = #expect(throws: LedgerError.self) { _ = try ledger.run() }
      guard case .connectionLost = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!ledger.isUsable)
    }

    @Test func `an unknown database, a role without rights and no schema are refused in words`() throws {
      let server = try PostgresServer()
      defer { server.stop() }
      try server.ask("CREATE ROLE guest LOGIN")
      let place = "?host=\(server.folder)"
      let errors = ["postgresql://billdrop@/nowhere\(place)", "postgresql://guest@/postgres\(place)"].map { url in
        #expect(throws: LedgerError.self) { try open(url) }
      }
      guard case .unreachable = errors[0], case .readOnly = errors[1] else {
        Issue.record("\(errors)")
        return
      }
      let error = #expect(throws: LedgerError.self) { try open(server.url(schema: "nowhere")) }
      guard case .refusedByServer = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }

    @Test func `sums and truths come as integers`() throws {
      let database = try open(LedgerServer.newSchema()).database
      for (sql, value) in [
        ("SELECT sum(x) FROM (VALUES (9000000000000000::bigint), (123456)) AS v (x)", 9_000_000_000_123_456 as Int64),
        ("SELECT -70000::numeric", -70_000), ("SELECT 0::numeric", 0), ("SELECT 10000::numeric", 10_000),
        ("SELECT true", 1), ("SELECT false", 0), ("SELECT (-3)::smallint", -3), ("SELECT NULL::bigint", 0),
        ("SELECT \(Int64.min)", Int64.min), ("SELECT count(*) FROM file_run", 0),
      ] {
        #expect(try database.integer(sql) == value, "\(sql)")
      }
    }

    @Test func `parameters are numbered as the server wants them`() {
      let (text, count) = PostgresDialect.statement("SELECT ?2, ?12 WHERE ?1 = ?2")
      #expect(text == "SELECT $2, $12 WHERE $1 = $2")
      #expect(count == 12)
    }
  }
#endif
