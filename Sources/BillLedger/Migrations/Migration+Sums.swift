extension Migration {
  /// Version 15: what rows add to sums. `addition`: each mark that a row has sent with each sum that it set, and which
  /// addition to that sum it was (`place`); sums that rows set as a whole and that may land late, with an empty mark.
  /// `object_sum`: of each sum the addition that was confirmed last, by which row, and when a request to it was lost;
  /// `is_own`: by a row of which one was. Of additions from before neither marks nor sums are known.
  static let sums = Migration(
    version: 15,
    sql: """
      CREATE TABLE addition (
        kind INTEGER NOT NULL, reference TEXT NOT NULL, mark TEXT NOT NULL, total INTEGER NOT NULL,
        place INTEGER NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
        file_run INTEGER NOT NULL, record INTEGER NOT NULL,
        PRIMARY KEY (kind, reference, mark, total)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE object_sum (
        kind INTEGER NOT NULL, reference TEXT NOT NULL,
        mark TEXT, total INTEGER, place INTEGER NOT NULL,
        file_run INTEGER, record INTEGER, doubted_at INTEGER, is_own INTEGER NOT NULL,
        PRIMARY KEY (kind, reference)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX object_sum_doubted ON object_sum (file_run, record) WHERE doubted_at IS NOT NULL;

      INSERT INTO object_sum (kind, reference, place, is_own)
      SELECT DISTINCT CASE WHEN claim IN (1, 9) THEN 1 WHEN claim = 2 THEN 2 ELSE 0 END, reference, 1, 0
      FROM file_row WHERE terms LIKE 'credit %' OR terms LIKE 'added %';
      """)
}
