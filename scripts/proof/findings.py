"""What an audit found wrong: a short name of the check, and words."""


class Findings(list):
    """A list of (check, words); at most some of each check are kept apart, all are counted."""

    def add(self, check, words):
        self.append((check, words))

    def expect(self, check, what, wanted, found):
        """Adds a finding where two values differ that must not."""
        if wanted != found:
            self.append((check, f"{what}: should be {wanted!r}, is {found!r}"))

    def lines(self, most=20):
        """The findings as lines, those of one check cut short."""
        shown = {}
        for check, words in self:
            shown.setdefault(check, []).append(words)
        for check, words in shown.items():
            for line in words[:most]:
                yield f"{check}: {line}"
            if len(words) > most:
                yield f"{check}: and {len(words) - most} more"
