import CLibcurl

/// One connection to an SFTP server: one of libcurl's easy handles, which keeps it. Used by one thread at a time.
final class SFTPConnection: @unchecked Sendable {
  /// What came of a transfer.
  struct Outcome {
    var code: CURLcode
    /// libcurl's words.
    var words: String

    /// Whether the server showed no key that is trusted, or has none of the type that it was asked for.
    var isAboutHostKeys: Bool {
      code == CURLE_PEER_FAILED_VERIFICATION || words.contains("Unable to exchange encryption keys")
    }
  }

  let options: SFTPOptions
  let keys: SFTPHostKeys
  let easy: EasyHandle
  private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let isCancelled: @Sendable () -> Bool
  /// Called about once a second while something is under way.
  var pulse: () -> Void = {}

  /// What takes the bytes that come; `false` to end.
  var sink: (UnsafeRawBufferPointer) -> Bool = { _ in true }
  /// What gives the bytes that go; 0 at the end, less than 0 to give up.
  var source: (UnsafeMutableRawBufferPointer) -> Int = { _ in 0 }
  /// The keys that the server showed since the last transfer began, and what is to be said against the last.
  private var shown: [SFTPHostKey] = []
  private var objection: SFTPHostKeyRefusal.Reason?

  init(
    _ options: SFTPOptions, _ keys: SFTPHostKeys, isCancelled: @escaping @Sendable () -> Bool
  ) throws(SFTPError) {
    self.options = options
    self.keys = keys
    self.isCancelled = isCancelled
    words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    do throws(HTTPClientError) {
      try CurlLibrary.start()
      easy = try EasyHandle()
    } catch {
      words.deallocate()
      throw .notStarted("\(error)")
    }
    do throws(HTTPClientError) { try configure() } catch { throw .notStarted("\(error)") }
  }

  deinit {
    easy.free()
    words.deallocate()
  }

