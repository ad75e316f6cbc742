import DurableFiles
import Glibc
import Testing

@Suite struct SmallFileTests {
  private let folder = TemporaryFolder()

  private func cause(_ path: String, mostBytes: Int = 10) -> SmallFileFault.Cause? {
    do throws(SmallFileFault) {
      _ = try SmallFile(path: path, mostBytes: mostBytes)
      return nil
    } catch {
      #expect(!error.reason.isEmpty && error.description.hasPrefix(path))
      return error.cause
    }
  }

  private func write(_ text: String, _ name: String) throws -> String {
    let file = try AtomicFile(path: folder.path + "/" + name)
    try file.write(text)
    try file.commit()
    return folder.path + "/" + name
  }

  @Test func `a file up to its bound is read whole, an empty one too`() throws {
    #expect(try SmallFile(path: write("0123456789", "ten"), mostBytes: 10).text == "0123456789")
    #expect(try SmallFile(path: write("", "none"), mostBytes: 10).bytes.isEmpty)
    let text = String(repeating: "x", count: 300_000)
    #expect(try SmallFile(path: write(text, "large"), mostBytes: 1 << 20).text == text)
  }

  @Test func `one byte more is too large, also where the size is told by nobody`() throws {
    #expect(try cause(write("0123456789+", "eleven")) == .tooLarge(mostBytes: 10))
    #expect(cause("/proc/self/status", mostBytes: 100) == .tooLarge(mostBytes: 100))
    #expect(try !SmallFile(path: "/proc/self/status", mostBytes: 1 << 16).bytes.isEmpty)
  }

  @Test func `what is no regular file is refused at once`() throws {
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(cause(pipe) == .pipe)
    #expect(cause("/dev/zero") == .device)
    #expect(cause(folder.path) == .folder)
    #expect(cause(folder.path + "/none") == .missing)
    #expect(cause(pipe + "/below") == .missing)
  }
}
