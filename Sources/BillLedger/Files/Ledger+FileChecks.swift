package import BillModel
import Hashing

extension Ledger {
  /// Keeps what pass one found, in place of what it found before.
  package func saveCheck(
    _ check: FileCheckRecord, of fileRun: FileRunID, now: WallTime
  ) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database,
        """
        INSERT INTO file_check (file_run, block_size, records_read, valid, invalid, block_digests)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (file_run) DO UPDATE SET block_size = excluded.block_size, records_read = excluded.records_read,
          valid = excluded.valid, invalid = excluded.invalid, block_digests = excluded.block_digests
        """)
      statement.bind(1, fileRun.value)
      statement.bind(2, check.blockSize)
      statement.bind(3, check.recordsRead)
      statement.bind(4, check.valid)
      statement.bind(5, check.invalid)
      statement.bind(6, blob: check.blockDigests.flatMap(\.bytes))
      try statement.run()
    }
  }

  /// What pass one found; `nil` before it was kept.
  package func check(of fileRun: FileRunID) throws(LedgerError) -> FileCheckRecord? {
    let statement = try Statement(
      database, "SELECT block_size, records_read, valid, invalid, block_digests FROM file_check WHERE file_run = ?1")
    statement.bind(1, fileRun.value)
    guard try statement.step() else { return nil }
    let bytes = statement.blob(4)
    let digests = stride(from: 0, to: bytes.count - SHA256Digest.byteCount + 1, by: SHA256Digest.byteCount).map {
      SHA256Digest(raw: UnsafeRawBufferPointer(rebasing: bytes[$0..<$0 + SHA256Digest.byteCount]))
    }
    return FileCheckRecord(
      blockSize: Int(statement.integer(0)), blockDigests: digests, recordsRead: Int(statement.integer(1)),
      valid: Int(statement.integer(2)), invalid: Int(statement.integer(3)))
  }
}
