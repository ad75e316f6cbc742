package import BillModel

/// The order of a feed's files, as far as something of them was sent.
extension Ledger {
  /// The file of a feed that stands last in its order, whenever it came, of those of which something was sent: to their end,
  /// or as far as one has come that is open still. What came last is `lastPutAway`.
  ///
  /// - Parameters:
  ///   - key: With keys of its kind it is compared: those of another kind have no order with it. One of the same place that is
  ///     held doesn't count: a right file may come for it.
  ///   - number: That of a file which doesn't count.
  ///   - bound: Where it is given, those after it don't count.
  package func lastBegun(
    ofFeed feed: String, like key: String, besides number: Int64 = 0, upTo bound: String? = nil
  ) throws(LedgerError) -> DropFile? {
    try dropFiles(
      """
      feed = ?1 AND length(sort_key) = length(CAST(?2 AS TEXT)) AND id <> ?3
        AND (CAST(?4 AS TEXT) IS NULL OR sort_key <= CAST(?4 AS TEXT))
        AND (verdict IN ('complete', 'complete_with_rejects')
          OR ended_at IS NULL AND (verdict IS NULL OR verdict = 'stopped' OR verdict = 'held' AND sort_key <> ?2)
            AND EXISTS (
            SELECT 1 FROM file_run
            WHERE file_run.state NOT IN ('claimed', 'staged')
              AND (file_run.digest = drop_file.digest
                OR drop_file.digest IS NULL AND file_run.name = drop_file.name AND file_run.feed = drop_file.feed
                  AND file_run.byte_count = drop_file.byte_count AND file_run.started_at >= drop_file.claimed_at)))
      ORDER BY sort_key DESC, id DESC LIMIT 1
      """
    ) {
      $0.bind(1, feed)
      $0.bind(2, key)
      $0.bind(3, number)
      $0.bind(4, bound)
    }.first
  }

  /// Notes that people were told of a file that was taken, by the first 12 digits of its digest, that it is out of order.
  package func noteOrderAsked(of digits: String, now: WallTime) throws(LedgerError) {
    try noteTold(Self.subject(ofOrder: digits), Self.asked, now: now)
  }

  /// Whether they were, and nobody has let it through since.
  package func isOrderAsked(of digits: String) throws(LedgerError) -> Bool {
    try wasTold(Self.subject(ofOrder: digits), Self.asked)
  }

  /// Notes that somebody has let such a file through, after a file with this key.
  package func noteOrderApproved(of digits: String, after key: String, now: WallTime) throws(LedgerError) {
    try noteTold(Self.subject(ofOrder: digits), Self.approved(key), now: now)
  }

  /// Whether somebody has: what was sent since of a later one, nobody was asked about.
  package func isOrderApproved(of digits: String, after key: String) throws(LedgerError) -> Bool {
    try wasTold(Self.subject(ofOrder: digits), Self.approved(key))
  }

  private static let asked = "asked"
  private static func approved(_ key: String) -> String { "approved after \(key)" }
  private static func subject(ofOrder digits: String) -> String { "order of \(digits)" }
}
