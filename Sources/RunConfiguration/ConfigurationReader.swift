import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import Drops
import DurableFiles
import SchemaRules
import Tabular

/// Reads a configuration's JSON: goes on after each mistake, so that all of them are told at once.
///
/// The shape is the schema's business; what doesn't have it is passed over here. Looked after here is what a schema
/// can't say: that patterns can be read, zones are known, layouts can be used, and what belongs together is together.
struct ConfigurationReader {
  private let folder: String
  private let usualReports: String
  private let now: WallTime
  private let environment: (String) -> String?
  private(set) var mistakes: [LayoutMistake] = []

  /// - Parameters:
  ///   - folder: What paths count from.
  ///   - usualReports: The folder of reports where nothing is said of it.
  init(folder: String, usualReports: String, now: WallTime, environment: @escaping (String) -> String?) {
    self.folder = folder
    self.usualReports = usualReports
    self.now = now
    self.environment = environment
  }

  /// A variable that holds a secret, by its name. It is asked for now: the first reading takes it out of the environment,
  /// and a program of an earlier feed would get it else.
  func taken(_ variable: String) -> String {
    _ = environment(variable)
    return variable
  }

  mutating func note(_ place: JSONPlace, _ message: String) {
    mistakes.append(LayoutMistake(pointer: place.pointer, message: message))
  }

  mutating func configuration(_ root: JSONPlace) -> Configuration {
    var configuration = Configuration()
    configuration.account = account(root, over: AccountSettings())
    configuration.reports = path(root["reports"])
    configuration.caution = caution(root, over: CautionSettings())
    configuration.poll = root["poll"]?.value.double ?? configuration.poll
    configuration.metrics = path(root["metrics"])
    configuration.webhookSecretFile = path(root["events"]?["secret_file"])
    if let notify = root["notify"] { configuration.notices = notices(notify) }
    for (name, place) in root["feeds"]?.members ?? [] {
      if let feed = feed(name, place, under: configuration) { configuration.feeds.append(feed) }
    }
    checkTogether(configuration.feeds, root)
    return configuration
  }

  // MARK: What files are sent by

  private mutating func account(_ place: JSONPlace, over base: AccountSettings) -> AccountSettings {
    var account = base
    account.isConfigured = true
    account.merchant = place["merchant"]?.string ?? base.merchant
    if let ledger = place["ledger"] { account.ledger = ledgerPath(ledger) }
    account.parties = place["parties"]?.string.flatMap { PartyMode(rawValue: $0) } ?? base.parties
    account.updatesParties = place["update_parties"]?.value.bool ?? base.updatesParties
    if let receipt = place["receipt"] { takeReceipt(receipt, into: &account) }
    if let api = place["api"] { takeAPI(api, into: &account) }
    if let limits = place["limits"] { takeLimits(limits, into: &account) }
    return account
  }

  /// A path that counts from the configuration's folder, or the address of a server.
  private mutating func ledgerPath(_ place: JSONPlace) -> String? {
    guard let url = place.string.flatMap(LedgerURL.init) else { return path(place) }
    if url.holdsSecret {
      note(
        place,
        "holds a password, which belongs into ~/.pgpass, PGPASSFILE, passfile=, a service or PGPASSWORD.")
    }
    return place.string
  }

  private mutating func takeAPI(_ place: JSONPlace, into account: inout AccountSettings) {
    account.endpoint = place["endpoint"]?.string ?? account.endpoint
    if place["key_file"] != nil, let other = place["key_credential"] {
      note(other, "The key comes from a file or from a credential, not from both.")
    }
    if let file = path(place["key_file"]) { (account.keyFile, account.keyCredential) = (file, nil) }
    if let name = place["key_credential"]?.string { (account.keyFile, account.keyCredential) = (nil, name) }
    account.allowsLiveKey = place["live"]?.value.bool ?? account.allowsLiveKey
    account.caFile = path(place["ca_file"]) ?? account.caFile
    account.timeout = place["timeout"]?.integer ?? account.timeout
  }

  private mutating func takeLimits(_ place: JSONPlace, into account: inout AccountSettings) {
    account.rate = place["rate"]?.value.double ?? account.rate
    account.burst = place["burst"]?.integer ?? account.burst
    account.inFlight = place["in_flight"]?.integer ?? account.inFlight
    account.daily = place["daily"]?.integer ?? account.daily
    account.maximumRefused = place["max_refused"]?.integer ?? account.maximumRefused
    account.rangeRows = place["range_rows"]?.integer ?? account.rangeRows
    if let quiet = place["quiet"] {
      account.quiet = QuietHours(quiet.elements.compactMap(\.string))
      if account.quiet == nil { note(quiet, "must be a list of hours like \"22:00-23:00\", none of them empty.") }
    }
    account.zone = zone(place["zone"]) ?? account.zone
  }

