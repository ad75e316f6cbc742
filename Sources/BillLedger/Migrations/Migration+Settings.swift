extension Migration {
  /// Version 22: of each object the last file run that has set the whole of its balance, beside the newest one that has set it
  /// or added to it. Of ledgers from before nobody can tell which of them it was: it counts as set.
  static let settings = Migration(
    version: 22,
    sql: """
      ALTER TABLE object_change ADD COLUMN set_run INTEGER;

      UPDATE object_change SET set_run = balance_run WHERE balance_run IS NOT NULL;
      """)
}
