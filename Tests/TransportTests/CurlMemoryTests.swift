import CLibcurl
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Memory of libcurl's that a thread keeps at hand.
@Suite struct CurlMemoryTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1_000, 16_385, 32_768, 32_769, 1_000_000])
  func aPieceHoldsWhatWasAskedFor(bytes: Int) throws {
    let piece = try #require(billdrop_curl_take(bytes))
    #expect(UInt(bitPattern: piece) % 16 == 0)
    memset(piece, 0xA5, bytes)
    let larger = try #require(billdrop_curl_take_again(piece, 2 * bytes + 100))
    #expect(UnsafeRawBufferPointer(start: larger, count: bytes).allSatisfy { $0 == 0xA5 })
    billdrop_curl_give(larger)
  }

  @Test func whatWasGivenBackIsHadAgainAndCleared() throws {
    let first = try #require(billdrop_curl_take(16_385))
    memset(first, 0xA5, 16_385)
    billdrop_curl_give(first)
    let again = try #require(billdrop_curl_take_clear(5, 4_000))
    #expect(again == first)
    #expect(UnsafeRawBufferPointer(start: again, count: 20_000).allSatisfy { $0 == 0 })
    billdrop_curl_give(again)
  }

  @Test func whatAThreadKeepsIsBounded() throws {
    let pieces = try (0..<200).map { _ in try #require(billdrop_curl_take(30_000)) }
    #expect(Set(pieces).count == 200)
    for piece in pieces { billdrop_curl_give(piece) }
    let again = try (0..<200).map { _ in try #require(billdrop_curl_take(30_000)) }
    // 2 MB of 32 KB each; the C library may give some of the others again too.
    #expect(Set(again.prefix(64)).isSubset(of: Set(pieces)))
    #expect(Set(again).count == 200)
    for piece in again { billdrop_curl_give(piece) }
  }

  @Test func whatCannotBeIsNotTaken() {
    #expect(billdrop_curl_take_clear(Int.max, 4) == nil)
    #expect(billdrop_curl_take_clear(1 << 40, 1 << 40) == nil)
    billdrop_curl_give(nil)
  }
}