  private func configure() throws(HTTPClientError) {
    try easy.set(CURLOPT_NOSIGNAL, true)
    try easy.set(CURLOPT_PROTOCOLS_STR, "sftp")
    try easy.set(CURLOPT_PATH_AS_IS, true)
    try easy.set(CURLOPT_NOPROXY, "*")
    try easy.set(CURLOPT_USERNAME, options.address.user)
    try easy.set(CURLOPT_TCP_NODELAY, true)
    try easy.set(CURLOPT_TCP_KEEPALIVE, true)
    try easy.set(CURLOPT_TCP_KEEPIDLE, 30)
    try easy.set(CURLOPT_TCP_KEEPINTVL, 15)
    try easy.set(CURLOPT_MAXAGE_CONN, 300)
    try easy.set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout)
    try easy.set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try easy.set(CURLOPT_LOW_SPEED_TIME, (options.stallTimeout.milliseconds + 999) / 1000)
    try easy.set(CURLOPT_BUFFERSIZE, Self.downloadBytes)
    try easy.set(CURLOPT_UPLOAD_BUFFERSIZE, Self.uploadBytes)
    try easy.set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(words))
    try configureLogin()
    try configureCallbacks()
  }

  /// libssh2 asks for four times as much ahead, also beyond the end of a part: what it gets of that is thrown away.
  private static let downloadBytes = 1 << 20
  /// What is under way in a round trip; the most that libcurl takes.
  private static let uploadBytes = 2 << 20

  private func configureLogin() throws(HTTPClientError) {
    switch options.login {
    case .keyFile(let path, let passphrase):
      try easy.set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PUBLICKEY))
      try easy.set(CURLOPT_SSH_PRIVATE_KEYFILE, path)
      try easy.set(CURLOPT_KEYPASSWD, passphrase)
    case .password(let password):
      try easy.set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD))
      try easy.set(CURLOPT_PASSWORD, password)
    case .agent:
      try easy.set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_AGENT))
    }
  }

  private func configureCallbacks() throws(HTTPClientError) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    try easy.set(CURLOPT_WRITEFUNCTION, sink: sftpTake)
    try easy.set(CURLOPT_WRITEDATA, pointer: context)
    try easy.set(CURLOPT_READFUNCTION, sink: sftpGive)
    try easy.set(CURLOPT_READDATA, pointer: context)
    try easy.set(hostKey: sftpJudge)
    try easy.set(CURLOPT_SSH_HOSTKEYDATA, pointer: context)
    try easy.set(pulse: sftpPulse)
    try easy.set(CURLOPT_XFERINFODATA, pointer: context)
    try easy.set(CURLOPT_NOPROGRESS, false)
  }

  // MARK: Transfers

  /// Does a request. Where the server's key isn't trusted it is asked for its keys of other types.
  func perform(_ request: SFTPRequest) throws(SFTPError) {
    if isCancelled() { throw .cancelled }
    (shown, objection) = ([], nil)
    var outcome = Outcome(code: CURLE_FAILED_INIT, words: "")
    for type in keys.types {
      outcome = try attempt(request, askingFor: type)
      if outcome.code == CURLE_OK {
        if !shown.isEmpty { keys.prefer(type) }
        return
      }
      if !outcome.isAboutHostKeys || objection == .revoked { break }
    }
    throw error(outcome, request.path)
  }

  private func attempt(_ request: SFTPRequest, askingFor type: String?) throws(SFTPError) -> Outcome {
    var lists: [SFTPCommandList] = []
    words[0] = 0
    do throws(HTTPClientError) {
      try easy.set(CURLOPT_SSH_KNOWNHOSTS, try file(type))
      try easy.prepare(request, options.address, stall: options.stallTimeout)
      for (option, commands) in [(CURLOPT_QUOTE, request.before), (CURLOPT_POSTQUOTE, request.after)] {
        let list = SFTPCommandList(commands)
        lists.append(list)
        try easy.set(list: list.first, option)
      }
    } catch {
      throw .notStarted("\(error)")
    }
    let code = curl_easy_perform(easy.raw)
    withExtendedLifetime(lists) {}
    return Outcome(code: code, words: String(cString: words))
  }

  private func file(_ type: String?) throws(HTTPClientError) -> String? {
    guard let type else { return nil }
    do throws(SFTPError) { return try keys.file(for: type) } catch { throw .notStarted("\(error)") }
  }

  private func error(_ outcome: Outcome, _ path: String) -> SFTPError {
    if let objection, outcome.isAboutHostKeys {
      return .hostKey(
        SFTPHostKeyRefusal(
          reason: objection, name: keys.name, shown: shown, expected: keys.trust.expected(of: keys.name)))
    }
    if isCancelled() { return .cancelled }
    return SFTPError(outcome, path: path, login: options.login)
  }

  // MARK: What libcurl calls

  fileprivate func judge(_ blob: [UInt8]) -> Bool {
    let key = SFTPHostKey(blob: blob)
    if !shown.contains(key) { shown.append(key) }
    objection = keys.trust.objection(to: key, of: keys.name)
    return objection == nil
  }

  fileprivate func goesOn() -> Bool {
    pulse()
    return !isCancelled()
  }
}

private func connection(_ context: UnsafeMutableRawPointer?) -> SFTPConnection? {
  context.map { Unmanaged<SFTPConnection>.fromOpaque($0).takeUnretainedValue() }
}

private func sftpTake(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let connection = connection(context) else { return 0 }
  return connection.sink(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func sftpGive(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let connection = connection(context) else { return Int(CURL_READFUNC_ABORT) }
  let given = connection.source(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
  return given < 0 ? Int(CURL_READFUNC_ABORT) : given
}

private func sftpJudge(
  _ context: UnsafeMutableRawPointer?, _ type: CInt, _ key: UnsafePointer<CChar>?, _ count: Int
) -> CInt {
  guard let connection = connection(context), let key else { return CInt(CURLKHMATCH_MISMATCH.rawValue) }
  let blob = Array(UnsafeRawBufferPointer(start: key, count: count))
  return CInt(connection.judge(blob) ? CURLKHMATCH_OK.rawValue : CURLKHMATCH_MISMATCH.rawValue)
}

private func sftpPulse(
  _ context: UnsafeMutableRawPointer?, _ download: curl_off_t, _ downloaded: curl_off_t, _ upload: curl_off_t,
  _ uploaded: curl_off_t
) -> CInt {
  connection(context)?.goesOn() == true ? 0 : 1
}
