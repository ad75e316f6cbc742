/// Decoding through iconv, whose position is exact at each fault.
extension TextSource {
  /// Decodes bytes of the source, a line at a time where that is needed for the marks.
  ///
  /// - Returns: how many were decoded; the rest begins a character that isn't whole yet.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>, with converter: Iconv, unit: Int) -> Int {
    var index = 0
    var isByLine = map.pace == .unknown
    while index < bytes.count {
      map.add(.init(text: textOffset, source: place(of: index)))
      let lineEnd = isByLine ? bytes[index...].firstIndex(of: UInt8(ascii: "\n")) : nil
      let end = lineEnd.map { $0 + 1 } ?? bytes.count
      index = convert(bytes, index..<end, with: converter, unit: unit)
      if index == end { continue }
      if end == bytes.count { break }
      isByLine = false
    }
    guard isInputAtEnd else { return index }
    flush(converter)
    if index < bytes.count { replace(bytes[index...], at: index, isCut: true) }
    return bytes.count
  }

  /// - Returns: the end of the range, or where in it a character begins that isn't whole.
  private func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, with converter: Iconv, unit: Int
  ) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      output.reserve(output.count + 3 * (range.upperBound - index) + 64)
      let room = UnsafeMutableBufferPointer(start: output.base + output.count, count: output.capacity - output.count)
      let step = converter.convert(UnsafeBufferPointer(rebasing: bytes[index..<range.upperBound]), into: room)
      index += step.consumed
      output.count += step.produced
      textOffset += Int64(step.produced)
      switch step.stop {
      case .done, .full: continue
      case .incomplete: return index
      case .invalid:
        let end = min(range.upperBound, index + unit)
        replace(bytes[index..<end], at: index, isCut: false)
        index = end
      }
    }
    return index
  }

  /// Writes a U+FFFD for bytes of the source.
  private func replace(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, at index: Int, isCut: Bool) {
    faults.append(
      .init(replaced: ReplacedBytes(text: textOffset, bytes), source: place(of: index), isCut: isCut))
    for byte in [0xEF, 0xBF, 0xBD] as [UInt8] { output.append(byte) }
    textOffset += 3
  }

  /// Writes what the conversion holds back: a letter that an accent might have followed.
  private func flush(_ converter: Iconv) {
    output.reserve(output.count + 64)
    let count = converter.finish(into: UnsafeMutableBufferPointer(start: output.base + output.count, count: 64))
    output.count += count
    textOffset += Int64(count)
  }
}
