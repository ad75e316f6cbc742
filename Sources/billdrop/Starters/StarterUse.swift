/// What somebody begins with `billdrop init`.
enum StarterUse: String, CaseIterable {
  case nightly, migration, validation

  /// The files, by their paths from the folder on.
  var files: [StarterFile] {
    switch self {
    case .nightly: StarterFile.nightly
    case .migration: StarterFile.migration
    case .validation: StarterFile.validation
    }
  }

  /// Folders that must be there.
  var folders: [String] {
    switch self {
    case .nightly, .migration: ["drop/inbound"]
    case .validation: []
    }
  }

  /// How it is tried without the API, where its commands send bills.
  var firstTry: String? {
    switch self {
    case .nightly, .migration:
      """
      billdrop run sends bills to the endpoint in billdrop.json, with the key in
      MOMENT_API_KEY. For a first try send them nowhere: start
        moment-sandbox --port 8080 --key sk_test_1
      write "endpoint": "http://127.0.0.1:8080" there, and set MOMENT_API_KEY=sk_test_1.
      """
    case .validation: nil
    }
  }

  /// What to do next: commands, from the folder.
  var next: [String] {
    switch self {
    case .nightly:
      [
        "billdrop config check billdrop.json", "billdrop doctor --config billdrop.json",
        "cp example/bills_2026-02-01.csv drop/inbound/", "billdrop run --config billdrop.json",
      ]
    case .migration:
      [
        "billdrop layout check legacy.layout.json example.csv",
        "billdrop validate example.csv --layout legacy.layout.json",
        "billdrop rehearse example.csv --layout legacy.layout.json", "billdrop doctor --config billdrop.json",
        "cp example.csv drop/inbound/", "billdrop run --config billdrop.json",
      ]
    case .validation:
      [
        "billdrop layout check bills.layout.json example.csv",
        "billdrop validate example.csv --layout bills.layout.json --reports reports",
      ]
    }
  }
}
