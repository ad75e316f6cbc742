import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Drops
import FileRuns
import Hashing
import RunConfiguration
import SchemaRules
import SubmitPass
import Transport

/// The key, the ledger and the connection by which files are sent; one for all feeds that say the same of them.
final class AccountDesk {
  let settings: AccountSettings
  let ledger: Ledger
  /// As the configuration has it.
  let ledgerPath: String
  let stamp: EnvironmentStamp
  private let key: SecretKey
  private let around: RunSurroundings
  private var connection: SubmitConnection?
  /// By the digest of what they are: layout and reports.
  private var submissions: [String: FileSubmission] = [:]
  /// By the digests of their layouts.
  private var intakes: [String: Intake] = [:]
  private let receiptKey: ReceiptKey?
  var pauses = AccountPauses()

  /// Opens the ledger; nothing is sent.
  ///
  /// - Parameter ledgers: Those that are open already.
  init(
    _ settings: AccountSettings, _ around: RunSurroundings, ledgers: inout OpenLedgers
  ) throws(RunFault) {
    self.settings = settings
    self.around = around
    key = try settings.key(around.environment)
    receiptKey = try settings.receiptKey(around.environment)
    stamp = try settings.stamp(for: key)
    guard let path = settings.ledger ?? LedgerPath.standard(for: stamp, environment: around.environment) else {
      throw .noLedgerPath
    }
    if settings.ledger == nil { try LedgerPath.makeFolder(of: path) }
    ledger = try ledgers.ledger(path, stamp, now: around.now)
    ledgerPath = path
  }

  /// Whether both are known to the API by the same key.
  func hasKey(of other: AccountDesk) -> Bool {
    settings.endpoint == other.settings.endpoint && key.bearer == other.key.bearer
  }

  /// What submits files of one layout and feed.
  func submission(_ layout: Layout, for feed: FeedSettings) throws(RunFault) -> FileSubmission {
    let name = "\(layout.digest.hex) \(feed.name)"
    if let known = submissions[name] { return known }
    let told = Told()
    let submission = FileSubmission(
      intake: try intake(layout), settings: try submitSettings(feed), options: options, connection: try open(),
      ledger: ledger,
      clock: clock, interrupts: around.interrupts, checking: { [around] _ in around.pulse() },
      progress: { [around] progress in
        around.pulse()
        told.tell(progress) { around.log(RunEvent($0, $1, feed: feed.name)) }
      })
    submissions[name] = submission
    return submission
  }

  /// What was said already: that the ledger has a time that is to come, that the next turn is long in coming, and that a
  /// submission stops, which it ends with.
  private final class Told {
    private var (ledger, isStopping) = (false, false)
    /// The longest wait that was told.
    private var wait = 0

    func tell(_ progress: SubmitProgress, _ say: (RunEvent.Level, String) -> Void) {
      if let ahead = progress.ledgerAhead, !ledger {
        ledger = true
        say(.warning, SubmitProgress.ledgerWords(ahead))
      }
      if let seconds = progress.turnIn, seconds > 4 * wait {
        wait = seconds
        say(.warning, SubmitProgress.turnWords(seconds))
      }
      guard let underWay = progress.stopping, underWay > 0, !isStopping else { return }
      isStopping = true
      say(.info, SubmitProgress.stoppingWords(underWay))
    }
  }

  /// What takes in files of a layout.
  func intake(_ layout: Layout) throws(RunFault) -> Intake {
    if let known = intakes[layout.digest.hex] { return known }
    let intake: Intake
    do throws(SchemaError) { intake = try Intake(layout: layout) } catch { throw .schema(error) }
    intakes[layout.digest.hex] = intake
    return intake
  }

  /// Whether the process was told to end, for what may have to wait.
  var isInterrupted: @Sendable () -> Bool { { [interrupts = around.interrupts] in interrupts() > 0 } }

  private func submitSettings(_ feed: FeedSettings) throws(RunFault) -> SubmitSettings {
    var settings = SubmitSettings(
      environment: stamp, ledgerPath: ledger.path, reports: feed.reports, temporaryFolder: around.temporaryFolder,
      retriesRefused: false, approval: around.approval)
    (settings.receiptKey, settings.occasion) = (receiptKey, .run)
    settings.rangeRows = self.settings.rangeRows
    settings.take(feed)
    do throws(LedgerError) {
      let owner = ClaimOwner(identity: try ledger.identity(), ledger: ledger.path)
      settings.earlierFolders = feed.drop.localArchives(of: owner)
    } catch {
      throw .ledger(error)
    }
    return settings
  }

  private var options: SubmitOptions {
    SubmitOptions(
      inFlight: settings.requestsInFlight, mostRefused: settings.maximumRefused,
      times: TimeLimits(quiet: settings.quiet, daily: settings.daily, zone: settings.zone?.name ?? "local time"),
      parties: settings.parties, updatesParties: settings.updatesParties)
  }

  /// The clocks, with the zone of the limits where one is said.
  private var clock: SubmitClock {
    guard let zone = settings.zone else { return around.clock }
    var clock = around.clock
    clock.civil = { time in
      zone.civil(time).map { CivilMoment(date: $0.date, minute: $0.minute) } ?? CivilMoment.local(time)
    }
    return clock
  }

  private func open() throws(RunFault) -> SubmitConnection {
    if let connection { return connection }
    do throws(HTTPClientError) {
      var client = HTTPClientOptions(
        baseURL: try HTTPBaseURL(settings.endpoint), key: key.bearer, inFlight: settings.requestsInFlight,
        userAgent: around.userAgent, caFile: settings.caFile)
      if let seconds = settings.timeout { try client.limit(toSeconds: seconds) }
      let opened = try SubmitConnection(client, rate: settings.rate, burst: settings.burst ?? 1)
      connection = opened
      return opened
    } catch {
      throw .client(error)
    }
  }
}
