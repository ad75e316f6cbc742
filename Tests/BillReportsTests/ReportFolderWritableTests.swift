import DurableFiles
import FoundationEssentials
import Hashing
import Testing

@testable import BillReports

@Suite struct ReportFolderWritableTests {
  @Test func `a folder that can't be made is told before anything is written`() throws {
    let digest = try #require(SHA256Digest(hex: String(repeating: "ab", count: 32)))
    #expect(throws: FileError.self) {
      try ReportFolder(reports: "/proc/none", fileName: "a.csv", digest: digest, command: "submit").makeWritable()
    }
    let reports = FileManager.default.temporaryDirectory.path + "/writable-\(UInt64.random(in: 0...UInt64.max))"
    let folder = ReportFolder(reports: reports, fileName: "a.csv", digest: digest, command: "submit")
    try folder.makeWritable()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    #expect(!folder.isComplete)
  }
}
