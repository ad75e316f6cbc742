#if Postgres
  import CPostgres
  import Glibc

  /// A connection to one PostgreSQL server, for one thread. Closed with its last reference.
  ///
  /// Each call is one question and its answer. An answer that doesn't come within `patience`, and a connection that
  /// ends, are `connectionLost`; nothing is ever asked a second time, and the connection is of no more use then.
  final class PostgresDatabase {
    /// The address without secrets, by which errors name it.
    let path: String
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    private(set) var changedRows = 0

    private let connection: OpaquePointer
    let observes: Bool
    /// What the server warned of.
    private let warnings: UnsafeMutablePointer<billdrop_pq_warnings>
    /// What the server has prepared: its names, and counts of parameters, by their SQL.
    private var prepared: [String: (name: String, parameters: Int)] = [:]
    /// Whether the connection has ended: nothing can be asked any more.
    private(set) var isLost = false

    /// How long an answer may take, in milliseconds. Statements are short; a lock is waited for 20 s at most.
    static let patience = 60_000

    /// The same for what goes over whole tables.
    static let longPatience = 24 * 3_600_000

    /// Takes over a connection; `observes`: for reading alone.
    init(_ connection: OpaquePointer, path: String, observes: Bool) {
      self.connection = connection
      self.observes = observes
      self.path = path
      warnings = .allocate(capacity: 1)
      warnings.initialize(to: billdrop_pq_warnings())
      billdrop_pq_note_warnings(connection, warnings)
    }

    deinit {
      PQfinish(connection)
      warnings.deallocate()
    }

    /// Runs SQL without parameters and results, one statement or several.
    /// `patience`: how long its answer may take, in milliseconds.
    func execute(_ sql: String, patience: Int = patience) throws(LedgerError) {
      PQclear(try answer(within: patience) { PQsendQuery(connection, sql) })
    }

    /// Runs one statement; its rows, which the caller clears.
    func run(_ sql: String, _ parameters: PostgresParameters) throws(LedgerError) -> OpaquePointer? {
      let statement = try prepare(sql)
      let result = try answer {
        parameters.withPointers(count: statement.parameters) { values, lengths, formats in
          PQsendQueryPrepared(
            connection, statement.name, Int32(values.count), values, lengths, formats, Self.binary)
        }
      }
      if PQresultStatus(result) == PGRES_COMMAND_OK { changedRows = Int(String(cString: PQcmdTuples(result))) ?? 0 }
      return result
    }

    /// Runs `work` in one transaction: committed where it returns, undone where it throws. Where the commit has no answer
    /// it throws `connectionLost`, and only a later connection can read what became of it.
    func transaction<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
      try execute("BEGIN")
      do throws(LedgerError) {
        let value = try work()
        try commit()
        return value
      } catch {
        if !isLost { try? execute("ROLLBACK") }
        throw error
      }
    }

    /// A server that stops to wait for a standby, since it was told to, says that it has committed, and warns: then nobody
    /// knows whether the commit outlives that server.
    private func commit() throws(LedgerError) {
      warnings.pointee.count = 0
      let result = try answer { PQsendQuery(connection, "COMMIT") }
      defer { PQclear(result) }
      // A transaction that has failed is answered with ROLLBACK, and with no error.
      guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
        throw .server(path: path, state: "25P02", message: "the transaction was rolled back")
      }
      if warnings.pointee.count > 0 { throw lost("the commit isn't safe: \(warnedWords)") }
    }

    private func prepare(_ sql: String) throws(LedgerError) -> (name: String, parameters: Int) {
      if let known = prepared[sql] { return known }
      let (text, parameters) = PostgresDialect.statement(sql)
      let name = "s\(prepared.count + 1)"
      PQclear(try answer { PQsendPrepare(connection, name, text, 0, nil) })
      prepared[sql] = (name, parameters)
      return (name, parameters)
    }

    /// Sends what `send` sends, and waits for the last of its results.
    private func answer(
      within patience: Int = patience, _ send: () -> Int32
    ) throws(LedgerError) -> OpaquePointer? {
      guard !isLost else { throw .connectionLost(path: path, detail: "it was lost before") }
      guard send() == 1 else { throw lost(words) }
      let end = Self.milliseconds() + patience
      var last: OpaquePointer?
      var failure: LedgerError?
      do throws(LedgerError) {
        while true {
          try awaitResult(until: end, patience)
          guard let result = PQgetResult(connection) else { break }
          PQclear(last)
          last = result
          if failure == nil { failure = error(in: result) }
        }
        if failure == nil, PQstatus(connection) != CONNECTION_OK { failure = lost(words) }
        if let failure { throw failure }
      } catch {
        PQclear(last)
        if case .connectionLost = error { isLost = true }
        throw error
      }
      return last
    }

    /// Waits until a result can be had without waiting.
    private func awaitResult(until end: Int, _ patience: Int) throws(LedgerError) {
      while PQisBusy(connection) != 0 {
        var poll = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        let left = end - Self.milliseconds()
        guard left > 0 else { throw lost("no answer for \(patience / 1000) s") }
        if Glibc.poll(&poll, 1, Int32(left)) < 0, errno != EINTR { throw lost(String(cString: strerror(errno))) }
        if poll.revents != 0, PQconsumeInput(connection) == 0 { throw lost(words) }
      }
    }

    /// What a result says of a failure; `nil` where it is none.
    private func error(in result: OpaquePointer) -> LedgerError? {
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return nil
      default: break
      }
      let state = PQresultErrorField(result, Self.stateField).map { String(cString: $0) }
      let text = PQresultErrorField(result, Self.messageField).map { String(cString: $0) }
      guard let state else { return lost(words) }
      // What took changes before is a standby now, or is kept from them.
      if state == "25006", !observes { return lost(text ?? words) }
      return LedgerError(path: path, state: state, message: text ?? words)
    }

    private func lost(_ detail: String) -> LedgerError {
      isLost = true
      return .connectionLost(path: path, detail: detail)
    }

    /// What the server warned of last.
    private var warnedWords: String {
      withUnsafeBytes(of: &warnings.pointee.words) { words in
        String(decoding: words.prefix { $0 != 0 }, as: UTF8.self)
      }
    }

    /// What libpq says last, on one line.
    private var words: String { Self.line(PQerrorMessage(connection)) }

    /// A message of libpq's on one line.
    static func line(_ text: UnsafePointer<CChar>?) -> String {
      guard let text else { return "no reason given" }
      let lines = String(cString: text).split(whereSeparator: \.isNewline)
      return lines.map { $0.trimmingPrefix { $0.isWhitespace } }.joined(separator: " ")
    }

    /// Lets some time pass.
    func pause(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }

    private static func milliseconds() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    private static let binary: Int32 = 1
    /// PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY (postgres_ext.h).
    private static let stateField = Int32(UInt8(ascii: "C"))
    private static let messageField = Int32(UInt8(ascii: "M"))
  }
#endif
