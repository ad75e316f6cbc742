import Transport

/// Where people find files: URLs of the server.
extension SFTPDrop {
  package func location(ofArrived name: String) -> String { site + folders.inbound + "/" + name }
  package func location(of claim: DropClaim) -> String { site + remotePath(of: claim) }
  package func location(of name: String, in place: DropPlace) -> String { site + folders.path(of: place) + "/" + name }

  /// The server, as the drop's title names it, without a path.
  var site: String {
    let start = title.firstRange(of: "://")?.upperBound ?? title.startIndex
    return String(title[..<(title[start...].firstIndex(of: "/") ?? title.endIndex)])
  }
}