  // MARK: Feeds

  private mutating func feed(_ name: String, _ place: JSONPlace, under base: Configuration) -> FeedSettings? {
    let layouts = layouts(place["layout"])
    let pattern = pattern(place["files"])
    guard let drop = drop(place["drop"]) else { return nil }
    var feed = FeedSettings(
      name: name, account: account(place, over: base.account), drop: drop, pattern: pattern, layouts: layouts,
      reports: path(place["reports"]) ?? base.reports ?? usualReports,
      caution: caution(place, over: base.caution))
    if let complete = place["complete"] { feed.completeness = completeness(complete) }
    feed.filter = command(place["filter"]).map { FileFilter(command: $0) }
    feed.expected = place["expect"].flatMap { expected($0) }
    if let order = place["order"] { feed.order = self.order(order, feed) }
    if let deliver = place["deliver"] { feed.delivery = delivery(deliver, isLocal: drop.localInbound != nil) }
    checkCanary(feed, place)
    return feed
  }

  private mutating func drop(_ place: JSONPlace?) -> DropSettings? {
    guard let place else { return nil }
    if let text = place.string {
      guard text.lowercased().hasPrefix("sftp:") else {
        note(
          place,
          "is neither a folder nor a server: a folder of this machine is written {\"path\": \(Self.quoted(text))}, a "
            + "server as a text that begins with sftp://.")
        return nil
      }
      return server(place, place)
    }
    if let url = place["url"] {
      if let other = place["path"] { note(other, "A drop is a folder of this machine or a url, not both.") }
      return server(url, place)
    }
    noteServerKeys(place)
    guard let root = path(place["path"]) else {
      if place["path"] == nil, place.value.object != nil {
        note(place, "needs a \"path\", or the \"url\" of a server.")
      }
      return nil
    }
    let folders = folders(place, below: root)
    checkApart(folders, place)
    return DropSettings(title: root, site: .folder(folders))
  }

  /// A drop's folders: the usual ones, but for those that are named.
  func folders(_ place: JSONPlace, below root: String) -> DropFolders {
    var folders = DropFolders(root: root)
    func below(_ key: String, _ usual: String) -> String {
      guard let name = place[key]?.string else { return usual }
      return name.hasPrefix("/") ? name : name == "." ? root : root + "/" + name
    }
    folders.inbound = below("inbound", folders.inbound)
    folders.processing = below("processing", folders.processing)
    folders.archive = below("archive", folders.archive)
    folders.rejected = below("rejected", folders.rejected)
    folders.reports = below("reports", folders.reports)
    return folders
  }

  private mutating func layouts(_ place: JSONPlace?) -> [FeedSettings.NamedLayout] {
    guard let place else { return [FeedSettings.NamedLayout(pattern: nil, layout: .standard())] }
    if place.string != nil {
      return layout(place).map { [FeedSettings.NamedLayout(pattern: nil, layout: $0)] } ?? []
    }
    var layouts: [FeedSettings.NamedLayout] = []
    for element in place.elements {
      let pattern = pattern(element["files"])
      guard let named = element["layout"], let layout = layout(named), let pattern else { continue }
      layouts.append(FeedSettings.NamedLayout(pattern: pattern, layout: layout))
    }
    return layouts
  }

  /// A layout file, or the name of a built-in one.
  private mutating func layout(_ place: JSONPlace) -> Layout? {
    guard let name = place.string else { return nil }
    let isBuiltIn = !name.contains("/") && Layout.builtInText(named: name) != nil
    let file: LayoutFile
    do throws(SmallFileFault) { file = try LayoutFile(isBuiltIn ? name : whole(name)) } catch {
      guard error.cause == .missing else {
        note(place, "The layout \(name) can't be read: \(error.reason).")
        return nil
      }
      note(
        place, "There is no layout \(name): neither a file, nor one of \(Layout.builtInNames.joined(separator: ", ")).")
      return nil
    }
    do throws(LayoutError) {
      return try Layout(json: file.text) { environment($0).map { Array($0.utf8) } }
    } catch {
      for mistake in file.mistakes(error) {
        note(
          place, "\(name):\(mistake.line): \(mistake.pointer)\(mistake.pointer.isEmpty ? "" : " ")\(mistake.message)")
      }
      return nil
    }
  }

  private mutating func completeness(_ place: JSONPlace) -> Completeness {
    let by = place["by"]?.string ?? "unchanged"
    if by == "unchanged", let other = place["endings"] { note(other, "is for done-file and checksum only.") }
    if by != "unchanged", let other = place["seconds"] { note(other, "is for unchanged only.") }
    let endings = place["endings"].map { $0.elements.compactMap(\.string) }
    switch by {
    case "done-file": return .doneFile(endings: endings ?? [".done", ".ok"])
    case "checksum": return .checksum(endings: endings ?? [".sha256", ".md5"])
    default: return .unchanged(seconds: place["seconds"]?.value.double ?? 5)
    }
  }

