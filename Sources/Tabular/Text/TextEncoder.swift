/// UTF-8 → the bytes of an encoding: for text that goes back to where it was decoded from.
///
/// Each call stands for itself, so that an encoding with states begins and ends in its first one.
package final class TextEncoder {
  private let converter: Iconv
  /// What a line ends with where the encoding says it otherwise than iconv has it.
  private let lineEnd: UInt8?
  private var room = GrowingBuffer<UInt8>(capacity: 4096)

  /// - Parameters:
  ///   - name: A name of iconv's, the order of bytes in it where that is not told otherwise: `UTF-16LE`.
  ///   - lineEnd: What an LF becomes; `nil` where that is the encoding's business.
  package init(named name: String, lineEnd: UInt8? = nil) throws(TextEncodingError) {
    converter = try Iconv(to: name)
    self.lineEnd = lineEnd
  }

  /// For what was decoded, in the same encoding with the same line ends.
  package convenience init(_ from: DecodedFrom) throws(TextEncodingError) {
    try self.init(named: from.encoding, lineEnd: from.lineEnd)
  }

  /// Appends text in the encoding; a character that it doesn't have becomes a question mark.
  ///
  /// - Parameters:
  ///   - offset: Where in the text that was decoded `text` stands; where it was not decoded, `nil`.
  ///   - replaced: What could not be decoded of that text, in its order, or reads like something else: written as it was.
  package func append(
    _ text: some Collection<UInt8>, at offset: Int64? = nil, replaced: ArraySlice<ReplacedBytes> = [],
    to bytes: inout [UInt8]
  ) {
    let text = Array(text)
    var index = 0
    if let offset {
      for stretch in replaced {
        guard stretch.text < offset + Int64(text.count) else { break }
        guard stretch.text >= offset else { continue }
        let place = Int(stretch.text - offset)
        append(text[index..<place], to: &bytes)
        bytes += stretch.bytes
        index = min(text.count, place + stretch.textCount)
      }
    }
    append(text[index...], to: &bytes)
  }

  private func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    guard let lineEnd else { return appendConverted(text, to: &bytes) }
    var rest = text
    while let index = rest.firstIndex(of: UInt8(ascii: "\n")) {
      appendConverted(rest[..<index], to: &bytes)
      bytes.append(lineEnd)
      rest = rest[(index + 1)...]
    }
    appendConverted(rest, to: &bytes)
  }

  private func appendConverted(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    text.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        let step = convert(UnsafeBufferPointer(rebasing: text[index...]))
        index += step.consumed
        bytes += UnsafeBufferPointer(start: room.base, count: step.produced)
        guard step.stop == .invalid || step.stop == .incomplete else { continue }
        let mark = [UInt8(ascii: "?")].withUnsafeBufferPointer { convert($0) }
        bytes += UnsafeBufferPointer(start: room.base, count: mark.produced)
        repeat { index += 1 } while index < text.count && text[index] & 0xC0 == 0x80
      }
    }
    let held = converter.finish(into: UnsafeMutableBufferPointer(start: room.base, count: room.capacity))
    bytes += UnsafeBufferPointer(start: room.base, count: held)
  }

  private func convert(_ text: UnsafeBufferPointer<UInt8>) -> Iconv.Step {
    converter.convert(text, into: UnsafeMutableBufferPointer(start: room.base, count: room.capacity))
  }
}
