package import DurableFiles
package import Tabular
package import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a drop can't be used, or not now.
package enum DropError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder that files arrive in is not there: not mounted, or never made.
  case noInbound(path: String)
  /// Two folders of the drop lie on different file systems, where no file can be moved from one to the other in a step.
  case otherFileSystem(path: String)
  /// A symbolic link is where a folder of the drop is to be.
  case link(path: String)
  /// What another ledger has claimed is at work: who, as far as it is known.
  case claimIsHeld(owner: String, holder: String)
  /// The server of a drop said no, or can't be used; which drop.
  case server(title: String, SFTPError)
  /// A file became another while it was fetched from its server.
  case changing(path: String)
  /// The system said no.
  case file(FileError)
  /// A file of the drop can't be read.
  case input(InputError)

  /// Whether a file could not be put away since another has taken its name meanwhile.
  package var isNameTaken: Bool {
    switch self {
    case .file(let error): error.operation == .rename && error.code == EEXIST
    case .server(_, .taken): true
    default: false
    }
  }

  /// Whether it says something of the drop as a whole, not of what was to be done with one of its files.
  package var isOfTheDrop: Bool {
    switch self {
    case .noInbound, .otherFileSystem, .link, .claimIsHeld: true
    case .server(_, let error): error.isOfTheServer
    // Who was told to end does so, whichever file it was at.
    case .input(.cancelled): true
    case .file, .input, .changing: false
    }
  }

  /// The same where it is known which drop it is about.
  package var words: String { if case .server(_, let error) = self { "\(error)" } else { description } }

  package var description: String {
    switch self {
    case .noInbound(let path):
      "there is no folder \(path), where files are to arrive: is it mounted, and is the drop's path right?"
    case .otherFileSystem(let path):
      "\(path) lies on another file system than the drop's inbound folder: files are claimed and archived by renaming, "
        + "which needs one file system"
    case .link(let path):
      "\(path) is a symbolic link: who can exchange it says where files go. Put a folder in its place, or name in the drop the "
        + "folder that it leads to"
    case .claimIsHeld(let owner, let holder):
      "the files claimed by \(owner) can't be taken over: \(holder) is at work on them"
    case .server(let title, let error): "\(title): \(error)"
    case .changing(let path): "\(path) became another while it was fetched: it is tried again when it lies still"
    case .file(let error): error.description
    case .input(let error): "\(error.name) can't be read: \(Self.reason(error))"
    }
  }

  private static func reason(_ error: InputError) -> String {
    switch error {
    case .notFound: "it is not there"
    case .isDirectory: "it is a folder"
    case .permissionDenied: "its permissions, or those of a folder above it, forbid it"
    case .failed(_, .unpack, let code, let offset): "it can't be unpacked from byte \(offset) on (zlib \(code))"
    case .failed(_, _, let code, _): String(cString: strerror(code))
    case .damaged(_, let damage): damage.description
    case .cancelled: "the process was told to end"
    }
  }
}
