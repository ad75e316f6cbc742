extension StarterFile {
  /// A drop that is looked at every night.
  static let nightly = [
    StarterFile(path: "billdrop.json", text: configuration),
    StarterFile(path: "bills.layout.json", text: StarterLayout.bills),
    StarterFile(path: "example/bills_2026-02-01.csv", text: StarterLayout.bill),
  ]

  private static let configuration = #"""
    {
      // What `billdrop run --config billdrop.json` goes by. Paths count from this file's folder.
      // `billdrop config check billdrop.json` tells each mistake with its line, `billdrop doctor` what else is in the way.

      // A ledger belongs to one merchant, endpoint and kind of key.
      "merchant": "default",

      "api": {
        "endpoint": "https://api.momentpay.net",
        // The secret key comes from the variable MOMENT_API_KEY; or from one of these, never from this file:
        // "key_file": "/etc/billdrop/key",
        // "key_credential": "moment-key",    // LoadCredential= of systemd
        "live": false,                        // true: a live key may be used, and bills reach payers
      },

      // Without "rate" the pace is found: from 10 requests a second to what the API takes.
      "limits": {
        "rate": 50,
        // "quiet": ["22:00-23:00"], "zone": "Africa/Johannesburg",   // hours in which nothing is sent
        // "daily": 500000,                                           // requests a day
      },

      // What is durably known. On a local disk, and in the backup.
      "ledger": "state/ledger.sqlite",
      "reports": "reports",

      // Programs that are told; each gets one JSON object on standard input.
      // "notify": {
      //   "on_missing": ["mail", "-s", "bills: file missing", "billing@example.com"],
      //   "on_problem": ["mail", "-s", "bills: look at the report", "billing@example.com"],
      // },
      // "metrics": "/var/lib/node_exporter/billdrop.prom",

      "feeds": {
        "nightly": {
          // Files arrive in drop/inbound; archive, rejected and reports are made beside it.
          "drop": { "path": "drop" },
          // Whole names. The date gives the order, and says which day's file it is.
          "files": "bills_(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv",
          "layout": "bills.layout.json",
          // A file is whole when size and time stay the same for so long. Senders who can should leave a NAME.done
          // ("by": "done-file") or a NAME.sha256 ("by": "checksum").
          "complete": { "by": "unchanged", "seconds": 5 },
          "order": { "gap": "report", "repeat": "hold", "older": "hold" },
          // A day's file must have come by then; else it is told, and the run ends in 3.
          "expect": { "time": "06:00", "zone": "UTC" },
          // A file far from the last files of its feed waits for --approve.
          "guard": "hold",
        },
      },
    }

    """#
}
