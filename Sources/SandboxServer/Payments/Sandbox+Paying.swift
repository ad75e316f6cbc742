import HTTPServing
import SchemaRules
import Synchronization

/// Payments, and the events that tell of them.
extension Sandbox {
  /// `POST /sandbox/pay`: one payment, or an array of them; answers with the same of what was made.
  func pay(_ body: [UInt8]) -> HTTPReply {
    let value = try? JSONValue(parsing: body)
    do throws(Problem) {
      let (made, answer) = try state.withLock { (state) throws(Problem) in
        let made = try state.pay(value)
        var writer = JSONWriter(capacity: made.count * 160 + 16)
        if value?.array == nil {
          for payment in made { state.write(payment, to: &writer) }
        } else {
          writer.open()
          writer.openArray("payments")
          for payment in made { state.write(payment, to: &writer) }
          writer.closeArray()
          writer.close()
        }
        return (made, writer.bytes)
      }
      webhooks?.add(made.map { WebhookMessage(id: $0.messageID, body: $0.event) })
      return json(answer)
    } catch {
      return refuse(error, "/sandbox/pay")
    }
  }

  /// `GET /sandbox/events`: the events, a line each, whether they were delivered or not.
  func events() -> HTTPReply {
    lines { state, number, writer in
      guard number < state.payments.count else { return false }
      writer.line(state.payments[number].event)
      return true
    }
  }

  /// `GET /sandbox/deliveries`: how each event was delivered.
  func deliveries() -> HTTPReply {
    let messages = webhooks?.messages ?? []
    return lines { _, number, writer in
      guard number < messages.count else { return false }
      writer.open()
      writer.member("webhook_id", messages[number].id)
      writer.member("attempts", messages[number].attempts)
      writer.member("acknowledgements", messages[number].acknowledgements)
      writer.close()
      writer.newline()
      return true
    }
  }

  /// `GET /sandbox/recon`: Moment's reconciliation report of all payments.
  func reconciliation() -> HTTPReply {
    let text = state.withLock { state in
      state.payments.reduce(into: ReconciliationReport.opening) {
        $0 += ReconciliationReport.line($1, state.calls.objects)
      }
    }
    return .answer(HTTPAnswer(status: 200, headers: [("Content-Type", "text/csv")], body: .bytes(Array(text.utf8))))
  }
}
