import CLibcurl

/// One transfer of libcurl's over an SFTP connection, with the commands that go before and after it.
struct SFTPRequest {
  enum Kind {
    /// Nothing is transferred: commands alone.
    case nothing
    /// The names in a folder, as the server writes them for people; `namesOnly`: without anything else.
    case listing(namesOnly: Bool)
    /// A file's size and time.
    case look
    /// A part of a file.
    case read(Range<Int64>)
    /// A file, until what gives the bytes has no more.
    case write(mode: UInt32)
  }

  var kind: Kind
  /// Of what the URL names.
  var path: String
  var isFolder = false
  /// Commands of libcurl's (CURLOPT_QUOTE), one that begins with `*` may fail.
  var before: [String] = []
  var after: [String] = []

  /// How long it may take as a whole: what it takes at 32 KiB a second, and what a command may.
  func limit(_ stall: Duration) -> Duration {
    switch kind {
    case .nothing, .look: stall * (1 + before.count / 4)
    case .listing: stall * 5
    case .read(let range): stall + .seconds((range.upperBound - range.lowerBound) / 32_768)
    case .write: .seconds(24 * 3600)
    }
  }

  var isUpload: Bool { if case .write = kind { true } else { false } }
}
