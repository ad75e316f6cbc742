// swift-tools-version: 6.2
import PackageDescription

/// Applied to every Swift target: the checks that the compiler can make, made into errors.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A module that only the trait Postgres needs.
func withPostgres(_ name: String) -> Target.Dependency {
  .target(name: name, condition: .when(traits: ["Postgres"]))
}

let package = Package(
  name: "billdrop",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "billdrop", targets: ["billdrop"]),
    .executable(name: "moment-sandbox", targets: ["moment-sandbox"]),
  ],
  traits: [
    .trait(name: "Postgres", description: "Ledgers in PostgreSQL too, through libpq; the default build needs neither.")
  ],
  targets: [
    // Floor 0: system libraries, SIMD masks, the embedded schemas.
    systemLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    systemLibrary("CLibcrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    systemLibrary("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
    .systemLibrary(name: "CProcess"),
    // The last two are loaded when they are first called: a check must not wait for what it doesn't use.
    .target(name: "COnDemand"),
    .target(name: "CLibcurl", dependencies: ["COnDemand"]),
    .target(name: "CMicrohttpd", dependencies: ["COnDemand"]),
    .target(name: "CScan"),
    .target(
      name: "Schemas", path: "schemas",
      exclude: [
        "moment-billing.openapi.json",
        // Answers to programs: what is written by hand in Sources, and held against these by tests.
        "explain.schema.json", "status.schema.json", "doctor.schema.json", "progress.schema.json",
        "files.schema.json", "file-error.schema.json", "look.schema.json", "run.schema.json",
        "config-check.schema.json", "layout-check.schema.json", "layout-list.schema.json",
        "layout-guess.schema.json", "version.schema.json", "init.schema.json", "forget.schema.json",
        "read-back.schema.json", "events.schema.json", "events-import.schema.json", "reconcile.schema.json",
      ],
      resources: [
        .embedInCode("bill.schema.json"),
        .embedInCode("account.schema.json"),
        .embedInCode("customer.schema.json"),
        .embedInCode("summary.schema.json"),
        .embedInCode("receipt.schema.json"),
        .embedInCode("verify.schema.json"),
        .embedInCode("diff.schema.json"),
        .embedInCode("plan.schema.json"),
        .embedInCode("config.schema.json"),
        .embedInCode("layout.schema.json"),
        .embedInCode("default.layout.json"),
        .embedInCode("moment-file.layout.json"),
        .embedInCode("customer-row.schema.json"),
        .embedInCode("account-row.schema.json"),
        .embedInCode("customer-balance-row.schema.json"),
        .embedInCode("account-balance-row.schema.json"),
        .embedInCode("customer.layout.json"),
        .embedInCode("account.layout.json"),
        .embedInCode("customer-balance.layout.json"),
        .embedInCode("account-balance.layout.json"),
        .embedInCode("payment-row.schema.json"),
        .embedInCode("payment-added-row.schema.json"),
        .embedInCode("void-row.schema.json"),
        .embedInCode("bill-row.schema.json"),
        .embedInCode("routed-bill-row.schema.json"),
        .embedInCode("any-row.schema.json"),
        .embedInCode("mixed.layout.json"),
        .embedInCode("correct-row.schema.json"),
        .embedInCode("correct.layout.json"),
        .embedInCode("payment.layout.json"),
        .embedInCode("payment-added.layout.json"),
        .embedInCode("void.layout.json"),
      ],
      swiftSettings: settings),

    // Floor 1: values, bytes, rules, files. Hashing and threads stand below the others.
    module("Threads"),
    module("Hashing", ["CLibcrypto", "CScan"]),
    module("Tabular", ["CScan", "CZlib"]),
    module("BillModel", ["Hashing"]),
    module("SchemaRules", ["CScan"]),
    module("DurableFiles"),
    module("ChildPrograms", ["BillModel"]),
    module("Certificates", ["CLibcrypto"]),

    // Above them: what a person says of a file, and its records by it.
    module("BillLayouts", ["Tabular", "BillModel", "SchemaRules", "Schemas", "Hashing", "DurableFiles", "CScan"]),

    // Floor 2: bills, the ledger, the API, the wire.
    module(
      "BillIntake",
      [
        "BillLayouts", "Tabular", "BillModel", "SchemaRules", "Schemas", "Hashing", "DurableFiles", "ChildPrograms",
        "Threads", "CScan",
      ]),
    module("BillPlanning", ["BillModel"]),
    module("BillLedger", ["BillModel", "Hashing", "DurableFiles", "Threads", "CSQLite", withPostgres("CPostgres")]),
    module("MomentAPI", ["BillModel", "Hashing"]),
    module("Transport", ["CLibcurl", "Hashing", "DurableFiles", "Threads"]),
    module("HTTPServing", ["CMicrohttpd"]),

    // Floor 3: submission and reports.
    module("BillSubmission", ["BillModel", "BillPlanning", "MomentAPI", "Transport", "Hashing"]),
    module("BillReports", ["BillModel", "Hashing", "DurableFiles"]),
    module("BillComparison", ["BillModel", "BillLayouts", "BillIntake", "Hashing"]),
    module("ReportPages", ["BillReports", "PaymentEvents", "BillModel", "Hashing", "DurableFiles"]),
    module(
      "PaymentEvents",
      ["BillModel", "BillLedger", "HTTPServing", "SchemaRules", "Tabular", "Hashing", "DurableFiles"]),
    module("Drops", ["BillModel", "Tabular", "DurableFiles", "Hashing", "ChildPrograms", "Transport", "Threads"]),
    module(
      "PartMerging",
      ["BillIntake", "BillLayouts", "BillModel", "BillReports", "DurableFiles", "Hashing", "SchemaRules"]),
    module("LayoutGuessing", ["BillModel", "BillLayouts", "Tabular"]),

    // Floor 4: the pipeline, from its middle outwards, and the stand-in for the API.
    module(
      "SubmitPass",
      [
        "BillModel", "BillIntake", "BillPlanning", "BillLedger", "BillSubmission", "BillReports", "MomentAPI",
        "Transport", "Hashing", "Threads",
      ]),
    module(
      "FileRuns",
      [
        "SubmitPass", "BillModel", "BillLayouts", "BillIntake", "BillLedger", "BillSubmission", "BillReports",
        "ReportPages", "PartMerging", "PaymentEvents", "MomentAPI", "Drops", "LayoutGuessing", "BillComparison",
        "Transport", "Tabular", "SchemaRules", "Hashing", "DurableFiles", "Threads",
      ]),
    module(
      "RunConfiguration",
      [
        "FileRuns", "BillModel", "BillLayouts", "BillIntake", "BillPlanning", "BillLedger", "BillSubmission",
        "BillReports", "Drops", "Transport", "Tabular", "SchemaRules", "Schemas", "DurableFiles",
      ]),
    module(
      "RunPipeline",
      [
        "SubmitPass", "FileRuns", "RunConfiguration", "BillModel", "BillLayouts", "BillIntake", "BillLedger",
        "BillReports", "ReportPages", "Drops", "ChildPrograms", "Transport", "Tabular", "SchemaRules", "Hashing",
        "DurableFiles", "Threads",
      ]),
    module(
      "Reconciling",
      [
        "SubmitPass", "FileRuns", "BillModel", "BillLayouts", "BillIntake", "BillLedger", "BillSubmission",
        "BillReports", "PaymentEvents", "MomentAPI", "BillComparison", "Transport", "Tabular", "SchemaRules", "Hashing",
        "DurableFiles",
      ]),
    module(
      "Housekeeping",
      [
        "SubmitPass", "FileRuns", "RunConfiguration", "BillModel", "BillLedger", "BillReports", "PaymentEvents",
        "MomentAPI", "Drops", "Transport", "Hashing", "DurableFiles",
      ]),
    module("SandboxServer", ["HTTPServing", "SchemaRules", "Schemas", "Hashing"]),

    // Floor 5: the command lines.
    .executableTarget(
      name: "billdrop",
      dependencies: [
        "SubmitPass", "FileRuns", "RunConfiguration", "RunPipeline", "Reconciling", "Housekeeping", "BillModel",
        "BillLayouts", "BillIntake", "BillPlanning", "BillLedger", "BillReports", "ReportPages", "PartMerging",
        "PaymentEvents", "Drops", "LayoutGuessing", "Transport", "Tabular", "SchemaRules", "Hashing", "DurableFiles",
        "HTTPServing", "ChildPrograms", "CProcess",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "moment-sandbox", dependencies: ["SandboxServer", "HTTPServing", "SchemaRules", "Certificates"],
      swiftSettings: settings),

    tests("HashingTests", ["Hashing", "CScan"]),
    tests("TabularTests", ["Tabular", "CZlib", "SeededRandoms"]),
    tests("BillModelTests", ["BillModel"]),
    tests("SchemaRulesTests", ["SchemaRules", "Schemas", "CScan", "SeededRandoms"]),
    tests("DurableFilesTests", ["DurableFiles"]),
    tests("ChildProgramsTests", ["ChildPrograms"]),
    tests(
      "BillLayoutsTests",
      ["BillLayouts", "BillModel", "SchemaRules", "Schemas", "Tabular", "Hashing", "CScan", "SeededRandoms"]),
    tests(
      "BillIntakeTests",
      [
        "BillIntake", "BillLayouts", "BillModel", "Tabular", "SchemaRules", "Schemas", "Hashing", "SeededRandoms",
        "Threads",
      ]),
    tests("BillPlanningTests", ["BillPlanning", "BillModel"]),
    tests("BillLedgerTests", ["BillLedger", "BillModel", "Hashing", "CSQLite", "PostgresProbe", "Threads"]),
    tests("MomentAPITests", ["MomentAPI", "BillModel", "Hashing", "SeededRandoms"]),
    tests("TransportTests", ["Transport", "CLibcurl", "HTTPServing", "Certificates", "Threads"]),
    tests("CertificatesTests", ["Certificates", "CLibcrypto"]),
    tests(
      "PaymentEventsTests",
      ["PaymentEvents", "BillModel", "BillLedger", "Tabular", "HTTPServing", "HTTPProbe", "Hashing"]),
    tests("HTTPServingTests", ["HTTPServing", "HTTPProbe"]),
    tests(
      "BillSubmissionTests",
      ["BillSubmission", "BillModel", "BillPlanning", "MomentAPI", "Transport", "Hashing", "SeededRandoms"]),
    tests("BillComparisonTests", ["BillComparison", "BillIntake", "BillLayouts", "BillModel", "Hashing"]),
    tests("DropsTests", ["Drops", "BillModel", "DurableFiles", "Hashing", "Tabular"]),
    tests(
      "PartMergingTests",
      ["PartMerging", "BillIntake", "BillLayouts", "BillModel", "BillReports", "Hashing", "SeededRandoms"]),
    tests(
      "LayoutGuessingTests",
      ["LayoutGuessing", "BillLayouts", "BillIntake", "BillModel", "Tabular", "SeededRandoms"]),
    tests("BillReportsTests", ["BillReports", "BillModel", "Hashing", "DurableFiles"]),
    tests("ReportPagesTests", ["ReportPages", "BillReports", "BillModel", "Hashing", "DurableFiles"]),
    tests(
      "SubmitPassTests",
      [
        "SubmitPass", "FileRuns", "BillModel", "BillLayouts", "BillIntake", "BillPlanning", "BillLedger",
        "BillSubmission",
        "MomentAPI", "Transport", "SchemaRules", "Hashing", "DurableFiles", "HTTPServing", "SandboxServer",
        "SeededRandoms", "Threads",
      ]),
    tests(
      "FileRunsTests",
      [
        "SubmitPass", "FileRuns", "BillModel", "BillLayouts", "BillIntake", "BillLedger", "BillReports", "MomentAPI",
        "Tabular", "SandboxServer", "Hashing", "SeededRandoms",
      ]),
    tests("RunConfigurationTests", ["RunConfiguration"]),
    tests("RunPipelineTests", ["RunPipeline", "SubmitPass", "MomentAPI", "BillModel", "BillLedger", "Hashing"]),
    tests("HousekeepingTests", ["Housekeeping", "BillModel", "BillLedger", "PaymentEvents"]),
    tests("SandboxServerTests", ["SandboxServer", "SchemaRules", "Schemas", "HTTPServing", "HTTPProbe"]),
    tests(
      "BilldropTests", ["SubmitPass", "BillModel", "BillIntake", "BillLedger", "FileRuns", "Hashing", "billdrop"]),
    tests("MomentSandboxTests", ["moment-sandbox", "SandboxServer"]),
    .target(name: "SeededRandoms", path: "Tests/SeededRandoms", swiftSettings: settings),
    .target(name: "HTTPProbe", path: "Tests/HTTPProbe", swiftSettings: settings),
    .target(name: "PostgresProbe", path: "Tests/PostgresProbe", swiftSettings: settings),
    .executableTarget(
      name: "sftp-probe", dependencies: ["Transport", "Drops", "BillIntake", "Hashing"], path: "Tests/SFTPProbe",
      swiftSettings: settings),
    .target(name: "ServerModel", path: "Tests/ServerModel", swiftSettings: settings),
    tests(
      "ScheduleTests",
      [
        "SubmitPass", "BillModel", "BillLayouts", "BillIntake", "BillPlanning", "BillLedger", "BillSubmission",
        "Transport", "Hashing", "ServerModel", "SeededRandoms",
      ]),
    tests(
      "EndToEndTests", ["CSQLite", "HTTPServing", "Hashing", "SchemaRules", "PostgresProbe", "SeededRandoms"],
      exclude: ["Golden"]),

    // What bytes from nowhere are given to.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Tabular", "SchemaRules", "Schemas", "BillModel", "BillLayouts", "BillIntake", "LayoutGuessing", "MomentAPI",
        "PaymentEvents", "Transport", "CScan",
      ],
      path: "Tests/FuzzTargets", swiftSettings: settings),
    tests("FuzzTargetsTests", ["FuzzTargets", "SeededRandoms"], exclude: ["Seeds", "Regressions"]),
  ],
  swiftLanguageModes: [.v6]
)

// scripts/fuzz's program: only libFuzzer gives it a main, so that it is no part of a usual build.
if Context.environment["BILLDROP_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "billdrop-fuzz", dependencies: ["FuzzTargets"], path: "Tests/FuzzEntry", swiftSettings: settings))
}

// Some test targets alone, for scripts that need no others: names, separated by commas.
if let wanted = Context.environment["BILLDROP_TEST_TARGETS"]?.split(separator: ",").map(String.init) {
  package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}
