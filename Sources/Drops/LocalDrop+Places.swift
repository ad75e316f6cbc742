import DurableFiles

/// Where people find files, from wherever they look: paths from the root on.
extension LocalDrop {
  package func location(ofArrived name: String) -> String { Self.whole(folders.inbound) + "/" + name }
  package func location(of claim: DropClaim) -> String { Self.whole(claimed) + "/" + claim.name }

  package func location(of name: String, in place: DropPlace) -> String {
    Self.whole(folders.path(of: place)) + "/" + name
  }

  static func whole(_ folder: String) -> String {
    do throws(FileError) { return try Directory.resolved(folder) } catch { return folder }
  }
}
