extension StarterFile {
  /// Old invoices, once.
  static let migration = [
    StarterFile(path: "billdrop.json", text: configuration),
    StarterFile(path: "legacy.layout.json", text: layout),
    StarterFile(path: "example.csv", text: example),
  ]

  private static let configuration = #"""
    {
      // For a migration: files that are sent once, over days if need be. Put them into drop/inbound one by one or all
      // together; `billdrop run --config billdrop.json` goes on where it was, as often as it is started.

      // A ledger belongs to one merchant, endpoint and kind of key: keep this one apart from the nights'.
      "merchant": "default",

      "api": {
        "endpoint": "https://api.momentpay.net",
        // The secret key comes from the variable MOMENT_API_KEY, or from a file; never from this one.
        // "key_file": "/etc/billdrop/key",
        "live": false,                        // true: a live key may be used, and bills reach payers
      },

      "limits": {
        "rate": 50,
        // Leave the day to others: nothing is sent in these hours.
        // "quiet": ["07:00-19:00"], "zone": "Africa/Johannesburg",
        // Stop a file of which the API refuses more than so many rows.
        "max_refused": 1000,
      },

      // Old invoices bring customers that nobody knows yet: each is created with its first bill.
      "parties": "auto",

      "ledger": "state/migration.sqlite",
      "reports": "reports",

      "feeds": {
        "legacy": {
          "drop": { "path": "drop" },
          "files": ".*\\.csv",
          "layout": "legacy.layout.json",
          "complete": { "by": "unchanged", "seconds": 5 },
          // Parts of a migration are as large as they are: nothing is compared with the last ones.
          "guard": "off",
        },
      },
    }

    """#

  private static let layout = #"""
    {
      // How the old system's columns become bills. `billdrop layout guess FILE` writes a first one for a real file,
      // `billdrop layout check legacy.layout.json FILE` shows what becomes of its first record, step by step.
      "name": "legacy",
      "format": "csv",

      // Of Windows; for a mainframe also "cp037" and other EBCDIC, and "format": "fixed".
      "encoding": "windows-1252",
      "csv": { "delimiter": ";" },

      "fields": {
        // The reference makes a bill the same one tomorrow: it must be unique, and must never change.
        "external_reference": { "column": "Invoice", "steps": ["trim", { "prefix": "OLD-" }] },
        "currency": { "constant": "ZAR" },
        "amount_due": { "column": "Amount", "steps": [{ "amount": { "decimal": ",", "group": "." } }] },
        "bill_date": { "column": "Date", "steps": [{ "date": "dd.MM.yyyy" }] },
        "due_date": { "column": "Due", "steps": [{ "date": "dd.MM.yyyy" }] },
        "customer.external_reference": { "column": "Client", "steps": ["trim", { "prefix": "C-" }] },
        "customer.name": "Name",
        // Whatever should stay with the bill; no personal data.
        "metadata.source": { "constant": "migration" },
      },
    }

    """#

  private static let example = """
    Invoice;Amount;Date;Due;Client;Name
    00017;1.240,00;01.02.2026;20.02.2026;9;Thandi Molefe
    00018;980,50;02.02.2026;21.02.2026;8;Sipho Dlamini
    00019;45,00;03.02.2026;21.02.2026;8;Sipho Dlamini

    """
}
