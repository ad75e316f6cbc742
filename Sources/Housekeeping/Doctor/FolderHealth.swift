import BillModel
import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether files can be written in a folder of billdrop's own, and how much room is left.
struct FolderHealth {
  private let path: String
  /// What is in it, for people.
  private let contents: String

  /// Less than this is a fault, or worth a word: 100 MB and 3 GB.
  private static let (least, usual): (UInt64, UInt64) = (100 << 20, 3 << 30)

  init(_ path: String, of contents: String) {
    self.path = path
    self.contents = contents
  }

  /// The folder, or where it isn't there yet the first one above it that is: it is made in that.
  var place: String {
    var place = path
    while access(place, F_OK) != 0, Directory.parent(of: place) != place { place = Directory.parent(of: place) }
    return place
  }

  func findings() -> [HealthFinding] {
    let place = place
    do throws(FileError) { try AtomicFile(path: place + "/billdrop-doctor").abandon() } catch {
      return [
        HealthFinding(
          .folder, .fault,
          "Nothing can be written in \(place), for \(contents): \(String(cString: strerror(error.code))).",
          cure: "Give the user that runs billdrop the right to write there, or name another folder.")
      ]
    }
    return [.ok(.folder, "\(Self.name(path)), for \(contents), can be written.")] + room(place)
  }

  private static func name(_ path: String) -> String { path == "." ? "This folder" : path }

  private func room(_ place: String) -> [HealthFinding] {
    var status = statvfs()
    guard statvfs(place, &status) == 0 else { return [] }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let folder = place == "." ? "this folder" : place
    let words = "\(MoneyText.count(Int(free >> 20))) MB are free in \(folder)"
    if status.f_files > 0, status.f_favail < 100 {
      return [
        HealthFinding(
          .disk, .fault, "\(words), but no more than \(status.f_favail) further files.", cure: "Remove files there.")
      ]
    }
    guard free < Self.usual else { return [.ok(.disk, "\(words).")] }
    return [
      HealthFinding(
        .disk, free < Self.least ? .fault : .warning,
        free >> 20 == 0 ? "Less than 1 MB is free in \(folder)." : "No more than \(words).",
        cure: "Make room: a million rows take about 300 MB of ledger and reports. billdrop forget removes old reports.")
    ]
  }
}
