/// The step that makes a column's values dates, as far as they prove the order of day and month.
struct DateStep {
  /// As JSON; `nil` where none is needed.
  private(set) var step: String?
  private(set) var doubts: [String] = []
  private(set) var remarks: [String] = []

  init(_ profile: ColumnProfile) {
    guard let form = profile.dates.form, profile.isMost(form.count) else {
      step = "{ \"date\": \"?unclear\" }"
      doubts.append(
        profile.isMost(profile.serials)
          ? "These are a spreadsheet's counts of days. Format the column as a date, and export the file again."
          : "How are these dates written? Put the pattern here, such as dd/MM/yyyy.")
      return
    }
    if form.count < profile.filled {
      remarks.append("\(profile.filled - form.count) of \(profile.filled) values are no such dates.")
    }
    if form.isPlain { return }
    let patterns = (form.pattern(dayFirst: true), form.pattern(dayFirst: false))
    var pattern = patterns.0
    switch form.order {
    case .sure: break
    case .dayFirst: remarks.append("The day stands first: some values have a day above 12.")
    case .monthFirst:
      pattern = patterns.1
      remarks.append("The month stands first: some values have a day above 12.")
    case .unknown:
      pattern = "?unclear"
      doubts.append("\(patterns.0) or \(patterns.1)? No day is above 12, so the file doesn't prove it.")
    case .contradictory:
      pattern = "?unclear"
      doubts.append(
        "\(patterns.0) or \(patterns.1)? The file has dates that are only right one way, and only the other.")
    }
    step = "{ \"date\": \"\(pattern)\" }"
    if form.shape.kind == .shortYearLast {
      step = "{ \"date\": { \"pattern\": \"\(pattern)\" } }"
      doubts.append(
        "Years have two digits. Which is the first that they can stand for? Add \"pivot\": 1970 or another. "
          + "Or do they stand first, yy before MM and dd?")
    }
  }
}
