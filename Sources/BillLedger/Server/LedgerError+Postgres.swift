#if Postgres
  extension LedgerError {
    /// A statement that a PostgreSQL server refused, by its SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html).
    init(path: String, state: String, message: String) {
      switch state {
      case "53100": self = .diskFull(path: path)
      // A lock that wasn't had in time. Nothing of it is there.
      case "55P03": self = .busy(path: path)
      // Transactions that waited for each other, or couldn't be put one after the other.
      case "40001", "40P01": self = .collided(path: path)
      case "25006", "42501": self = .readOnly(path: path)
      case "42P07": self = .notALedger(path: path)
      case "28000", "28P01", "3D000": self = .refusedByServer(path: path, detail: message)
      // Shut down, ended by an administrator, idle for too long within a transaction or without one; not known whether it is
      // there; the connection's own.
      case "57P01", "57P02", "57P03", "57P05", "25P03", "40003": self = .connectionLost(path: path, detail: message)
      case _ where state.hasPrefix("08"): self = .connectionLost(path: path, detail: message)
      case _ where state.hasPrefix("XX"): self = .corrupted(path: path, detail: message)
      default: self = .server(path: path, state: state, message: message)
      }
    }
  }
#endif
