import CLibcurl

extension SFTPError {
  /// What libcurl's result means for a path of the server. What can't be told apart counts as a lost connection: then it
  /// is tried again over a new one.
  init(_ outcome: SFTPConnection.Outcome, path: String, login: SFTPLogin) {
    let words = outcome.words.isEmpty ? String(cString: curl_easy_strerror(outcome.code)) : outcome.words
    switch outcome.code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_FAILED_INIT: self = .unreachable(words)
    case CURLE_OPERATION_TIMEDOUT: self = .lost(words)
    case CURLE_LOGIN_DENIED: self = .login(Self.loginWords(words, login))
    case CURLE_REMOTE_FILE_NOT_FOUND: self = .notFound(path: path)
    case CURLE_REMOTE_ACCESS_DENIED: self = .denied(path: path)
    case CURLE_REMOTE_FILE_EXISTS: self = .taken(path: path)
    case CURLE_REMOTE_DISK_FULL: self = .noSpace(path: path)
    case CURLE_WRITE_ERROR: self = .givenUp
    case CURLE_ABORTED_BY_CALLBACK: self = .givenUp
    case CURLE_BAD_DOWNLOAD_RESUME, CURLE_RANGE_ERROR: self = .shrunk(path: path)
    default: self = Self.byWords(words, path)
    }
  }

  /// What the server answered to a command, by libcurl's words for it (lib/vssh/libssh2.c).
  private static func byWords(_ words: String, _ path: String) -> SFTPError {
    let known: [(String, SFTPError)] = [
      ("No such file", .notFound(path: path)), ("Permission denied", .denied(path: path)),
      ("File already exists", .taken(path: path)), ("quota", .noSpace(path: path)),
      ("Disk full", .noSpace(path: path)), ("No space", .noSpace(path: path)),
      ("Operation failed", .refused(path: path, reason: words)),
      ("Operation not supported", .refused(path: path, reason: words)),
      ("Bad message", .refused(path: path, reason: words)),
      ("not empty", .refused(path: path, reason: words)), ("Write-protected", .denied(path: path)),
      ("Invalid filename", .refused(path: path, reason: words)),
      ("not a directory", .refused(path: path, reason: words)),
    ]
    return known.first { words.mentions($0.0) }?.1 ?? .lost(words)
  }

  /// Why the server may have said no, where that is known.
  private static func loginWords(_ words: String, _ login: SFTPLogin) -> String {
    guard case .keyFile(let path, let passphrase) = login else { return "\(words)\(hint(login))" }
    guard let key = try? SFTPKeyFile(path: path) else { return words }
    if key.type == "ssh-rsa", !TransportLibrary.signsWithRSA {
      return "\(words). \(path) is an RSA key, and this machine's libssh2 signs with RSA only in a "
        + "way that servers no longer take (libssh2 1.11 can): make an ed25519 key, with ssh-keygen -t ed25519"
    }
    if key.isEncrypted {
      return passphrase == nil ? "\(words). \(path) needs a passphrase" : "\(words). The passphrase may be wrong"
    }
    return "\(words). Does the server know the public half of \(path) for this user?"
  }

  private static func hint(_ login: SFTPLogin) -> String {
    switch login {
    case .keyFile: ""
    case .password: ". Is it still this user's password, and does the server take passwords?"
    case .agent:
      ". Has the agent at SSH_AUTH_SOCK a key that the server knows for this user? (ssh-add -l lists its keys)"
    }
  }
}

extension String {
  /// Whether it has a text in it, in whichever case.
  fileprivate func mentions(_ text: String) -> Bool {
    let (letters, wanted) = (Array(lowercased().utf8), Array(text.lowercased().utf8))
    guard letters.count >= wanted.count else { return false }
    return (0...letters.count - wanted.count).contains { letters[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }
}
