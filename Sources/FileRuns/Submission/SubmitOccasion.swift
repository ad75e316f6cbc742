/// On what occasion files are submitted.
package enum SubmitOccasion: Sendable {
  /// Somebody names them: what then needs somebody is kept in the ledger, and an approval is meant for one of them.
  case byName
  /// They came through drops, which know what needs somebody; an approval is meant for one of many.
  case run
  /// To a stand-in, with a ledger that is gone afterwards: where the rows went is nowhere.
  case rehearsal
}
