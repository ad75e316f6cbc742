import Testing

@testable import Tabular

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct ByteSourceTests {
  @Test func `a file is read block by block to its end`() throws {
    try withFile(Array("hello, world".utf8)) { path in
      let source = try ByteSource(path: path)
      #expect(source.expectedBytes == 12)
      #expect(try block(source, 5) == Array("hello".utf8))
      #expect(try block(source, 100) == Array(", world".utf8))
      #expect(try block(source, 5) == [])
      #expect(source.byteOffset == 12)
    }
  }

  @Test func `bytes are passed over, to the end where there are fewer`() throws {
    try withFile(Array("hello, world".utf8)) { path in
      let supplied = ByteSource(bytes: Array("hello, world".utf8))
      let sources = [
        try ByteSource(path: path), ByteSource(bytes: Array("hello, world".utf8)),
        ByteSource(name: "pipe") { (buffer) throws(InputError) in try supplied.read(into: buffer) },
      ]
      for source in sources {
        #expect(try block(source, 2) == Array("he".utf8))
        try source.skip(5)
        #expect(try block(source, 2) == Array("wo".utf8) && source.byteOffset == 9)
        try source.skip(100)
        #expect(try block(source, 1) == [] && source.byteOffset == 12)
      }
    }
  }

  @Test func `a missing file is told from a directory`() {
    #expect(throws: InputError.notFound(name: "/nowhere/at/all.csv")) { try ByteSource(path: "/nowhere/at/all.csv") }
    #expect(throws: InputError.notFound(name: "/dev/null/x.csv")) { try ByteSource(path: "/dev/null/x.csv") }
    #expect(throws: InputError.notFound(name: "")) { try ByteSource(path: "") }
    #expect(throws: InputError.isDirectory(name: "/tmp")) { try ByteSource(path: "/tmp") }
  }

  @Test func `any other failure keeps its errno`() {
    let long = String(repeating: "x", count: 5000)
    #expect(throws: InputError.failed(name: long, operation: .open, code: ENAMETOOLONG, byteOffset: 0)) {
      try ByteSource(path: long)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read anything"))
  func `a file that may not be read says so`() throws {
    try withFile([1]) { path in
      chmod(path, 0)
      #expect(throws: InputError.permissionDenied(name: path)) { try ByteSource(path: path) }
    }
  }

  @Test func `a device has no size`() throws {
    let source = try ByteSource(path: "/dev/zero")
    #expect(source.expectedBytes == nil)
    #expect(try block(source, 3) == [0, 0, 0])
  }

  @Test(arguments: [3, 4, 5, 100]) func `a look at its beginning takes nothing from a pipe`(size: Int) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    #expect(write(ends[1], "hello, world", 12) == 12)
    close(ends[1])
    let source = try ByteSource(path: "/dev/fd/\(ends[0])")
    close(ends[0])
    #expect(source.firstBytes(4) == Array("hell".utf8))
    #expect(source.byteOffset == 0)
    var read: [UInt8] = []
    while case let next = try block(source, size), !next.isEmpty { read += next }
    #expect(read == Array("hello, world".utf8))
    #expect(source.byteOffset == 12)
  }

  @Test func `a look at a beginning that is shorter shows all of it`() throws {
    try withFile(Array("ab".utf8)) { path in
      let source = try ByteSource(path: path)
      #expect(source.firstBytes(4) == Array("ab".utf8))
      #expect(try block(source, 5) == Array("ab".utf8))
      #expect(try block(source, 5) == [])
    }
  }

  @Test(arguments: [2, 4, 7]) func `what was looked at is passed over too`(count: Int64) throws {
    try withFile(Array("hello, world".utf8)) { path in
      let source = try ByteSource(path: path)
      _ = source.firstBytes(4)
      try source.skip(count)
      #expect(try source.next(100) == Array("hello, world".utf8.dropFirst(Int(count))))
      #expect(source.byteOffset == 12)
    }
  }

  @Test func `a look that is cancelled leaves it to the reading to say so`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let source = try ByteSource(path: "/dev/fd/\(ends[0])", isCancelled: { true })
    #expect(source.firstBytes(4) == [])
    #expect(throws: InputError.cancelled(name: source.name)) { try block(source, 5) }
  }

  private func block(_ source: ByteSource, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xAA, count: count)
    let read = try bytes.withUnsafeMutableBytes { (room) throws(InputError) in try source.read(into: room) }
    return Array(bytes.prefix(read))
  }

  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    var template = Array("/tmp/billdrop-test-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    #expect(descriptor >= 0)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
    try body(path)
  }
}
