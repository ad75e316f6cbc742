extension Migration {
  /// Version 17: the customer and the account that a row under way creates, where they are claimed in its row. Claims of
  /// rows whose fate stays unknown, and all claims at a server, stand in `party_claim`.
  static let carriers = Migration(
    version: 17,
    sql: """
      ALTER TABLE file_row ADD COLUMN new_customer TEXT;
      ALTER TABLE file_row ADD COLUMN new_account TEXT;
      """)
}
