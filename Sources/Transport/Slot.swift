import CLibcurl

/// A place for one transfer under way: an easy handle that is used again and again, the request's bytes, which stay
/// where they are until the transfer is over, and the answer's.
///
/// For the client's thread alone. libcurl holds its address, so it must not be freed while the handle lives.
final class Slot {
  let easy: EasyHandle
  /// The request under way.
  private(set) var requestID: UInt64 = 0
  /// When it was handed to libcurl, in nanoseconds of the monotonic clock.
  var sentAt: UInt64 = 0
  /// What libcurl's callbacks fill.
  var incoming: IncomingAnswer

  private let base: String
  private let common: HeaderList
  private let own = HeaderList()
  private var body = StableBuffer()
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// What the handle is set to, so that it is set only when something else is wanted.
  private var currentPath: String?
  private var currentMethod: String?

  /// A slot for transfers by these options. `common` are the header fields of every request.
  init(_ options: HTTPClientOptions, common: HeaderList) throws(HTTPClientError) {
    base = options.baseURL.text
    self.common = common
    incoming = IncomingAnswer(headLimit: options.maximumHeadBytes, bodyLimit: options.maximumBodyBytes)
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    easy = try EasyHandle()
    try easy.configure(by: options)
    try easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try attachCallbacks()
  }

  deinit {
    easy.free()
    errorText.deallocate()
  }

  /// Makes the handle ready for a request. Throws where libcurl has no memory.
  func prepare(_ request: HTTPRequest) throws(HTTPClientError) {
    requestID = request.id
    incoming.clear()
    errorText.pointee = 0
    try setTarget(method: request.method, path: request.path)
    if request.method != "GET" {
      body.fill(with: request.body)
      try easy.set(CURLOPT_POSTFIELDS, pointer: body.address)
      try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body.count)
    }
    own.replace(with: request.headers)
    try easy.set(headers: own.chained(before: common))
  }

  /// libcurl's words for what went wrong, fit for a message.
  var errorDetail: String {
    let text = String(cString: errorText)
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }

  private func setTarget(method: String, path: String) throws(HTTPClientError) {
    if currentPath != path {
      currentPath = nil
      try easy.set(CURLOPT_URL, base + path)
      currentPath = path
    }
    if currentMethod != method {
      currentMethod = nil
      try easy.set(method == "GET" ? CURLOPT_HTTPGET : CURLOPT_POST, true)
      try easy.set(CURLOPT_CUSTOMREQUEST, method == "GET" || method == "POST" ? nil : method)
      currentMethod = method
    }
  }
}
