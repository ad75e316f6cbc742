import HTTPServing
import SchemaRules
import Synchronization

/// What lies under /sandbox/: for tests and for those who look on. No key is asked for, no fault strikes.
extension Sandbox {
  func administer(_ request: borrowing HTTPRequest) -> HTTPReply {
    switch (request.method, request.path) {
    case (.get, "/sandbox/state"): json(state.withLock { $0.report })
    case (.get, "/sandbox/bills"):
      lines { state, serial, writer in
        guard serial < state.calls.objects.bills.count else { return false }
        state.calls.objects.billLine(UInt32(serial), to: &writer)
        return true
      }
    case (.get, "/sandbox/accounts"):
      lines { state, serial, writer in
        guard serial < state.calls.objects.accounts.count else { return false }
        writer.line(state.calls.objects.accountBody(UInt32(serial), paymentRules: false))
        return true
      }
    case (.get, "/sandbox/customers"):
      lines { state, serial, writer in
        guard serial < state.calls.objects.customers.count else { return false }
        writer.line(state.calls.objects.customerBody(UInt32(serial), paymentRules: false))
        return true
      }
    case (.get, "/sandbox/log"):
      lines { state, number, writer in
        guard number < state.log.entries.count else { return false }
        state.log.line(number, ids: state.calls.objects.ids, to: &writer)
        return true
      }
    case (.get, "/sandbox/clock"): json(state.withLock { $0.clock.report })
    case (.post, "/sandbox/clock"): moveClock(request.body)
    case (.post, "/sandbox/faults"): setFaults(request.body)
    case (.post, "/sandbox/parties"): makeParties(request.body)
    case (.post, "/sandbox/pay"): pay(request.body)
    case (.get, "/sandbox/events"): events()
    case (.get, "/sandbox/deliveries"): deliveries()
    case (.get, "/sandbox/recon"): reconciliation()
    default: refuse(Problem(404, "there is no such path"), request.path)
    }
  }

  /// `{"advance_seconds": N}` moves the clock by N, also back; `{"now": MS}` sets it to milliseconds since 1970.
  private func moveClock(_ body: [UInt8]) -> HTTPReply {
    let object = (try? JSONValue(parsing: body))?.object
    switch (object?["advance_seconds"]?.double, object?["now"]?.integer) {
    case (let seconds?, nil) where abs(seconds) < 1e12 && setClock({ $0 + Int64(seconds * 1000) }): break
    case (nil, let now?) where setClock({ _ in now }): break
    default:
      return refuse(
        Problem(400, "either advance_seconds or now (milliseconds since 1970) is required, up to the year 9999"),
        "/sandbox/clock")
    }
    let (offset, report) = state.withLock { ($0.clock.offset, $0.clock.report) }
    webhooks?.clockOffset.store(offset, ordering: .relaxed)
    return json(report)
  }

  /// Moves the clock to what `moment` makes of its milliseconds since 1970; `false` where no date can say that.
  private func setClock(_ moment: (Int64) -> Int64) -> Bool {
    state.withLock {
      let now = moment($0.clock.now)
      guard (0..<253_402_300_800_000).contains(now) else { return false }
      $0.clock.offset += now - $0.clock.now
      return true
    }
  }

  /// `{"faults": "name=probability,…"}`: from here on these and no others; the empty text for none.
  private func setFaults(_ body: [UInt8]) -> HTTPReply {
    var rates = FaultRates()
    guard let text = (try? JSONValue(parsing: body))?.object?["faults"]?.string,
      (try? rates.apply(text)) != nil
    else { return refuse(Problem(400, "faults is required: a list as --faults takes it"), "/sandbox/faults") }
    return json(
      state.withLock {
        $0.options.faults = rates
        return $0.report
      })
  }

  /// `[["CUSTOMER"], ["CUSTOMER", "ACCOUNT"], …]`: makes what isn't there, and answers with the ids in the same places.
  private func makeParties(_ body: [UInt8]) -> HTTPReply {
    do throws(Problem) {
      return json(
        try state.withLock { (state) throws(Problem) in try state.calls.seed(try? JSONValue(parsing: body)) }.encoded)
    } catch {
      return refuse(error, "/sandbox/parties")
    }
  }

  func json(_ body: [UInt8]) -> HTTPReply {
    .answer(HTTPAnswer(status: 200, headers: [("Content-Type", "application/json")], body: .bytes(body)))
  }

  func refuse(_ problem: Problem, _ path: String) -> HTTPReply {
    .answer(
      HTTPAnswer(
        status: Int(problem.status), headers: [("Content-Type", "application/problem+json")],
        body: .bytes(problem.body(instance: path, vague: false))))
  }

  /// JSON lines, some hundred at a time, so that no million of them lies in memory and no request waits long.
  func lines(
    _ write: @escaping @Sendable (borrowing SandboxState, Int, inout JSONWriter) -> Bool
  ) -> HTTPReply {
    let cursor = LineCursor()
    let next: @Sendable () -> [UInt8]? = {
      self.state.withLock { state in cursor.portion { write(state, $0, &$1) } }
    }
    return .answer(
      HTTPAnswer(status: 200, headers: [("Content-Type", "application/jsonl")], body: .stream(next)))
  }
}
