import BillLedger
import BillModel
import DurableFiles

/// Figures for Prometheus's textfile collector.
struct RunMetrics {
  /// Of each feed: how many files are held, and how many expected ones are missing.
  var waiting: [String: Int] = [:]
  var missing: [String: Int] = [:]
  var files: [(feed: String, verdict: String, files: Int)] = []
  var lastLook: WallTime

  /// The text of the file.
  var text: String {
    var text = header("billdrop_files_total", "counter", "Files that came to their end, by feed and verdict.")
    for count in files {
      text += "billdrop_files_total{feed=\"\(count.feed)\",verdict=\"\(count.verdict)\"} \(count.files)\n"
    }
    text += header("billdrop_held_files", "gauge", "Files that are held.")
    for (feed, count) in waiting.sorted(by: { $0.key < $1.key }) {
      text += "billdrop_held_files{feed=\"\(feed)\"} \(count)\n"
    }
    text += header("billdrop_missing_files", "gauge", "Expected files that have not come.")
    for (feed, count) in missing.sorted(by: { $0.key < $1.key }) {
      text += "billdrop_missing_files{feed=\"\(feed)\"} \(count)\n"
    }
    text += header("billdrop_last_look_timestamp_seconds", "gauge", "When the drops were looked at last.")
    return text + "billdrop_last_look_timestamp_seconds \(lastLook.milliseconds / 1000)\n"
  }

  private func header(_ name: String, _ kind: String, _ help: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  /// Writes the file, whole, readable by all: whoever collects is another user.
  func write(to path: String) throws(FileError) {
    let file = try AtomicFile(path: path, mode: 0o644)
    try file.write(text)
    try file.commit()
  }
}
