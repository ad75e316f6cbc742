extension Migration {
  /// Version 3: whether a request of an earlier epoch is in doubt (since when, by our clock and by the server's), and
  /// whether the epoch of an unknown row is answered. What is unresolved from before under a later epoch is in doubt.
  static let doubts = Migration(
    version: 3,
    sql: """
      ALTER TABLE file_row ADD COLUMN doubt INTEGER;
      ALTER TABLE file_row ADD COLUMN doubt_by_server INTEGER;
      ALTER TABLE file_row ADD COLUMN answered INTEGER;
      UPDATE file_row SET doubt = first_sent_at WHERE state IN (0, 1) AND epoch > 1;
      """)
}
