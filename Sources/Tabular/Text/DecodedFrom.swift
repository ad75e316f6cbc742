/// What an input's text was decoded from, for whoever writes some of it again.
package struct DecodedFrom: Hashable, Sendable {
  /// The encoding as iconv calls it.
  package var encoding: String
  /// The byte of EBCDIC that the input's first line ends with, 0x15 (NEL) or 0x25 (LF), which are both read as LF; `nil`
  /// before it was read, and in all other encodings.
  package var lineEnd: UInt8?
}
