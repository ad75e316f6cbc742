/// Something that happened in a run, for its log.
package struct RunEvent: Sendable {
  package enum Level: String, Sendable {
    case info, warning, error
  }

  package var level: Level
  /// A sentence without a full stop, as logs have them.
  package var text: String
  package var feed: String?
  /// The file's name as it arrived.
  package var file: String?
  /// A record of the file, from 1.
  package var row: Int?
  /// The code of a finding.
  package var code: String?

  package init(
    _ level: Level, _ text: String, feed: String? = nil, file: String? = nil, row: Int? = nil, code: String? = nil
  ) {
    self.level = level
    self.text = text
    self.feed = feed
    self.file = file
    self.row = row
    self.code = code
  }
}
