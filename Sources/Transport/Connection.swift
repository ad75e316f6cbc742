import CLibcurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection to the endpoint, which libcurl makes: name, proxy, TLS and its trust, all by their time-outs. What goes over
/// it is ours: plain ones are written and read as sockets, those with TLS by libcurl.
///
/// For the client's thread alone.
final class Connection {
  /// What a read or a write came to.
  enum Moved {
    case bytes(Int)
    /// Nothing can be moved now.
    case none
    /// The other side has ended it.
    case ended
    case broken
  }

  let easy: EasyHandle
  /// Where libcurl keeps this connection, and no other.
  private let cache: UnsafeMutableRawPointer
  private let multi: UnsafeMutableRawPointer
  private let watch: SocketWatch
  private let number: Int
  private let isPlain: Bool
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var socket: CInt = -1
  /// libcurl has the handle: it is connecting, or has connected.
  private var isAdded = false
  private var wantsRoom = false

  /// A connection of this number that is still to be made. `multi` and `watch` must outlive it.
  init(
    _ number: Int, by options: HTTPClientOptions, multi: UnsafeMutableRawPointer, watch: SocketWatch
  ) throws(HTTPClientError) {
    (self.number, self.multi, self.watch) = (number, multi, watch)
    isPlain = options.baseURL.isPlain
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    guard let cache = billdrop_curl_make_cache() else { throw .notStarted("no memory for a connection") }
    self.cache = cache
    easy = try EasyHandle()
    try easy.configure(by: options)
    try easy.set(CURLOPT_SHARE, pointer: cache)
    try easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try easy.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: number + 1))
  }

  deinit {
    close()
    easy.free()
    curl_share_cleanup(cache)
    errorText.deallocate()
  }

  /// The number of the connection that a handle of libcurl's belongs to.
  static func number(of easy: UnsafeMutableRawPointer) -> Int? {
    var context: UnsafeMutableRawPointer?
    guard billdrop_curl_get_context(easy, &context) == CURLE_OK, let context else { return nil }
    return Int(bitPattern: context) - 1
  }

  /// Whether bytes can go over it.
  var isOpen: Bool { socket >= 0 }

  /// Whether libcurl is making it.
  var isConnecting: Bool { isAdded && socket < 0 }

  /// Lets libcurl begin to connect. `false` where it can't.
  func connect() -> Bool {
    errorText.pointee = 0
    isAdded = curl_multi_add_handle(multi, easy.raw) == CURLM_OK
    return isAdded
  }

  /// libcurl has connected. `false` where the socket can't be had.
  func open() -> Bool {
    var socket: curl_socket_t = -1
    guard billdrop_curl_get_socket(easy.raw, &socket) == CURLE_OK, socket >= 0,
      billdrop_watch_add(watch.descriptor, socket, UInt64(number)) == 0
    else { return false }
    self.socket = socket
    return true
  }

  /// Ends it, in whatever state it is.
  func close() {
    if socket >= 0 { billdrop_watch_remove(watch.descriptor, socket) }
    (socket, wantsRoom) = (-1, false)
    if isAdded { curl_multi_remove_handle(multi, easy.raw) }
    isAdded = false
  }

  /// Why libcurl couldn't connect.
  func reason(_ code: CURLcode) -> NotSentReason {
    let words = String(cString: errorText).unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    return NotSentReason(
      code, errno: Int32(easy.number(CURLINFO_OS_ERRNO)), proxyStatus: easy.number(CURLINFO_HTTP_CONNECTCODE),
      detail: String(String.UnicodeScalarView(words)))
  }

  /// Writes what there is room for.
  func send(_ bytes: UnsafeRawBufferPointer) -> Moved {
    guard !isPlain else { return Self.moved(billdrop_watch_send(socket, bytes.baseAddress, bytes.count)) }
    var count = 0
    return Self.moved(curl_easy_send(easy.raw, bytes.baseAddress, bytes.count, &count), count)
  }

  /// Reads what has come, at most as much as there is space for.
  func receive(_ space: UnsafeMutableRawBufferPointer) -> Moved {
    guard !isPlain else { return Self.moved(read(socket, space.baseAddress, space.count)) }
    var count = 0
    return Self.moved(curl_easy_recv(easy.raw, space.baseAddress, space.count, &count), count)
  }

  /// Whether less than there was space for means that there is nothing more for now. TLS may hold some back.
  var emptiesAtOnce: Bool { isPlain }

  /// Whether it is to be ready also when there is room to write.
  func want(room: Bool) {
    guard room != wantsRoom, socket >= 0 else { return }
    wantsRoom = room
    _ = billdrop_watch_writing(watch.descriptor, socket, UInt64(number), room ? 1 : 0)
  }

  private static func moved(_ result: Int) -> Moved {
    if result > 0 { return .bytes(result) }
    if result == 0 { return .ended }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .none : .broken
  }

  private static func moved(_ code: CURLcode, _ count: Int) -> Moved {
    switch code {
    case CURLE_OK: count > 0 ? .bytes(count) : .ended
    case CURLE_AGAIN: .none
    default: .broken
    }
  }
}
