import CZlib
import Testing

@testable import Tabular

@Suite struct GzipInflaterTests {
  private let text = Array((0..<3000).map { "row \($0 % 17),value \($0)\n" }.joined().utf8)

  @Test(arguments: [1, 3, 1000, 1 << 20])
  func `a gzip is unpacked, one member or several, empty ones too`(blockSize: Int) throws {
    #expect(try unpack(gzip(text), blockSize: blockSize) == text)
    let members = gzip(text) + gzip([]) + gzip(Array("tail\n".utf8))
    for chunk in [4, 7, 1 << 16] {
      #expect(try unpack(members, blockSize: blockSize, chunk: chunk) == text + Array("tail\n".utf8))
    }
  }

  @Test func `what is no gzip passes as it is, unless it is to be one`() throws {
    for bytes in [[], [0x1F], [0x1F, 0x8B, 0x07, 0], Array("a,b\n".utf8), text + text] as [[UInt8]] {
      #expect(try unpack(bytes, blockSize: 100) == bytes)
      #expect(throws: damage(.notGzip)) { try unpack(bytes, blockSize: 100, .gzip) }
    }
    #expect(try unpack(gzip(text), blockSize: 100, .none) == gzip(text))
  }

  @Test func `a gzip cut short anywhere is damaged`() throws {
    let whole = gzip(Array("a,b\n1,2\n".utf8))
    for count in 4..<whole.count {
      #expect(throws: damage(.gzipTruncated(byteOffset: Int64(count)))) {
        try unpack(Array(whole.prefix(count)), blockSize: 100)
      }
    }
  }

  @Test(arguments: [1, 7, 100, 4096])
  func `what a cut gzip holds comes out of it, however little room there is`(blockSize: Int) throws {
    let text = [UInt8](repeating: 0x61, count: 20_000) + Array("b,c\n".utf8)
    let whole = gzip(text)
    for count in 11..<whole.count {
      let cut = Array(whole.prefix(count))
      let best = unpackToDamage(ByteSource(bytes: cut), blockSize: 1 << 20)
      #expect(best.damage == damage(.gzipTruncated(byteOffset: Int64(count))))
      #expect(text.starts(with: best.bytes))
      for chunk in [4, 1 << 16] {
        #expect(unpackToDamage(ByteSource(bytes: cut), blockSize: blockSize, chunk: chunk) == best)
      }
    }
    let trailer = unpackToDamage(ByteSource(bytes: whole.dropLast()), blockSize: blockSize)
    #expect(trailer.bytes == text)
  }

  @Test(arguments: [1, 7, 100, 4096])
  func `what a source gave before it failed is unpacked, or passes as it is`(blockSize: Int) throws {
    let failed = InputError.damaged(name: "f", .filterFailed("it died"))
    for (given, expected) in [
      (gzip(text), text), (gzip(text).dropLast(8), text), (text, text), (Array("abc".utf8), Array("abc".utf8)),
      (gzip(text) + [0x1F, 0x8B], text), ([], []),
    ] {
      for chunk in [4, 7, 100, 1 << 16] {
        let found = unpackToDamage(failing(given, with: failed), blockSize: blockSize, chunk: chunk)
        #expect(found.damage == failed && found.bytes == expected, "\(given.count) bytes, chunks of \(chunk)")
      }
    }
    let few = unpackToDamage(failing([0x1F, 0x8B], with: failed), blockSize: blockSize, .gzip)
    #expect(few.damage == failed)
  }

  @Test func `bytes behind the last member are damage, zeros too`() throws {
    let whole = gzip(text)
    for tail in [[0], [0x1F], [0x1F, 0x8B], Array("garbage".utf8)] as [[UInt8]] {
      #expect(throws: damage(.gzipTrailingBytes(byteOffset: Int64(whole.count)))) {
        try unpack(whole + tail, blockSize: 100)
      }
    }
  }

  @Test func `a wrong checksum, a wrong length and a broken block are told apart`() throws {
    var bytes = gzip(text)
    let size = Int64(bytes.count)
    bytes[bytes.count - 8] ^= 1
    #expect(throws: damage(.gzipChecksum(byteOffset: size - 4))) { try unpack(bytes, blockSize: 100) }
    bytes = gzip(text)
    bytes[bytes.count - 1] ^= 1
    #expect(throws: damage(.gzipLength(byteOffset: size))) { try unpack(bytes, blockSize: 100) }
    bytes = gzip(text)
    bytes[10] = 0xFF
    #expect {
      _ = try unpack(bytes, blockSize: 100)
    } throws: { error in
      if case .damaged(_, .gzipInvalid)? = error as? InputError { true } else { false }
    }
  }

  @Test func `a bomb is stopped by its size and by its ratio`() throws {
    let bomb = gzip([UInt8](repeating: 0, count: 4 << 20))
    #expect(throws: damage(.unpackedTooLarge(limit: 100_000))) {
      try unpack(bomb, blockSize: 1000, bounds: .init(maximumBytes: 100_000))
    }
    #expect {
      _ = try unpack(bomb, blockSize: 1000, bounds: .init(maximumRatio: 100, ratioFreeBytes: 1 << 20))
    } throws: { error in
      if case .damaged(_, .unpackedRatio(100, _))? = error as? InputError { true } else { false }
    }
    #expect(try unpack(bomb, blockSize: 1 << 20).count == 4 << 20)
  }

  @Test func `who watches the source sees the packed bytes, each once`() throws {
    let packed = gzip(text)
    var seen: [UInt8] = []
    let source = ByteSource(bytes: packed + [1, 2, 3], name: "x.gz").watched { (bytes) throws(InputError) in
      seen += bytes
    }
    var reader = CSVReader(source: source.unpacked(), options: .init(blockSize: 100))
    var batch = RecordBatch()
    #expect(throws: InputError.damaged(name: "x.gz", .gzipTrailingBytes(byteOffset: Int64(packed.count)))) {
      while try reader.next(into: &batch) {}
    }
    while try source.skip(atMost: 7) {}
    #expect(seen == packed + [1, 2, 3])
  }

  private func damage(_ damage: InputDamage) -> InputError { .damaged(name: "memory", damage) }

  private func unpack(
    _ bytes: [UInt8], blockSize: Int, _ compression: Compression = .automatic,
    bounds: UnpackingBounds = UnpackingBounds(), chunk: Int = 1 << 16
  ) throws -> [UInt8] {
    let source = ByteSource(bytes: bytes).unpacked(compression, bounds: bounds, chunk: chunk)
    var block = [UInt8](repeating: 0, count: blockSize)
    var unpacked: [UInt8] = []
    while true {
      let count = try block.withUnsafeMutableBytes { (room) throws(InputError) in try source.read(into: room) }
      unpacked += block.prefix(count)
      if count < blockSize { return unpacked }
    }
  }

  private struct Unpacked: Equatable {
    var bytes: [UInt8] = []
    var damage: InputError?
  }

  /// What comes out before the damage, and the damage.
  private func unpackToDamage(
    _ packed: ByteSource, blockSize: Int, _ compression: Compression = .automatic, chunk: Int = 1 << 16
  ) -> Unpacked {
    let source = packed.unpacked(compression, chunk: chunk)
    var block = [UInt8](repeating: 0, count: blockSize)
    var found = Unpacked()
    while true {
      do {
        let count = try block.withUnsafeMutableBytes { (room) throws(InputError) in try source.read(into: room) }
        found.bytes += block.prefix(count)
        if count < blockSize { return found }
      } catch {
        found.bytes += block.prefix(source.bytesBeforeDamage)
        found.damage = error as? InputError
        return found
      }
    }
  }

  /// A source that gives these bytes, and then fails.
  private func failing(_ bytes: [UInt8], with error: InputError) -> ByteSource {
    var given = 0
    var last = 0
    return ByteSource(name: "f", beforeDamage: { last }) { (buffer) throws(InputError) in
      last = min(buffer.count, bytes.count - given)
      buffer.copyBytes(from: bytes[given..<given + last])
      given += last
      if last < buffer.count { throw error }
      return last
    }
  }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let count = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        return output.count - Int(stream.avail_out)
      }
    }
    return Array(output.prefix(count))
  }
}
