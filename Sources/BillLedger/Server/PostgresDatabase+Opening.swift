#if Postgres
  import BillModel
  import CPostgres
  import DurableFiles
  import Glibc

  extension PostgresDatabase {
    /// Connects to the server at an address, and makes sure that it keeps what it says it has kept.
    ///
    /// - Parameter observes: for reading alone.
    convenience init(_ url: LedgerURL, observes: Bool) throws(LedgerError) {
      guard !url.holdsSecret else { throw .secretInAddress(path: url.shown) }
      // What stands before dbname, the address has the last word of; what stands after it, we have.
      var parameters = [
        ("connect_timeout", "10"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "15000"),
      ]
      // Of several hosts the one that isn't a standby.
      if !observes, getenv("PGTARGETSESSIONATTRS") == nil {
        parameters.append(("target_session_attrs", PQlibVersion() >= 140_000 ? "primary" : "read-write"))
      }
      parameters += [("dbname", url.text), ("client_encoding", "UTF8"), ("application_name", Self.ownName)]
      if let password = ServerPassword.kept { parameters.append(("password", password)) }
      let keywords = parameters.map { strdup($0.0) }
      let values = parameters.map { strdup($0.1) }
      defer { for pointer in keywords + values { free(pointer) } }
      let connection = PQconnectdbParams(
        keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
      guard let connection else { throw .unreachable(path: url.shown, detail: "no memory for a connection") }
      guard PQstatus(connection) == CONNECTION_OK else {
        defer { PQfinish(connection) }
        let words = Self.line(PQerrorMessage(connection))
        throw PQconnectionNeedsPassword(connection) != 0 || PQconnectionUsedPassword(connection) != 0
          ? .refusedByServer(path: url.shown, detail: words + Self.passwordSources)
          : .unreachable(path: url.shown, detail: words)
      }
      self.init(connection, path: url.shown, observes: observes)
      try prepareSession()
      try checkPromises()
    }

    /// By which the server's administrators know this process, and other processes of ours whom they wait for.
    static var ownName: String { "billdrop \(getpid())@\(hostName)" }

    private static var hostName: String {
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { name in
        gethostname(name.baseAddress!, 255) == 0 ? String(cString: name.baseAddress!) : "?"
      }
    }

    /// Durable at every commit, and no session that hangs: one whose process has gone is ended by the server, and with it
    /// its locks. What a role, or a database, has as its own settings counts for nothing where billdrop relies on another:
    /// each statement sees what was committed before it, and a session lasts as long as its process, pauses and all.
    private func prepareSession() throws(LedgerError) {
      try execute(
        """
        SET client_min_messages = warning; SET idle_in_transaction_session_timeout = '10s';
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
        SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') IN ('off', 'local');
        SET default_transaction_isolation = 'read committed';
        SELECT set_config(name, '0', false) FROM pg_settings
          WHERE name IN ('idle_session_timeout', 'statement_timeout', 'transaction_timeout');
        SELECT set_config('default_transaction_read_only', '\(observes ? "on" : "off")', false);
        """)
    }

    /// Checks that the server takes changes: that it is no standby. Throws `readOnly` where it is one.
    func checkLead() throws(LedgerError) {
      let statement = PostgresStatement(self, "SELECT CASE WHEN pg_is_in_recovery() THEN 1 ELSE 0 END")
      defer { statement.reset() }
      guard try statement.step(), statement.integer(0) == 0 else { throw .readOnly(path: path) }
    }

    private static let passwordSources = ". A password comes from PGPASSFILE, passfile=, a service or PGPASSWORD"

    private func checkPromises() throws(LedgerError) {
      let statement = PostgresStatement(
        self,
        """
        SELECT current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'),
          current_schema()
        """)
      guard try statement.step() else { throw .refusedByServer(path: path, detail: "it has no settings") }
      defer { statement.reset() }
      guard statement.text(0) == "UTF8" else {
        throw .refusedByServer(path: path, detail: "the database's encoding is \(statement.text(0) ?? "?"), not UTF8")
      }
      for (column, name) in [(1 as Int32, "fsync"), (2, "full_page_writes")] where statement.text(column) != "on" {
        throw .undurable(path: path, setting: name)
      }
      guard !statement.isNull(3) else {
        throw .refusedByServer(
          path: path,
          detail: "no schema of its search_path is there, or its user may not use it. Make one (CREATE SCHEMA), or "
            + "GRANT USAGE, CREATE ON SCHEMA")
      }
    }
  }
#endif
