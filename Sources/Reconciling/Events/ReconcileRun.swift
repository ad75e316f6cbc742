import BillIntake
import BillLedger
package import BillModel
import BillSubmission
import DurableFiles
package import FileRuns
import MomentAPI
package import PaymentEvents
package import SubmitPass
import Tabular

/// `reconcile`: events, Moment's report, the ledger and the API, compared.
package struct ReconcileRun {
  /// Which bills the API is asked about.
  package enum Scope: String, CaseIterable, Sendable {
    case none
    /// Those that events or the report name.
    case named
    /// Every bill of the ledger.
    case all
  }

  private let ledgerPath: String
  private let events: [ReadEvent]
  private let report: MomentReport?
  private let interrupts: () -> Int

  /// - Parameters:
  ///   - recon: path of Moment's report; `nil` without one.
  ///   - units: what its amounts are written in, where that was said.
  package init(
    ledger: String, recon: String?, units: MomentReportReader.Units?, interrupts: @escaping () -> Int
  ) throws(RunFault) {
    ledgerPath = ledger
    self.interrupts = interrupts
    events = try EventReading.all(besideLedger: ledger)
    report = try recon.map { (path) throws(RunFault) in try Self.read(path, units) }
  }

  private static func read(_ path: String, _ units: MomentReportReader.Units?) throws(RunFault) -> MomentReport {
    do throws(SmallFileFault) { try SmallFile.mustBeFile(path) } catch { throw .unreadable(error) }
    var reader = MomentReportReader(units: units)
    do {
      return try reader.read(try ByteSource(path: path))
    } catch let error as InputError {
      throw .intake(.input(error))
    } catch let error as MomentReportError {
      throw .momentReport(name: path, error)
    } catch {
      throw .momentReport(name: path, .noHeadings)
    }
  }

  /// The environment of the ledger: whom the API would have to be asked as.
  package func environment() throws(RunFault) -> EnvironmentStamp {
    do throws(LedgerError) { return try Ledger(observing: ledgerPath).environment } catch { throw .ledger(error) }
  }

  /// The result. `ask`: over what the API is asked, and how many questions at once; `nil`: it isn't.
  package func reconciliation(
    _ scope: Scope, ask: (connection: SubmitConnection, inFlight: Int)?
  ) throws(RunFault) -> Reconciliation {
    let view: LedgerWorld
    let environment: EnvironmentStamp
    do throws(LedgerError) {
      let ledger = try Ledger(observing: ledgerPath)
      environment = ledger.environment
      view = try LedgerWorld(ledger, events, report, takesAll: scope == .all)
    } catch {
      throw .ledger(error)
    }
    var api: [Int: APIBill]?
    if let ask, scope != .none {
      let asking = BillAsking(
        connection: ask.connection, builder: RequestBuilder(environment: environment), policy: RetryPolicy(),
        mostUnderWay: ask.inFlight, interrupts: interrupts)
      api = try asking.ask(Array(view.world.bills.indices), of: view.world)
    }
    let result = Reconciler(view.world, events, report: report, api: api).reconciliation(view.totals)
    guard result.discrepancies.isEmpty else { throw .accounting(result.discrepancies) }
    return result
  }
}
