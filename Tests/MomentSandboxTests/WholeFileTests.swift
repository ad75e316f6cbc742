import Testing

@testable import moment_sandbox

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct WholeFileTests {
  @Test func `the file is there whole and nothing lies beside it`() throws {
    let folder = try #require(mkdtempPath())
    defer { rmdir(folder) }
    let path = folder + "/port"
    #expect(WholeFile.write("4711\n", to: path) == nil)
    #expect(WholeFile.write("80\n", to: path) == nil)
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 32)
    #expect(fread(&text, 1, 31, file) == 3)
    #expect(String(decoding: text.prefix(3).map { UInt8(bitPattern: $0) }, as: UTF8.self) == "80\n")
    #expect(unlink(path) == 0)
    #expect(rmdir(folder) == 0, "something was left beside it")
  }

  @Test func `a folder that is not there is an error`() {
    #expect(WholeFile.write("1", to: "/nowhere/at/all") == ENOENT)
  }

  private func mkdtempPath() -> String? {
    var template = Array("/tmp/moment-sandbox-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) }
  }
}