  private mutating func expected(_ place: JSONPlace) -> ExpectedFile? {
    let zone = place["zone"] == nil ? TimeZoneTable(named: "UTC", around: now) : zone(place["zone"])
    guard let zone, let time = place["time"]?.string else { return nil }
    let parts = time.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    return ExpectedFile(
      days: days(place["days"]), minute: parts[0] * 60 + parts[1], zone: zone,
      nextStandsIn: place["stand_in"]?.value.bool ?? true)
  }

  private func days(_ place: JSONPlace?) -> Set<Int> {
    guard let place else { return Set(1...7) }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return Set(place.elements.compactMap { $0.string.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } })
  }

  private mutating func order(_ place: JSONPlace, _ feed: FeedSettings) -> FeedOrder {
    checkKeys(feed, place)
    func policy(_ key: String, _ usual: FeedOrder.Policy) -> FeedOrder.Policy {
      place[key]?.string.flatMap { FeedOrder.Policy(rawValue: $0) } ?? usual
    }
    return FeedOrder(
      gap: policy("gap", .report), repeated: policy("repeat", .hold), older: policy("older", .hold),
      days: feed.expected?.days ?? Set(1...7))
  }

  private mutating func delivery(_ place: JSONPlace, isLocal: Bool) -> DeliverySettings {
    if place["filter"] == nil, let other = place["ending"] { note(other, "is for files that go out through a filter.") }
    var delivery = DeliverySettings()
    delivery.parts = place["files"].map { $0.elements.compactMap(\.string) }
    delivery.filter = command(place["filter"])
    delivery.ending = place["ending"]?.string ?? delivery.ending
    delivery.rights.mode = place["mode"]?.string.flatMap { UInt32($0, radix: 8) } ?? delivery.rights.mode
    delivery.rights.group = place["group"].flatMap { group($0, isLocal) }
    return delivery
  }

  /// The number of a group; by its name only where it is one of this machine.
  private mutating func group(_ place: JSONPlace, _ isLocal: Bool) -> UInt32? {
    guard let name = place.string else { return place.integer.flatMap { UInt32(exactly: $0) } }
    if let number = UInt32(name) { return number }
    let number = isLocal ? ReportRights.number(ofGroup: name) : nil
    if number == nil {
      note(
        place,
        isLocal
          ? "This machine knows no group \"\(name)\"." : "must be a number: the server's own names aren't known here.")
    }
    return number
  }

  // MARK: Notices

  private mutating func notices(_ place: JSONPlace) -> NoticeSettings {
    var notices = NoticeSettings()
    for kind in NoticeKind.allCases {
      if let command = command(place["on_\(kind.rawValue)"]) { notices.commands[kind] = command }
    }
    guard let webhook = place["webhook"], let url = webhook["url"]?.string else { return notices }
    guard (webhook["secret_env"] == nil) != (webhook["secret_file"] == nil) else {
      note(webhook, "needs its secret, whsec_…, from \"secret_env\" or from \"secret_file\".")
      return notices
    }
    let kinds = webhook["events"].map { $0.elements.compactMap { $0.string.flatMap { NoticeKind(rawValue: $0) } } }
    notices.webhook = NoticeSettings.Webhook(
      url: url, secretVariable: webhook["secret_env"]?.string.map { taken($0) },
      secretFile: path(webhook["secret_file"]),
      kinds: Set(kinds ?? NoticeKind.allCases))
    return notices
  }

  private func command(_ place: JSONPlace?) -> [String]? { place.map { $0.elements.compactMap(\.string) } }

  // MARK: What several have

  private mutating func pattern(_ place: JSONPlace?) -> FileNamePattern? {
    guard let place, let source = place.string else { return nil }
    do throws(PatternError) { return try FileNamePattern(source) } catch {
      note(place, "can't be used: \(error)")
      return nil
    }
  }

  private mutating func zone(_ place: JSONPlace?) -> TimeZoneTable? {
    guard let place, let name = place.string else { return nil }
    let zone = TimeZoneTable(named: name, around: now)
    if zone == nil { note(place, "This machine knows no time zone \"\(name)\"; for example Africa/Johannesburg.") }
    return zone
  }

  func path(_ place: JSONPlace?) -> String? { place?.string.map(whole) }

  /// A path that counts from the configuration's folder.
  private func whole(_ path: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : folder == "/" ? "/" + path : folder + "/" + path
  }

  /// A text as JSON has it, for what somebody is told to write.
  private static func quoted(_ text: String) -> String {
    String(decoding: JSONValue.string(text).encoded, as: UTF8.self)
  }
}
