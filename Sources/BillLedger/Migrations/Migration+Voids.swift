extension Migration {
  /// Version 20: rows that void another bill than the one that they name (the last word of their terms) have claimed that
  /// one too, from before they are sent. Those that are open have it from here on; where two of them are about one bill,
  /// the first of them.
  static let voids = Migration(
    version: 20,
    sql: """
      INSERT INTO object_change (kind, reference, file_run, record, open)
      SELECT 2, voided, file_run, record, 1 FROM (
        SELECT voided, file_run, record,
          row_number() OVER (PARTITION BY voided ORDER BY file_run, record) AS place
        FROM (
          SELECT substr(terms, length(rtrim(terms, replace(terms, ' ', ''))) + 1) AS voided, file_run, record
          FROM file_row
          WHERE claim = 2 AND state IN (0, 1) AND terms LIKE '% voids %'
            AND file_run IN (SELECT file_run FROM row_count WHERE state IN (0, 1) AND rows > 0)
        ) AS each_row
      ) AS each_bill
      WHERE place = 1
      ON CONFLICT (kind, reference) DO UPDATE SET file_run = excluded.file_run, record = excluded.record, open = 1
      WHERE object_change.open = 0;
      """)
}
