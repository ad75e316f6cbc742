import BillIntake
import BillLayouts
import BillPlanning
import Drops
import FileRuns
import RunConfiguration

/// By what files are submitted that are named on the command line: what a configuration says, of their feed where they
/// have one, and the options, which go before it.
struct SubmitTerms {
  var account = AccountSettings()
  /// The folder of all reports.
  var reports = "billdrop-reports"
  /// The feed of the configuration that they belong to.
  var feed: FeedSettings?
  var caution = CautionSettings()

  /// Reads the configuration where one is named. Before the process has other threads, since time zones are looked up.
  init(_ invocation: Invocation) throws(RunFault) {
    if let path = invocation.text("--config") {
      let configuration = try Invocation.configuration(path)
      feed = try Self.feed(of: invocation.operands, named: invocation.text("--feed"), configuration, path)
      account = feed?.account ?? configuration.account
      caution = feed?.caution ?? configuration.caution
      if feed != nil { caution.guardMode = caution.guardMode ?? .hold }
      reports = feed?.reports ?? configuration.reports ?? reports
    } else if invocation.has("--feed") {
      throw .feed("--feed names a feed of a configuration: which one says --config.")
    }
    take(invocation)
  }

  /// The feed that is named, or the first one that takes files of these names; `nil` where the configuration has none.
  private static func feed(
    of files: [String], named name: String?, _ configuration: Configuration, _ path: String
  ) throws(RunFault) -> FeedSettings? {
    let names = configuration.feeds.map(\.name).joined(separator: ", ")
    if let name {
      if let feed = configuration.feeds.first(where: { $0.name == name }) { return feed }
      throw .feed("\(path) has no feed \(name)\(names.isEmpty ? "." : "; it has \(names).")")
    }
    guard !configuration.feeds.isEmpty else { return nil }
    var found: FeedSettings?
    for file in files {
      guard let feed = configuration.feeds.first(where: { $0.groups(in: file) != nil }) else {
        throw .feed("No feed of \(path) takes a file named \(file): say whose it is with --feed, one of \(names).")
      }
      if let found, found.name != feed.name {
        throw .feed(
          "These files belong to several feeds, \(found.name) and \(feed.name): submit those of each by themselves.")
      }
      found = feed
    }
    return found
  }

  /// The layout of the files: that of the option, else the feed's for their names, else the usual one.
  func layout(_ invocation: Invocation) throws(RunFault) -> Layout {
    guard let feed, !invocation.has("--layout") else { return try invocation.layout() }
    var found: Layout?
    for file in invocation.operands {
      guard let layout = feed.layout(for: file) else {
        throw .feed("No layout of the feed \(feed.name) takes a file named \(file): say which with --layout.")
      }
      if let found, found.digest != layout.digest {
        throw .feed("These files have several layouts in the feed \(feed.name): submit those of each by themselves.")
      }
      found = layout
    }
    var layout = found ?? Layout.standard()
    if invocation.has("--duplicates") { layout.duplicates = .first }
    return layout
  }

  /// What an operand names, read as the feed says.
  func input(_ operand: String) throws(RunFault) -> IntakeInput {
    guard let filter = feed?.filter else { return Place.input(operand) }
    guard operand != "-" else {
      throw .feed("The feed's files are read through a filter, which needs a file: standard input is none.")
    }
    return .filtered(path: operand, filter)
  }
}

extension SubmitTerms {
  /// Options of the command line go before all else.
  private mutating func take(_ invocation: Invocation) {
    takeAccount(invocation)
    account.rate = invocation.rate("--rate") ?? account.rate
    account.burst = invocation.count("--burst") ?? account.burst
    account.inFlight = invocation.count("--in-flight") ?? account.inFlight
    account.maximumRefused = invocation.count("--max-refused") ?? account.maximumRefused
    account.parties = invocation.text("--parties").flatMap { PartyMode(rawValue: $0) } ?? account.parties
    account.updatesParties = account.updatesParties || invocation.has("--update-parties")
    reports = invocation.text("--reports") ?? reports
    caution.guardMode = invocation.text("--guard").flatMap { GuardMode(rawValue: $0) } ?? caution.guardMode ?? .tell
    if let rows = invocation.count("--canary") {
      caution.canary = CanarySettings(count: rows, waits: invocation.text("--canary-then") == "wait")
    }
  }

  private mutating func takeAccount(_ invocation: Invocation) {
    account.endpoint = invocation.text("--endpoint") ?? account.endpoint
    account.caFile = invocation.text("--ca-file") ?? account.caFile
    account.timeout = invocation.count("--timeout") ?? account.timeout
    account.allowsLiveKey = account.allowsLiveKey || invocation.has("--live")
    account.ledger = invocation.text("--ledger") ?? account.ledger
  }
}
