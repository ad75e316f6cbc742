/// Decoding through iconv, whose position is exact at each fault.
extension TextSource {
  /// Decodes bytes of the source, a line at a time where that is needed for the marks: then these stand where lines begin,
  /// however the bytes come.
  ///
  /// - Returns: how many were decoded; the rest begins a character that isn't whole yet.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>, with converter: Iconv, unit: Int) -> Int {
    var index = 0
    while index < bytes.count {
      let begin = index
      if isAtLineStart || !goesByLine { map.add(.init(text: textOffset, source: place(of: begin))) }
      let nextLine = goesByLine ? Self.nextLine(bytes, from: begin) : nil
      let end = nextLine ?? bytes.count
      index = convert(bytes, begin..<end, with: converter, unit: unit)
      if index > begin { isAtLineStart = index == nextLine }
      if index == end { continue }
      if end == bytes.count { break }
      guard let broken = breakOff(bytes, at: index, lineEnd: end, with: converter, unit: unit) else { break }
      index = broken
    }
    guard isInputAtEnd else { return index }
    flush(converter)
    if index < bytes.count { replace(bytes[index...], at: index, isCut: true) }
    return bytes.count
  }

  /// Where a line begins behind the next line end; `nil` where there is none.
  private static func nextLine(_ bytes: UnsafeBufferPointer<UInt8>, from begin: Int) -> Int? {
    let end = bytes[begin...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard let end else { return nil }
    let isPair = bytes[end] == UInt8(ascii: "\r") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
    return end + (isPair ? 2 : 1)
  }

  /// Goes on behind a line end that something begun before it may go on with: it was a line end where that is none with
  /// the bytes behind it, and else a part of a character.
  ///
  /// - Returns: where to go on; `nil` where more bytes have to tell.
  private func breakOff(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, lineEnd: Int, with converter: Iconv, unit: Int
  ) -> Int? {
    output.reserve(output.count + 64)
    let room = UnsafeMutableBufferPointer(start: output.base + output.count, count: 64)
    for end in lineEnd + 1...bytes.count {
      let step = converter.convert(UnsafeBufferPointer(rebasing: bytes[index..<end]), into: room)
      output.count += step.produced
      textOffset += Int64(step.produced)
      if step.stop == .incomplete, step.consumed == 0 { continue }
      if step.stop == .invalid, step.consumed == 0 {
        let behind = min(bytes.count, index + unit)
        replace(bytes[index..<behind], at: index, isCut: false)
        return behind
      }
      goesByLine = false
      return index + step.consumed
    }
    return nil
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
