/// What a listing of a folder shows of one of its names.
package struct SFTPEntry: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, folder, link, other
  }

  package var name: String
  package var kind: Kind
  /// Bytes.
  package var size: Int64
  /// When it was changed, as fine as the listing tells, often to the minute: another number, another time. Not to be
  /// compared with `SFTPLook.modified`.
  package var modified: Int64
}
