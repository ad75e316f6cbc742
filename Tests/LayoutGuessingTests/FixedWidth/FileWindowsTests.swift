import Tabular
import Testing

@testable import LayoutGuessing

@Suite struct FileWindowsTests {
  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
  }

  private func check(_ file: FileWindows, _ bytes: [UInt8]) {
    #expect(file.total == bytes.count)
    #expect(file.windows.last?.end == bytes.count && file.windows.first?.offset == 0)
    for window in file.windows { #expect(window.bytes.elementsEqual(bytes[window.offset..<window.end])) }
    for (one, next) in zip(file.windows, file.windows.dropFirst()) { #expect(one.end < next.offset) }
  }

  @Test(arguments: [0, 1, FileWindows.size, 3 * FileWindows.size])
  func `a small file is read whole`(count: Int) throws {
    let bytes = Self.bytes(count)
    let file = try FileWindows { ByteSource(bytes: bytes) }
    #expect(file.isWhole)
    check(file, bytes)
  }

  @Test func `of a large one the beginning, the middle and the end are read`() throws {
    let bytes = Self.bytes(9 * FileWindows.size + 17)
    let file = try FileWindows { ByteSource(bytes: bytes) }
    #expect(file.windows.count == 3)
    check(file, bytes)
  }

  @Test(arguments: [2, 3, 4, 5, 9])
  func `of one whose size isn't known the beginning and the end are kept`(blocks: Int) throws {
    let bytes = Self.bytes(blocks * FileWindows.size + 17)
    let file = try FileWindows {
      let source = ByteSource(bytes: bytes)
      return ByteSource(name: "pipe") { (buffer) throws(InputError) in try source.read(into: buffer) }
    }
    #expect(file.windows.count <= 2)
    check(file, bytes)
  }
}
