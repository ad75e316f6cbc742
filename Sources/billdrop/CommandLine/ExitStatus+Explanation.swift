import BillModel

extension ExitStatus {
  /// What a person should know who finds this number in a log.
  var explanation: CodeExplanation {
    switch self {
    case .accepted, .someRejected, .missing, .held, .fileRejected, .stopped: ofFiles
    case .usage, .noInput, .unreachable, .accounting, .inputOutput, .key, .configuration: ofFaults
    }
  }

  /// What became of files.
  private var ofFiles: CodeExplanation {
    switch self {
    case .someRejected:
      CodeExplanation(
        "Done, and some rows were rejected, refused or in conflict.",
        why: "The others are through; these need somebody.",
        example: "998 of 1,000 rows created, 2 rejected.",
        cure: "Open report.html; mend the rows in rejected.* and submit that file.")
    case .missing:
      CodeExplanation(
        "An expected file has not come.", why: "A night without bills and a broken transfer look alike otherwise.",
        example: "The feed's file is due at 02:00, and it is 03:00.",
        cure: "Ask where it is made; then billdrop run again.")
    case .held:
      CodeExplanation(
        "Held for approval; nothing is sent before, but the rows of a canary.",
        why: "Something about the file is unusual enough for a second look.",
        example: "Three times as many bills as last night.",
        cure: "Read why, and let it through with --approve and the digits that are printed, or don't.")
    case .fileRejected:
      CodeExplanation(
        "A file as a whole was rejected; nothing of it was sent.", why: "What is wrong concerns all of its rows.",
        example: "The trailer's total doesn't agree.", cure: "Read the reason in the report, and send the file again.")
    case .stopped:
      CodeExplanation(
        "Stopped before the end, and can go on.",
        why: "It was interrupted, a limit was reached, another process has the ledger, or rows are unknown.",
        example: "Ctrl-C; a quiet hour; 50 refusals in a row.",
        cure: "Run the same command again: it goes on, nothing twice.")
    default:
      CodeExplanation(
        "Every row is accepted.", why: "Created, updated or there already; of a check: good. Warnings don't count.",
        example: "Also: the file was done already, and nothing was sent.", cure: "Nothing is to be done.")
    }
  }

  /// What kept a command from its work.
  private var ofFaults: CodeExplanation {
    switch self {
    case .usage:
      CodeExplanation(
        "The command line can't be understood.", why: "Nothing was done.", example: "billdrop sumbit bills.csv",
        cure: "The message says what was meant; billdrop COMMAND --help has an example.")
    case .noInput:
      CodeExplanation(
        "There is no such input, or it may not be read.", why: "Nothing was sent.",
        example: "A folder, or a typing error.",
        cure: "Look at the path, and at who may read it.")
    case .unreachable:
      CodeExplanation(
        "The API or a drop could not be reached, or gave no usable answer for too long.",
        why: "What was sent before is settled; the rest waits.",
        example: "Connection refused; a certificate that isn't trusted.",
        cure: "billdrop doctor tells more; run the same command again when it is there.")
    case .accounting:
      CodeExplanation(
        "The accounting does not add up: a fault of billdrop's.",
        why: "A report that may be wrong is not shown as right.",
        example: "1,000 records read, 999 accounted for.", cure: "Keep file, ledger and reports, and tell us.")
    case .inputOutput:
      CodeExplanation(
        "Reading or writing failed.", why: "What could not be made durable was not sent.", example: "The disk is full.",
        cure: "Make room, then run the same command again: it goes on.")
    case .key:
      CodeExplanation(
        "The API refused the key, or there is none that may be used.",
        why: "No row is at fault, so the run stopped at once.",
        example: "A key that was rotated; a live key without --live.",
        cure: "Set MOMENT_API_KEY or --key-file anew, then run the same command again.")
    case .configuration:
      CodeExplanation(
        "Configuration, layout or ledger doesn't fit.",
        why: "To go on might bill twice, or into the wrong environment.",
        example: "A ledger of the live environment with a test key.", cure: "The message names both sides.")
    default: ofFiles
    }
  }
}
