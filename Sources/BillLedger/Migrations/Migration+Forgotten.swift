extension Migration {
  /// Version 21: what a row gave a party last is forgotten where a change beside the rows was to give it something else; from here
  /// on that is done with the change. When the last request of an open change was begun at the latest; one from before counts
  /// from the ledger's latest time. And which file runs have open changes is found without a look at all of these.
  static let forgotten = Migration(
    version: 21,
    sql: """
      DELETE FROM object_attributes WHERE (kind, reference) IN (
        SELECT kind, reference FROM party_difference WHERE state > 0 AND fields <> '');

      ALTER TABLE party_difference ADD COLUMN sent_at INTEGER;
      UPDATE party_difference SET sent_at = (SELECT latest FROM ledger) WHERE state = 1 AND fields <> '';

      CREATE INDEX party_change_by_file ON party_difference (state, file_run) WHERE state = 1;
      """)
}
