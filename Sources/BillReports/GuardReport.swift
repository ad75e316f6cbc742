import BillModel

/// A file's figures against the history of its feed.
package struct GuardReport: Hashable, Sendable {
  package var feed: String
  /// How many earlier files the feed has, at most as many as are looked at.
  package var files: Int
  /// How many it must have before anything is judged.
  package var least: Int
  /// Empty where the feed has too few files.
  package var figures: [GuardFigure]

  package init(feed: String, files: Int, least: Int, figures: [GuardFigure]) {
    self.feed = feed
    self.files = files
    self.least = least
    self.figures = figures
  }

  /// Whether there is anything to compare with.
  package var hasHistory: Bool { files >= least }

  /// What lies beyond its bounds.
  package var far: [GuardFigure] { figures.filter(\.isFar) }

  /// The history in a few words.
  package var words: String {
    guard !hasHistory else {
      return far.isEmpty
        ? "as usual, by the last \(files) files of the feed \(feed)"
        : "far from the last \(files) files of the feed \(feed)"
    }
    let found = files == 0 ? "this is the first file" : files == 1 ? "1 file before it" : "\(files) files before it"
    return "none yet, \(found) of the feed \(feed): compared from \(least) files on"
  }

  func write(_ json: inout JSONText) {
    json.string("feed", feed)
    json.integer("files", files)
    json.string("verdict", hasHistory ? far.isEmpty ? "usual" : "far" : "no_history")
    json.array("figures") { list in
      for figure in figures { list.object { Self.write(figure, &$0) } }
    }
  }

  private static func write(_ figure: GuardFigure, _ json: inout JSONText) {
    func number(_ key: String, _ value: Double?) {
      guard let value else { return }
      if figure.name.isShare { json.decimal(key, value) } else { json.integer(key, Int64(value.rounded())) }
    }
    json.string("name", figure.name.rawValue)
    if let currency = figure.currency { json.string("currency", currency.description) }
    number("value", figure.value)
    number("usual", figure.usual)
    number("low", figure.low)
    number("high", figure.high)
    json.boolean("far", figure.isFar)
  }
}
