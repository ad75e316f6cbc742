package import BillModel

extension Ledger {
  /// A file of balances that was taken before, and that this one can't be compared with: one of them states no place in
  /// their order. Those before a file that somebody said was the newest don't count.
  func incomparable(_ file: FileIdentity, _ order: FileOrder) throws(LedgerError) -> UnorderedFile? {
    guard order.setsBalances else { return nil }
    let statement = try Statement(
      database,
      """
      SELECT name, position FROM file_run
      WHERE operation = ?1 AND digest <> ?2 AND (CAST(?3 AS BIGINT) IS NULL OR position IS NULL)
        AND id >= coalesce((SELECT max(id) FROM file_run WHERE operation = ?1 AND order_approved = 1), 0)
      ORDER BY id DESC LIMIT 1
      """)
    statement.bind(1, order.operation.rawValue)
    statement.bind(2, file.digest)
    statement.bind(3, order.position)
    guard try statement.step() else { return nil }
    return UnorderedFile(
      file: file.digest, order: order, other: statement.text(0) ?? "",
      otherPosition: statement.isNull(1) ? nil : statement.integer(1))
  }

  /// Whether a row of a file at this place in the order comes behind a newer file's balance (rule 18): one that sets the
  /// balance behind each that has set it or added to it, one that adds behind those alone that have set the whole.
  package func hasNewerBalance(
    of object: ObjectKind, _ reference: String, than position: Int64?, forAddition adds: Bool
  ) throws(LedgerError) -> Bool {
    guard let position, let change = try change(of: object, reference) else { return false }
    for run in [change.setRun, adds ? nil : change.balanceRun] {
      guard let run else { continue }
      let statement = try Statement(database, "SELECT 1 FROM file_run WHERE id = ?1 AND position > ?2")
      statement.bind(1, run.value)
      statement.bind(2, position)
      if try statement.step() { return true }
    }
    return false
  }

  /// Keeps what the rows of a file run ask for and where it stands.
  func keep(_ order: FileOrder, isApproved: Bool, of fileRun: FileRunID) throws(LedgerError) {
    let statement = try Statement(
      database, "UPDATE file_run SET operation = ?2, position = ?3, order_approved = ?4 WHERE id = ?1")
    statement.bind(1, fileRun.value)
    statement.bind(2, order.operation.rawValue)
    statement.bind(3, order.position)
    statement.bind(4, isApproved ? 1 : nil)
    try statement.run()
  }
}
