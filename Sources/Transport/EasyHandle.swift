import CLibcurl

/// One of libcurl's easy handles, with its options by type. Freed by its owner, with `free()`.
struct EasyHandle {
  let raw: UnsafeMutableRawPointer

  /// Throws `notStarted` where there is no memory for it.
  init() throws(HTTPClientError) {
    guard let raw = curl_easy_init() else { throw .notStarted("no memory for a transfer") }
    self.raw = raw
  }

  func free() { curl_easy_cleanup(raw) }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_long(raw, option, value), option)
  }

  func set(_ option: CURLoption, _ value: Bool) throws(HTTPClientError) { try set(option, value ? 1 : 0) }

  /// Milliseconds, rounded up.
  func set(_ option: CURLoption, _ value: Duration) throws(HTTPClientError) { try set(option, value.milliseconds) }

  /// A 64-bit size.
  func set(_ option: CURLoption, size: Int) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_offset(raw, option, curl_off_t(size)), option)
  }

  /// libcurl copies the text.
  func set(_ option: CURLoption, _ value: String?) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_string(raw, option, value), option)
  }

  /// libcurl keeps the pointer.
  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_pointer(raw, option, pointer), option)
  }

  func set(_ option: CURLoption, sink: @escaping billdrop_curl_sink) throws(HTTPClientError) {
    try Self.check(billdrop_curl_set_sink(raw, option, sink), option)
  }

  /// A number about the last transfer; 0 where libcurl has none.
  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return billdrop_curl_get_long(raw, info, &value) == CURLE_OK ? value : 0
  }

  static func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPClientError) {
    guard code == CURLE_OK else { throw .notStarted("libcurl \(code.rawValue) at option \(option.rawValue)") }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up; never negative, and at most some 24 days.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
