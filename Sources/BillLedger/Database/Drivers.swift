// A ledger's SQL is written once, in words that SQLite and PostgreSQL both take; parameters are ?1, ?2, … Without the
// trait Postgres there is one database, and it is used as it is; with it `Server/` puts a choice of two before it.
#if !Postgres
  typealias Database = SQLiteDatabase
  typealias Statement = SQLiteStatement
#endif

extension Statement {
  /// Runs a statement to its end; the integer in the first column of its first row, 0 where it has none.
  func number() throws(LedgerError) -> Int64 {
    guard try step() else { return 0 }
    let number = integer(0)
    try run()
    return number
  }
}
