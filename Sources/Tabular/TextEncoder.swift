/// UTF-8 → the bytes of an encoding: for text that goes back to where it was decoded from.
///
/// Each call stands for itself, so that an encoding with states begins and ends in its first one.
package final class TextEncoder {
  private let converter: Iconv
  private var room = GrowingBuffer<UInt8>(capacity: 4096)

  /// - Parameter name: A name of iconv's, the order of bytes in it where that is not told otherwise: `UTF-16LE`.
  package init(named name: String) throws(TextEncodingError) { converter = try Iconv(to: name) }

  /// Appends text in the encoding; a character that it doesn't have becomes a question mark.
  ///
  /// - Parameters:
  ///   - offset: Where in the text that was decoded `text` stands; where it was not decoded, `nil`.
  ///   - replaced: What could not be decoded of that text, in its order: written as it was.
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
        index = min(text.count, place + 3)
      }
    }
    append(text[index...], to: &bytes)
  }

  private func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
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
