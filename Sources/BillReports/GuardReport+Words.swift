extension GuardReport {
  /// What lies beyond its bounds, a line each: the figure, what is usual, and the bound.
  package var farLines: [String] {
    far.map { figure in
      var line = "\(figure.title) \(figure.text(figure.value)), usual \(figure.text(figure.usual))"
      if let low = figure.low, figure.value < low { line += ", at least \(figure.text(low)) expected" }
      if let high = figure.high, figure.value > high { line += ", at most \(figure.text(high)) expected" }
      return line
    }
  }
}
