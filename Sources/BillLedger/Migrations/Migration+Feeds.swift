extension Migration {
  /// Version 6: the feed that a file came in, whose earlier files it is compared with. Without a drop it is the layout's
  /// name, and so it was for all files before.
  static let feeds = Migration(
    version: 6,
    sql: """
      ALTER TABLE file_run ADD COLUMN feed TEXT NOT NULL DEFAULT '';
      UPDATE file_run SET feed = layout_name;
      CREATE INDEX file_run_by_feed ON file_run (feed, id);
      """)
}
