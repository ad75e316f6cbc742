extension Migration {
  /// Version 7: what stood out of a file before it was sent, for the files of its feed that come after it. Amounts are
  /// minor units.
  static let history = Migration(
    version: 7,
    sql: """
      CREATE TABLE file_figures (
        file_run INTEGER PRIMARY KEY,
        rows INTEGER NOT NULL, new_customer_rows INTEGER NOT NULL, known_bill_rows INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE file_money (
        file_run INTEGER NOT NULL, currency TEXT NOT NULL,
        total INTEGER NOT NULL, largest INTEGER NOT NULL,
        PRIMARY KEY (file_run, currency)
      ) STRICT, WITHOUT ROWID;
      """)
}
