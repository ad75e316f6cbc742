/// Why an encoding can't be used.
package enum TextEncodingError: Error, Hashable, Sendable {
  /// The C library has no encoding of this name; or the name is empty or has a slash, which iconv takes for options; or it is
  /// UTF-7, of which glibc doesn't say the same of a malformed input where that is decoded in other pieces.
  case unknown(name: String)
  /// The C library could not set it up; `code` is the `errno`.
  case failed(name: String, code: Int32)
}
