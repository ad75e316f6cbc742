/// The statements on rows, prepared once.
struct RowStatements {
  /// Columns as `LedgerRow(_:)` reads them.
  static let columns = """
    record, state, epoch, attempts, reference, form, party_id, body, serializer, first_sent_at, bill_id,
    confirmed_by, code, field, message, doubt, doubt_by_server, answered, content, claim, successor, raised, terms
    """

  let insertIntent, replaceIntent, settleIntended, settleOther, withdraw: Statement
  let state, find, page, fates, unresolved, mark, setAttempts, addCount, counts: Statement
  let addRequests, setLatest, addDay, findDay, setCarried, terms: Statement

  init(_ database: Database) throws(LedgerError) {
    insertIntent = try Statement(
      database,
      """
      INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, form, party_id, body, serializer,
        first_sent_at, doubt, doubt_by_server, content, claim, successor, raised, terms, new_customer, new_account)
      VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
      ON CONFLICT DO NOTHING
      """)
    replaceIntent = try Statement(
      database,
      """
      UPDATE file_row SET state = 0, epoch = ?3, attempts = ?4, reference = ?5, form = ?6, party_id = ?7, body = ?8,
        serializer = ?9, first_sent_at = ?10, doubt = ?11, doubt_by_server = ?12, content = ?13, claim = ?14,
        successor = ?15, raised = ?16, terms = ?17, new_customer = ?18, new_account = ?19,
        answered = NULL, bill_id = NULL, confirmed_by = NULL, code = NULL, field = NULL, message = NULL
      WHERE file_run = ?1 AND record = ?2
      """)
    // What an intent needed goes with it: half of a row's bytes.
    let settled = """
      state = ?3, epoch = ?4, attempts = ?5, reference = ?6, form = NULL, party_id = NULL, body = NULL,
      serializer = NULL, first_sent_at = NULL, doubt = NULL, doubt_by_server = NULL, answered = NULL, bill_id = ?7,
      confirmed_by = ?8, code = ?9, field = ?10, message = ?11, claim = ?12, successor = NULL, raised = NULL,
      new_customer = NULL, new_account = NULL
      """
    settleIntended = try Statement(
      database, "UPDATE file_row SET \(settled) WHERE file_run = ?1 AND record = ?2 AND state = 0")
    settleOther = try Statement(
      database,
      """
      INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, bill_id, confirmed_by, code, field,
        message, claim)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      ON CONFLICT (file_run, record) DO UPDATE SET \(settled)
      """)
    withdraw = try Statement(
      database,
      """
      UPDATE file_row SET state = 2, epoch = ?3, attempts = ?4, form = NULL, party_id = NULL, body = NULL,
        serializer = NULL, first_sent_at = NULL, doubt = NULL, doubt_by_server = NULL, answered = NULL, message = NULL,
        successor = NULL, raised = NULL, new_customer = NULL, new_account = NULL
      WHERE file_run = ?1 AND record = ?2
      """)
    find = try Statement(database, "SELECT \(Self.columns) FROM file_row WHERE file_run = ?1 AND record = ?2")
    state = try Statement(database, "SELECT state FROM file_row WHERE file_run = ?1 AND record = ?2")
    terms = try Statement(database, "SELECT terms FROM file_row WHERE file_run = ?1 AND record = ?2")
    page = try Statement(
      database,
      "SELECT \(Self.columns) FROM file_row WHERE file_run = ?1 AND record > ?2 ORDER BY record LIMIT ?3")
    fates = try Statement(
      database,
      """
      SELECT record, state, attempts, bill_id, code, field, message FROM file_row WHERE file_run = ?1 AND record > ?2
      ORDER BY record LIMIT ?3
      """)
    unresolved = try Statement(
      database,
      """
      SELECT \(Self.columns) FROM file_row WHERE file_run = ?1 AND record > ?2 AND state IN (0, 1)
      ORDER BY record LIMIT ?3
      """)
    setCarried = try Statement(
      database, "UPDATE file_row SET new_customer = ?3, new_account = ?4 WHERE file_run = ?1 AND record = ?2")
    mark = try Statement(
      database,
      "UPDATE file_row SET state = ?3, answered = ?4, message = ?5 WHERE file_run = ?1 AND record = ?2")
    setAttempts = try Statement(
      database,
      """
      UPDATE file_row SET state = 0, attempts = ?3, answered = NULL, message = NULL
      WHERE file_run = ?1 AND record = ?2
      """)
    addCount = try Statement(
      database,
      """
      INSERT INTO row_count (file_run, state, rows) VALUES (?1, ?2, ?3)
      ON CONFLICT (file_run, state) DO UPDATE SET rows = row_count.rows + excluded.rows
      """)
    counts = try Statement(database, "SELECT state, rows FROM row_count WHERE file_run = ?1")
    addRequests = try Statement(
      database,
      """
      UPDATE file_run SET sent = sent + ?2, retried = retried + ?3, throttled = throttled + ?4,
        replayed = replayed + ?5
      WHERE id = ?1
      """)
    addDay = try Statement(
      database,
      """
      INSERT INTO day (date, requests) VALUES (?1, ?2)
      ON CONFLICT (date) DO UPDATE SET requests = day.requests + excluded.requests
        WHERE day.requests + excluded.requests <= ?3
      """)
    findDay = try Statement(database, "SELECT requests FROM day WHERE date = ?1")
    // ?2: by how much the latest time that is kept may lag, in milliseconds.
    setLatest = try Statement(
      database, "UPDATE ledger SET latest = ?1 WHERE latest < CAST(?1 AS BIGINT) - CAST(?2 AS BIGINT)")
  }
}
