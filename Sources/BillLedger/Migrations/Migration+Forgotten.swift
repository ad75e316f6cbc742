extension Migration {
  /// Version 21: what a row gave a party last is forgotten where a change beside the rows was to give it something else; from here
  /// on that is done with the change. And which file runs have open changes is found without a look at all of these.
  static let forgotten = Migration(
    version: 21,
    sql: """
      DELETE FROM object_attributes WHERE (kind, reference) IN (
        SELECT kind, reference FROM party_difference WHERE state > 0 AND fields <> '');

      CREATE INDEX party_change_by_file ON party_difference (state, file_run) WHERE state = 1;
      """)
}
