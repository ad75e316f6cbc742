package import BillIntake
package import BillLayouts
import BillModel
package import Drops

/// Files of one kind in a drop, and what becomes of them.
package struct FeedSettings: Sendable {
  /// A layout and the names of the files that are read by it.
  package struct NamedLayout: Sendable {
    /// `nil`: all that no one before takes.
    package var pattern: FileNamePattern?
    package var layout: Layout
  }

  package var name: String
  package var account: AccountSettings
  package var drop: DropSettings
  /// `nil`: all names.
  package var pattern: FileNamePattern?
  package var layouts: [NamedLayout]
  package var completeness = Completeness.unchanged(seconds: 5)
  /// A program through which its files are read.
  package var filter: FileFilter?
  /// `nil`: the files of this feed have no order.
  package var order: FeedOrder?
  package var expected: ExpectedFile?
  /// The folder of its reports on this machine.
  package var reports: String
  package var delivery = DeliverySettings()
  package var caution: CautionSettings
}

extension FeedSettings {
  /// Where the date or the sequence stands that puts files in order.
  package enum KeyPlace: Hashable, Sendable {
    case nowhere, inNames, inFiles
  }

  /// In the names where their pattern has groups for it, else where each layout's "order" says.
  package var keysStand: KeyPlace {
    let groups = Set(pattern?.groups ?? [])
    if groups.contains("date") || groups.contains("sequence") || groups.isSuperset(of: ["year", "month", "day"]) {
      return .inNames
    }
    return !layouts.isEmpty && layouts.allSatisfy { $0.layout.order != nil } ? .inFiles : .nowhere
  }

  /// Whether its files' names have dates.
  package var namesHaveDates: Bool {
    let groups = Set(pattern?.groups ?? [])
    return groups.contains("date") || groups.isSuperset(of: ["year", "month", "day"])
  }

  /// Whether what puts its files in order stands in them, and somebody asks for it.
  package var readsKeys: Bool { keysStand == .inFiles && (order != nil || expected != nil) }

  /// The values of the pattern's groups in a name; `nil` where a file of this name is none of the feed's. A mended
  /// file's name is the one that it is mended from.
  package func groups(in name: String) -> [String: String]? {
    guard let pattern else { return [:] }
    return pattern.values(in: SourceName(name).plain)
  }

  /// Whether in the feed's drop something of this name lies beside another file, and is none itself.
  package func liesBeside(_ name: String) -> Bool { completeness.companionEndings.contains { name.hasSuffix($0) } }

  /// As `groups`, of what lies in the feed's drop: `nil` also where something of this name lies beside another file.
  package func groups(inDropped name: String) -> [String: String]? { liesBeside(name) ? nil : groups(in: name) }

  /// The layout for a file of this name; `nil` where none of several takes it.
  package func layout(for name: String) -> Layout? {
    let plain = SourceName(name).plain
    return layouts.first { $0.pattern.map { $0.values(in: plain) != nil } ?? true }?.layout
  }
}

extension [FeedSettings] {
  /// Which of the feeds of one drop takes what has this name there: the first that does. None takes what lies beside a file
  /// of one of them.
  ///
  /// - Parameter takes: Whether that feed's `files` match, and it lies beside none of its own.
  package func taking(_ name: String, _ takes: (Int, String) -> Bool) -> Int? {
    guard let found = indices.first(where: { takes($0, name) }) else { return nil }
    for index in indices where index != found {
      for ending in self[index].completeness.companionEndings where name.hasSuffix(ending) {
        if taking(String(name.dropLast(ending.count)), takes) == index { return nil }
      }
    }
    return found
  }
}
