import Testing

@testable import Tabular

@Suite struct UTF8CheckTests {
  @Test func `every sequence of two and three bytes is judged like the standard library judges it`() {
    for first in UInt8(0x7F)...0xFF {
      for second in UInt8.min ... .max {
        check([first, second])
        for third: UInt8 in [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] {
          check([first, second, third])
        }
      }
    }
  }

  @Test func `sequences of four bytes are judged like the standard library judges them`() {
    let edges: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xFF]
    for first in UInt8(0xEF)...0xF8 {
      for second in edges { for third in edges { for fourth in edges { check([first, second, third, fourth]) } } }
    }
  }

  @Test func `the next unusual byte is found at every place`() {
    for place in 0..<200 {
      for bad: UInt8 in [0, 0x80, 0xFF] {
        var bytes = [UInt8](repeating: 0x7F, count: 300)
        bytes[place] = bad
        for start in [0, place / 2, place] {
          #expect(UTF8Check.nextUnusual(in: &bytes, from: start, to: 200) == place)
        }
        #expect(UTF8Check.nextUnusual(in: &bytes, from: place + 1, to: 200) == max(200, place + 1))
      }
    }
  }

  private func check(_ bytes: [UInt8]) {
    let found = bytes.withUnsafeBufferPointer { UTF8Check.firstIllFormed(in: $0) == nil }
    if found != (String(validating: bytes, as: UTF8.self) != nil) { Issue.record("\(bytes)") }
  }
}
