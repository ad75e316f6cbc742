/// What is to be done with a file whose rows have ended, before it is put away.
package struct DropAnswer {
  package var claim: DropClaim
  /// The file as it was read; `nil` where it doesn't matter whether somebody has written to it since.
  package var stamp: DropEntry.Stamp?
  /// The report's files, the last one last; none where nothing is delivered.
  package var files: [OutgoingFile]
  /// What the report's folder is called.
  package var folder: String
  package var rights: ReportRights
  /// Where it is to be put, and what tells its name from one that is taken there.
  package var place: DropPlace
  package var mark: String

  package init(
    claim: DropClaim, stamp: DropEntry.Stamp?, files: [OutgoingFile], folder: String, rights: ReportRights,
    place: DropPlace, mark: String
  ) {
    self.claim = claim
    self.stamp = stamp
    self.files = files
    self.folder = folder
    self.rights = rights
    self.place = place
    self.mark = mark
  }
}
