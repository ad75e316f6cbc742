import BillModel
import DurableFiles
import Hashing

/// The events about payments that came, each once, in a database of their own beside the ledger.
///
/// SQLite in WAL mode, synchronous FULL: what `add` has returned from survives a kill and a power cut. Several processes
/// may use it at once, since each call is one transaction; so an endpoint takes events while a file is submitted, and is
/// replaced by its successor without a gap. For one thread.
package final class EventStore {
  /// Where the events of a ledger lie: beside it, `.events` in place of `.sqlite`.
  package static func path(besideLedger ledger: String) -> String {
    (ledger.hasSuffix(".sqlite") ? String(ledger.dropLast(7)) : ledger) + ".events"
  }

  /// Marks a file as ours (PRAGMA application_id): `bdEv`.
  static let applicationID: Int64 = 0x6264_4576
  private static let version = 1

  package let path: String
  let database: Database
  private let insertEvent, findEvent, noteDelivery: Statement?

  /// Opens the store at `path`, or makes one where there is none.
  package init(path: String) throws(LedgerError) {
    let place = try LedgerPlace(path: path)
    self.path = place.path
    // Empty until its first transaction: two that make it at once make the same one.
    do throws(FileError) { try Directory.makeFileIfMissing(place.path, mode: 0o600) } catch {
      throw LedgerError(error, path: path)
    }
    database = try Database(file: place.path, namedInErrors: path)
    try Self.checkHeader(of: database, isNew: true)
    try database.prepareForLedger()
    try Self.makeTables(in: database)
    insertEvent = try Statement(
      database,
      """
      INSERT INTO event (event_id, content, body, received_at, source) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT DO NOTHING
      """)
    findEvent = try Statement(database, "SELECT id FROM event WHERE event_id = ?1 AND content = ?2")
    noteDelivery = try Statement(
      database,
      """
      INSERT INTO delivery (webhook_id, event, first_at, last_at, count) VALUES (?1, ?2, ?3, ?3, 1)
      ON CONFLICT DO UPDATE SET count = count + 1, last_at = excluded.last_at
      """)
  }

  /// Opens the store at `path` to read it; `nil` where there is none.
  package init?(observing path: String) throws(LedgerError) {
    guard Directory.hasFile(path) else { return nil }
    self.path = path
    database = try Database.observing(path, namedInErrors: path)
    try Self.checkHeader(of: database, isNew: false)
    (insertEvent, findEvent, noteDelivery) = (nil, nil, nil)
  }

  /// Keeps events, in one transaction; what each was to the store, in their order.
  package func add(_ events: [ReceivedEvent]) throws(LedgerError) -> [EventStanding] {
    guard let insertEvent, let findEvent, let noteDelivery else { throw .readOnly(path: path) }
    return try database.transaction { () throws(LedgerError) in
      var standings: [EventStanding] = []
      standings.reserveCapacity(events.count)
      for event in events {
        insertEvent.bind(1, event.eventID)
        insertEvent.bind(2, event.content)
        insertEvent.bind(3, blob: event.body)
        insertEvent.bind(4, event.receivedAt.milliseconds)
        insertEvent.bind(5, event.source.rawValue)
        try insertEvent.run()
        standings.append(database.changedRows == 1 ? .new : .duplicate)
        guard let webhookID = event.webhookID else { continue }
        noteDelivery.bind(1, webhookID)
        noteDelivery.bind(2, try number(of: event, by: findEvent))
        noteDelivery.bind(3, event.receivedAt.milliseconds)
        try noteDelivery.run()
      }
      return standings
    }
  }

  private func number(of event: ReceivedEvent, by statement: Statement) throws(LedgerError) -> Int64 {
    statement.bind(1, event.eventID)
    statement.bind(2, event.content)
    defer { statement.reset() }
    guard try statement.step() else { throw .corrupted(path: path, detail: "an event is gone as soon as it was kept") }
    return statement.integer(0)
  }

  /// Up to `limit` events after number `last` in the order of their arrival: call again with the last number until none
  /// come.
  package func events(after last: Int64, limit: Int) throws(LedgerError) -> [KeptEvent] {
    let statement = try Statement(
      database,
      """
      SELECT e.id, e.body, e.received_at, e.source,
        (SELECT min(o.id) FROM event o WHERE o.event_id = e.event_id AND e.event_id <> ''),
        (SELECT sum(d.count) FROM delivery d WHERE d.event = e.id)
      FROM event e WHERE e.id > ?1 ORDER BY e.id LIMIT ?2
      """)
    statement.bind(1, last)
    statement.bind(2, limit)
    var events: [KeptEvent] = []
    while try statement.step() {
      guard let source = EventSource(rawValue: statement.integer(3)) else {
        throw .corrupted(path: path, detail: "an event's source can't be read")
      }
      let number = statement.integer(0)
      let first = statement.isNull(4) ? number : statement.integer(4)
      events.append(
        KeptEvent(
          number: number, body: Array(statement.blob(1)), receivedAt: WallTime(milliseconds: statement.integer(2)),
          source: source, contradicts: first == number ? nil : first, deliveries: Int(statement.integer(5))))
    }
    return events
  }

  /// How many events are kept.
  package func count() throws(LedgerError) -> Int { Int(try database.integer("SELECT count(*) FROM event")) }

  private static func checkHeader(of database: Database, isNew: Bool) throws(LedgerError) {
    let id = try database.integer("PRAGMA application_id")
    let found = Int(try database.integer("PRAGMA user_version"))
    if id == applicationID, found > version {
      throw .newerSchema(path: database.path, found: found, known: version)
    }
    let isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0 && id == 0
    guard id == applicationID || isNew && isEmpty else { throw .notALedger(path: database.path) }
  }

  private static func makeTables(in database: Database) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      guard try database.integer("PRAGMA user_version") == 0 else { return }
      try database.execute(tables)
      try database.execute("PRAGMA application_id=\(applicationID); PRAGMA user_version=\(version)")
    }
  }

  /// Version 1. An event is known by its id and a digest of what counts in it; the empty id is that of what can't be read.
  /// A second content under one id is kept beside the first, and contradicts it.
  private static let tables = """
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      event_id TEXT NOT NULL, content BLOB NOT NULL, body BLOB NOT NULL,
      received_at INTEGER NOT NULL, source INTEGER NOT NULL,
      UNIQUE (event_id, content)
    ) STRICT;

    CREATE TABLE delivery (
      webhook_id TEXT PRIMARY KEY, event INTEGER NOT NULL,
      first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, count INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX delivery_by_event ON delivery (event);
    """
}
