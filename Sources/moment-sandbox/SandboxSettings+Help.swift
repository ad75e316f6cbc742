import SandboxServer

extension SandboxSettings {
  /// The text of `--help`.
  static var help: String {
    let options = SandboxOption.allCases.map { option in
      let name = [option.rawValue, option.value].compactMap { $0 }.joined(separator: " ")
      return "  " + name + String(repeating: " ", count: max(2, 24 - name.count)) + option.summary
    }
    return """
      moment-sandbox: a stand-in for Moment's Billing API on this machine, in memory.
      Prints its URL when it is ready, with --tls also `CA file: PATH`; ends on SIGTERM or Ctrl-C.

      Usage: moment-sandbox [OPTION…]

      \(options.joined(separator: "\n"))

      Faults (at most one strikes a request under /billing/):
        drop-before        closed before anything is done
        drop-after         done and stored under the key; closed without an answer
        drop-unstored      done, nothing stored; closed without an answer
        500-after          done and stored, but answered 500 this once; the same key again gets the stored answer
        500-stored         nothing done; 500, stored and replayed
        422                a bill is not raised; 422, stored and replayed
        402                nothing is made or changed; 402, stored and replayed where there is a key
        500-stored-after   done, but a 500 stored and replayed
        503, 429, 409      answered so; nothing done or stored
        redirect           answered 307 to /elsewhere/…, which the log would show; nothing done or stored
        half, half-customer                      nested customer and account (or the customer alone) made, then 500,
                                                 stored and replayed
        half-unstored, half-customer-unstored    the same, but not stored
        half-drop, half-customer-drop            the same, not stored, closed without an answer
        garbage            done and stored; the right status with a body of HTML
        cut                done and stored; the body stops in the middle
        other-body         done and stored; answered with another bill's body
        voided, same-id, long-id                 done and stored; the answer to a creation says voided, has the id of
                                                 the first object, or an id of 100,000 characters
        party-id           done and stored; what the answer to a creation gives as ids of customer and account are none
        altered            a question about a bill is answered with an amount that is one minor unit more
        late               closed at once; the request lands after --stall
        late-held          nothing comes until the request lands after --stall
        stall              done and stored; the answer comes --stall late
        slow-headers, slow-body                  done and stored; the headers, or the body, take --stall to come
                                                 (over TLS: all of it comes late)

      Readings (the first value of each is the default):
        \(Readings.synopsis.split(separator: ", ").joined(separator: "\n  "))

      To look on, without a key:
        GET /sandbox/state               counts, money by currency in minor units
        GET /sandbox/bills (customers, accounts, log)   as JSON lines
        POST /sandbox/parties            [["CUSTOMER"], ["CUSTOMER", "ACCOUNT"], …]: makes them, and answers their ids
        POST /sandbox/pay                {"bill": NAME, "amount": N} (without an amount what remains; more than that,
                                         too), or "account" or "customer" with an amount, or an array of such
        GET /sandbox/events              the events about payments, as JSON lines, for `billdrop events import`
        GET /sandbox/deliveries          how often each was delivered and acknowledged
        GET /sandbox/recon               Moment's reconciliation report of all payments
        GET, POST /sandbox/clock         {"advance_seconds": N} or {"now": MILLISECONDS}
        POST /sandbox/faults             {"faults": "LIST"}: from here on these and no others

      Exit codes: 0 ended by a signal, 64 usage, 69 no TLS here, 70 a schema doesn't compile,
      74 port or file can't be had.

      """
  }
}
