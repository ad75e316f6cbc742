"""What a drop with two feeds must come to, by rules of its own: no word of it is taken from billdrop."""

GRAVITY = [74, 75, 65, 4, 3, 1, 0]


class Arrived:
    """A file that lies in the inbound folder and is whole."""

    def __init__(self, name, feed, key, data, rows, mended=False, garbage=False):
        self.name, self.feed, self.key, self.data = name, feed, key, data
        # (reference, amount or None where the row is bad)
        self.rows, self.mended, self.garbage = rows, mended, garbage


class Model:
    """The bills, the places of the files, and the exit codes."""

    def __init__(self):
        self.bills = {}  # reference → amount
        self.last = {}  # feed → key of the latest file done
        self.came = {}  # feed → keys of files that were taken and could be used
        self.done = set()  # bytes of files that were archived and sent
        self.inbound = []
        self.ends = []  # (name, place)

    def arrive(self, file):
        self.inbound.append(file)

    def run(self, approved=None, missing_day=None):
        """One run to its end: takes what may be taken, in order; the exit code."""
        codes = [0]
        left = []
        for file in sorted(self.inbound, key=lambda file: (file.key or "", file.name)):
            if self.is_held(file, approved):
                codes.append(4)
                left.append(file)
            else:
                codes.append(self.take(file))
        self.inbound = left
        if missing_day is not None:
            keys = self.came.get("daily", set()) | {file.key for file in left if file.feed == "daily"}
            if not any(key >= missing_day for key in keys):
                codes.append(3)
        return next(code for code in GRAVITY if code in codes)

    def is_held(self, file, approved):
        if file.feed != "daily" or file.mended or file.data == approved:
            return False
        last = self.last.get(file.feed)
        return last is not None and file.key <= last and file.data not in self.done

    def take(self, file):
        # What can't be used stands for no night.
        if file.garbage and file.data not in self.done:
            self.ends.append((file.name, "rejected"))
            return 65
        self.came.setdefault(file.feed, set()).add(file.key)
        if file.data in self.done:
            self.ends.append((file.name, "archive"))
            return 0
        code = 0
        for reference, amount in file.rows:
            if amount is None or self.bills.get(reference, amount) != amount:
                code = 1
            else:
                self.bills[reference] = amount
        self.done.add(file.data)
        self.last[file.feed] = max(file.key, self.last.get(file.feed, file.key))
        self.ends.append((file.name, "archive"))
        return code
